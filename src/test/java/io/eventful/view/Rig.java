package io.eventful.view;

import io.eventful.edge.Answer;
import io.eventful.edge.Call;
import io.eventful.edge.Fields;
import io.eventful.edge.RequestHead;
import io.eventful.edge.ScopeName;
import io.eventful.event.Change;
import io.eventful.event.Event;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.event.RenderContext;
import io.eventful.event.Rendering;
import io.eventful.event.Subjects;
import io.eventful.ledger.RecordedCall;
import io.eventful.ledger.TestLedgers;
import io.eventful.store.Databases;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Views over a real ledger and a real store, read as the edge would read them. */
final class Rig implements AutoCloseable {

    static final String SOURCE = "/upstreams/default";
    static final int SCAN = 20;
    static final ViewSettings SETTINGS = new ViewSettings(
            List.of("a-read-key-of-the-test"),
            Duration.ofSeconds(60),
            1000,
            Duration.ofMillis(1),
            Duration.ofSeconds(60),
            1000,
            100,
            1000,
            SCAN,
            512,
            100_000,
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));

    /** Everything below /customers and /orders feeds a view; the scope is a tenant's. */
    static final Sources ALL = new TestSources(change -> true, ScopeName.parse("X-Tenant"), Sources.Passage.ALL);

    final TestLedgers ledgers;
    final Views views;
    private final Databases stores;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ViewResources resources;
    private final CapturedReads captured;
    final AskedUpstream upstream = new AskedUpstream();
    /** Address of those who read. */
    volatile String remote = "127.0.0.1";

    Rig(Path folder, Databases stores) {
        this(folder, stores, Clock.systemUTC());
    }

    Rig(Path folder, Databases stores, Clock clock) {
        this.ledgers = TestLedgers.sqlite(folder, clock);
        this.stores = stores;
        this.views = new Views(
                new ViewStore(stores.open("views")), ledgers.ledger(), ledgers.history(), threads, clock, SETTINGS);
        Access access = new Access(
                new UpstreamRights(upstream, clock, SETTINGS),
                (key, head) -> key.equals("the-admin-key"),
                SETTINGS.readKeys());
        ItemRead items = new ItemRead(ledgers.ledger(), ledgers.history(), access);
        ListRead lists = new ListRead(ledgers.ledger(), access, SETTINGS);
        ReadGate opened = new ReadGate(access, SETTINGS);
        this.resources = new ViewResources(views, items, lists, opened, threads);
        this.captured = new CapturedReads(views, items, lists, opened, threads, SETTINGS);
    }

    Views.Registration view(String name, Map<String, String> options) {
        return views.register(name, ViewOptions.parse(options), ALL);
    }

    /** Appends a change to the ledger; null for an item that goes. */
    Change change(String subject, String scope, String json) {
        return change(new Item(SOURCE, scope, subject), json);
    }

    /** The same of an item of any source. */
    Change change(Item item, String json) {
        Image before = ledgers.ledger().latest(item).map(Change::after).orElse(new Image.Absent());
        Image after = json == null ? new Image.Absent() : new Image.Known(Json.parse(json));
        String action = json == null ? "deleted" : before instanceof Image.Absent ? "created" : "updated";
        return RecordedCall.of(item, action, before, after).at(Instant.now()).in(ledgers);
    }

    static Event event(String rendering, Change change) {
        return Rendering.named(rendering).orElseThrow().render(change, CONTEXT);
    }

    static final RenderContext CONTEXT = new RenderContext("http://localhost:8080", Map.of());

    static void project(Views.Registration view, Event event) {
        view.project(event)
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    /** A reply. */
    record Got(int status, Fields fields, String body) {
        String field(String name) {
            return fields.first(name).orElse("");
        }
    }

    Got get(String target, String... headers) {
        RequestHead head = head(target, headers);
        return got(call -> Objects.requireNonNull(resources.match(head)).handle(call), head);
    }

    /** The same of an item in place of the upstream, which answers 299. */
    Got captured(String view, String subject, String... headers) {
        return captured(view, new Item(SOURCE, "", subject), "", headers);
    }

    Got captured(String view, Item item, String query, String... headers) {
        return got(call -> captured.item(call, view, "default", item), head(item.subject() + query, headers));
    }

    /** The list of the items of an upstream in its place, which answers 299. */
    Got capturedList(String view, String upstream, String target, String... headers) {
        RequestHead head = head(target, headers);
        Item collection = new Item("/upstreams/" + upstream, "", Subjects.normalise(head.path()));
        return got(call -> captured.list(call, view, upstream, collection, ScopeName.parse("X-Tenant")), head);
    }

    private static Got got(Consumer<Call> read, RequestHead head) {
        CompletableFuture<Answer> answered = new CompletableFuture<>();
        read.accept(new Asking(head, answered));
        Answer answer = answered.orTimeout(90, TimeUnit.SECONDS).join();
        return new Got(answer.status(), answer.fields(), new String(answer.body(), StandardCharsets.UTF_8));
    }

    private RequestHead head(String target, String... headers) {
        List<Fields.Field> fields = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) fields.add(new Fields.Field(headers[i], headers[i + 1]));
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        return new RequestHead("GET", target, path, query, new Fields(fields), "localhost", "http", remote);
    }

    @Override
    public void close() throws Exception {
        threads.close();
        ledgers.close();
        ((AutoCloseable) stores).close();
    }
}
