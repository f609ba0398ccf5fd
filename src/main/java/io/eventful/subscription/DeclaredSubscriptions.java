package io.eventful.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A file of declared subscriptions, read without a gateway: names of sinks are not resolved, the networks of the gateway
 * are not known, and credentials with variables are not checked. Immutable.
 *
 * @param subscriptions those that are valid, in the order of the file
 * @param problems everything that is wrong; a gateway does not apply a file with any
 */
public record DeclaredSubscriptions(List<Declared> subscriptions, List<Fault> problems) {

    public DeclaredSubscriptions {
        subscriptions = List.copyOf(subscriptions);
        problems = List.copyOf(problems);
    }

    /**
     * Something wrong in the file.
     *
     * @param line from 1; 0 for the file as a whole
     * @param column from 1; 0 as above
     */
    public record Fault(int line, int column, RequestProblem problem) {}

    /**
     * A subscription of the file.
     *
     * @param line line of its name, from 1
     */
    public record Declared(String name, int line, SubscriptionRequest request) {

        /** Whether it will get an event that is sent to the subscribers of a channel, once it is active. */
        public Answer wants(String channel, EventSketch event) {
            if (!request.config().covers(channel)) return new Answer(Prospect.NO, "its channel");
            Prospects prospects = new Prospects(event);
            String source = request.source();
            String pattern = request.config().pattern();
            Prospect all = Prospect.YES;
            Reasons reasons = new Reasons();
            all = all.and(reasons.add("types", prospects.types(request.types())));
            if (source != null) all = all.and(reasons.add("source", prospects.anyOf("source", List.of(source))));
            if (pattern != null)
                all = all.and(
                        reasons.add("config.pattern", prospects.anyOf(SubscriptionConfig.PATTERN, List.of(pattern))));
            if (request.filters() instanceof CompiledFilter compiled)
                all = all.and(reasons.add("filters", prospects.of(compiled.condition())));
            return new Answer(all, reasons.of(all));
        }
    }

    /**
     * Whether a subscription gets an event.
     *
     * @param reason which of its members decide that; empty if it gets it
     */
    public record Answer(Prospect prospect, String reason) {}

    private static final class Reasons {
        private final StringJoiner refusing = new StringJoiner(", ");
        private final StringJoiner open = new StringJoiner(", ");

        Prospect add(String member, Prospect prospect) {
            if (prospect == Prospect.NO) refusing.add(member);
            if (prospect == Prospect.OPEN) open.add(member);
            return prospect;
        }

        String of(Prospect all) {
            return switch (all) {
                case YES -> "";
                case NO -> "its " + refusing;
                case OPEN -> "its " + open;
            };
        }
    }

    /** Reads the text of a file; never fails. */
    public static DeclaredSubscriptions read(String text) {
        List<RequestProblem> problems = new ArrayList<>();
        Map<String, SheetEntry> read = SubscriptionSheet.read(
                text,
                new SubscriptionRequests(SinkPolicy.ALREADY_CHECKED),
                name -> Optional.empty(),
                SheetVariables.UNKNOWN,
                CredentialReader.Incomplete.REFUSED,
                problems);
        SheetPlaces places = SheetPlaces.of(text);
        List<Declared> subscriptions = new ArrayList<>();
        read.forEach((name, entry) -> subscriptions.add(new Declared(
                name, places.at("/subscriptions/" + Members.escape(name)).line(), entry.request())));
        return new DeclaredSubscriptions(
                subscriptions,
                problems.stream().map(problem -> fault(places, problem)).toList());
    }

    /** Where a member is in the text of a file, {@code :4:13}; empty for the file as a whole. */
    public static String place(String text, String pointer) {
        return SheetPlaces.of(text).at(pointer).toString();
    }

    private static Fault fault(SheetPlaces places, RequestProblem problem) {
        SheetPlaces.Place place = places.at(problem.pointer());
        return new Fault(place.line(), place.column(), problem);
    }
}
