package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PatchBeanTest {

    private final PatchBean bean = new PatchBean();

    @Test
    void numbersKeepTheirText() {
        assertThat(bean.apply("[{\"op\":\"add\",\"path\":\"/b\",\"value\":1e5}]", "{\"a\":1.10}"))
                .isEqualTo("{\"a\":1.10,\"b\":1e5}");
    }

    @Test
    void anItemComesAndGoesAtTheRoot() {
        assertThat(bean.apply("[{\"op\":\"replace\",\"path\":\"\",\"value\":{\"a\":1}}]", null))
                .isEqualTo("{\"a\":1}");
        assertThat(bean.apply("[{\"op\":\"replace\",\"path\":\"\",\"value\":null}]", "{\"a\":1}"))
                .isNull();
    }

    @Test
    void thePatchMayStandInAnEvent() {
        String event = "{\"specversion\":\"1.0\",\"data\":{\"patch\":[{\"op\":\"remove\",\"path\":\"/a\"}]}}";
        assertThat(bean.apply(event, "{\"a\":1}")).isEqualTo("{}");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        for (String patch : new String[] {
            "[{\"op\":\"test\",\"path\":\"/a\",\"value\":2}]", "[{\"op\":\"remove\",\"path\":\"/x\"}]", "{}", "no"
        })
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> bean.apply(patch, "{\"a\":1}"))
                    .withMessageContaining("cannot be applied");
    }
}
