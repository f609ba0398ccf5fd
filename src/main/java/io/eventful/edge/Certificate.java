package io.eventful.edge;

import io.eventful.config.SettingFile;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate and private key of the data port, reloaded when their files change. */
final class Certificate {

    private static final Logger LOG = LoggerFactory.getLogger(Certificate.class);

    /** Interval at which the files are checked for changes. */
    static final long PERIOD_MILLIS = 1_000;

    private static final byte[] PROBE = {1, 2, 3};

    /** The content of the files. */
    private record Content(Buffer certificate, Buffer key) {

        PemKeyCertOptions options() {
            return new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key);
        }
    }

    private final EdgeSettings.Tls settings;
    private final Vertx vertx;
    private final RenewableKeys keys;
    private Content seen;

    /** @throws IllegalStateException when the files cannot be used, with the remedy */
    Certificate(EdgeSettings.Tls settings, Vertx vertx) {
        this.settings = settings;
        this.vertx = vertx;
        try {
            seen = read();
            keys = new RenewableKeys(usable(seen.options(), vertx));
        } catch (Exception unusable) {
            throw new IllegalStateException(
                    "eventful.edge.tls: " + settings.certificate() + " and " + settings.key() + " cannot be used ("
                            + unusable.getMessage()
                            + "). Use PEM files that belong together: a certificate with its chain, and its private"
                            + " key.",
                    unusable);
        }
    }

    void configure(HttpServerOptions options, EdgeSettings.Limits limits) {
        options.setSsl(true)
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                .setSslHandshakeTimeout(limits.headTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeyCertOptions(KeyCertOptions.wrap(keys));
    }

    /** Reloads changed files once they form a valid pair; between two writes they may not match. */
    synchronized void look() {
        try {
            Content now = read();
            if (now.equals(seen)) return;
            seen = now;
            keys.renew(usable(now.options(), vertx));
            LOG.info("edge.certificate-renewed");
        } catch (Exception unusable) {
            LOG.warn("edge.certificate-not-used reason=\"{}\"", unusable.getMessage());
        }
    }

    private Content read() throws IOException {
        return new Content(file(settings.certificate()), file(settings.key()));
    }

    private static Buffer file(@Nullable String path) throws IOException {
        return Buffer.buffer(SettingFile.read(Path.of(String.valueOf(path))));
    }

    /** Checks that the key belongs to the certificate, by signing and verifying a text. */
    static X509KeyManager usable(PemKeyCertOptions pair, @Nullable Vertx vertx) throws Exception {
        for (KeyManager manager : pair.getKeyManagerFactory(vertx).getKeyManagers()) {
            X509KeyManager keys = (X509KeyManager) manager;
            for (String type : List.of("EC", "RSA", "EdDSA", "Ed25519", "RSASSA-PSS")) {
                String[] aliases = keys.getServerAliases(type, null);
                if (aliases == null || aliases.length == 0) continue;
                PublicKey open = keys.getCertificateChain(aliases[0])[0].getPublicKey();
                if (isPair(keys.getPrivateKey(aliases[0]), open)) return keys;
                throw new IllegalArgumentException("the private key does not belong to the certificate");
            }
        }
        throw new IllegalArgumentException("the key type of the certificate is not supported");
    }

    private static boolean isPair(PrivateKey secret, PublicKey open) throws Exception {
        String algorithm = switch (secret.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> secret.getAlgorithm();
        };
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(secret);
        signing.update(PROBE);
        Signature verifying = Signature.getInstance(algorithm);
        verifying.initVerify(open);
        verifying.update(PROBE);
        return verifying.verify(signing.sign());
    }
}
