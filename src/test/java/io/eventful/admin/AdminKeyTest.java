package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.store.DataFolderException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminKeyTest {

    @TempDir
    private Path data;

    private AdminKey kept(String content) throws Exception {
        Files.writeString(data.resolve(AdminKey.FILE), content);
        return AdminKey.of(null, data, new SecureRandom());
    }

    @Test
    void theLineBreakAtTheEndOfTheFileIsNotPartOfTheKey() throws Exception {
        assertThat(kept("supersecretkey\r\n").matches("supersecretkey")).isTrue();
        assertThat(kept("correct horse battery\n").matches("correct horse battery"))
                .isTrue();
    }

    @Test
    void aKeyInTheFileThatNobodyCanShowIsRefused() {
        for (String wrong : new String[] {"schlüsselchen\n", "first-key\nsecond-key\n"})
            assertThatThrownBy(() -> kept(wrong))
                    .isInstanceOf(DataFolderException.class)
                    .hasMessageContaining(data.resolve(AdminKey.FILE).toString())
                    .hasMessageContaining("delete the file")
                    .hasMessageNotContaining("key\n");
    }
}
