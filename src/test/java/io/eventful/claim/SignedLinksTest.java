package io.eventful.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.claim.SignedLinks.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SignedLinksTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static SignedLinks at(Instant now, String key) {
        return new SignedLinks(
                () -> "https://api.example.org",
                text -> Integer.toHexString((key + text).hashCode()),
                Clock.fixed(now, ZoneOffset.UTC),
                Duration.ofHours(1));
    }

    @Test
    void aLinkIsGoodForItsPositionUntilItExpires() {
        String link = at(NOW, "k").claim(17);
        assertThat(link).startsWith("https://api.example.org/.eventful/states/17?sig=");
        String signature = link.substring(link.indexOf("sig=") + 4);
        assertThat(at(NOW, "k").verify(17, signature)).isEqualTo(Verdict.GOOD);
        assertThat(at(NOW.plusSeconds(3_599), "k").verify(17, signature)).isEqualTo(Verdict.GOOD);
        assertThat(at(NOW.plusSeconds(3_600), "k").verify(17, signature)).isEqualTo(Verdict.EXPIRED);
        assertThat(at(NOW, "k").verify(18, signature)).isEqualTo(Verdict.WRONG);
        assertThat(at(NOW, "other").verify(17, signature)).isEqualTo(Verdict.WRONG);
    }

    @Test
    void noPartOfASignatureCanBeChanged() {
        SignedLinks links = at(NOW, "k");
        String link = links.claim(17);
        String signature = link.substring(link.indexOf("sig=") + 4);
        for (int i = 0; i < signature.length(); i++) {
            char other = signature.charAt(i) == 'a' ? 'b' : 'a';
            String forged = signature.substring(0, i) + other + signature.substring(i + 1);
            assertThat(links.verify(17, forged)).as(forged).isEqualTo(Verdict.WRONG);
        }
        for (String nonsense : new String[] {"", ".", "..", "x", signature + "0", "0" + signature, ".abc", "é.ü"})
            assertThat(links.verify(17, nonsense)).as(nonsense).isEqualTo(Verdict.WRONG);
    }
}
