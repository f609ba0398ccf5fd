package io.eventful.event;

import com.fasterxml.jackson.databind.node.NullNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** One change rendered in each pattern, and an item parsed, on one core: time and allocation of each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Threads(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class RenderBench {

    /** Bytes of the item. */
    @Param({"1024", "51200"})
    public int size;

    private final RenderContext context = new RenderContext("https://api.example.org");
    private byte[] json;
    private byte[] event;
    private Change change;

    @Setup
    public void prepare() {
        json = item(size, "new.example");
        Image before = new Image.Known(Json.parse(item(size, "old.example")));
        Image after = new Image.Known(Json.parse(json));
        change = change(before, after);
        event = EventJson.write(state());
    }

    @Benchmark
    public Event notification() {
        return rendered("notification");
    }

    @Benchmark
    public Event state() {
        return rendered("state");
    }

    @Benchmark
    public Event change() {
        return rendered("change");
    }

    @Benchmark
    public Event changeGeneric() {
        return rendered("change-generic");
    }

    @Benchmark
    public Object parseItem() {
        return Json.parse(json);
    }

    @Benchmark
    public Event parseEvent() {
        return EventJson.read(event);
    }

    /** With its final id, as it is published. */
    private Event rendered(String name) {
        return Rendering.named(name).orElseThrow().render(change, context).onChannel("customers");
    }

    private static Change change(Image before, Image after) {
        var from = before instanceof Image.Known known ? known.json() : NullNode.instance;
        var to = after instanceof Image.Known known ? known.json() : NullNode.instance;
        return new Change(
                17,
                new Item("/upstreams/default", "", "/customers/42"),
                3,
                "customer",
                "updated",
                Instant.parse("2026-01-02T03:04:05.678Z"),
                Change.Outcome.CONFIRMED,
                Change.Order.LANE,
                Change.Guarantee.INTENT,
                before,
                after,
                JsonPatch.diff(from, to),
                JsonPatch.inverse(from, to),
                Json.digest(from),
                Json.digest(to),
                new RequestRecord("PUT", "/customers/42", Map.of("content-type", List.of("application/json")), 90, ""),
                new ResponseRecord(200, Map.of(), 120, ""),
                null,
                null,
                null);
    }

    private static byte[] item(int size, String host) {
        StringBuilder json = new StringBuilder("{\"id\":42,\"price\":1.10,\"email\":\"ada@" + host + '"');
        for (int i = 0; json.length() < size - 40; i++)
            json.append(",\"member")
                    .append(i)
                    .append("\":\"value of member ")
                    .append(i)
                    .append('"');
        return json.append(",\"tags\":[1,2,true]}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
