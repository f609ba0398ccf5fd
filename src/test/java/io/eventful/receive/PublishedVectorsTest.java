package io.eventful.receive;

import static io.eventful.receive.Verifications.STANDARD_BODY;
import static io.eventful.receive.Verifications.STANDARD_ID;
import static io.eventful.receive.Verifications.STANDARD_PUBLIC;
import static io.eventful.receive.Verifications.STANDARD_SECRET;
import static io.eventful.receive.Verifications.STANDARD_TIME;
import static io.eventful.receive.Verifications.V1;
import static io.eventful.receive.Verifications.V1A;
import static io.eventful.receive.Verifications.passes;
import static io.eventful.receive.Verifications.standard;
import static io.eventful.receive.Verifications.verifier;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Secret, payload and signature as the senders themselves have published them: in their documentation, or with the tests of their libraries. */
class PublishedVectorsTest {

    @Test
    void gitHubsDocumentedExamplePasses() {
        Verifier github = verifier("github", "It's a Secret to Everybody");
        String signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        Instant now = Instant.EPOCH;
        assertThat(passes(github, "Hello, World!", now, "X-Hub-Signature-256", signature))
                .isTrue();
        assertThat(passes(github, "Hello, World!", now, "x-hub-signature-256", signature))
                .isTrue();
        assertThat(passes(github, "Hello, World?", now, "X-Hub-Signature-256", signature))
                .isFalse();
        assertThat(passes(github, "Hello, World!", now, "X-Hub-Signature", signature))
                .isFalse();
    }

    @Test
    void slacksDocumentedExamplePasses() {
        Verifier slack = verifier("slack", "8f742231b10e8888abcd99yyyzzz85a5");
        String body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
                + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
                + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands"
                + "%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        String[] fields = {
            "X-Slack-Request-Timestamp", "1531420618",
            "X-Slack-Signature", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
        };
        Instant sent = Instant.ofEpochSecond(1531420618);
        assertThat(passes(slack, body, sent, fields)).isTrue();
        assertThat(passes(slack, body, sent.plusSeconds(300), fields)).isTrue();
        assertThat(passes(slack, body, sent.plusSeconds(301), fields)).isFalse();
        assertThat(passes(slack, body, sent.minusSeconds(301), fields)).isFalse();
    }

    @Test
    void theStandardsVectorsPass() {
        assertThat(standard(STANDARD_SECRET, V1, STANDARD_TIME)).isTrue();
        assertThat(standard(STANDARD_SECRET.substring(6), V1, STANDARD_TIME)).isTrue();
        assertThat(standard(STANDARD_PUBLIC, V1A, STANDARD_TIME)).isTrue();
        assertThat(standard(STANDARD_SECRET, "v1,AAAA v2,xyz " + V1A + ' ' + V1, STANDARD_TIME))
                .isTrue();
    }

    /** From the tests of Stripe's library for .NET. */
    @Test
    void stripesExamplePasses() {
        Verifier stripe = verifier("stripe", "webhook_secret");
        String body = """
            {
              "id": "evt_123",
              "object": "event",
              "account": "acct_123",
              "api_version": "2017-05-25",
              "created": 1533204620,
              "data": {
                "object": {
                  "id": "cus_123",
                  "object": "customer",
                  "created": 123456789,
                  "email": "test@stripe.com",
                  "livemode": false,
                  "metadata": {}
                }
              },
              "livemode": false,
              "pending_webhooks": 1,
              "request": {
                "id": "req_123",
                "idempotency_key": "idempotency-key-123"
              },
              "type": "customer.created"
            }
            """;
        String[] fields = {
            "Stripe-Signature",
            "t=1533204620,v1=2220f87ef101a04665f11cdf770523143f875572008577fa0f20882ddb9cc3c7"
                    + ",v0=63f3a72374a733066c4be69ed7f8e5ac85c22c9f0a6a612ab9a025a9e4ee7eef"
        };
        Instant sent = Instant.ofEpochSecond(1533204620);
        assertThat(passes(stripe, body, sent.plusSeconds(100), fields)).isTrue();
        assertThat(passes(stripe, body, sent.plusSeconds(400), fields)).isFalse();
        assertThat(passes(stripe, body + "x", sent.plusSeconds(100), fields)).isFalse();
    }

    /** From the tests of Shopify's library for PHP. */
    @Test
    void shopifysExamplePasses() {
        Verifier shopify = verifier("shopify", "steffi");
        String[] fields = {"X-Shopify-Hmac-Sha256", "/Redz4YXHLnSmmSN8grr5/Jl/Ua3d7yX3iWbjb8R8wo="};
        assertThat(passes(shopify, "{\"foo\":\"bar\"}", Instant.EPOCH, fields)).isTrue();
        assertThat(passes(shopify, "{\"foo\": \"bar\"}", Instant.EPOCH, fields)).isFalse();
    }

    /** GitLab's signing tokens follow the standard, and it publishes no example of its own: the standard's must pass. */
    @Test
    void gitLabsSigningTokenTakesTheStandardsExample() {
        Verifier gitlab = verifier("gitlab", STANDARD_SECRET);
        String[] fields = {
            "Webhook-Id", STANDARD_ID, "Webhook-Timestamp", "1614265330", "Webhook-Signature", V1,
        };
        assertThat(passes(gitlab, STANDARD_BODY, STANDARD_TIME, fields)).isTrue();
        assertThat(passes(gitlab, STANDARD_BODY + " ", STANDARD_TIME, fields)).isFalse();
    }
}
