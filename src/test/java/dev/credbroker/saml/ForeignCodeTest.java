package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.NOW;
import static dev.credbroker.saml.TrustedProvider.check;
import static dev.credbroker.saml.TrustedProvider.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.ServiceLoader;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever else lies on the class path, or is registered in the JDK: XML is read and signatures are judged by the JDK's own code. */
class ForeignCodeTest {

    /** Takes every setting, and must not be asked for a parser. */
    public static final class PlantedParser extends DocumentBuilderFactory {

        @Override
        public DocumentBuilder newDocumentBuilder() {
            throw new AssertionError("asked for a parser");
        }

        @Override
        public void setAttribute(String name, Object value) {}

        @Override
        public Object getAttribute(String name) {
            return "";
        }

        @Override
        public void setFeature(String name, boolean value) {}

        @Override
        public boolean getFeature(String name) {
            return true;
        }
    }

    /** Offers what the JDK offers, under the same name or another; whoever takes it up fails. */
    public static class PlantedSignatures extends Provider {

        public PlantedSignatures() {
            this("XMLDSig");
        }

        PlantedSignatures(String name) {
            super(name, "999", "planted");
            put("XMLSignatureFactory.DOM", "no.such.Factory");
            for (String algorithm : List.of(Elements.EXCLUSIVE_C14N, Elements.SIGNATURE + "enveloped-signature")) {
                put("TransformService." + algorithm, "no.such.Transform");
                put("TransformService." + algorithm + " MechanismType", "DOM");
            }
        }
    }

    /** Run in a process of its own, in which the class path begins with what was planted. */
    static final class Probe {

        public static void main(String[] arguments) throws Exception {
            System.out.println(DocumentBuilderFactory.newInstance().getClass().getSimpleName());
            ServiceLoader.load(Provider.class).stream()
                    .filter(provider -> provider.type() == PlantedSignatures.class)
                    .forEach(provider -> System.out.println(provider.type().getSimpleName()));
            System.out.println(parser());
            System.out.println(signatures());
            System.out.println(check(response()).getClass().getSimpleName());
        }
    }

    @Test
    void code_besideWoodstoxAndSantuario_isTheJdks() throws Exception {
        assertThat(Class.forName("com.ctc.wstx.stax.WstxInputFactory")
                        .getModule()
                        .isNamed())
                .isFalse();
        assertThat(Class.forName("org.apache.jcp.xml.dsig.internal.dom.XMLDSigRI")
                        .getModule()
                        .isNamed())
                .isFalse();

        assertThat(parser()).isEqualTo("java.xml");
        assertThat(signatures()).isEqualTo("java.xml.crypto");
    }

    @Test
    void code_behindAClassPathThatOffersItsOwn_isTheJdks(@TempDir Path planted) throws Exception {
        plant(planted, DocumentBuilderFactory.class, PlantedParser.class);
        plant(planted, Provider.class, PlantedSignatures.class);

        assertThat(probe(planted))
                .containsExactly("PlantedParser", "PlantedSignatures", "java.xml", "java.xml.crypto", "Genuine");
    }

    @Test
    void code_behindAProviderThatWasRegisteredFirst_isTheJdks() {
        String response = response().encode();
        Provider planted = new PlantedSignatures("Planted");
        Security.insertProviderAt(planted, 1);
        try {
            assertThatThrownBy(() -> XMLSignatureFactory.getInstance("DOM")).hasMessageContaining("Planted");
            assertThat(signatures()).isEqualTo("java.xml.crypto");
            assertThat(check(response, NOW)).isInstanceOf(AssertionCheck.Genuine.class);
        } finally {
            Security.removeProvider(planted.getName());
        }
    }

    @Test
    void provider_ofTheSameName_cannotBeRegistered() {
        assertThat(Security.insertProviderAt(new PlantedSignatures(), 1)).isEqualTo(-1);
        assertThat(signatures()).isEqualTo("java.xml.crypto");
    }

    private static String parser() throws StrictXml.NotXml {
        return StrictXml.parse("<a/>".getBytes(StandardCharsets.UTF_8))
                .getClass()
                .getModule()
                .getName();
    }

    private static String signatures() {
        return SignatureVerifier.jdk().getProvider().getClass().getModule().getName();
    }

    private static void plant(Path folder, Class<?> service, Class<?> provider) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(service.getName()), provider.getName());
    }

    private static List<String> probe(Path first) throws IOException {
        String classPath = first + System.getProperty("path.separator") + System.getProperty("java.class.path");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        Probe.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var lines = process.inputReader()) {
            return lines.lines().toList();
        }
    }
}
