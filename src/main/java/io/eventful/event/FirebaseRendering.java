package io.eventful.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The variant {@code notification-firebase}: a Firebase Cloud Messaging message to a topic. */
final class FirebaseRendering implements Rendering {

    private static final String TOPIC = "topic";
    private static final String BODY = "body";

    @Override
    public String name() {
        return "notification-firebase";
    }

    @Override
    public Set<String> options() {
        return Set.of(Notification.TITLE, Notification.TAGS, TOPIC, BODY);
    }

    @Override
    public byte[] data(Change change, RenderContext context) {
        return Notification.of(change, context)
                .withinLimit(context, notification -> write(notification, change, context));
    }

    private static byte[] write(Notification notification, Change change, RenderContext context) {
        Map<String, String> data = new LinkedHashMap<>(notification.tags());
        data.put("name", notification.name());
        data.put("link", notification.link());
        data.put("time", notification.time());

        JsonWriter json = new JsonWriter(512);
        json.ascii("{\"message\":{\"topic\":").string(topic(context.option(TOPIC, "{resource}"), change));
        json.ascii(",\"notification\":{\"title\":").string(notification.title());
        json.ascii(",\"body\":").string(Notification.text(context.option(BODY, "{type} at {time}"), change));
        json.ascii("},\"data\":");
        return NotificationRendering.strings(json, data).ascii("}}").toBytes();
    }

    /** Topic names consist of letters, digits and {@code -_.~%}. */
    private static String topic(String template, Change change) {
        return Notification.text(template, change).replaceAll("[^A-Za-z0-9\\-_.~%]", "-");
    }
}
