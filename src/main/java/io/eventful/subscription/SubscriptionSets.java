package io.eventful.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Many subscriptions at once, as YAML. A name, or an id, that is there already is updated, so that a repeat changes
 * nothing; a document with any mistake changes nothing either.
 */
public final class SubscriptionSets {

    private static final int PAGE = 500;

    private final StoredSubscriptions subscriptions;
    private final SubscriptionRequests requests;
    private final ReentrantLock applying = new ReentrantLock();

    SubscriptionSets(StoredSubscriptions subscriptions, SubscriptionRequests requests) {
        this.subscriptions = subscriptions;
        this.requests = requests;
    }

    /** What became of one. */
    public enum Result {
        CREATED,
        UPDATED,
        UNCHANGED,
        DELETED
    }

    /**
     * One that was in the document.
     *
     * @param secret its new signing secret, to be shown this once; null when it has no new one
     * @param lacking secrets of its credential that nobody has given yet, by their lower-case names: it is held until then
     */
    public record Item(
            String name, String id, Result result, @Nullable String secret, List<String> lacking) {
        @Override
        public String toString() {
            return "Item[name=" + name + ", id=" + id + ", result=" + result + "]";
        }
    }

    /** All subscriptions, without secrets. */
    public String export() {
        return SubscriptionSheet.write(all());
    }

    private List<Subscription> all() {
        List<Subscription> all = new ArrayList<>();
        for (List<Subscription> page = subscriptions.list("", PAGE);
                !page.isEmpty();
                page = subscriptions.list(page.getLast().id(), PAGE)) all.addAll(page);
        return all;
    }

    /**
     * Creates and updates what a document names, and leaves all others as they are. May block on the store and DNS.
     *
     * @throws InvalidSubscriptionException with everything that is wrong, declared ones among it; nothing is changed
     */
    public List<Item> load(String yaml) {
        applying.lock();
        try {
            Map<String, SheetEntry> wanted = SubscriptionSheet.read(
                    yaml, requests, this::present, SheetVariables.PLAIN, CredentialReader.Incomplete.TAKEN);
            List<RequestProblem> problems = new ArrayList<>();
            for (String name : wanted.keySet())
                if (present(name)
                        .map(Subscription::id)
                        .filter(subscriptions::declared)
                        .isPresent())
                    problems.add(new RequestProblem(
                            "/subscriptions/" + Members.escape(name),
                            "is declared in the subscriptions file of the gateway",
                            "Edit that file instead."));
            if (!problems.isEmpty()) throw new InvalidSubscriptionException(problems);
            return apply(wanted);
        } finally {
            applying.unlock();
        }
    }

    /**
     * Makes the declared subscriptions those of a document: creates, updates, and deletes declared ones that it does not
     * name any more. A subscription of the same name that was made by the API is taken over.
     *
     * @throws InvalidSubscriptionException with everything that is wrong; nothing is changed
     */
    List<Item> declare(String yaml) {
        applying.lock();
        try {
            Map<String, SheetEntry> wanted = SubscriptionSheet.read(
                    yaml,
                    requests,
                    this::present,
                    SheetVariables.of(System::getenv),
                    CredentialReader.Incomplete.REFUSED);
            List<Item> items = new ArrayList<>(apply(wanted));
            for (Item item : items) subscriptions.declare(item.id());
            for (Subscription each : all()) {
                boolean kept = items.stream().anyMatch(item -> item.id().equals(each.id()));
                if (kept || !subscriptions.declared(each.id())) continue;
                subscriptions.delete(each.id());
                String name = each.request().config().name();
                items.add(new Item(name == null ? each.id() : name, each.id(), Result.DELETED, null, List.of()));
            }
            return items;
        } finally {
            applying.unlock();
        }
    }

    private List<Item> apply(Map<String, SheetEntry> wanted) {
        List<Item> items = new ArrayList<>();
        wanted.forEach((name, entry) -> items.add(apply(name, entry)));
        return items;
    }

    private Item apply(String name, SheetEntry entry) {
        SubscriptionRequest request = entry.request();
        Subscription before = present(name).orElse(null);
        if (before == null) {
            Subscription made = subscriptions.create(request, entry.status());
            return new Item(name, made.id(), Result.CREATED, secret(made), request.lacking());
        }
        if (SubscriptionDocuments.same(before.request(), request.replacing(before.request())))
            return new Item(name, before.id(), Result.UNCHANGED, null, request.lacking());
        Subscription after = subscriptions.replace(before.id(), request).orElse(before);
        boolean fresh = !after.current(SignatureScheme.V1).equals(before.current(SignatureScheme.V1));
        return new Item(name, after.id(), Result.UPDATED, fresh ? secret(after) : null, request.lacking());
    }

    private static @Nullable String secret(Subscription subscription) {
        return subscription.signing().stream()
                .filter(secret -> secret.scheme() == SignatureScheme.V1)
                .findFirst()
                .map(Subscription.Secret::text)
                .orElse(null);
    }

    private Optional<Subscription> present(String name) {
        return subscriptions.named(name).or(() -> subscriptions.find(name));
    }
}
