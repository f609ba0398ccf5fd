package io.eventful.routetest;

import io.eventful.delivery.Deliveries;
import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.event.Subjects;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Settlement;
import java.time.Clock;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.SmartLifecycle;

/** Fills the ledger with what the test gives, before any route looks at it. */
final class Seed implements SmartLifecycle {

    private static final String UPSTREAMS = "/upstreams/";

    private final TestCase test;
    private final BeanFactory beans;
    private volatile boolean running;

    Seed(TestCase test, BeanFactory beans) {
        this.test = test;
        this.beans = beans;
    }

    @Override
    public void start() {
        running = true;
        // Delivery is there before the first event, as in production.
        beans.getBean(Deliveries.class);
        for (Yam each : TestCase.list(test.given(), "ledger")) seed((Yam.Mapping) each);
    }

    private void seed(Yam.Mapping given) {
        Ledger ledger = beans.getBean(Ledger.class);
        String upstream = or(TestCase.text(given, "upstream"), "default");
        Item item = item(
                or(TestCase.text(given, "source"), UPSTREAMS + upstream),
                TestCase.text(given, "scope"),
                TestCase.text(given, "subject"));
        String resource = or(TestCase.text(given, "resource"), resource(item.subject()));
        Yam state = given.get("state");
        Image last = state == null || state.json().isNull() ? new Image.Absent() : new Image.Known(state.json());
        String usual = last instanceof Image.Absent ? "2" : "1";
        int revision = Math.max(1, Integer.parseInt(or(TestCase.text(given, "revision"), usual)));
        String reason = TestCase.text(given, "reason");
        Image before = new Image.Absent();
        for (int number = 1; number <= revision; number++) {
            Image after = number == revision ? last : earlier(number);
            // The first revision of a deleted item is its deletion.
            if (number == 1 && after instanceof Image.Absent) before = earlier(0);
            append(ledger, item, resource, upstream, before, after, number < revision ? "" : reason);
            before = after;
        }
    }

    /** An item as a test writes it: of an upstream it has a canonical path, as a call has. */
    static Item item(String source, String scope, String subject) {
        return new Item(source, scope, source.startsWith(UPSTREAMS) ? Subjects.normalise(subject) : subject);
    }

    /** Of revisions before the given one nobody knows more than that they were. */
    private static Image earlier(int number) {
        return new Image.Known(Json.parse("{\"earlier\":" + number + "}"));
    }

    private void append(
            Ledger ledger, Item item, String resource, String upstream, Image before, Image after, String reason) {
        String action = before instanceof Image.Absent
                ? EventType.CREATED
                : after instanceof Image.Absent ? EventType.DELETED : EventType.UPDATED;
        IntentDraft draft = new IntentDraft(
                item,
                resource,
                action,
                beans.getBean(Clock.class).instant(),
                upstream,
                before,
                null,
                null,
                Change.Order.LANE,
                Change.Guarantee.INTENT,
                null,
                null);
        ledger.append(
                        draft,
                        new Settlement.Applied(
                                Change.Outcome.CONFIRMED,
                                item,
                                action,
                                before,
                                after,
                                Change.Order.LANE,
                                null,
                                reason.isEmpty() ? null : reason))
                .join();
    }

    private static String resource(String subject) {
        String[] segments = subject.split("/");
        return segments.length > 1 ? segments[Math.max(1, segments.length - 2)] : "item";
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the routes and everything else that runs. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
