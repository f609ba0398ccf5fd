package io.eventful.delivery;

import io.eventful.config.SettingFile;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Authorities of one's own that sinks' certificates may come from, beside those of the JDK. */
public final class SinkTrust {

    private static final String KEY = "eventful.delivery.tls.ca";

    private SinkTrust() {}

    /** What is wrong with the configured file of authorities; empty if it can be used, or if there is none. */
    public static Optional<String> problem(DeliverySettings settings) {
        Path file = settings.tls().ca();
        if (file == null) return Optional.empty();
        try {
            var unused = read(file);
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.of(file + " is not a PEM file of certificates (" + e.getMessage() + ")");
        } catch (IOException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    /**
     * Reads certificates in PEM form.
     *
     * @throws IllegalArgumentException when there is none, or one cannot be read; the message is for the operator
     */
    static TrustOptions with(Path authorities) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate known : accepted(null)) store.setCertificateEntry("jdk-" + number++, known);
            for (Certificate own : read(authorities)) store.setCertificateEntry("own-" + number++, own);
            return TrustOptions.wrap(manager(store));
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalArgumentException(
                    KEY + ": " + authorities + " cannot be used (" + unusable.getMessage() + "): use a PEM file",
                    unusable);
        }
    }

    private static Collection<? extends Certificate> read(Path file) throws GeneralSecurityException, IOException {
        Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(SettingFile.read(file)));
        if (found.isEmpty()) throw new IOException(file + " contains no certificate");
        return found;
    }

    private static X509Certificate[] accepted(@Nullable KeyStore store) throws GeneralSecurityException {
        return manager(store).getAcceptedIssuers();
    }

    /** @param store null for the one of the JDK */
    private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("this runtime has no trust manager"));
    }
}
