package dev.credbroker.simulator.sts;

import dev.credbroker.simulator.http.Reply;

/** The XML of STS's query protocol. */
final class StsXml {

    private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

    private StsXml() {}

    static String root(String name, String content) {
        return "<%s xmlns=\"%s\">%s</%s>".formatted(name, NAMESPACE, content, name);
    }

    static String element(String name, String content) {
        return "<" + name + ">" + content + "</" + name + ">";
    }

    static String text(String name, String value) {
        return element(name, escape(value));
    }

    /** The envelope of a successful action. */
    static Reply success(String action, String requestId, String result) {
        String metadata = element("ResponseMetadata", text("RequestId", requestId));
        return reply(200, requestId, root(action + "Response", element(action + "Result", result) + metadata));
    }

    static Reply reply(int status, String requestId, String xml) {
        return Reply.of(status, "text/xml", xml).with("x-amzn-RequestId", requestId);
    }

    private static String escape(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
