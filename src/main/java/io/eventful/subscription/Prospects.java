package io.eventful.subscription;

import io.eventful.subscription.EventSketch.Known;
import io.eventful.subscription.EventSketch.Part;
import java.util.List;
import java.util.Map;

/** Evaluates subscriptions on events of which not everything is known. What is known is decided by the conditions themselves. */
final class Prospects {

    private final EventSketch event;

    Prospects(EventSketch event) {
        this.event = event;
    }

    Prospect types(List<String> types) {
        return types.isEmpty() ? Prospect.YES : anyOf("type", types);
    }

    /** Whether an attribute has one of some values. */
    Prospect anyOf(String name, List<String> values) {
        return values.stream()
                .map(value -> attribute(Comparison.EXACT, name, value))
                .reduce(Prospect.NO, Prospect::or);
    }

    Prospect of(Condition condition) {
        return switch (condition) {
            case Condition.Attributes attributes -> {
                Prospect all = Prospect.YES;
                for (Map.Entry<String, String> each : attributes.expected().entrySet())
                    all = all.and(attribute(attributes.comparison(), each.getKey(), each.getValue()));
                yield all;
            }
            case Condition.All all -> all.parts().stream().map(this::of).reduce(Prospect.YES, Prospect::and);
            case Condition.Any any -> any.parts().stream().map(this::of).reduce(Prospect.NO, Prospect::or);
            case Condition.Not not -> of(not.part()).not();
            case Condition.Sql sql -> sql.prospect(new SketchAttributes(event));
            case Condition.Data data -> Prospect.OPEN;
        };
    }

    private Prospect attribute(Comparison comparison, String name, String value) {
        Known known = event.get(name);
        if (known == null) return Prospect.OPEN;
        if (known.part() == Part.WHOLE) return comparison.holds(known.text(), value) ? Prospect.YES : Prospect.NO;
        String beginning = known.text();
        return switch (comparison) {
            case EXACT -> value.startsWith(beginning) ? Prospect.OPEN : Prospect.NO;
            case PREFIX ->
                beginning.startsWith(value) ? Prospect.YES : value.startsWith(beginning) ? Prospect.OPEN : Prospect.NO;
            case SUFFIX -> Prospect.OPEN;
        };
    }
}
