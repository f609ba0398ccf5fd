package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.store.DataFolderException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SecretsTest extends RegistryFixture {

    private void openWith(@Nullable String masterKey) {
        registry.masterKey = masterKey;
        registry.open();
    }

    @Test
    void atMostTenOldSecretsSignBesideTheNewOne() {
        String id = registry.subscriptions.create(Samples.request("")).id();
        IntStream.range(0, 15).forEach(i -> registry.subscriptions.rotate(id));
        assertThat(registry.subscriptions.find(id).orElseThrow().secrets()).hasSize(11);
    }

    @Test
    void neitherSecretsNorCredentialsAreReadableInTheFiles() throws Exception {
        Subscription made = registry.subscriptions.create(
                Samples.request("'sinkcredential':{'credentialtype':'ACCESSTOKEN','accesstoken':'tok-very-secret'}"));
        registry.subscriptions.rotate(made.id());
        String secret = made.secrets().getFirst().text();
        registry.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(bytes).as(file.toString()).doesNotContain(secret, "tok-very-secret");
            }
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("master.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        openWith(null);
    }

    @Test
    void anotherMasterKeyStopsTheStartAndSaysWhatIsNeeded() {
        registry.subscriptions.create(Samples.request(""));
        registry.close();
        String other = Base64.getEncoder().encodeToString(new byte[32]);
        assertThatThrownBy(() -> openWith(other))
                .isInstanceOf(DataFolderException.class)
                .hasMessageContaining("EVENTFUL_MASTER_KEY");
        registry.close();
        assertThatThrownBy(() -> openWith("c2hvcnQ="))
                .isInstanceOf(DataFolderException.class)
                .hasMessageContaining("32 bytes")
                .hasMessageNotContaining("c2hvcnQ=");
        registry.close();
        openWith(null);
        assertThat(registry.subscriptions.list("", 10)).hasSize(1);
    }
}
