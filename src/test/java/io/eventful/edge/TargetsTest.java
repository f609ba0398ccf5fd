package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
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
        "/a%2Db, /a-b",
        "/%61%7a%41%5a%30%39, /azAZ09",
        "/%60%7b%40%5b%2f%3a, /%60%7B%40%5B%2F%3A",
        "/%0a%a0%af%fa, /%0A%A0%AF%FA",
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
    @CsvSource({"http://a, *", "http://a?, /?", "http://a/, /"})
    void optionsOfAnAuthorityWithoutAPathIsAboutTheWholeServer(String sent, String origin) {
        assertThat(Targets.parse("OPTIONS", sent)).isEqualTo(new Targets.Target(sent, origin, "a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "*",
                "http://",
                "http:///a",
                "mailto:x",
                "http://u@a/",
                "http://a:b/",
                "/a b",
                "/a\tb",
                "/a\u007fb",
                "/a#b"
            })
    void anythingElseIsNoTarget(String sent) {
        assertThat(Targets.parse("GET", sent)).isNull();
    }

    /** The decoder gives one character for each byte. */
    @Test
    void bytesBeyondAsciiAreUtf8() {
        assertThat(Targets.parse("GET", "/\u00c3\u00a4")).isEqualTo(new Targets.Target("/\u00e4", "/\u00e4", null));
        assertThat(Targets.parse("GET", "/\u00e4")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"/a?b=c, b=c", "/a?, ''", "/a, ''", "/a?b?c, b?c"})
    void aQueryIsWhatFollowsTheFirstQuestionMark(String origin, String query) {
        assertThat(Targets.query(origin)).isEqualTo(query);
    }

    @ParameterizedTest
    @CsvSource({
        "/api, /api/x?q=/api, /x?q=/api",
        "/api, /api, /",
        "/api, /api?q, /?q",
        "/api, /api//x, //x",
        "/api, //api/x%2e, /x.",
        "'', /api/x, /api/x",
        "/api, *, *",
    })
    void aPrefixIsTakenOffAsItWasSentWhereItCan(String prefix, String origin, String rest) {
        assertThat(Targets.without(prefix, origin)).isEqualTo(rest);
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b, /a/b",
        "/a%2Fb//c?x=/../y, /a%2Fb//c?x=/../y",
        "/../a, /a",
        "/../../a?b=c, /a?b=c",
        "/a/../b%2f%7e//c, /b%2f%7e//c",
        "/a/%2e%2E/b, /b",
        "/a/.%2e/b/%2e/c, /b/c",
        "/a/%2E./b, /b",
        "/a/./b, /a/b",
        "/a/., /a/",
        "/a/b/.., /a/",
        "/.., /",
        "/a//../b, /b",
        "//a/./b//, //a/b//",
        "/a/..b/.../.c, /a/..b/.../.c",
        "/a/..%2fb, /a/..%2fb",
        "/a/..;x/b, /a/..;x/b",
        "*, *",
    })
    void dotSegmentsAreRemovedAndNothingElse(String origin, String rest) {
        assertThat(Targets.withoutDots(origin)).isEqualTo(rest);
    }

    @Property
    void withoutDotSegmentsItIsTheSameItem(
            @ForAll @Chars({'/', '.', '%', '2', 'e', 'E', 'a'}) @StringLength(max = 14) String rest) {
        String origin = "/" + rest;
        String plain = Targets.withoutDots(origin);
        assertThat(Targets.path(plain)).isEqualTo(Targets.path(origin));
        assertThat(Targets.path("/base" + plain)).isEqualTo(Targets.path("/base" + Targets.path(origin)));
        assertThat(Targets.withoutDots(plain)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b-c:80", "a:", "127.0.0.1:1", "[::1]", "[fe80::1]:65535", "a_b", "a:09"})
    void anAuthorityIsAHostWithAPort(String text) {
        assertThat(Targets.isAuthority(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "a b",
                "a/b",
                "a:123456",
                "a:-1",
                "u@a",
                "a,b",
                "[::1",
                "[::1]x",
                "a#b",
                "a\u00e9",
                "a:/",
                "a::"
            })
    void anythingElseIsNoAuthority(String text) {
        assertThat(Targets.isAuthority(text)).isFalse();
    }
}
