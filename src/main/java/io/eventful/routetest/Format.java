package io.eventful.routetest;

import static io.eventful.routetest.Shapes.distinct;
import static io.eventful.routetest.Shapes.duration;
import static io.eventful.routetest.Shapes.free;
import static io.eventful.routetest.Shapes.instant;
import static io.eventful.routetest.Shapes.known;
import static io.eventful.routetest.Shapes.list;
import static io.eventful.routetest.Shapes.many;
import static io.eventful.routetest.Shapes.number;
import static io.eventful.routetest.Shapes.oneOf;
import static io.eventful.routetest.Shapes.path;
import static io.eventful.routetest.Shapes.pattern;
import static io.eventful.routetest.Shapes.pointer;
import static io.eventful.routetest.Shapes.status;
import static io.eventful.routetest.Shapes.table;
import static io.eventful.routetest.Shapes.text;
import static io.eventful.routetest.Shapes.truth;

/** The format of test files, which {@code docs/route-tests.md} tells to people. */
final class Format {

    private static final Shape FAILURE = oneOf("reset", "truncate", "timeout");

    private static final Shape REPLY = message(known(
            "status", status(),
            "headers", table(text()),
            "json", free(),
            "body", text(),
            "delay", duration(),
            "failure", FAILURE));

    private static final Shape STUB = known(
            "upstream", text(),
            "when",
                    known(
                            "method", text(),
                            "path", pattern(),
                            "headers", table(text()),
                            "json", free(),
                            "body", text()),
            "reply", many(new Shape.Either(REPLY, status())));

    private static final Shape GIVEN = known(
            "time",
            instant(),
            "ledger",
            list(new Shape.LedgerItem(known(
                    "subject*", text(),
                    "state*", free(),
                    "revision", number(),
                    "resource", text(),
                    "upstream", text(),
                    "source", text(),
                    "scope", text(),
                    "reason", oneOf("redacted", "request-derived", "partial-reply")))),
            "upstream",
            list(STUB),
            "systems",
            table(list(STUB)),
            "subscribers",
            distinct(
                    "name",
                    known(
                            "name", text(),
                            "channel", text(),
                            "types", many(text()),
                            "source", text(),
                            "filters", free(),
                            "config", table(free()),
                            "protocolsettings", free(),
                            "sinkcredential", free(),
                            "consent", many(new Shape.Either(REPLY, status())),
                            "answers", many(new Shape.Either(REPLY, status())))),
            "webhooks",
            distinct(
                    "path",
                    known(
                            "path*", pattern(),
                            "provider*", oneOf(Signing.PROVIDERS),
                            "secret*", text(),
                            "header", text(),
                            "algorithm", text(),
                            "encoding", oneOf("hex", "base64", "base64url"),
                            "prefix", text(),
                            "signed", text(),
                            "timestamp", text())),
            "endpoints",
            many(text()));

    private static final Shape CALL = new Shape.Step(
            "wait",
            known("wait", duration()),
            message(known(
                    "method", text(),
                    "path", path(),
                    "headers", new Shape.Fields(),
                    "json", free(),
                    "body", text())));

    private static final Shape EXPECTED_REPLY = known(
            "status", status(),
            "headers", table(free()),
            "json", free(),
            "body", text(),
            "failure", text(),
            "exactly", truth(),
            "ignore", many(pointer()));

    private static final Shape EXPECTED_CALL = known(
            "upstream", text(),
            "method", text(),
            "path", text(),
            "headers", table(free()),
            "json", free(),
            "body", text(),
            "times", number(),
            "exactly", truth(),
            "ignore", many(pointer()));

    private static final Shape EVENT = known(
            "channel", text(),
            "id", text(),
            "source", text(),
            "type", text(),
            "subject", text(),
            "time", text(),
            "datacontenttype", text(),
            "dataschema", text(),
            "pattern", text(),
            "revision", text(),
            "position", text(),
            "partitionkey", text(),
            "scope", text(),
            "outcome", text(),
            "order", text(),
            "guarantee", text(),
            "replay", text(),
            "causationid", text(),
            "reason", text(),
            "traceparent", text(),
            "extensions", table(free()),
            "data", free(),
            "exactly", truth(),
            "ignore", many(pointer()));

    private static final Shape ATTEMPT = known(
            "at", duration(),
            "status", number(),
            "reason", text(),
            "headers", table(free()),
            "json", free(),
            "body", text());

    private static final Shape DELIVERY = known(
            "subscriber", text(),
            "channel", text(),
            "type", text(),
            "subject", text(),
            "state", oneOf("pending", "delivered", "failed", "dead", "held"),
            "reason", text(),
            "attempts", new Shape.Counted(ATTEMPT),
            "exactly", truth(),
            "ignore", many(pointer()));

    private static final Shape THEN = known(
            "exactly", truth(),
            "order", oneOf("any", "channel"),
            "within", duration(),
            "reply",
                    new Shape.Either(
                            new Shape.Filled(EXPECTED_REPLY, "add what is expected, such as status"),
                            many(EXPECTED_REPLY)),
            "replies", list(EXPECTED_REPLY),
            "upstream", list(EXPECTED_CALL),
            "systems", filled(table(list(EXPECTED_CALL))),
            "events", list(EVENT),
            "deliveries", list(DELIVERY),
            "subscribers", filled(table(filled(known("status", text(), "reason", text())))),
            "changes", list(free()),
            "ledger",
                    filled(list(new Shape.LedgerItem(known(
                            "subject*",
                            text(),
                            "revision",
                            number(),
                            "state",
                            free(),
                            "source",
                            text(),
                            "scope",
                            text())))),
            "deadLetters", list(free()),
            "endpoints",
                    filled(table(list(known(
                            "form",
                            text(),
                            "options",
                            table(free()),
                            "headers",
                            table(free()),
                            "json",
                            free(),
                            "body",
                            text())))),
            "views", filled(table(filled(table(free())))),
            "log", filled(list(Shapes.found())));

    /** A whole file. */
    static final Shape FILE = known(
            "description",
            text(),
            "routes",
            many(text()),
            "settings",
            free(),
            "tests*",
            new Shape.Filled(
                    distinct(
                            "name",
                            new Shape.Provided(known(
                                    "name*",
                                    text(),
                                    "description",
                                    text(),
                                    "settings",
                                    free(),
                                    "given",
                                    GIVEN,
                                    "when*",
                                    new Shape.Filled(many(CALL), "add a call"),
                                    "then*",
                                    new Shape.Filled(THEN, "add what is expected, such as events")))),
                    "add a test"));

    private Format() {}

    /** What nothing could contradict is no expectation. */
    private static Shape filled(Shape shape) {
        return new Shape.Filled(shape, "add what is expected, or remove it");
    }

    /** Its content is written in one of two ways. */
    private static Shape message(Shape members) {
        return new Shape.Exclusive("json", "body", members);
    }
}
