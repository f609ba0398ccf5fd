package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Credentials of type {@code REFRESHTOKEN}, whose tokens the gateway replaces (RFC 6749, section 6). Beside them it keeps
 * a digest of the refresh token that the subscriber gave, to know it again when it is sent once more.
 */
public final class RefreshTokens {

    /** Member with the digest. */
    static final String GIVEN = "given";

    private static final String REFRESH = "refreshtoken";
    private static final String ACCESS = "accesstoken";
    private static final String EXPIRES = "accesstokenexpiresutc";

    private RefreshTokens() {}

    /** Whether a credential's tokens may be those of another one: of the same client, at the same endpoint. */
    static boolean sameFamily(JsonNode credential, @Nullable JsonNode other) {
        return other != null
                && credential.path("refreshtokenendpoint").equals(other.path("refreshtokenendpoint"))
                && credential.path("clientid").equals(other.path("clientid"));
    }

    /** A subscriber has given a refresh token. */
    static void begin(ObjectNode credential, String token) {
        credential.put(REFRESH, token).put(GIVEN, DigestUtils.sha256Hex(token));
    }

    /** Whether a credential began with a refresh token. */
    static boolean began(JsonNode credential, String token) {
        return given(credential).equals(DigestUtils.sha256Hex(token));
    }

    /** What a credential began with: the same however often its tokens are renewed. */
    public static String given(JsonNode credential) {
        return credential.path(GIVEN).asText();
    }

    /** Copies the present tokens. */
    static void copy(JsonNode from, ObjectNode to) {
        for (String name : List.of(ACCESS, "accesstokentype", EXPIRES, REFRESH, GIVEN))
            if (from.has(name)) to.set(name, from.get(name));
    }

    /**
     * A credential that a request asks for, with the present tokens where it has those of the same beginning: the endpoint
     * may have given new ones since the request was read, and the former ones are worth nothing any more.
     */
    static @Nullable JsonNode upToDate(@Nullable JsonNode wanted, @Nullable JsonNode present) {
        if (!(wanted instanceof ObjectNode own)
                || present == null
                || !sameFamily(own, present)
                || given(own).isEmpty()
                || !given(own).equals(given(present))) return wanted;
        ObjectNode result = own.deepCopy();
        copy(present, result);
        return result;
    }

    /**
     * A credential with the tokens that its endpoint has given.
     *
     * @param refresh the next refresh token; null when the present one is still good
     */
    public static JsonNode renewed(JsonNode credential, String access, Instant expires, @Nullable String refresh) {
        ObjectNode renewed = credential.deepCopy();
        renewed.put(ACCESS, access).put(EXPIRES, expires.toString());
        if (refresh != null) renewed.put(REFRESH, refresh);
        return renewed;
    }
}
