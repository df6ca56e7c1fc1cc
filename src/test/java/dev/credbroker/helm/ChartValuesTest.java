package dev.credbroker.helm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What values do, and which are refused. */
class ChartValuesTest {

    private static final String SECRET = "hunter2hunter2";

    /** Each with its place, as Helm writes it, or the words of the chart's own check. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    { replica: 3 }                                                   | additional properties 'replica'
                    { replicas: 0 }                                                  | /replicas
                    { replicas: 2.5 }                                                | /replicas
                    { replicas: "2" }                                                | /replicas
                    { image: { repository: "" } }                                    | image.repository: is empty
                    { image: { repository: "a/b:1" } }                               | /image/repository
                    { image: { digest: "sha256:abc" } }                              | /image/digest
                    { image: { pullPolicy: Sometimes } }                             | /image/pullPolicy
                    { config: { brokr: {} } }                                        | 'brokr'
                    { config: { broker: [] } }                                       | /config/broker
                    { files: { "../a": x } }                                         | propertyName '../a'
                    { aws: { identity: iam } }                                       | /aws/identity
                    { aws: { identity: irsa } }                                      | /aws/roleArn
                    { aws: { identity: irsa, roleArn: "arn:aws:iam::1:role/A" } }    | /aws/roleArn
                    { aws: { identity: secret } }                                    | /aws/existingSecret
                    { aws: { secretAccessKey: hunter2hunter2 } }                     | 'secretAccessKey'
                    { serviceAccount: { create: false } }                            | /serviceAccount/name
                    { tls: { enabled: true } }                                       | tls.enabled: needs a certificate
                    { tls: { existingSecret: a } }                                   | tls.enabled: is false
                    { tls: { enabled: true, existingSecret: a, certManager: { enabled: true, issuerRef: { name: a } } } } | tls.existingSecret: contradicts
                    { tls: { enabled: true, certManager: { enabled: true } } }       | /tls/certManager/issuerRef/name
                    { tls: { enabled: true, existingSecret: a, clientCertificates: { required: true } } } | /tls/clientCertificates/existingSecret
                    { tls: { enabled: true, existingSecret: a, reloadPeriod: soon } } | /tls/reloadPeriod
                    { tls: { key: hunter2hunter2 } }                                 | 'key'
                    { redis: { enabled: true } }                                     | /redis/address
                    { redis: { address: "rediss://u:hunter2hunter2@redis:6379" } }   | redis.address: hold a URL with a password
                    { redis: { address: "http://redis" } }                           | /redis/address
                    { redis: { enabled: true, address: "rediss://r", existingSecret: a } } | /redis/keys
                    { redis: { keys: [{ id: a }] } }                                 | /redis/keys/0
                    { redis: { password: hunter2hunter2 } }                          | 'password'
                    { service: { port: 70000 } }                                     | /service/port
                    { resources: { limits: { cpu: 1, memory: null } } }              | /resources/limits
                    { jvm: { maxRamPercentage: 100 } }                               | /jvm/maxRamPercentage
                    { jvm: { options: ["-Xmx1g -Xms1g"] } }                          | /jvm/options/0
                    { env: [{ value: a }] }                                          | /env/0
                    { env: [{ name: DB_PASSWORD, value: hunter2hunter2 }] }          | env: DB_PASSWORD has a secret
                    { env: [{ name: BROKER_CACHE_REDIS_KEYS_0__VALUE, value: hunter2hunter2 }] } | env: BROKER_CACHE_REDIS_KEYS_0__VALUE has a secret
                    { config: { broker: { cache: { redis: { keys: [{ id: a, value: hunter2hunter2 }] } } } } } | config.broker.cache.redis.keys: holds a secret
                    { autoscaling: { minReplicas: 9 } }                              | autoscaling.minReplicas: is above
                    { podDisruptionBudget: { maxUnavailable: 0 } }                   | /podDisruptionBudget/maxUnavailable
                    { topologySpread: { whenUnsatisfiable: Never } }                 | /topologySpread/whenUnsatisfiable
                    { monitoring: { serviceMonitor: { interval: 30 } } }             | /monitoring/serviceMonitor/interval
                    { terminationGracePeriodSeconds: 15 }                            | /terminationGracePeriodSeconds
                    { preStopSleepSeconds: 15 }                                      | terminationGracePeriodSeconds: is 30, and the pod would be killed while it drains; at least 31
                    { runAsUser: 0 }                                                 | /runAsUser
                    { podLabels: { app.kubernetes.io/name: other } }                 | propertyName 'app.kubernetes.io/name'
                    { fullnameOverride: "Broker" }                                   | /fullnameOverride
                    { config: { quarkus: { tls: { a: { key-store: { p12: { password: hunter2hunter2 } } } } } } } | config: holds a secret
                    { config: { broker: { sts: { "secret-access-key": hunter2hunter2 } } } } | config: holds a secret
                    { files: { key.pem: "-----BEGIN PRIVATE KEY-----hunter2hunter2" } } | config, files, env: hold a private key
                    """)
    void values_thatAreWrong_areRefusedByNameAndNotRepeated(String values, String named) {
        assertThatThrownBy(() -> Chart.render("minimal", values))
                .isInstanceOf(IllegalStateException.class)
                .message()
                .contains(named)
                .doesNotContain(SECRET);
    }
}
