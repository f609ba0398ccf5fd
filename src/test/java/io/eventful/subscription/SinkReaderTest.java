package io.eventful.subscription;

import static io.eventful.subscription.Problems.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinkReaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "/hook",
                "//example.com/",
                "ftp://example.com/",
                "http:",
                "http:///x",
                "http://:80/",
                "https://u@example.com/",
                "https://u:p@example.com/",
                "http://@example.com/",
                "http://example.com:0/",
                "http://example.com:65536/",
                "http://example.com:x/",
                "http://exa mple.com/",
                "http://exämple.com/",
                "http://my_host/",
                "http://1.2.3.4.5/",
                "http://256.1.1.1/",
                "http://256.1.1.1./",
                "http://1.2.3.4.08/",
                "http://1.2.3.4.0/",
                "http://1.2.3.4.0x/",
                "http://example.com/#frag",
                "mailto:a@example.com",
                "http://127%2e0.0.1/",
                "http://[::1/",
                "javascript:alert(1)"
            })
    void aSinkThatIsNoPlainHttpUrlIsRefused(String sink) {
        assertThat(problems("{'sink':'" + sink + "','protocol':'HTTP'}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.pointer()).isEqualTo("/sink"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://localhost:8080/",
                "http://LOCALHOST./",
                "http://a.localhost/",
                "http://2130706433/",
                "http://0x7f.1/",
                "http://0177.0.0.1/",
                "http://127.1:80/x",
                "http://127.0.0.1./",
                "http://[::1]:80/",
                "http://[::ffff:10.0.0.1]/",
                "http://[fe80::1%25eth0]/",
                "http://169.254.169.254/latest",
                "HTTP://10.0.0.1",
                "https://[64:ff9b::a00:1]/",
                "http://0/",
                "http://internal.example/"
            })
    void aSinkThatLeadsToAForbiddenAddressIsRefused(String sink) throws Exception {
        InetAddress inside = InetAddress.getByAddress(new byte[] {10, 1, 2, 3});
        InetAddress outside = InetAddress.getByAddress(new byte[] {8, 8, 8, 8});
        SubscriptionRequests requests =
                new SubscriptionRequests(new SinkGuard(List.of()), host -> List.of(outside, inside));
        assertThat(problems(requests, Samples.json("{'sink':'" + sink + "'}")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/sink");
                    assertThat(problem.detail()).contains("forbidden address");
                    assertThat(problem.remedy()).contains("eventful.delivery.allowed-networks");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "http://2130706433:81/a?b=c, http://127.0.0.1:81/a?b=c",
        "http://0x7f.1/, http://127.0.0.1/",
        "http://127.0.0.1./p, http://127.0.0.1/p",
        "http://[0:0:0:0:0:0:0:1]:9, http://[0:0:0:0:0:0:0:1]:9",
        "http://localhost:9/x, http://localhost:9/x",
        "HTTP://127.0.0.1/%41, http://127.0.0.1/%41"
    })
    void anAllowedAddressInAnOddSpellingIsWrittenPlainly(String sink, String kept) {
        SubscriptionRequests requests =
                new SubscriptionRequests(new SinkGuard(List.of("127.0.0.0/8", "::1")), host -> List.of());
        assertThat(requests.parse(Samples.json("{'sink':'" + sink + "'}")).sink())
                .hasToString(kept);
    }

    @Test
    void aNameThatDoesNotResolveYetIsAccepted() {
        SubscriptionRequests requests = new SubscriptionRequests(new SinkGuard(List.of()), host -> {
            throw new UnknownHostException(host);
        });
        assertThat(requests.parse(Samples.json("{'sink':'https://later.example/'}"))
                        .sink())
                .hasHost("later.example");
    }

    @Test
    void aResolverThatHangsDoesNotHoldTheRequest() {
        CountDownLatch never = new CountDownLatch(1);
        SubscriptionRequests requests = new SubscriptionRequests(new SinkGuard(List.of()), host -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        });
        assertThat(requests.parse(Samples.json("{'sink':'https://slow.example/'}"))
                        .sink())
                .hasHost("slow.example");
        never.countDown();
    }
}
