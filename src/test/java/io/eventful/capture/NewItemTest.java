package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import org.junit.jupiter.api.Test;

/** Which item a call has made. */
class NewItemTest extends CaptureFixture {

    @Test
    void aPutThatMakesItsItemIsACreate() throws Exception {
        customers();
        assertThat(gateway.call("PUT", "/customers/9", "{\"name\":\"N\"}").statusCode())
                .isEqualTo(201);
        assertThat(gateway.only().action()).isEqualTo("created");
        assertThat(gateway.only().before()).isEqualTo(new Image.Absent());
    }

    @Test
    void aCreatedItemIsFoundByLocationOrById() throws Exception {
        customers("id", "/data/key");
        String[] locations = {"http://elsewhere:1/customers/a%20b", "/customers/c?x=1", "customers/d", "", "/other/9"};
        int[] count = {0};
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("POST")) return false;
            String location = locations[count[0]++];
            if (!location.isEmpty()) exchange.getResponseHeaders().set("Location", location);
            RestSystem.reply(exchange, 201, "{\"n\":1,\"data\":{\"key\":\"k/" + count[0] + "\"}}");
            return true;
        };
        for (int i = 0; i < locations.length; i++) gateway.call("POST", "/customers", "{\"n\":1}");
        assertThat(gateway.changes())
                .extracting(change -> change.item().subject())
                .containsExactly(
                        "/customers/a%20b", "/customers/c", "/customers/d", "/customers/k%2F4", "/customers/k%2F5");
    }

    @Test
    void aCreateThatNamesNoItemIsAnUnknownChangeOfItsCollection() throws Exception {
        customers();
        system.script = (exchange, body) -> {
            RestSystem.reply(exchange, 201, "");
            return true;
        };
        gateway.call("POST", "/customers", "{\"n\":1}");
        assertThat(gateway.only().item().subject()).isEqualTo("/customers");
        assertThat(gateway.only().outcome()).isEqualTo(Change.Outcome.UNKNOWN);
        assertThat(gateway.only().reason()).isEqualTo("no-id");
    }
}
