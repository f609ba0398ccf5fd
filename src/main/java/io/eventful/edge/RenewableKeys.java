package io.eventful.edge;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Server keys that can be replaced at runtime. A handshake in progress keeps the keys that it started with, because the
 * alias contains their generation. (Updating the options of a Vert.x server would drop connections.)
 */
final class RenewableKeys extends X509ExtendedKeyManager {

    private record Generation(int number, X509KeyManager keys) {}

    private volatile Generation current;
    private volatile Generation before;

    RenewableKeys(X509KeyManager first) {
        current = new Generation(0, first);
        before = current;
    }

    void renew(X509KeyManager next) {
        before = current;
        current = new Generation(before.number + 1, next);
    }

    private @Nullable String name(Generation generation, @Nullable String alias) {
        return alias == null ? null : generation.number + ":" + alias;
    }

    private @Nullable Generation generation(String alias) {
        int number = Integer.parseInt(alias.substring(0, alias.indexOf(':')));
        for (Generation one : new Generation[] {current, before}) if (one.number == number) return one;
        return null;
    }

    private static String alias(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Generation now = current;
        String alias = now.keys instanceof X509ExtendedKeyManager extended
                ? extended.chooseEngineServerAlias(keyType, issuers, engine)
                : now.keys.chooseServerAlias(keyType, issuers, null);
        return name(now, alias);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        Generation now = current;
        return name(now, now.keys.chooseServerAlias(keyType, issuers, socket));
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Generation generation = generation(alias);
        return generation == null ? null : generation.keys.getCertificateChain(alias(alias));
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Generation generation = generation(alias);
        return generation == null ? null : generation.keys.getPrivateKey(alias(alias));
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String @Nullable [] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
