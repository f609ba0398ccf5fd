package io.eventful.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An event whose type a route has changed tells one type, not two. */
class RetypedTest {

    private static final Change UPDATED = Changes.all().get("updated");

    @ParameterizedTest
    @CsvSource({"notification,/name", "notification-firebase,/message/data/name", "state-eventbridge,/detail-type"})
    void whatTheDataTellsOfTheTypeFollows(String rendering, String place) {
        Event rendered = Renderings.render(rendering, UPDATED);
        assertThat(Json.parse(rendered.data()).at(place).textValue()).isEqualTo("customer.updated");
        Event retyped = rendered.retyped("crm.moved");
        assertThat(retyped.type()).isEqualTo("crm.moved");
        assertThat(Json.text(Json.parse(retyped.data())))
                .isEqualTo(
                        Json.text(Json.parse(rendered.data())).replace("\":\"customer.updated\"", "\":\"crm.moved\""));
        // As it is when it has come over a channel.
        assertThat(EventJson.read(EventJson.write(rendered)).retyped("crm.moved"))
                .isEqualTo(retyped);
    }

    @Test
    void whatAStepHasWrittenThereStays() {
        Event rendered = Renderings.render("notification", UPDATED);
        byte[] own = Json.utf8("{\"name\":\"own\"}");
        assertThat(rendered.withData(own).retyped("crm.moved").data()).isEqualTo(own);
        byte[] text = Json.utf8("[1,");
        assertThat(rendered.withData(text).retyped("crm.moved").data()).isEqualTo(text);
        Event state = Renderings.render("state", UPDATED);
        assertThat(state.retyped("crm.moved").data()).isEqualTo(state.data());
    }

    @Test
    void theClaimCheckFollowsToo() {
        Event rendered = Rendering.named("state-eventbridge")
                .orElseThrow()
                .render(UPDATED, new RenderContext("http://h", Map.of(), position -> "http://h/" + position));
        Event claim = rendered.retyped("crm.moved").claimCheck().orElseThrow();
        assertThat(Json.parse(claim.data()).path("detail-type").textValue()).isEqualTo("crm.moved");
    }
}
