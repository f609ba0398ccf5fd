package io.eventful.view;

import io.eventful.edge.Answer;
import io.eventful.edge.Call;
import io.eventful.edge.Handler;
import io.eventful.edge.Matcher;
import io.eventful.edge.OwnNames;
import io.eventful.edge.Problems;
import io.eventful.edge.RequestHead;
import io.eventful.event.Subjects;
import io.eventful.event.UnavailableException;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Views on the data port: {@code /.eventful/views/{name}} and {@code /.eventful/views/{name}/{id}}. */
public final class ViewResources implements Matcher {

    static final String PREFIX = OwnNames.PREFIX + "/views/";

    private static final Logger log = LoggerFactory.getLogger(ViewResources.class);

    private final Views views;
    private final ItemRead items;
    private final ListRead lists;
    private final ReadGate opened;
    private final Executor threads;

    ViewResources(Views views, ItemRead items, ListRead lists, ReadGate opened, Executor threads) {
        this.views = views;
        this.items = items;
        this.lists = lists;
        this.opened = opened;
        this.threads = threads;
    }

    @Override
    public @Nullable Handler match(RequestHead head) {
        return head.path().startsWith(PREFIX) ? this::handle : null;
    }

    private void handle(Call call) {
        threads.execute(() -> call.answer(answer(call.head())));
    }

    private Answer answer(RequestHead head) {
        try {
            return given(head).answer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unavailable();
        } catch (RuntimeException e) {
            if (UnavailableException.isCauseOf(e)) return unavailable();
            log.error("view.read-failed path={} reason=\"{}\"", head.path(), e.toString(), e);
            return Problems.problem(500, "Internal Server Error", "The view could not be read.");
        }
    }

    private Answers.Given given(RequestHead head) throws InterruptedException {
        String rest = head.path().substring(PREFIX.length());
        int slash = rest.indexOf('/');
        String name = slash < 0 ? rest : rest.substring(0, slash);
        Optional<Views.Running> found = views.find(name);
        if (found.isEmpty())
            return Answers.nothing(
                    "No running route projects into a view with this name. Add a step to: view:" + "NAME to a route.");
        if (!head.method().equals("GET") && !head.method().equals("HEAD"))
            return Answers.with(
                    Answers.other(
                            405,
                            "Method Not Allowed",
                            "A view supports only GET and HEAD. Send writes to the resource itself."),
                    "Allow",
                    "GET, HEAD");
        Optional<Answers.Given> unclear = severalScopes(found.get().view(), head);
        if (unclear.isPresent()) return unclear.get();
        return opened.read(
                found.get(),
                head,
                reading -> slash >= 0
                        ? items.byPath(
                                reading,
                                Subjects.normalise(rest.substring(slash)).substring(1))
                        : lists.page(
                                reading, new ListRead.Of("", ListScopes.of(reading.view()), PREFIX + name, "", "")));
    }

    private static Optional<Answers.Given> severalScopes(View view, RequestHead head) {
        return view.sources().ownScopes().stream()
                .flatMap(scope -> scope.refusal(head).stream())
                .findFirst()
                .map(answer -> new Answers.Given(answer, Answers.Meaning.OTHER));
    }

    static Answer unavailable() {
        return Answers.with(
                        Answers.other(
                                503, "Service Unavailable", "The view cannot be read at the moment. Try again later."),
                        "Retry-After",
                        "1")
                .answer();
    }
}
