package io.eventful.edge;

import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import org.jspecify.annotations.Nullable;

/** The PEM files for TLS to an upstream; checked at start, because otherwise every call would fail later. */
record UpstreamFiles(@Nullable TrustOptions trust, @Nullable KeyCertOptions own) {

    static UpstreamFiles of(UpstreamSettings.Tls tls) {
        return new UpstreamFiles(
                tls.ca() == null ? null : new PemTrustOptions().addCertPath(tls.ca()),
                tls.certificate() == null
                        ? null
                        : new PemKeyCertOptions().addCertPath(tls.certificate()).addKeyPath(tls.key()));
    }

    /** @throws IllegalStateException when one cannot be used, with the remedy */
    static void check(String upstream, UpstreamSettings.Tls tls) {
        PemFiles.problems(upstream, tls).forEach((key, wrong) -> {
            throw new IllegalStateException(
                    key + ": " + wrong + ". Use PEM files that this user may read: certificate authorities as ca, and a"
                            + " certificate with its private key.");
        });
    }
}
