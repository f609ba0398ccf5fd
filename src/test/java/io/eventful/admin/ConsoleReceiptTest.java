package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A webhook that came in is told as one: no system behind was asked, so a missing reply is no sign of trouble. */
class ConsoleReceiptTest {

    @RegisterExtension
    static final AdminRig rig = new AdminRig("""
        - route:
            id: hooks
            from:
              uri: webhook-in:/hooks
              parameters: {provider: bearer, secret: sesame, event: /kind}
              steps:
                - transformDataType: {toType: "event:state"}
                - to: {uri: "channel:hooks"}
        - route:
            id: hooks-subscribers
            from:
              uri: channel:hooks
              steps:
                - to: {uri: "subscribers:hooks"}
        """);

    @Test
    void itHasNoReplyThatIsMissing() {
        rig.gateway.call("POST", "/hooks", "{\"kind\":\"paid\"}", "Authorization", "Bearer sesame");
        assertThat(rig.page("/console/changes"))
                .contains("bearer.paid", "POST, a webhook")
                .doesNotContain("no reply");
    }
}
