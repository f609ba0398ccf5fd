package io.eventful.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A certificate authority of a test's own, made with the JDK's keytool, and what it has signed. */
final class Certificates {

    static final String PASSWORD = "changeit";

    private final Path folder;

    Certificates(Path folder) {
        this.folder = folder;
        keytool(
                "-genkeypair",
                "-alias",
                "ca",
                "-keystore",
                file("ca"),
                "-dname",
                "CN=Test CA",
                "-keyalg",
                "EC",
                "-ext",
                "bc:c",
                "-ext",
                "ku:c=keyCertSign",
                "-validity",
                "30");
        keytool("-exportcert", "-alias", "ca", "-keystore", file("ca"), "-rfc", "-file", path("ca.pem"));
        keytool("-importcert", "-noprompt", "-alias", "ca", "-keystore", file("trusted"), "-file", path("ca.pem"));
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
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keystore",
                file(name),
                "-dname",
                "CN=" + name,
                "-keyalg",
                "EC",
                "-ext",
                "san=dns:" + name);
        return file(name);
    }

    /**
     * A key store with a certificate for some names.
     *
     * @param start days from now, such as {@code -10d}
     */
    String store(String start, int days, String... names) {
        String alias = names[0];
        keytool("-genkeypair", "-alias", alias, "-keystore", file(alias), "-dname", "CN=" + alias, "-keyalg", "EC");
        keytool("-certreq", "-alias", alias, "-keystore", file(alias), "-file", path(alias + ".csr"));
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-keystore",
                file("ca"),
                "-infile",
                path(alias + ".csr"),
                "-outfile",
                path(alias + ".pem"),
                "-rfc",
                "-startdate",
                start,
                "-validity",
                Integer.toString(days),
                "-ext",
                "san=dns:" + String.join(",dns:", names));
        keytool("-importcert", "-noprompt", "-alias", "ca", "-keystore", file(alias), "-file", path("ca.pem"));
        keytool("-importcert", "-noprompt", "-alias", alias, "-keystore", file(alias), "-file", path(alias + ".pem"));
        return file(alias);
    }

    private String file(String name) {
        return path(name + ".p12");
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static void keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-Xshare:auto"));
        command.addAll(List.of(arguments));
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
