package io.eventful.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** A certificate authority of a test's own, made with the JDK's keytool, and what it has signed. */
final class Certificates {

    static final String PASSWORD = "changeit";

    private static final String AUTHORITY = "ca";

    private final Path folder;

    Certificates(Path folder) {
        this.folder = folder;
        generate(AUTHORITY, "CN=Test CA", "-ext", "bc:c", "-ext", "ku:c=keyCertSign", "-validity", "30");
        try {
            Certificate own = load(AUTHORITY).getCertificate(AUTHORITY);
            pem(own, AUTHORITY);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(AUTHORITY, own);
            save(trusted, "trusted");
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A trust store that holds only the authority. */
    String trusted() {
        return file("trusted");
    }

    /** The authority's own certificate as PEM. */
    Path authority() {
        return folder.resolve("ca.pem");
    }

    /** A key store with a certificate that nobody has signed but its own key. */
    String selfSigned(String name) {
        generate(name, "CN=" + name, "-ext", "san=dns:" + name);
        return file(name);
    }

    /**
     * A key store with a certificate for some names; the certificate is kept as PEM too, in {@code NAME.pem}.
     *
     * @param start days from now, such as {@code -10d}
     */
    String store(String start, int days, String... names) {
        String alias = names[0];
        try {
            // keytool signs with a key of the same store; that key is taken out again.
            Files.copy(Path.of(file(AUTHORITY)), Path.of(file(alias)));
            generate(
                    alias,
                    "CN=" + alias,
                    "-signer",
                    AUTHORITY,
                    "-startdate",
                    start,
                    "-validity",
                    Integer.toString(days),
                    "-ext",
                    "san=" + Arrays.stream(names).map(Certificates::named).collect(Collectors.joining(",")));
            KeyStore store = load(alias);
            store.deleteEntry(AUTHORITY);
            save(store, alias);
            pem(store.getCertificate(alias), alias);
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException(failure);
        }
        return file(alias);
    }

    private static String named(String name) {
        return (name.matches("[0-9.]+|.*:.*") ? "ip:" : "dns:") + name;
    }

    private void pem(Certificate certificate, String name) throws GeneralSecurityException, IOException {
        Files.writeString(
                folder.resolve(name + ".pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    private KeyStore load(String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(file(name)))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private void save(KeyStore store, String name) throws GeneralSecurityException, IOException {
        try (OutputStream out = Files.newOutputStream(Path.of(file(name)))) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    private String file(String name) {
        return folder.resolve(name + ".p12").toString();
    }

    private void generate(String alias, String name, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("-genkeypair", "-alias", alias, "-keystore", file(alias), "-dname", name, "-keyalg", "EC"));
        arguments.addAll(List.of(more));
        keytool(arguments);
    }

    private static void keytool(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-Xshare:auto"));
        command.addAll(arguments);
        command.addAll(List.of("-storepass", PASSWORD, "-storetype", "PKCS12"));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) throw new IllegalStateException(output);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
