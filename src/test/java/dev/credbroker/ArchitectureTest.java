package dev.credbroker;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.credbroker.secret.Secret;
import java.net.URL;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final String ROOT = "dev.credbroker";

    /** From where the product was compiled to: neither tests nor the simulator lie there. */
    private static final JavaClasses PRODUCT = new ClassFileImporter().importUrl(product());

    private static final JavaClasses SIMULATOR = new ClassFileImporter().importPackages(ROOT + ".simulator");

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void product_keepsTheRule(String name, ArchRule rule) {
        rule.check(PRODUCT);
    }

    @Test
    void simulator_usesNothingOfTheProduct() {
        new ArchitectureRules(ROOT).all().get("product-in-simulator").check(SIMULATOR);
    }

    @Test
    void product_asImported_isTheProductAlone() {
        assertThat(PRODUCT).hasSizeGreaterThan(100);
        assertThat(PRODUCT.contain(ROOT + ".simulator.Simulator")).isFalse();
        assertThat(PRODUCT.contain(ArchitectureTest.class)).isFalse();
        assertThat(SIMULATOR.contain(ROOT + ".simulator.Simulator")).isTrue();
    }

    static final Iterable<String> READERS = ArchitectureRules.READERS_OF_SECRETS;

    @ParameterizedTest
    @FieldSource("READERS")
    void readerOfSecrets_thatIsNamed_readsThem(String reader) {
        assertThat(PRODUCT.get(ROOT + "." + reader).getMethodCallsFromSelf())
                .as("calls of a class that no longer needs to be on the list")
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Secret.class)
                        && call.getTarget().getName().equals("reveal"));
    }

    static Stream<Arguments> rules() {
        return new ArchitectureRules(ROOT)
                .all().entrySet().stream().map(rule -> Arguments.of(rule.getKey(), rule.getValue()));
    }

    private static URL product() {
        return Secret.class.getProtectionDomain().getCodeSource().getLocation();
    }
}
