package io.eventful.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A bound that only a blunder breaks: the best of many batches, so that a busy machine does not count. */
class RenderingSpeedTest {

    private static final int BATCHES = 60;
    private static final int BATCH = 500;

    @Test
    void aStateOfOneKilobyteTakesLessThanFifteenMicroseconds() {
        byte[] item = item(1024);
        Change change = Changes.of("updated", Changes.known("{}"), new Image.Known(Json.parse(item)));
        RenderContext context = new RenderContext("https://api.example.org");
        Rendering state = Rendering.named("state").orElseThrow();
        assertThat(best("render", () -> state.render(change, context).data().length))
                .isLessThan(Duration.ofNanos(15_000));
        Event event = state.render(change, context);
        assertThat(best("write", () -> EventJson.write(event).length)).isLessThan(Duration.ofNanos(30_000));
        assertThat(best("parse", () -> Json.parse(item).size())).isLessThan(Duration.ofNanos(30_000));
        assertThat(best("id", () -> event.onChannel("customers").id().length())).isLessThan(Duration.ofNanos(15_000));
    }

    private static Duration best(String what, Supplier<Integer> work) {
        long best = Long.MAX_VALUE;
        long sum = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            long start = System.nanoTime();
            for (int i = 0; i < BATCH; i++) sum += work.get();
            best = Math.min(best, System.nanoTime() - start);
        }
        Duration each = Duration.ofNanos(best / BATCH);
        assertThat(sum).as(what).isPositive();
        return each;
    }

    private static byte[] item(int size) {
        StringBuilder json = new StringBuilder("{\"id\":42,\"price\":1.10,\"name\":\"Ada Lovelace\"");
        for (int i = 0; json.length() < size - 40; i++)
            json.append(",\"member")
                    .append(i)
                    .append("\":\"value of member ")
                    .append(i)
                    .append('"');
        return json.append(",\"tags\":[1,2,true]}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
