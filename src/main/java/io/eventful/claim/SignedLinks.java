package io.eventful.claim;

import io.eventful.edge.OwnNames;
import io.eventful.event.ClaimLinks;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/** Links {@code /.eventful/states/{position}?sig=<expiry>.<digest>}; the expiry, in seconds, is part of what is signed. */
final class SignedLinks implements ClaimLinks {

    /** Path of the states, before the position. */
    static final String PATH = OwnNames.PREFIX + "/states/";

    private static final int RADIX = Character.MAX_RADIX;

    private final Supplier<String> publicUrl;
    private final ClaimSigner signer;
    private final Clock clock;
    private final Duration expiry;

    SignedLinks(Supplier<String> publicUrl, ClaimSigner signer, Clock clock, Duration expiry) {
        this.publicUrl = publicUrl;
        this.signer = signer;
        this.clock = clock;
        this.expiry = expiry;
    }

    /** What a signature is worth. */
    enum Verdict {
        GOOD,
        /** It was good once. */
        EXPIRED,
        /** It is missing, was made for another state, or not here. */
        WRONG
    }

    @Override
    public String claim(long position) {
        String expires = Long.toString(clock.instant().plus(expiry).getEpochSecond(), RADIX);
        return publicUrl.get() + PATH + position + "?sig=" + expires + '.' + digest(position, expires);
    }

    Verdict verify(long position, String signature) {
        int dot = signature.indexOf('.');
        String expires = dot < 0 ? "" : signature.substring(0, dot);
        // Compared before anything is said of the expiry, so that only who had the link learns that it is over.
        byte[] expected = digest(position, expires).getBytes(StandardCharsets.US_ASCII);
        byte[] given = signature.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        if (!expires.matches("[0-9a-z]{1,12}") || !MessageDigest.isEqual(expected, given)) return Verdict.WRONG;
        return Long.parseLong(expires, RADIX) > clock.instant().getEpochSecond() ? Verdict.GOOD : Verdict.EXPIRED;
    }

    private String digest(long position, String expires) {
        return signer.mac("state " + position + ' ' + expires);
    }
}
