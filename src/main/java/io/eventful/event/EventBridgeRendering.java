package io.eventful.event;

import java.time.temporal.ChronoUnit;
import java.util.Set;

/** The variant {@code state-eventbridge}: the state in the format of an Amazon EventBridge event. */
final class EventBridgeRendering implements Rendering.Claimable {

    private static final String ACCOUNT = "account";
    private static final String REGION = "region";

    @Override
    public String name() {
        return "state-eventbridge";
    }

    @Override
    public Set<String> options() {
        return Set.of(ACCOUNT, REGION);
    }

    @Override
    public byte[] data(Change change, RenderContext context) {
        JsonWriter json = envelope(change, context);
        return StateRendering.write(json, change, context).raw('}').toBytes();
    }

    @Override
    public boolean isClaimable(Change change) {
        return ClaimCheck.state(change) instanceof Image.Known;
    }

    @Override
    public byte[] claim(Change change, RenderContext context, String link) {
        JsonWriter json = envelope(change, context);
        return StateRendering.writeClaim(json, change, link).raw('}').toBytes();
    }

    private JsonWriter envelope(Change change, RenderContext context) {
        JsonWriter json = new JsonWriter(2048);
        // The same on every channel, because the channel is not known yet.
        json.ascii("{\"version\":\"0\",\"id\":\"")
                .ascii(EventId.uuid(change.position(), "", name(), 0).toString());
        json.ascii("\",\"detail-type\":").string(EventType.of(change));
        json.ascii(",\"source\":").string(change.item().source());
        json.ascii(",\"account\":").string(context.option(ACCOUNT, "000000000000"));
        json.ascii(",\"time\":")
                .string(change.time().truncatedTo(ChronoUnit.SECONDS).toString());
        json.ascii(",\"region\":").string(context.option(REGION, "local"));
        json.ascii(",\"resources\":[").string(change.item().subject()).ascii("],\"detail\":");
        return json;
    }
}
