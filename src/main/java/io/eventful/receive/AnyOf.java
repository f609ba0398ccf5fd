package io.eventful.receive;

import io.eventful.edge.Fields;
import java.time.Instant;
import java.util.List;

/** Genuine by one of several schemes: for a sender that is moving from one to another. */
record AnyOf(List<Verifier> verifiers) implements Verifier {

    @Override
    public Verdict screen(Fields fields, Instant now) {
        return first(
                verifiers.stream().map(verifier -> verifier.screen(fields, now)).toList());
    }

    @Override
    public Verdict verify(Fields fields, byte[] body, Instant now) {
        return first(verifiers.stream()
                .map(verifier -> verifier.verify(fields, body, now))
                .toList());
    }

    private static Verdict first(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(Verdict.Genuine.class::isInstance)
                .findFirst()
                .orElseGet(verdicts::getFirst);
    }
}
