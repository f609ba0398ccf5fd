package io.eventful.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.event.Change;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    private static ReceiveOptions options(String... more) {
        Map<String, String> map = new HashMap<>(Map.of("provider", "stripe", "secret", "s"));
        for (int i = 0; i < more.length; i += 2) map.put(more[i], more[i + 1]);
        return ReceiveOptions.parse(map);
    }

    @Test
    void boundsBelongToWhatIsAllowed() {
        assertThat(options("bodyLimit", "1B").bodyLimit()).isEqualTo(1);
        assertThat(options("bodyLimit", "64MB").bodyLimit()).isEqualTo(64 << 20);
        assertThat(options("rate", "1").rate()).isEqualTo(1);
        assertThat(options("rate", "*").rate()).isZero();
        assertThat(options("tolerance", "1s").tolerance()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options("tolerance", "1d").tolerance()).isEqualTo(Duration.ofDays(1));
        assertThat(options("subject", "/data/id").subject()).isEqualTo("/data/id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "provider=gthub | provider=gthub | github, gitlab",
                "provider=github;secret= | secret=(empty) | {{env:NAME}}",
                "provider=github;secret2=x | secret=(absent) | {{env:NAME}}",
                "provider=github;secret=s;subject=issue | subject=issue | /issue/node_id",
                "provider=github;secret=s;bodyLimit=1GB | bodyLimit=1GB | 1B to 64MB",
                "provider=github;secret=s;rate=0 | rate=0 | requests per minute",
                "provider=github;secret=s;tolerance=5m | no option tolerance for provider=github | bodyLimit",
                "provider=stripe;secret=s;tolerance=0s | tolerance=0s | 1s to 1d",
                "provider=hmac;secret=s | header= | name of the header",
                "provider=hmac;secret=s;header=X;algorithm=md5 | algorithm=md5 | sha1, sha256, sha384, sha512",
                "provider=hmac;secret=s;header=X;encoding=hax | encoding=hax | hex, base64, base64url",
                "provider=hmac;secret=s;header=X;signed={time} | signed={time} | {body} once",
                "provider=hmac;secret=s;header=X;timestamp=X-T | timestamp=X-T | part of option signed",
                "provider=standard-webhooks;secret=whsk_x | secret=*** | whsec_ or whpk_",
                "provider=basic;secret=hidden | secret=*** | user:password",
                "provider=cloudevents;origins= | origins= | DNS names",
            })
    void aWrongOptionIsNamedWithItsValueAndWhatIsAllowed(String options, String named, String allowed) {
        Map<String, String> map = new HashMap<>();
        for (String pair : options.split(";"))
            map.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        assertThatThrownBy(() -> ReceiveOptions.parse(map))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named)
                .hasMessageContaining(allowed)
                .hasMessageNotContaining("hidden");
    }

    /** Requests would be refused one by one, and nobody knew why. */
    @ParameterizedTest
    @ValueSource(strings = {"bearer", "gitlab", "cloudevents", "basic"})
    void aTokenThatNoHeaderCarriesIsRefused(String provider) {
        assertThatThrownBy(() -> options("provider", provider, "secret", "user:hidden\n"))
                .hasMessageContaining("secret=***")
                .hasMessageContaining("line break")
                .hasMessageNotContaining("hidden");
        assertThat(options("provider", provider, "secret", "user:hid den").secrets())
                .hasSize(1);
        assertThat(options("provider", "github", "secret", "hidden\n").secrets())
                .hasSize(1);
    }

    @Test
    void optionsShowNoSecret() {
        ReceiveOptions options = ReceiveOptions.parse(Map.of("provider", "github", "secret", "hidden"));
        assertThat(options.toString()).doesNotContain("hidden");
        assertThat(options).isEqualTo(ReceiveOptions.parse(Map.of("provider", "github", "secret", "hidden")));
        assertThat(options).isNotEqualTo(ReceiveOptions.parse(Map.of("provider", "github", "secret", "other")));
    }

    @Test
    void camelShowsNoSecret(@TempDir Path folder) throws Exception {
        try (House house = new House(folder, Clock.systemUTC())) {
            List<Change> received = new ArrayList<>();
            CamelContext context =
                    house.start("r", "webhook-in:/in?provider=github&secret=hiddenOne&secret2=hiddenTwo", received);
            assertThat(context.getRoute("r").getEndpoint().getEndpointUri()).isEqualTo("webhook-in:/in");
            assertThat(context.getRoute("r").toString()).doesNotContain("hidden");
            assertThatThrownBy(() -> house.start(
                            "x", "webhook-in:/y?provider=basic&secret=hiddenOne&secret2=hiddenTwo", received))
                    .satisfies(failure -> {
                        for (Throwable e = failure; e != null; e = e.getCause())
                            assertThat(String.valueOf(e.getMessage())).doesNotContain("hidden");
                    });
            // What an unescaped secret leaves behind in a URI is not shown either.
            assertThatThrownBy(
                            () -> house.start("x", "webhook-in:/y?provider=github&secret=a&7hidden+rest=1", received))
                    .satisfies(failure -> assertThat(rootMessage(failure)).doesNotContain("hidden"));
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) root = root.getCause();
        return String.valueOf(root.getMessage());
    }

    @Test
    void twoRoutesAtOnePathWantTheSame(@TempDir Path folder) throws Exception {
        try (House house = new House(folder, Clock.systemUTC())) {
            house.route("one", "webhook-in:/in?provider=github&secret=a");
            house.route("two", "webhook-in:/in?provider=github&secret=a");
            assertThatThrownBy(() -> house.route("three", "webhook-in:/in?provider=github&secret=b"))
                    .hasMessageContaining("one")
                    .hasMessageContaining("three")
                    .hasMessageContaining("/in");
        }
    }

    @Test
    void aPathOfTheGatewaysOwnIsRefused(@TempDir Path folder) throws Exception {
        try (House house = new House(folder, Clock.systemUTC())) {
            for (String path : List.of("/", "/.eventful", "/.eventful/x", "/a/../.eventful/x"))
                assertThatThrownBy(() -> house.route("r", "webhook-in:" + path + "?provider=github&secret=b"))
                        .rootCause()
                        .hasMessageContaining("cannot receive at");
        }
    }
}
