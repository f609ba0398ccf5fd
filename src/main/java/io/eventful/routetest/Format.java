package io.eventful.routetest;

import static io.eventful.routetest.Shape.distinct;
import static io.eventful.routetest.Shape.duration;
import static io.eventful.routetest.Shape.free;
import static io.eventful.routetest.Shape.instant;
import static io.eventful.routetest.Shape.known;
import static io.eventful.routetest.Shape.list;
import static io.eventful.routetest.Shape.many;
import static io.eventful.routetest.Shape.number;
import static io.eventful.routetest.Shape.oneOf;
import static io.eventful.routetest.Shape.path;
import static io.eventful.routetest.Shape.pattern;
import static io.eventful.routetest.Shape.pointer;
import static io.eventful.routetest.Shape.table;
import static io.eventful.routetest.Shape.text;
import static io.eventful.routetest.Shape.truth;

/** The format of test files, which {@code docs/route-tests.md} tells to people. */
final class Format {

    private static final Shape FAILURE = oneOf("reset", "truncate", "timeout");

    private static final Shape REPLY = known(
            "status", number(),
            "headers", table(text()),
            "json", free(),
            "body", text(),
            "delay", duration(),
            "failure", FAILURE);

    private static final Shape STUB = known(
            "upstream", text(),
            "when",
                    known(
                            "method", text(),
                            "path", pattern(),
                            "headers", table(text()),
                            "json", free(),
                            "body", text()),
            "reply", many(new Shape.Either(REPLY, number())));

    private static final Shape GIVEN = known(
            "time",
            instant(),
            "ledger",
            list(known(
                    "subject*", text(),
                    "state*", free(),
                    "revision", number(),
                    "resource", text(),
                    "upstream", text(),
                    "source", text(),
                    "scope", text(),
                    "reason", oneOf("redacted", "request-derived", "partial-reply"))),
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
                            "answers", many(new Shape.Either(REPLY, number())))),
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
            known(
                    "method", text(),
                    "path", path(),
                    "headers", new Shape.Fields(),
                    "json", free(),
                    "body", text()));

    private static final Shape EXPECTED_REPLY = known(
            "status", text(),
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
            "reply", many(EXPECTED_REPLY),
            "replies", list(EXPECTED_REPLY),
            "upstream", list(EXPECTED_CALL),
            "systems", table(list(EXPECTED_CALL)),
            "events", list(EVENT),
            "deliveries", list(DELIVERY),
            "subscribers", table(known("status", text(), "reason", text())),
            "changes", list(free()),
            "ledger",
                    list(known(
                            "subject*",
                            text(),
                            "revision",
                            number(),
                            "state",
                            free(),
                            "source",
                            text(),
                            "scope",
                            text())),
            "deadLetters", list(free()),
            "endpoints",
                    table(list(known(
                            "form",
                            text(),
                            "options",
                            table(free()),
                            "headers",
                            table(free()),
                            "json",
                            free(),
                            "body",
                            text()))),
            "views", table(table(free())),
            "log", list(text()));

    /** A whole file. */
    static final Shape FILE = known(
            "description",
            text(),
            "routes",
            many(text()),
            "settings",
            free(),
            "tests*",
            list(known(
                    "name*", text(),
                    "description", text(),
                    "settings", free(),
                    "given", GIVEN,
                    "when*", many(CALL),
                    "then*", THEN)));

    private Format() {}
}
