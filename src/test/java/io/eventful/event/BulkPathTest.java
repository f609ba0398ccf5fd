package io.eventful.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulkPathTest {

    private static BulkPath of(String template, String collection) {
        return BulkPath.of(PathTemplate.parse(template), collection);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        /customers/bulk,      /customers,   /customers/bulk,    /customers
        /customers/bulk/{id}, /customers,   //customers/bulk/,  /customers
        /customers/bulk/{id}, /customers/,  /customers/bulk,    /customers
        /customers/bulk,      /customers,   /customers/bulk/1,  -
        /t/{t}/bulk,          /t/{t}/items, /t/a%2fb/bulk,      /t/a%2Fb/items
        /bulk/{kind}/{id},    /{kind},      /bulk/orders,       /orders
        /bulk,                /,            /bulk,              /
        """)
    void aCallTellsTheCollectionOfItsItems(String template, String collection, String path, String expected) {
        assertThat(of(template, collection).collection(path).orElse(null)).isEqualTo(expected);
    }

    @Test
    void theItemsAreBelowTheCollectionWhateverItsVariablesAreCalled() {
        PathTemplate items = of("/t/{id}/bulk", "/t/{id}/customers").items();
        assertThat(items.item("/t/1/customers/2").orElseThrow().variables())
                .containsEntry("id", "1")
                .containsValue("2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /t/{t}/bulk     | /t/{tenant}/items | in the path of the calls, which is /t/{t}/bulk and has no {tenant}
        /bulk/{kind}    | /{kind}           | in the path of the calls, which is /bulk and has no {kind}
        /**             | /customers        | where the template names the path of the calls, such as /customers/bulk
        /{id}           | /customers        | where the template names the path of the calls
        /customers/{id} | /customers/       | another collection than the template's own
        """)
    void whatDoesNotFitIsNamed(String template, String collection, String allowed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(template, collection))
                .withMessageContaining("option collection=" + collection + " is invalid")
                .withMessageContaining(allowed);
    }
}
