package io.eventful.event;

import java.util.Map;
import java.util.Set;

/** Event notification (EN): a short message with a link to the item. */
final class NotificationRendering implements Rendering {

    @Override
    public String name() {
        return "notification";
    }

    @Override
    public Set<String> options() {
        return Set.of(Notification.TITLE, Notification.TAGS);
    }

    @Override
    public byte[] data(Change change, RenderContext context) {
        return Notification.of(change, context).withinLimit(context, NotificationRendering::write);
    }

    private static byte[] write(Notification notification) {
        JsonWriter json = new JsonWriter(512);
        json.ascii("{\"title\":").string(notification.title());
        json.ascii(",\"name\":").string(notification.name());
        json.ascii(",\"link\":").string(notification.link());
        json.ascii(",\"time\":").string(notification.time());
        json.ascii(",\"tags\":");
        return strings(json, notification.tags()).raw('}').toBytes();
    }

    /** Writes an object of strings. */
    static JsonWriter strings(JsonWriter json, Map<String, String> members) {
        json.raw('{');
        int count = 0;
        for (Map.Entry<String, String> member : members.entrySet()) {
            if (count++ > 0) json.raw(',');
            json.string(member.getKey()).raw(':').string(member.getValue());
        }
        return json.raw('}');
    }
}
