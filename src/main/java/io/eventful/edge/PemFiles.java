package io.eventful.edge;

import io.eventful.config.SettingFile;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the PEM files of the settings before anything is started, and collects what is wrong. */
public final class PemFiles {

    /** Vert.x reads files by path, but here their content is given. */
    private static final @Nullable Vertx NO_VERTX = null;

    private final Map<String, String> problems = new LinkedHashMap<>();

    private PemFiles() {}

    @FunctionalInterface
    private interface Check {
        void run() throws Exception;
    }

    /** What is wrong with the files of TLS, by their keys; empty if all can be used. */
    public static Map<String, String> problems(EdgeSettings edge, UpstreamSettings upstreams) {
        PemFiles files = new PemFiles();
        EdgeSettings.Tls own = edge.tls();
        files.pair("eventful.edge.tls", own.certificate(), own.key(), options -> Certificate.usable(options, NO_VERTX));
        upstreams.upstreams().forEach((name, upstream) -> files.upstream(name, upstream.tls()));
        return files.problems;
    }

    /** The same for one upstream. */
    static Map<String, String> problems(String upstream, UpstreamSettings.Tls tls) {
        PemFiles files = new PemFiles();
        files.upstream(upstream, tls);
        return files.problems;
    }

    private void upstream(String name, UpstreamSettings.Tls tls) {
        String path = "eventful.upstreams." + name + ".tls";
        Buffer authorities = read(path + ".ca", tls.ca());
        if (authorities != null)
            check(path + ".ca", tls.ca() + " contains no certificate in PEM form", () -> certificates(authorities));
        pair(path, tls.certificate(), tls.key(), options -> options.getKeyManagerFactory(NO_VERTX));
    }

    private static void certificates(Buffer pem) throws CertificateException {
        if (!pem.toString(StandardCharsets.ISO_8859_1).contains("-----BEGIN CERTIFICATE-----"))
            throw new CertificateException("-----BEGIN CERTIFICATE----- is missing");
        var unused =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem.getBytes()));
    }

    @FunctionalInterface
    private interface PairCheck {
        void run(PemKeyCertOptions pair) throws Exception;
    }

    private void pair(String path, @Nullable String certificate, @Nullable String key, PairCheck check) {
        Buffer open = read(path + ".certificate", certificate);
        Buffer secret = read(path + ".key", key);
        if (open == null || secret == null) return;
        check(
                path + ".certificate",
                certificate + " and " + key + " cannot be used together",
                () -> check.run(new PemKeyCertOptions().addCertValue(open).addKeyValue(secret)));
    }

    private @Nullable Buffer read(String key, @Nullable String path) {
        if (path == null) return null;
        try {
            return Buffer.buffer(SettingFile.read(Path.of(path)));
        } catch (IOException e) {
            problems.put(key, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void check(String key, String wrong, Check check) {
        try {
            check.run();
        } catch (Exception unusable) {
            problems.put(key, wrong + " (" + unusable.getMessage() + ")");
        }
    }
}
