package dev.credbroker.api;

import dev.credbroker.broker.CredentialBroker;
import dev.credbroker.broker.CredentialRequest;
import dev.credbroker.broker.RolesAnswer;
import dev.credbroker.identity.Proof;
import dev.credbroker.outcome.Issued;
import dev.credbroker.outcome.Outcome;
import dev.credbroker.outcome.Refusal;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/** Has requests answered: from memory on the event loop, and on a virtual thread where something must be waited for. */
@ApplicationScoped
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

    CompletionStage<Response> credentials(HttpExchange exchange, Reading reading) {
        CredentialRequest request;
        try {
            request = reading.read();
        } catch (Unreadable e) {
            return CompletableFuture.completedFuture(unreadable(exchange, e));
        }
        return switch (request.proof()) {
            case Proof.Jwt _ ->
                broker.held(request)
                        .map(outcome -> CompletableFuture.completedFuture(response(exchange, outcome)))
                        .orElseGet(() -> waiting(exchange, () -> broker.obtain(request)));
            // To read XML from strangers takes milliseconds at worst: too long for what serves everybody.
            case Proof.SamlResponse _ ->
                waiting(exchange, () -> broker.held(request).orElseGet(() -> broker.obtain(request)));
        };
    }

    private CompletableFuture<Response> waiting(HttpExchange exchange, Supplier<Outcome> answer) {
        return CompletableFuture.supplyAsync(() -> response(exchange, answer.get()), threads);
    }

    CompletionStage<Response> roles(HttpExchange exchange, RolesReading reading) {
        Proof proof;
        try {
            proof = reading.read();
        } catch (Unreadable e) {
            return CompletableFuture.completedFuture(unreadable(exchange, e));
        }
        return CompletableFuture.supplyAsync(() -> response(exchange, broker.roles(exchange.id(), proof)), threads);
    }

    private Response unreadable(HttpExchange exchange, Unreadable unreadable) {
        return response(exchange, broker.refuse(exchange.id(), unreadable.refusal()));
    }

    private static Response response(HttpExchange exchange, Outcome outcome) {
        return switch (outcome) {
            case Issued issued -> response(CredentialsJson.answer(issued));
            case Refusal refusal -> response(exchange, Problems.of(refusal));
        };
    }

    private static Response response(HttpExchange exchange, RolesAnswer answer) {
        return switch (answer) {
            case RolesAnswer.Permitted permitted -> response(RolesJson.answer(permitted.roles()));
            case RolesAnswer.Refused refused -> response(exchange, Problems.of(refused.refusal()));
        };
    }

    static Response response(HttpExchange exchange, Problem problem) {
        return response(problem.answer(exchange.id(), exchange.accept()));
    }

    private static Response response(Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body());
        answer.headers().forEach(response::header);
        return response.build();
    }
}
