package dev.credbroker.api;

import dev.credbroker.broker.CredentialBroker;
import dev.credbroker.broker.CredentialRequest;
import dev.credbroker.broker.RolesAnswer;
import dev.credbroker.identity.Proof;
import dev.credbroker.outcome.Issued;
import dev.credbroker.outcome.Outcome;
import dev.credbroker.outcome.Refusal;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;

/** Has requests answered: from memory on the event loop, and on a virtual thread where something must be waited for. */
@Singleton
public class Answers {

    private final CredentialBroker broker;
    private final ExecutorService threads;

    public Answers(CredentialBroker broker, @VirtualThreads ExecutorService threads) {
        this.broker = broker;
        this.threads = threads;
    }

    /** Reads a request, or says why it is none. */
    interface Reading {
        CredentialRequest read() throws Unreadable;
    }

    /** Reads a request for roles. */
    interface RolesReading {
        Proof read() throws Unreadable;
    }

    void credentials(HttpExchange exchange, Reading reading) {
        CredentialRequest request;
        try {
            request = reading.read();
        } catch (Unreadable e) {
            exchange.send(unreadable(exchange, e));
            return;
        }
        switch (request.proof()) {
            case Proof.Jwt _ ->
                broker.held(request)
                        .ifPresentOrElse(
                                outcome -> exchange.send(answer(exchange, outcome)),
                                () -> exchange.sendFrom(threads, () -> answer(exchange, broker.obtain(request))));
            // To read XML from strangers takes milliseconds at worst: too long for what serves everybody.
            case Proof.SamlResponse _ ->
                exchange.sendFrom(
                        threads, () -> answer(exchange, broker.held(request).orElseGet(() -> broker.obtain(request))));
        }
    }

    void roles(HttpExchange exchange, RolesReading reading) {
        Proof proof;
        try {
            proof = reading.read();
        } catch (Unreadable e) {
            exchange.send(unreadable(exchange, e));
            return;
        }
        exchange.sendFrom(threads, () -> answer(exchange, broker.roles(exchange.id(), proof)));
    }

    private Answer unreadable(HttpExchange exchange, Unreadable unreadable) {
        return answer(exchange, broker.refuse(exchange.id(), unreadable.refusal()));
    }

    private static Answer answer(HttpExchange exchange, Outcome outcome) {
        return switch (outcome) {
            case Issued issued -> CredentialsJson.answer(issued);
            case Refusal refusal -> exchange.answer(Problems.of(refusal));
        };
    }

    private static Answer answer(HttpExchange exchange, RolesAnswer answer) {
        return switch (answer) {
            case RolesAnswer.Permitted permitted -> RolesJson.answer(permitted.roles());
            case RolesAnswer.Refused refused -> exchange.answer(Problems.of(refused.refusal()));
        };
    }
}
