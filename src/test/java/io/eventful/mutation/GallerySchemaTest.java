package io.eventful.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Editors that check by {@code routes/.schema.json} mark misspelt words of the DSL, and options of the gateway's own addresses. */
class GallerySchemaTest {

    private static final int SAMPLE = 60;
    private static Schema schema;

    @BeforeAll
    static void read() throws IOException {
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(Files.readString(Path.of("routes/.schema.json")));
    }

    private static boolean accepts(Mutation mutation) {
        return schema.validate(mutation.text(), InputFormat.YAML).isEmpty();
    }

    @Test
    void misspeltKeysAreMarked() {
        List<Mutation> keys = Gallery.mutations().stream()
                .filter(mutation -> mutation.operator().equals("misspelt key"))
                .toList();
        assertThat(keys).hasSizeGreaterThan(200);
        assertThat(new Slips(SAMPLE).some(keys, SAMPLE).stream().filter(GallerySchemaTest::accepts))
                .isEmpty();
    }

    @Test
    void soAreOptionsOfTheGatewaysOwnAddresses() {
        List<Mutation> options = Gallery.mutations().stream()
                .filter(mutation -> mutation.operator().equals("misspelt endpoint option"))
                .filter(GallerySchemaTest::isOfAnOwnAddress)
                .toList();
        assertThat(options).hasSizeGreaterThan(15);
        assertThat(options.stream().filter(GallerySchemaTest::accepts)).isEmpty();
    }

    /** Other components have hundreds of options, which lint looks up in Camel's catalog. */
    private static boolean isOfAnOwnAddress(Mutation mutation) {
        List<String> above = mutation.text()
                .lines()
                .limit(mutation.lines().iterator().next())
                .filter(line -> line.contains("uri:"))
                .toList();
        return above.getLast().matches(".*uri: \"?(capture|webhook-in|view):[^?]*");
    }
}
