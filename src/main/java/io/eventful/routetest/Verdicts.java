package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.routetest.Comparison.Mode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds what happened against what the test expects. */
final class Verdicts {

    private static final List<String> HOW = List.of("exactly", "ignore", "times");

    private final TestCase test;
    private final Observed observed;
    private final ObservedDeliveries deliveries;
    private final List<Failure> failures = new ArrayList<>();
    private final Mode mode;

    Verdicts(TestCase test, Observed observed, ObservedDeliveries deliveries) {
        this.test = test;
        this.observed = observed;
        this.deliveries = deliveries;
        this.mode = mode(test.then(), Mode.SUBSET);
    }

    List<Failure> of(List<JsonNode> replies, List<String> timeline) {
        test.then().members().forEach((name, member) -> {
            Yam expected = member.value();
            switch (name) {
                case "reply" -> {
                    if (expected instanceof Yam.Listing) listed(expected, replies, "reply");
                    else if (replies.isEmpty()) failures.add(Failure.plain(member.name(), "no call was made"));
                    else one(HeaderFields.in(expected), replies.getLast(), "the reply", mode);
                }
                case "replies" -> listed(expected, replies, "reply");
                case "upstream" -> calls(expected, observed.asked("upstream", null));
                case "systems" -> each(expected, (key, list) -> calls(list, observed.asked("system", key)));
                case "endpoints" ->
                    each(expected, (key, list) -> listed(list, observed.sent(key), "message to " + key));
                case "events" -> events(expected);
                case "deliveries" -> deliveries(expected);
                case "subscribers" ->
                    each(
                            expected,
                            (key, one) -> one(one, observed.subscribers().path(key), "subscriber " + key, Mode.SUBSET));
                case "changes" -> listed(expected, observed.changes(), "change");
                case "ledger" -> expected.many().forEach(item -> ledger((Yam.Mapping) item));
                case "deadLetters" -> listed(expected, deliveries.deadLetters(), "dead letter");
                case "views" -> each(expected, this::views);
                case "log" -> log(expected, timeline);
                default -> {
                    // How the others are compared, not what.
                }
            }
        });
        return failures;
    }

    private interface Named {
        void check(String key, Yam expected);
    }

    private static void each(Yam expected, Named check) {
        ((Yam.Mapping) expected).members().forEach((key, member) -> check.check(key, member.value()));
    }

    private static Mode mode(Yam.Mapping holder, Mode otherwise) {
        String exactly = TestCase.text(holder, "exactly");
        return exactly.isEmpty() ? otherwise : exactly.equals("true") ? Mode.EXACTLY : Mode.SUBSET;
    }

    private void one(Yam expected, JsonNode actual, String what, Mode usual) {
        List<Mismatch> mismatches = mismatches(expected, actual, usual);
        if (!mismatches.isEmpty()) failures.add(failure(expected, actual, what + " is not as expected", mismatches));
    }

    /** How an expectation and one thing differ; envelopes are a subset in any case, {@code exactly} is about content. */
    private static List<Mismatch> mismatches(Yam expected, @Nullable JsonNode actual, Mode usual) {
        if (!(expected instanceof Yam.Mapping mapping)) return Comparison.of(expected, actual, usual, Set.of());
        Mode mode = mode(mapping, usual);
        Set<String> ignored = new HashSet<>();
        TestCase.list(mapping, "ignore").forEach(pointer -> ignored.add(pointer.text()));
        List<Mismatch> all = new ArrayList<>();
        mapping.without(HOW).members().forEach((name, member) -> {
            String at = "/" + name;
            if (ignored.contains(at)) return;
            Set<String> within = new HashSet<>();
            for (String pointer : ignored) if (pointer.startsWith(at + "/")) within.add(pointer.substring(at.length()));
            JsonNode found = actual == null ? null : Envelope.member(actual, name, member.value());
            Mode inner = Envelope.CONTENT.contains(name) ? mode : Mode.SUBSET;
            for (Mismatch each : Comparison.of(member.value(), found, inner, within))
                all.add(new Mismatch(each.spot(), at + each.pointer(), each.expected(), each.actual()));
        });
        return all;
    }

    private static Failure failure(Yam expected, @Nullable JsonNode actual, String what, List<Mismatch> mismatches) {
        Mismatch first = mismatches.getFirst();
        JsonNode shown = actual == null ? null : Envelope.shown(expected.json(), actual, mismatches);
        String at = first.pointer().isEmpty() ? "" : " at " + first.pointer();
        return new Failure(first.spot(), what + at, expected.json(), shown, mismatches);
    }

    /** As many as expected, each like its expectation, in this order. */
    private void listed(Yam expected, List<JsonNode> actual, String what) {
        aligned(expected, expected.many(), actual, what);
    }

