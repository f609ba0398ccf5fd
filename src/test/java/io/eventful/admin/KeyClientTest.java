package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class KeyClientTest {

    private static MockHttpServletRequest from(String remote) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(remote);
        request.setLocalAddr("192.0.2.1");
        return request;
    }

    private static String name(String remote) {
        return KeyClient.of(from(remote)).name();
    }

    @Test
    void whoHasAWholeIpv6NetworkIsOneClient() {
        assertThat(name("2001:db8:0:1:ffff:0:0:2")).isEqualTo("2001:db8:0:1:0:0:0:0/64");
        assertThat(name("2001:db8:0:2::1")).isEqualTo("2001:db8:0:2:0:0:0:0/64");
        assertThat(name("192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(name("::ffff:192.0.2.7")).isEqualTo("192.0.2.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "0:0:0:0:0:0:0:1", "192.0.2.1"})
    void theMachineOfTheGatewayIsKnown(String remote) {
        assertThat(KeyClient.of(from(remote)).here()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.2", "10.0.0.1", "2001:db8::1", "fe80::1%7"})
    void othersAreNotOfTheMachine(String remote) {
        assertThat(KeyClient.of(from(remote)).here()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "Via"})
    void whatAProxyPassesOnIsNotOfTheMachine(String field) {
        MockHttpServletRequest request = from("127.0.0.1");
        request.addHeader(field, "somebody");
        assertThat(KeyClient.of(request).here()).isFalse();
    }
}
