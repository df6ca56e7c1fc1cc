package dev.credbroker;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import dev.credbroker.secret.Secret;
import dev.credbroker.session.SessionSpec;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/**
 * How the packages below a root lie on one another, and what each of them alone may touch. For any root, so that the
 * rules themselves can be tried on a tree that breaks them.
 */
final class ArchitectureRules {

    /** From the ground up. A package uses those on lower lines, and never its neighbours on its own. */
    static final List<List<String>> LINES = List.of(
            List.of("secret", "telemetry", "configuration"),
            List.of("aws"),
            List.of("oidc", "saml"),
            List.of("identity", "roles"),
            List.of("authorization"),
            List.of("session"),
            List.of("sts"),
            List.of("cache"),
            List.of("outcome"),
            List.of("audit"),
            List.of("broker"),
            List.of("api", "health"),
            List.of("wiring"));

    /** Who may read a secret, and for what. Whoever is added here is added in a review. */
    static final Set<String> READERS_OF_SECRETS = Set.of(
            // to verify it
            "oidc.CompactJwt",
            "saml.Base64Text",
            // to show it to whom it is meant for
            "oidc.HttpGet",
            "sts.SdkStsCall",
            "aws.CredentialDocument",
            // to seal it, and to seal with it
            "cache.SessionBytes",
            "cache.SealingKey",
            // to be let into the store
            "cache.RespConnection",
            "api.CredentialsJson");

    private final String root;

    ArchitectureRules(String root) {
        this.root = root;
    }

    /** Every rule under a name of its own. */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("layers", layers());
        rules.put("cycles", slices().matching(root + ".(*)..").should().beFreeOfCycles());
        rules.put("aws-sdk", only(Set.of("sts", "wiring"), "software.amazon.."));
        rules.put("http-server", only(Set.of("api"), "io.vertx..", "io.netty..", "io.quarkus.vertx.."));
        rules.put(
                "caches",
                only(Set.of("cache", "wiring"), "com.github.benmanes..", "io.quarkus.redis..", "io.vertx.redis.."));
        rules.put("sockets", sockets());
        rules.put("xml", only(Set.of("saml"), "javax.xml..", "org.w3c..", "org.xml.."));
        rules.put("jwts", only(Set.of("oidc"), "org.jose4j..", "io.smallrye.jwt.."));
        rules.put("clocks", clocks());
        rules.put("injected-fields", noFields().should().beAnnotatedWith("jakarta.inject.Inject"));
        rules.put(
                "configured-fields",
                noFields().should().beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty"));
        rules.put("secrets", secrets());
        rules.put("specs", specs());
        rules.put("simulator-in-product", simulatorInProduct());
        rules.put("product-in-simulator", productInSimulator());
        rules.put("null-marked", classes().should(beInANullMarkedPackage()));
        rules.put("standard-streams", NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
        return rules;
    }

    private ArchRule layers() {
        LayeredArchitecture architecture =
                layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        for (String name : LINES.stream().flatMap(List::stream).toList()) {
            architecture = architecture.layer(name).definedBy(in(name));
        }
        List<String> lower = new ArrayList<>();
        for (List<String> line : LINES) {
            for (String name : line) {
                architecture = lower.isEmpty()
                        ? architecture.whereLayer(name).mayNotAccessAnyLayer()
                        : architecture.whereLayer(name).mayOnlyAccessLayers(lower.toArray(String[]::new));
            }
            lower.addAll(line);
        }
        return architecture.ensureAllClassesAreContainedInArchitecture();
    }

    private ArchRule only(Set<String> packages, String... foreign) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages.stream().map(this::in).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(foreign)
                .because("only " + packages + " may know them");
    }

    /** All others talk through a library that speaks HTTP, and checks whom it talks to. */
    private ArchRule sockets() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(in("cache"))
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Socket.class, ServerSocket.class, SocketChannel.class);
    }

    private ArchRule clocks() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(in("wiring"))
                .should()
                .accessTargetWhere(describe("the time is read without a clock", ArchitectureRules::readsTheTime));
    }

    /** Everything of java.time that is called {@code now}, save with a clock; and the older ways. */
    private static boolean readsTheTime(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        String target = access.getTarget().getFullName();
        if (owner.getPackageName().startsWith("java.time") && name.equals("now")) {
            return !target.contains(Clock.class.getName());
        }
        if (owner.isEquivalentTo(Clock.class) || owner.isEquivalentTo(InstantSource.class)) {
            return name.startsWith("system") || name.startsWith("tick");
        }
        return name.equals("systemTicker")
                || target.startsWith("java.lang.System.currentTimeMillis(")
                || target.startsWith("java.lang.System.nanoTime(")
                || target.equals("java.util.Date.<init>()")
                || target.startsWith("java.util.Calendar.getInstance(");
    }

    private ArchRule secrets() {
        List<String> readers =
                READERS_OF_SECRETS.stream().map(reader -> root + "." + reader).toList();
        return noClasses()
                .that(not(describe("are named readers of secrets", type -> readers.contains(outermost(type)))))
                .should()
                .accessTargetWhere(target(Secret.class, "reveal"));
    }

    private ArchRule specs() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(in("session"))
                .should()
                .accessTargetWhere(target(SessionSpec.class, "<init>"));
    }

    private ArchRule simulatorInProduct() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(in("simulator"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(in("simulator"));
    }

    /** For the simulator's classes: those of the product are not imported beside them. */
    private ArchRule productInSimulator() {
        return noClasses()
                .that()
                .resideInAPackage(in("simulator"))
                .should()
                .dependOnClassesThat(resideInAPackage(root + "..").and(not(resideInAPackage(in("simulator")))))
                .allowEmptyShould(true);
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                events.add(new SimpleConditionEvent(
                        type,
                        type.getPackage().isAnnotatedWith(NullMarked.class),
                        type.getName() + " lies in " + type.getPackageName() + ", which is not @NullMarked"));
            }
        };
    }

    private static DescribedPredicate<JavaAccess<?>> target(Class<?> owner, String name) {
        return describe(
                "the target is %s.%s".formatted(owner.getSimpleName(), name),
                access -> access.getTargetOwner().isEquivalentTo(owner)
                        && access.getTarget().getName().equals(name));
    }

    private static String outermost(JavaClass type) {
        String name = type.getName();
        return name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
    }

    private String in(String name) {
        return root + "." + name + "..";
    }
}
