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
        assertThat(options.addressing()).isEqualTo(CaptureOptions.Addressing.EDGE);
        assertThat(options.items()).isNull();
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
                Map.entry("queryUpstream", "crm-reads"),
                Map.entry("resource", "customer"),
                Map.entry("items", "#/results"),
                Map.entry("itemStatus", "/code"),
                Map.entry("collection", "/t/{t}/customers"),
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
        assertThat(options.upstream()).isEqualTo("crm");
        assertThat(options.addressing()).isEqualTo(CaptureOptions.Addressing.OPTION);
        assertThat(options.queryUpstream()).isEqualTo("crm-reads");
        assertThat(options.resource()).isEqualTo("customer");
        assertThat(options.id()).isEqualTo("/data/id");
        assertThat(options.items()).isEqualTo("/results");
        assertThat(options.itemStatus()).isEqualTo("/code");
        assertThat(options.collection()).isEqualTo("/t/{t}/customers");
        assertThat(options.before()).isEqualTo(Before.FETCH);
        assertThat(options.after()).isEqualTo(After.RESPONSE);
        assertThat(options.guarantee()).isEqualTo(Change.Guarantee.OUTCOME);
        assertThat(options.order()).isEqualTo(Change.Order.OBSERVED);
        assertThat(options.queries()).isEqualTo("upstream");
        assertThat(options.scope()).hasToString("X-Tenant");
        assertThat(options.actions()).containsExactlyInAnyOrder("cancel", "ship");
        assertThat(options.success().contains(299)).isTrue();
        assertThat(options.success().contains(205)).isFalse();
        assertThat(options.laneWait()).isEqualTo(Duration.ofMillis(500));
        assertThat(options.bodyLimit()).isEqualTo(256 << 10);
        assertThat(options.redact()).containsExactly("/ssn", "/card/number");
        assertThat(options.position()).isEqualTo(Position.EXPOSED);
    }

    @Test
    void boundsBelongToWhatIsAllowed() {
        assertThat(CaptureOptions.parse(Map.of("laneWait", "0s")).laneWait()).isZero();
        assertThat(CaptureOptions.parse(Map.of("laneWait", "1h")).laneWait()).isEqualTo(Duration.ofHours(1));
        assertThat(CaptureOptions.parse(Map.of("bodyLimit", "1B")).bodyLimit()).isEqualTo(1);
        assertThat(CaptureOptions.parse(Map.of("bodyLimit", "64MB")).bodyLimit())
                .isEqualTo(64 << 20);
        assertThat(CaptureOptions.parse(Map.of("items", "#")).items()).isEmpty();
        assertThat(CaptureOptions.parse(Map.of("items", "/a")).items()).isEqualTo("/a");
    }

    @Test
    void aStatusIsNamedByItselfOnly() {
        StatusRanges success = StatusRanges.parse("200-299, 302");
        assertThat(success.names(302)).isTrue();
        assertThat(success.names(202)).isFalse();
        assertThat(success.contains(202)).isTrue();
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
                "id;id;JSON Pointer",
                "redact;/a,b;JSON Pointers",
                "actions;created;none of the reserved actions",
                "actions;a/b;path segments",
                "scope;Authorization;request header",
                "scope;X-Api-Key;not a credential",
                "exposePosition;yes;true or false",
                "upstream;a b;upstream",
                "queries;view;view:NAME",
                "collection;customers;the path of a collection",
                "collection;/customers/**;the path of a collection",
                "collection;/customers?a=1;the path of a collection",
                "collection;/customers;together with items"
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
