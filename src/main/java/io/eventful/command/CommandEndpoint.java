package io.eventful.command;

import io.eventful.edge.Answer;
import io.eventful.edge.Call;
import io.eventful.edge.CallerCredential;
import io.eventful.edge.Fields;
import io.eventful.edge.Handler;
import io.eventful.edge.Matcher;
import io.eventful.edge.Preferences;
import io.eventful.edge.RequestHead;
import io.eventful.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /.eventful/commands/{id}} on the data port: read, waited for and cancelled by who submitted it. */
final class CommandEndpoint implements Matcher {

    private static final Logger log = LoggerFactory.getLogger(CommandEndpoint.class);

    private static final String CANCEL = "/cancel";

    private final Registry registry;
    private final Engine engine;
    private final Waits waits;
    private final Executor threads;
    private final CommandAnswers answers;

    CommandEndpoint(Registry registry, Engine engine, Waits waits, Executor threads, CommandAnswers answers) {
        this.registry = registry;
        this.engine = engine;
        this.waits = waits;
        this.threads = threads;
        this.answers = answers;
    }

    @Override
    public @Nullable Handler match(RequestHead head) {
        return head.path().startsWith(CommandAnswers.PATH) ? call -> threads.execute(() -> serve(call)) : null;
    }

    private void serve(Call call) {
        Answer answer;
        try {
            answer = answer(call.head());
        } catch (CompletionException | StoreUnavailableException e) {
            log.warn("command.not-readable reason=\"{}\"", e.toString());
            answer = answers.notReadable();
        } catch (RuntimeException e) {
            log.error("command.request-failed reason=\"{}\"", e.toString(), e);
            answer = CommandAnswers.failed();
        }
        call.answer(answer);
    }

    private Answer answer(RequestHead head) {
        String rest = head.path().substring(CommandAnswers.PATH.length());
        boolean cancelled = rest.endsWith(CANCEL);
        String id = cancelled ? rest.substring(0, rest.length() - CANCEL.length()) : rest;
        String credential = CallerCredential.of(head.fields());
        Optional<Command> found = registry.find(id, credential);
        if (found.isEmpty()) return CommandAnswers.notFound();
        if (cancelled)
            return head.method().equals("POST")
                    ? cancel(found.get(), credential, null)
                    : CommandAnswers.notAllowed("POST");
        return switch (head.method()) {
            case "GET", "HEAD" -> read(found.get(), head.fields(), credential);
            case "DELETE" -> cancel(found.get(), credential, new Answer(204, Fields.NONE, new byte[0]));
            default -> CommandAnswers.notAllowed("GET, HEAD, DELETE");
        };
    }

    private Answer read(Command command, Fields fields, String credential) {
        Duration wait = Preferences.of(fields).waiting().orElse(Duration.ZERO);
        if (!wait.isPositive() || command.status().isEnd()) return answers.shown(command);
        Pending pending = engine.find(command.id());
        // One that is not found has ended since its row was read.
        if (pending != null) waits.forEnd(pending, wait);
        return registry.find(command.id(), credential).map(answers::shown).orElseGet(CommandAnswers::notFound);
    }

    /** @param done what is answered then; null for the command as it is then */
    private Answer cancel(Command command, String credential, @Nullable Answer done) {
        boolean before = End.CANCELLED.equals(command.reason());
        if (!before && engine.cancel(command.id()) == Cancelled.TOO_LATE) return CommandAnswers.tooLate();
        return done != null
                ? done
                : registry.find(command.id(), credential).map(answers::shown).orElseGet(CommandAnswers::notFound);
    }
}