    private void aligned(Yam expected, List<Yam> expectations, List<JsonNode> actual, String what) {
        for (int i = 0; i < Math.max(expectations.size(), actual.size()); i++) {
            if (i >= expectations.size()) {
                failures.add(new Failure(
                        expected.spot(),
                        "one more " + what + " than expected",
                        null,
                        Envelope.brief(actual.get(i)),
                        List.of()));
            } else if (i >= actual.size()) {
                Yam missing = expectations.get(i);
                failures.add(new Failure(missing.spot(), "no such " + what, missing.json(), null, List.of()));
            } else {
                Yam each = HeaderFields.in(expectations.get(i));
                List<Mismatch> mismatches = mismatches(each, actual.get(i), mode);
                if (!mismatches.isEmpty())
                    failures.add(
                            failure(each, actual.get(i), what + " " + (i + 1) + " is not as expected", mismatches));
            }
        }
    }

    /** {@code times} stands for as many equal expectations. */
    private void calls(Yam expected, List<JsonNode> actual) {
        List<Yam> expectations = new ArrayList<>();
        for (Yam each : expected.many()) {
            String times = TestCase.text((Yam.Mapping) each, "times");
            for (int i = times.isEmpty() ? 1 : Integer.parseInt(times); i > 0; i--) expectations.add(each);
        }
        aligned(expected, expectations, actual, "call");
    }

    private void events(Yam expected) {
        sideBySide(expected, "channel", observed.events(), "event");
    }

    private void deliveries(Yam expected) {
        sideBySide(expected, "subscriber", deliveries.all(), "delivery");
    }

    /** Without any order where the test says so. */
    private void sideBySide(Yam expected, String group, List<JsonNode> actual, String what) {
        boolean any = TestCase.text(test.then(), "order").equals("any");
        List<Yam> expectations = expected.many().stream().map(HeaderFields::in).toList();
        SideBySide things = new SideBySide(
                group, (each, thing) -> mismatches(each, thing, mode).isEmpty());
        List<@Nullable JsonNode> found =
                any ? things.unordered(expectations, actual) : things.ordered(expectations, actual);
        List<JsonNode> left = new ArrayList<>(actual);
        for (JsonNode each : found) left.removeIf(one -> one == each);
        for (int i = 0; i < found.size(); i++) {
            Yam expectation = expectations.get(i);
            JsonNode each = found.get(i);
            if (each == null) {
                JsonNode other = any || left.isEmpty() ? null : Envelope.brief(left.getFirst());
                failures.add(new Failure(expectation.spot(), "no such " + what, expectation.json(), other, List.of()));
                continue;
            }
            List<Mismatch> mismatches = mismatches(expectation, each, mode);
            if (!mismatches.isEmpty())
                failures.add(failure(expectation, each, what + " is not as expected", mismatches));
        }
        for (JsonNode each : left)
            failures.add(new Failure(
                    expected.spot(), "one more " + what + " than expected", null, Envelope.brief(each), List.of()));
    }

    private void ledger(Yam.Mapping item) {
        String subject = TestCase.text(item, "subject");
        JsonNode actual = observed.item(TestCase.text(item, "source"), TestCase.text(item, "scope"), subject);
        Yam expected = item.without(List.of("source", "scope"));
        if (actual == null && item.get("state") instanceof Yam.Like like && like.kind() == Yam.Like.Kind.ABSENT) return;
        if (actual == null) failures.add(Failure.plain(item.spot(), "the ledger contains no item " + subject));
        else one(expected, actual, "the ledger's item", mode);
    }

    private void views(String view, Yam items) {
        if (observed.hasView(view)) each(items, (id, item) -> view(view, id, item));
        else failures.add(Failure.plain(items.spot(), "no route has a step to: view:" + view));
    }

    private void view(String view, String id, Yam expected) {
        JsonNode actual = observed.viewed(view, id);
        List<Mismatch> mismatches = Comparison.of(expected, actual, mode, Set.of());
        if (!mismatches.isEmpty())
            failures.add(
                    failure(expected, actual, "item " + id + " of view " + view + " is not as expected", mismatches));
    }

    private void log(Yam expected, List<String> timeline) {
        int from = 0;
        String after = "";
        for (Yam each : expected.many()) {
            int at = from;
            while (at < timeline.size() && !timeline.get(at).contains(each.text())) at++;
            if (at == timeline.size()) {
                boolean earlier = timeline.stream().anyMatch(line -> line.contains(each.text()));
                failures.add(Failure.plain(
                        each.spot(), "the log contains no line with \"" + each.text() + "\"" + (earlier ? after : "")));
                return;
            }
            from = at + 1;
            after = " after \"" + each.text() + "\"";
        }
    }
}
