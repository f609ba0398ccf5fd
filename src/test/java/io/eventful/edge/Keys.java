package io.eventful.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate and its key, made by the JDK's keytool, as PEM files. */
record Keys(Path folder, Path certificate, Path key) {

    private static final String PASSWORD = "changeit";

    /** For {@code localhost} and 127.0.0.1, self-signed. */
    static Keys of(Path folder, String commonName) throws IOException, GeneralSecurityException {
        Files.createDirectories(folder);
        Path store = folder.resolve("keys.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + commonName,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString());
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Keys made = new Keys(folder, folder.resolve("cert.pem"), folder.resolve("key.pem"));
        Certificate certificate = keys.getCertificate("it");
        Files.writeString(made.certificate, pem("CERTIFICATE", certificate.getEncoded()));
        PrivateKey secret = (PrivateKey) keys.getKey("it", PASSWORD.toCharArray());
        Files.writeString(made.key, pem("PRIVATE KEY", secret.getEncoded()));
        return made;
    }

    private static void keytool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) throw new IOException(said);
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
    }
}
