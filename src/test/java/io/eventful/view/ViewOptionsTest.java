package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewOptionsTest {

    @Test
    void aDeepMemberIsReadLikeAnyOther() {
        String deep = "a" + ".b".repeat(20_000);
        assertThat(ViewOptions.parse(Map.of("index", deep + ",status")).index()).containsExactly(deep, "status");
        assertThatThrownBy(() -> ViewOptions.parse(Map.of("index", deep + ".")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("member names separated by commas");
    }
}
