package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.capture.CaptureOptions.After;
import io.eventful.capture.CaptureOptions.Before;
import io.eventful.capture.CaptureOptions.Position;
import io.eventful.event.Change;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureOptionsTest {

    @Test
    void theStandardsAreThoseOfTheContract() {
        CaptureOptions options = CaptureOptions.parse(Map.of());
        assertThat(options.upstream()).isEqualTo("default");
        assertThat(options.id()).isEqualTo("/id");
        assertThat(options.success().contains(200)).isTrue();
        assertThat(options.success().contains(299)).isTrue();
        assertThat(options.success().contains(300)).isFalse();
        assertThat(options.before()).isEqualTo(Before.LEDGER);
        assertThat(options.after()).isEqualTo(After.AUTO);
        assertThat(options.guarantee()).isEqualTo(Change.Guarantee.INTENT);
        assertThat(options.order()).isEqualTo(Change.Order.LANE);
        assertThat(options.laneWait()).isEqualTo(Duration.ofSeconds(2));
        assertThat(options.bodyLimit()).isEqualTo(1 << 20);
        assertThat(options.redact()).isEmpty();
        assertThat(options.position()).isEqualTo(Position.HIDDEN);
    }

    @Test
    void everyOptionIsRead() {
        CaptureOptions options = CaptureOptions.parse(Map.ofEntries(
                Map.entry("upstream", "crm"),
                Map.entry("resource", "customer"),
                Map.entry("id", "/data/id"),
                Map.entry("actions", "cancel, ship"),
                Map.entry("success", "200-204, 299"),
                Map.entry("before", "fetch"),
                Map.entry("after", "response"),
                Map.entry("guarantee", "outcome"),
                Map.entry("order", "observed"),
                Map.entry("laneWait", "500ms"),
                Map.entry("commands", "sync"),
                Map.entry("queries", "upstream"),
                Map.entry("scope", "X-Tenant"),
                Map.entry("bodyLimit", "256KB"),
                Map.entry("redact", "/ssn,/card/number"),
                Map.entry("exposePosition", "true")));
        assertThat(options.actions()).containsExactlyInAnyOrder("cancel", "ship");
        assertThat(options.success().contains(299)).isTrue();
        assertThat(options.success().contains(205)).isFalse();
        assertThat(options.laneWait()).isEqualTo(Duration.ofMillis(500));
        assertThat(options.bodyLimit()).isEqualTo(256 << 10);
        assertThat(options.redact()).containsExactly("/ssn", "/card/number");
        assertThat(options.position()).isEqualTo(Position.EXPOSED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "before;always;ledger, fetch, none",
                "after;x;auto, response, fetch, request",
                "guarantee;both;intent, outcome, none",
                "order;any;lane, observed",
                "laneWait;soon;500ms",
                "laneWait;2h;1h",
                "bodyLimit;1TB;1MB",
                "bodyLimit;0;1MB",
                "success;2xx;200-299",
                "success;299-200;200-299",
                "id;id;JSON pointer",
                "redact;/a,b;JSON pointers",
                "actions;created;none of the gateway's own",
                "actions;a/b;path segments",
                "scope;Authorization;request header",
                "exposePosition;yes;true or false",
                "upstream;a b;upstream",
                "queries;view;view:NAME"
            })
    void aWrongValueIsNamedWithWhatIsAllowed(String name, String value, String allowed) {
        assertThatThrownBy(() -> CaptureOptions.parse(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name + "=" + value)
                .hasMessageContaining(allowed);
    }

    @Test
    void readsMayBeAViewsAndWritesMayNeedACondition() {
        CaptureOptions options = CaptureOptions.parse(Map.of("queries", "view:customers", "ifMatch", "required"));
        assertThat(options.queries()).isEqualTo("view:customers");
        assertThat(options.ifMatch()).isEqualTo(CaptureOptions.IfMatch.REQUIRED);
    }

    @Test
    void anUnknownOptionIsNamedWithAllThereAre() {
        assertThatThrownBy(() -> CaptureOptions.parse(Map.of("laneWeight", "1s")))
                .hasMessageContaining("laneWeight")
                .hasMessageContaining("laneWait");
    }
}
