package dev.credbroker.wiring;

import dev.credbroker.configuration.Findings;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.util.ExceptionUtil;
import io.smallrye.config.SmallRyeConfig;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * The program's entry. Quarkus loads certificates before anything of ours runs, and of one that it cannot load it tells an
 * exception only, which is not printed since it may quote what it read: so what is wrong is said here.
 */
@QuarkusMain
public final class Program {

    private Program() {}

    public static void main(String... arguments) {
        ApplicationLifecycleManager.setDefaultExitCodeHandler((code, cause) -> {
            explain(cause);
            System.exit(code);
        });
        Quarkus.run(arguments);
    }

    private static void explain(@Nullable Throwable cause) {
        if (cause == null || ExceptionUtil.getRootCause(cause) instanceof ConfigurationException) {
            return;
        }
        Findings findings = new Findings();
        HttpsSettings.find(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class), findings);
        if (!findings.none()) {
            tell(ConfigurationFindings.message(findings));
        }
    }

    /** The log may be closed by now. */
    private static void tell(String message) {
        try (PrintStream error =
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)) {
            error.println(message);
        }
    }
}
