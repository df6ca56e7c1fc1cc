package dev.credbroker.planted.oidc;

import org.w3c.dom.Document;

public record ReadsXml(Document document) {}
