package io.eventful.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import org.jspecify.annotations.Nullable;

/**
 * Who the gateway is to a sink (mutual TLS), in PEM.
 *
 * @param certificate the chain, its own certificate first
 * @param key PKCS #8
 */
record ClientIdentity(String certificate, String key) {

    /** That of a credential; null when the credential is of another type. */
    static @Nullable ClientIdentity of(@Nullable JsonNode credential) {
        if (credential == null || !credential.path("credentialtype").asText().equals("CERTIFICATE")) return null;
        return new ClientIdentity(
                credential.path("certificate").asText(),
                credential.path("privatekey").asText());
    }

    PemKeyCertOptions options() {
        return new PemKeyCertOptions().addCertValue(Buffer.buffer(certificate)).addKeyValue(Buffer.buffer(key));
    }

    /** Never prints the key. */
    @Override
    public String toString() {
        return "ClientIdentity[]";
    }
}
