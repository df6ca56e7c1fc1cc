package dev.credbroker.bare;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleWithWebIdentityCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;

/** What one would write without the broker: the AWS SDK's own provider, one for each user. It verifies no token. */
@Path("/bare/sdk")
public class SdkResource {

    private final StsClient sts;
    private final Map<String, StsAssumeRoleWithWebIdentityCredentialsProvider> providers = new ConcurrentHashMap<>();

    public SdkResource(
            @ConfigProperty(name = "broker.sts.endpoint-override", defaultValue = "http://127.0.0.1:9")
                    String endpoint) {
        sts = StsClient.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.EU_WEST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(Apache5HttpClient.builder()
                        .maxConnections(64)
                        .proxyConfiguration(ProxyConfiguration.builder()
                                .useEnvironmentVariableValues(false)
                                .build()))
                .build();
    }

    @GET
    @Blocking
    @Produces("application/json")
    public String credentials(
            @QueryParam("user") String user,
            @QueryParam("role") String role,
            @HeaderParam("Authorization") String authorization) {
        AwsSessionCredentials given = (AwsSessionCredentials) providers
                .computeIfAbsent(user, name -> provider(name, role, BareResource.token(authorization)))
                .resolveCredentials();
        return "{\"Version\":1,\"AccessKeyId\":\"" + given.accessKeyId() + "\",\"SecretAccessKey\":\""
                + given.secretAccessKey() + "\",\"SessionToken\":\"" + given.sessionToken() + "\",\"Token\":\""
                + given.sessionToken() + "\",\"Expiration\":\""
                + given.expirationTime().orElseThrow() + "\",\"AccountId\":\""
                + given.accountId().orElse("") + "\"}";
    }

    private StsAssumeRoleWithWebIdentityCredentialsProvider provider(String user, String role, String token) {
        return StsAssumeRoleWithWebIdentityCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(AssumeRoleWithWebIdentityRequest.builder()
                        .roleArn(role)
                        .roleSessionName(user)
                        .webIdentityToken(token)
                        .build())
                .build();
    }
}
