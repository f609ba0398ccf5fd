package io.eventful.receive;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options of one {@code webhook-in:} route, checked.
 *
 * @param provider name of the sender's kind
 * @param secrets the live ones, one or two; none for open CloudEvents
 * @param subject JSON pointer to the subject in the payload; empty: a path of its own for each delivery
 * @param tolerance how far a signed time may be from now
 * @param bodyLimit bytes of a body; a larger one is refused
 * @param rate genuine requests taken per minute; 0 for any number
 * @param signature hmac: how requests are signed
 * @param event where the event's name is; empty for the provider's own place
 * @param delivery where the delivery's id is; empty for the provider's own place
 * @param origins senders that are given consent; {@code *} for all
 */
record ReceiveOptions(
        String provider,
        List<Secret> secrets,
        String subject,
        Duration tolerance,
        int bodyLimit,
        int rate,
        Signature signature,
        String event,
        String delivery,
        Set<String> origins) {

    /**
     * How an {@code hmac} sender signs.
     *
     * @param header field with the signature
     * @param algorithm Java's name of the keyed digest
     * @param encoding of the digest
     * @param prefix before the digest
     * @param signed what is signed
     * @param timestamp field with the time of sending; empty for none
     */
    record Signature(
            String header,
            String algorithm,
            HmacSignature.Encoding encoding,
            String prefix,
            SignedText signed,
            String timestamp) {}

    ReceiveOptions {
        secrets = List.copyOf(secrets);
        origins = Set.copyOf(origins);
    }

    /**
     * Reads the options of a route. Fails with {@link IllegalArgumentException}, whose message names the option, its
     * value unless that is a secret, and what is allowed.
     */
    static ReceiveOptions parse(Map<String, String> values) {
        return new OptionsReader(values).read();
    }
}
