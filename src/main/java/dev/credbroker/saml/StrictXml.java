package dev.credbroker.saml;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * The one way in which this broker reads XML: UTF-8, XML 1.0, namespaces, no document type, nothing from outside.
 *
 * <p>The parser is the JDK's own, named so that no library on the class path can take its place: signature and content must be
 * seen by the same eyes.
 */
final class StrictXml {

    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    /** Every complaint is fatal; the default handler would print the text to standard error. */
    private static final ErrorHandler FATAL = new ErrorHandler() {
        @Override
        public void warning(SAXParseException complaint) throws SAXException {
            throw complaint;
        }

        @Override
        public void error(SAXParseException complaint) throws SAXException {
            throw complaint;
        }

        @Override
        public void fatalError(SAXParseException complaint) throws SAXException {
            throw complaint;
        }
    };

    private StrictXml() {}

    /** Not such XML. Carries nothing of the text. */
    static final class NotXml extends Exception {

        NotXml() {
            super("not XML", null, false, false);
        }
    }

    static Document parse(byte[] octets) throws NotXml {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
            return plain(builder().parse(new InputSource(new StringReader(text))));
        } catch (CharacterCodingException | SAXException e) {
            throw new NotXml();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    private static Document plain(Document document) throws NotXml {
        String encoding = document.getXmlEncoding();
        if (!"1.0".equals(document.getXmlVersion()) || (encoding != null && !encoding.equalsIgnoreCase("UTF-8"))) {
            throw new NotXml();
        }
        return document;
    }

    /** A new one for each document: neither factory nor builder may be shared between threads. */
    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCTYPE, true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            factory.setCoalescing(true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(FATAL);
            builder.setEntityResolver((publicId, systemId) -> {
                throw new SAXException("nothing is read from outside");
            });
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's own parser knows these features", e);
        }
    }
}
