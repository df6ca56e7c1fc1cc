package dev.credbroker.simulator.demo;

/** What a newcomer copies into another terminal. */
final class DemoLines {

    static final String TEXT = """

            ──────────────────────────────────────────────────────────────────────────────────────────────
             Credential Broker, before a simulated identity provider and a simulated AWS STS.
             Copy into another terminal in this folder, line by line:

             1. A token, as your identity provider would issue it:

             TOKEN=$(curl -s 'http://127.0.0.1:8090/idp/demo/token?sub=alice&groups=uploaders&aud=credential-broker')

             2. AWS credentials for four hours:

             curl -si -H "Authorization: Bearer $TOKEN" 'http://127.0.0.1:8080/v1/credentials/batch-upload?durationSeconds=14400'

             3. The same again: Cache-Status says hit, and STS was not asked a second time.

             4. The same job over SAML, for twelve hours:

             curl -s 'http://127.0.0.1:8090/idp/demo/saml?user=alice&role=arn:aws:iam::123456789012:role/ADFS-Production&provider=arn:aws:iam::123456789012:saml-provider/ADFS' > target/response.b64
             curl -s --data-urlencode SAMLResponse@target/response.b64 -d 'role=adfs-production&durationSeconds=43200' http://127.0.0.1:8080/v1/credentials

             5. The AWS CLI, by the container credentials endpoint, against the simulated STS:

             env -u AWS_ACCESS_KEY_ID -u AWS_SECRET_ACCESS_KEY -u AWS_SESSION_TOKEN -u AWS_PROFILE \\
             AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_CONFIG_FILE=/dev/null \\
             AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1:8080/v1/credentials/batch-upload \\
             AWS_CONTAINER_AUTHORIZATION_TOKEN="$TOKEN" AWS_DEFAULT_REGION=eu-west-1 \\
             aws --endpoint-url http://127.0.0.1:8090 sts get-caller-identity

             6. The AWS CLI, by credential_process and the client that is shipped:

             printf '%s' "$TOKEN" > target/token
             printf '[profile upload]\\nregion = eu-west-1\\ncredential_process = deploy/client/credential-broker --url http://127.0.0.1:8080 --role batch-upload --token-file target/token\\n' > target/demo.config
             AWS_CONFIG_FILE=target/demo.config aws --profile upload --endpoint-url http://127.0.0.1:8090 sts get-caller-identity

             7. A request that is refused: alice is no deployer.

             curl -si -H "Authorization: Bearer $TOKEN" http://127.0.0.1:8080/v1/credentials/deployer

             8. What may alice take?

             curl -s -H "Authorization: Bearer $TOKEN" http://127.0.0.1:8080/v1/roles
            ──────────────────────────────────────────────────────────────────────────────────────────────
            """;

    private DemoLines() {}
}
