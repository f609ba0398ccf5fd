package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookRequestTest {

    private static String target(String url) {
        return new WebhookRequest("POST", URI.create(url), Map.of(), new byte[0]).requestTarget();
    }

    @Test
    void pathAndQueryGoAsTheyAreWritten() {
        assertThat(target("http://a.example")).isEqualTo("/");
        assertThat(target("http://a.example?q")).isEqualTo("/?q");
        assertThat(target("http://a.example/a%2fb/;c?d=%C3%BC&e=/?")).isEqualTo("/a%2fb/;c?d=%C3%BC&e=/?");
    }

    @Test
    void itNeverShowsACredential() {
        WebhookRequest request = new WebhookRequest(
                "POST",
                URI.create("http://a.example/?key=s3cret"),
                Map.of("Authorization", "Bearer s3cret"),
                new byte[0]);
        assertThat(request).asString().contains("a.example").doesNotContain("s3cret");
    }

    /** Many servers answer a request line that is not ASCII with 400, which makes a dead letter of the delivery. */
    @Test
    void whatIsNotAsciiIsEscaped() {
        assertThat(target("http://a.example/käse/%e4?für=€😀"))
                .isEqualTo("/k%C3%A4se/%e4?f%C3%BCr=%E2%82%AC%F0%9F%98%80");
    }
}
