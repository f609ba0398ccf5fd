package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a/b, /a/b",
        "/a/b/, /a/b",
        "//a///b, /a/b",
        "/a/./b, /a/b",
        "/a/../b, /b",
        "/../../a, /a",
        "/a/.., /",
        "/a/%2e%2E/b, /b",
        "/a%2fb, /a%2Fb",
        "/%7euser/%41, /~user/A",
        "/%zz%4, /%zz%4",
        "/a?x=/../y, /a",
        "/?, /",
        "/.hidden/.., /",
        "/a//../b, /b",
        "*, *"
    })
    void aPathIsBroughtToNormalForm(String origin, String normal) {
        assertThat(Targets.path(origin)).isEqualTo(normal);
    }

    @Property
    void normalFormIsStable(@ForAll @Chars({'/', '.', '%', '2', 'e', 'F', 'a'}) @StringLength(max = 12) String rest) {
        String once = Targets.path("/" + rest);
        assertThat(once).startsWith("/").doesNotContain("//", "/./", "/../");
        if (!once.contains("%")) assertThat(Targets.path(once)).isEqualTo(once);
    }

    @Property
    void anythingVisibleGoesOverTheWireAsItCame(
            @ForAll @CharRange(from = '!', to = '~') @StringLength(max = 30) String rest) {
        Targets.Target target = Targets.parse("GET", "/" + rest);
        if (rest.contains("#")) assertThat(target).isNull();
        else assertThat(target).isEqualTo(new Targets.Target("/" + rest, "/" + rest, null));
    }

    @ParameterizedTest
    @CsvSource({
        "http://a/b?c, /b?c, a",
        "HTTPS://a:1, /, a:1",
        "http://a?x, /?x, a",
        "http://[::1]:80/, /, [::1]:80",
    })
    void anAbsoluteTargetHasAnOriginFormAndAnAuthority(String sent, String origin, String authority) {
        assertThat(Targets.parse("GET", sent)).isEqualTo(new Targets.Target(sent, origin, authority));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "*", "http://", "http:///a", "mailto:x", "http://u@a/", "http://a:b/"})
    void anythingElseIsNoTarget(String sent) {
        assertThat(Targets.parse("GET", sent)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b-c:80", "a:", "127.0.0.1:1", "[::1]", "[fe80::1]:65535", "a_b"})
    void anAuthorityIsAHostWithAPort(String text) {
        assertThat(Targets.isAuthority(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":80", "a b", "a/b", "a:123456", "a:-1", "u@a", "a,b", "[::1", "[::1]x", "a#b", "a\u00e9"})
    void anythingElseIsNoAuthority(String text) {
        assertThat(Targets.isAuthority(text)).isFalse();
    }
}
