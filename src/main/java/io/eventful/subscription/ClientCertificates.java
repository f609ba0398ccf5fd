package io.eventful.subscription;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks a client certificate and its key when they are given, so that no attempt has to find out. */
final class ClientCertificates {

    private static final Pattern KEY =
            Pattern.compile("\\s*-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");
    private static final byte[] SAMPLE = "eventful".getBytes(StandardCharsets.US_ASCII);

    private ClientCertificates() {}

    /** What is wrong, and with which member. The detail never holds a part of the key. */
    record Fault(String member, String detail) {}

    static Optional<Fault> fault(String certificate, String key) {
        Collection<? extends Certificate> chain;
        try {
            chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            return Optional.of(new Fault("certificate", "contains no X.509 certificates"));
        }
        if (chain.isEmpty()) return Optional.of(new Fault("certificate", "contains no X.509 certificates"));
        Matcher pem = KEY.matcher(key);
        if (!pem.matches()) return Optional.of(new Fault("privatekey", "is not an unencrypted PKCS #8 key"));
        PublicKey open = chain.iterator().next().getPublicKey();
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
            PrivateKey secret =
                    KeyFactory.getInstance(open.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            if (belong(secret, open)) return Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.of(new Fault("privatekey", "has a different key type than the certificate"));
        }
        return Optional.of(new Fault("privatekey", "does not belong to the first certificate"));
    }

    private static boolean belong(PrivateKey secret, PublicKey open) throws GeneralSecurityException {
        String algorithm = switch (open.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> open.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(secret);
        signature.update(SAMPLE);
        byte[] signed = signature.sign();
        signature.initVerify(open);
        signature.update(SAMPLE);
        return signature.verify(signed);
    }
}
