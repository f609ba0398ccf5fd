package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DispatchTest {

    private static Dispatch dispatch() {
        Binder binder = new Binder(new MapConfigurationPropertySource(Map.of(
                "eventful.upstreams.default.url", "http://main.example:9000",
                "eventful.upstreams.crm.targets[0]", "https://a.example/base",
                "eventful.upstreams.crm.targets[1]", "https://b.example",
                "eventful.edge.routes[0].path", "/crm",
                "eventful.edge.routes[0].upstream", "crm",
                "eventful.edge.routes[0].strip-prefix", "true",
                "eventful.upstreams.shop.url", "http://shop.example:9000",
                "eventful.edge.routes[1].host", "shop.example",
                "eventful.edge.routes[1].upstream", "shop")));
        return new Dispatch(
                binder.bind("eventful.edge", EdgeSettings.class).get(),
                binder.bind("eventful", UpstreamSettings.class).get());
    }

    private static RequestHead head(String target) {
        return Dispatch.head("PUT", target, "gateway.example", Fields.NONE);
    }

    @Test
    void theUrlIsThatOfEachTarget() {
        Dispatch.Way way = dispatch().way(head("/crm/a%2Fb?c=d"));
        assertThat(way.upstream()).isEqualTo("crm");
        assertThat(way.entry()).isZero();
        assertThat(way.urls()).containsExactly("https://a.example/base/a%2Fb?c=d", "https://b.example/a%2Fb?c=d");
        assertThat(dispatch().way(head("/crmx")))
                .isEqualTo(new Dispatch.Way("default", -1, null, java.util.List.of("http://main.example:9000/crmx")));
        assertThat(dispatch().way(head("/crm/x"), "default").urls()).containsExactly("http://main.example:9000/crm/x");
        assertThat(dispatch().way(head("/x"), "none").urls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/crm/../crm/orders/1, https://a.example/base/orders/1, https://b.example/orders/1",
        "/crm/%2e%2e/crm/orders/1?a=/.., https://a.example/base/orders/1?a=/.., https://b.example/orders/1?a=/..",
        "/crm/a/%2E/b//c%2f, https://a.example/base/a/b//c%2f, https://b.example/a/b//c%2f",
        "/x/../../crm/.., http://main.example:9000/x/../../crm/..,",
    })
    void noDotSegmentLeavesABasePathOrAStrippedPrefix(String target, String first, String second) {
        Dispatch.Way way = dispatch().way(head(target));
        assertThat(way.urls().getFirst()).isEqualTo(first);
        if (second != null) assertThat(way.urls()).endsWith(second);
    }

    @Test
    void theAsteriskOfOptionsGoesByItsHost() {
        RequestHead shop = Dispatch.head("OPTIONS", "*", "shop.example", Fields.NONE);
        assertThat(dispatch().way(shop).urls()).containsExactly("http://shop.example:9000*");
        RequestHead other = Dispatch.head("OPTIONS", "*", "other.example", Fields.NONE);
        assertThat(dispatch().way(other).upstream()).isEqualTo("default");
    }

    @Test
    void theHeadIsThatOfThePort() {
        RequestHead head = head("/a/../b//c%7e/?q=%20");
        assertThat(head.path()).isEqualTo("/b/c~");
        assertThat(head.query()).isEqualTo("q=%20");
        assertThat(head("/caf\u00e9").path()).isEqualTo("/caf\u00e9");
        assertThat(head("http://other.example/x").authority()).isEqualTo("other.example");
    }

    @ParameterizedTest
    @CsvSource({"P T,/x,a", "CONNECT,/x,a", "PUT,x,a", "PUT,/x y,a", "PUT,/x#y,a", "PUT,/x,'a b'"})
    void whatThePortRefusesHasNoHead(String method, String target, String host) {
        assertThatIllegalArgumentException().isThrownBy(() -> Dispatch.head(method, target, host, Fields.NONE));
    }

    @Test
    void theLayersAreAskedInTheirOrder() {
        Dispatch dispatch = dispatch();
        Handler hook = call -> {};
        Handler capture = call -> {};
        dispatch.routing().install(Routing.Layer.CAPTURE, head -> capture);
        dispatch.routing().install(Routing.Layer.WEBHOOK, head -> head.path().equals("/hook") ? hook : null);
        assertThat(dispatch.handler(head("/hook"))).containsSame(hook);
        assertThat(dispatch.handler(head("/x"))).containsSame(capture);
        assertThat(dispatch.handler(head("/.eventful/x"))).isPresent().get().isNotSameAs(capture);
        assertThat(dispatch().handler(head("/x"))).isEmpty();
    }
}
