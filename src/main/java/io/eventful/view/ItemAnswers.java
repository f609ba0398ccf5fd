package io.eventful.view;

import io.eventful.edge.Fields;
import io.eventful.edge.OwnNames;
import io.eventful.event.Json;
import java.util.List;

/** Responses to reads of one item. */
final class ItemAnswers {

    private ItemAnswers() {}

    static Answers.Given found(Reading reading, String tag, byte[] state, long position) {
        String fields = reading.parameter("fields");
        byte[] body = fields.isEmpty() ? state : Json.bytes(Members.only(Json.parse(state), ListQuery.fields(fields)));
        return Answers.found(reading.head().fields(), tag, body, about(reading, position));
    }

    static List<Fields.Field> about(Reading reading, long position) {
        String cache = reading.view().options().access() == ViewOptions.Access.OPEN ? "no-cache" : "private, no-cache";
        return List.of(
                new Fields.Field("Cache-Control", cache),
                new Fields.Field(OwnNames.POSITION, Long.toString(position)),
                age(reading));
    }

    private static Fields.Field age(Reading reading) {
        return new Fields.Field(
                "Age", Long.toString(reading.view().lag().behind().toSeconds()));
    }

    /** 404; the same for what does not exist and for what is hidden from the caller. */
    static Answers.Given nothing(Reading reading) {
        return nothing(reading, reading.one().watermark().position());
    }

    static Answers.Given nothing(Reading reading, long position) {
        boolean asks = reading.view().options().access() == ViewOptions.Access.UPSTREAM;
        Answers.Given given = Answers.nothing(
                asks
                        ? "The view has no item with this id that the upstream returns with your credentials."
                        : "The view has no item with this id.");
        return Answers.with(
                Answers.with(given, OwnNames.POSITION, Long.toString(position)),
                "Age",
                age(reading).value());
    }

    static Answers.Given unknown(long position) {
        return Answers.with(
                Answers.other(
                        503,
                        "State Not Known",
                        "The item was changed, and the gateway does not know its state since. Read it from the"
                                + " upstream, or again after its next change."),
                OwnNames.POSITION,
                Long.toString(position));
    }

    /** To a caller who may not read the item. */
    static Answers.Given denial(Reading reading, Permission permission) {
        return permission instanceof Permission.Denied denied ? denied.answer() : nothing(reading);
    }
}
