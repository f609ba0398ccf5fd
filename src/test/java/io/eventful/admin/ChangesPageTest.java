package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Image;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ui.ExtendedModelMap;

class ChangesPageTest extends LedgerApiFixture {

    private ChangesPage page;

    @BeforeEach
    void make() {
        page = new ChangesPage(
                ledgers.ledger(), new ChangesApi(ledgers.ledger(), ledgers.history()), ledgers.history());
    }

    private List<?> rows(String subject, String outcome) {
        ExtendedModelMap model = new ExtendedModelMap();
        page.list(null, subject, null, outcome, model);
        assertThat(model.get("subject")).as("what was typed").isEqualTo(subject);
        return (List<?>) model.get("rows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/customers/42", "/customers/42/", "/customers//42", "/x/../customers/42"})
    void aSubjectIsFoundAsTheApiFindsIt(String subject) {
        threeRevisions();
        assertThat(rows(subject, "")).hasSize(3);
    }

    @Test
    void aSubjectIsTypedAsPeopleWriteIt() {
        append("", "/customers/j%C3%B6rg", "created", new Image.Absent(), known("{}"));
        append("", "/k%C3%BCnden/%E6%97%A5%F0%9F%98%80", "created", new Image.Absent(), known("{}"));
        assertThat(rows("/customers/jörg", "")).hasSize(1);
        assertThat(rows("/künden/日😀", "")).hasSize(1);
        assertThat(rows("/customers/jorg", "")).isEmpty();
    }
}
