package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoopsTest {

    @Test
    void hostsTakeLoopsInTurnAndEachKeepsItsOwn() {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        try {
            Loops loops = new Loops(vertx, 2);
            List<Context> first = IntStream.range(0, 10)
                    .mapToObj(i -> loops.of("127.0.0.1:" + (9000 + 2 * i)))
                    .toList();
            assertThat(first.stream().collect(Collectors.groupingBy(loop -> loop, Collectors.counting())))
                    .hasSize(2)
                    .allSatisfy((loop, hosts) -> assertThat(hosts).isEqualTo(5));
            for (int i = 0; i < 10; i++)
                assertThat(loops.of("127.0.0.1:" + (9000 + 2 * i))).isSameAs(first.get(i));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
