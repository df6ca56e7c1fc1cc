package dev.credbroker.simulator.sts;

import dev.credbroker.simulator.http.WireRequest;
import java.util.Optional;

/** {@code GetCallerIdentity}: needs a good signature and no permission. */
final class GetCallerIdentity implements StsAction {

    private final Authenticator authenticator;

    GetCallerIdentity(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public Result perform(WireRequest request, Parameters parameters) {
        AccessKey caller = authenticator.authenticate(request);
        String account = caller.principalArn().split(":", -1)[4];
        return new Result(
                StsXml.text("UserId", caller.userId())
                        + StsXml.text("Account", account)
                        + StsXml.text("Arn", caller.principalArn()),
                Optional.empty());
    }
}
