package io.eventful.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderEncodingTest {

    @Test
    void theStandardsOwnExample() {
        assertThat(HeaderEncoding.encode("Euro € 😀")).isEqualTo("Euro%20%E2%82%AC%20%F0%9F%98%80");
        assertThat(HeaderEncoding.decode("Euro%20%E2%82%AC%20%F0%9F%98%80")).isEqualTo("Euro € 😀");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "a b"           | a b
        "a\\"b"         | a"b
        "a%20b"         | a b
        %41             | A
        %2541           | %41
        %e2%82%ac       | €
        100%            | 100%
        50%zz           | 50%zz
        100%2           | 100%2
        ""              | ``
        "a\\"           | a\\
        "               | "
        """)
    void readsWhatOthersWrite(String header, String value) {
        assertThat(HeaderEncoding.decode(header.replace("\\\\", "\\"))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%C0%A0", "%FF", "a%E2%82", "%ED%A0%80"})
    void invalidUtf8IsRefused(String header) {
        assertThatIllegalArgumentException().isThrownBy(() -> HeaderEncoding.decode(header));
    }

    @Test
    void onlyWhatMustBeIsEncoded() {
        assertThat(HeaderEncoding.encode("/customers/42?x=~!'()")).isEqualTo("/customers/42?x=~!'()");
        assertThat(HeaderEncoding.encode("a \"%\u007f\u0000")).isEqualTo("a%20%22%25%7F%00");
    }

    @Property
    void everyValueComesBack(@ForAll("values") String value) {
        String header = HeaderEncoding.encode(value);
        assertThat(header).matches("[\\x21-\\x7E]*").doesNotContain("\"");
        assertThat(HeaderEncoding.decode(header)).isEqualTo(value);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings().all().filter(text -> text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF));
    }
}
