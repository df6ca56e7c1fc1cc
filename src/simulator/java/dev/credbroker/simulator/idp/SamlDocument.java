package dev.credbroker.simulator.idp;

import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The unsigned XML of a SAML response: one assertion with subject, conditions, authentication and attributes. */
final class SamlDocument {

    private final SamlDraft draft;

    SamlDocument(SamlDraft draft) {
        this.draft = draft;
    }

    Document build() {
        Document document = Xml.newDocument();
        Element response = Xml.root(document, SamlNames.PROTOCOL, "samlp:Response");
        describe(response, draft.responseId);
        response.setAttribute("Destination", draft.destination);
        Element issuing = Xml.child(response, SamlNames.ASSERTION, "saml:Issuer");
        Xml.declare(issuing, SamlNames.ASSERTION);
        issuing.setTextContent(draft.issuer);
        Element status = Xml.child(response, SamlNames.PROTOCOL, "samlp:Status");
        Xml.child(status, SamlNames.PROTOCOL, "samlp:StatusCode").setAttribute("Value", SamlNames.SUCCESS);
        addAssertion(response);
        return document;
    }

    private void addAssertion(Element response) {
        Element assertion = Xml.child(response, SamlNames.ASSERTION, "saml:Assertion");
        Xml.declare(assertion, SamlNames.ASSERTION);
        describe(assertion, draft.assertionId);
        Xml.text(assertion, SamlNames.ASSERTION, "saml:Issuer", draft.issuer);
        addSubject(assertion);
        addConditions(assertion);
        addAuthentication(assertion);
        addAttributes(assertion);
    }

    private void describe(Element element, String id) {
        element.setAttribute("ID", id);
        element.setAttribute("Version", "2.0");
        element.setAttribute("IssueInstant", draft.issued.toString());
    }

    private void addSubject(Element assertion) {
        Element subject = Xml.child(assertion, SamlNames.ASSERTION, "saml:Subject");
        draft.nameId.ifPresent(value -> {
            Element name = Xml.child(subject, SamlNames.ASSERTION, "saml:NameID");
            name.setAttribute("Format", draft.nameIdFormat);
            name.setTextContent(value);
        });
        Element confirmation = Xml.child(subject, SamlNames.ASSERTION, "saml:SubjectConfirmation");
        confirmation.setAttribute("Method", SamlNames.BEARER);
        Element data = Xml.child(confirmation, SamlNames.ASSERTION, "saml:SubjectConfirmationData");
        data.setAttribute("NotOnOrAfter", draft.confirmationNotOnOrAfter.toString());
        data.setAttribute("Recipient", draft.recipient);
    }

    private void addConditions(Element assertion) {
        Element conditions = Xml.child(assertion, SamlNames.ASSERTION, "saml:Conditions");
        conditions.setAttribute("NotBefore", draft.notBefore.toString());
        conditions.setAttribute("NotOnOrAfter", draft.notOnOrAfter.toString());
        if (!draft.audiences.isEmpty()) {
            Element restriction = Xml.child(conditions, SamlNames.ASSERTION, "saml:AudienceRestriction");
            draft.audiences.forEach(uri -> Xml.text(restriction, SamlNames.ASSERTION, "saml:Audience", uri));
        }
    }

    private void addAuthentication(Element assertion) {
        Element statement = Xml.child(assertion, SamlNames.ASSERTION, "saml:AuthnStatement");
        statement.setAttribute("AuthnInstant", draft.issued.toString());
        statement.setAttribute("SessionIndex", draft.assertionId);
        draft.sessionNotOnOrAfter.ifPresent(end -> statement.setAttribute("SessionNotOnOrAfter", end.toString()));
        Element context = Xml.child(statement, SamlNames.ASSERTION, "saml:AuthnContext");
        Xml.text(context, SamlNames.ASSERTION, "saml:AuthnContextClassRef", SamlNames.PASSWORD);
    }

    private void addAttributes(Element assertion) {
        if (draft.attributes.isEmpty()) {
            return;
        }
        Element statement = Xml.child(assertion, SamlNames.ASSERTION, "saml:AttributeStatement");
        draft.attributes.forEach((name, values) -> {
            Element attribute = Xml.child(statement, SamlNames.ASSERTION, "saml:Attribute");
            attribute.setAttribute("Name", name);
            values.forEach(value -> Xml.text(attribute, SamlNames.ASSERTION, "saml:AttributeValue", value));
        });
    }
}
