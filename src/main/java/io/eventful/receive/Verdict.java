package io.eventful.receive;

/** What a verifier says of a request. */
sealed interface Verdict {

    Verdict GENUINE = new Genuine();

    /** It comes from somebody who has a live secret. */
    record Genuine() implements Verdict {}

    /** It is not known to. */
    record Refused(Refusal refusal) implements Verdict {}

    static Verdict forged(String reason) {
        return new Refused(Refusal.unauthenticated(reason));
    }
}
