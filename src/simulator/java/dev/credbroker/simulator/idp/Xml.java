package dev.credbroker.simulator.idp;

import java.io.StringWriter;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Elements with their namespaces written out, as canonicalization wants them, and documents as text. */
public final class Xml {

    private Xml() {}

    static Document newDocument() {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .newDocument();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK has a parser", e);
        }
    }

    static Element root(Document document, String namespace, String name) {
        Element root = document.createElementNS(namespace, name);
        declare(root, namespace);
        document.appendChild(root);
        return root;
    }

    static Element child(Element parent, String namespace, String name) {
        Element child = parent.getOwnerDocument().createElementNS(namespace, name);
        parent.appendChild(child);
        return child;
    }

    static void text(Element parent, String namespace, String name, String text) {
        child(parent, namespace, name).setTextContent(text);
    }

    /** Declares the prefix that the element itself has. */
    static void declare(Element element, String namespace) {
        element.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:" + element.getPrefix(), namespace);
    }

    /** Without declaration and without a single added blank, since signatures cover those too. */
    public static String write(Document document) {
        try {
            Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter out = new StringWriter();
            transformer.transform(new DOMSource(document), new StreamResult(out));
            return out.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException("not to be written as XML", e);
        }
    }
}
