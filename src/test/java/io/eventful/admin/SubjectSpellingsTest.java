package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An item is found by every spelling of its subject, wherever a subject is given. */
class SubjectSpellingsTest {

    private static final String[] SPELLINGS = {
        "/customers/\u00e99", "/customers//%C3%A99/", "/customers/%c3%a99", "customers/%C3%A99", "/customers/%C3%A99"
    };

    @RegisterExtension
    static final AdminRig rig = new AdminRig(AdminRig.CUSTOMERS);

    @Test
    void replaysAndRetriesFindAnItemByEverySpelling() {
        String id = rig.admin
                .subscribe(URI.create("http://127.0.0.1:1/closed"), "\"types\":[\"customer.created\"]")
                .get("id")
                .asText();
        rig.gateway.call("PUT", "/customers/%C3%A99", "{\"id\":9}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !rig.admin
                        .json("GET", "/api/deliveries?state=failed&subscription=" + id, "")
                        .get("items")
                        .isEmpty());
        for (String subject : SPELLINGS) {
            String wanted = "{\"subscription\":\"" + id + "\",\"subject\":\"" + subject + "\"";
            assertThat(rig.admin
                            .json("POST", "/api/replays", wanted + "}")
                            .get("subject")
                            .asText())
                    .isEqualTo("/customers/%C3%A99");
            // What is tried just now is not queued again.
            await(subject)
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> rig.admin
                                    .json("POST", "/api/deliveries/retry", wanted + ",\"state\":\"failed\"}")
                                    .get("queued")
                                    .asInt()
                            > 0);
        }
        String strangers = "{\"subscription\":\"" + id + "\",\"subject\":\"order 42/\"}";
        assertThat(rig.admin
                        .json("POST", "/api/replays", strangers)
                        .get("subject")
                        .asText())
                .isEqualTo("order 42/");
    }
}
