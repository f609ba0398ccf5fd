package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Change;
import io.eventful.event.Image.Absent;
import io.eventful.event.RequestRecord;
import io.eventful.event.Subjects;
import java.util.Optional;

/**
 * How an item that was deleted is made again: as it was made before, by a PUT to its path or a POST to its collection. Of one
 * that was made before the ledger has it, or whose making retention removed, nobody knows: a PUT makes it again as the same
 * item or not at all, so that comes first, and the POST, which may make another one, only where nothing can be PUT.
 */
final class Recreation {

    private final Ledger ledger;
    private final History history;

    Recreation(Ledger ledger, History history) {
        this.ledger = ledger;
        this.history = history;
    }

    /**
     * The call that makes the item again.
     *
     * @param change that deleted it
     * @param state the item as it was
     * @param path at which it was called
     */
    ReversalPlan.Possible plan(Change change, JsonNode state, String path) {
        String subject = change.item().subject();
        Optional<Change> creation = history.creation(change.item());
        RequestRecord request = creation.map(Change::request).orElse(null);
        String parent = parent(subject);
        if (request != null && request.method().equals("POST")) {
            String collection = path(request.target());
            // What a call on several items made has no order, and where that call was made one item may not be.
            boolean one = creation.get().order() == Change.Order.LANE;
            boolean there = one || Subjects.normalise(collection).equals(parent);
            return new ReversalPlan.Possible(change, "POST", there ? collection : parent, state, null);
        }
        ReversalPlan.Possible put = new ReversalPlan.Possible(change, "PUT", path, state, null);
        boolean itself = request != null
                && request.method().equals("PUT")
                && Subjects.normalise(path(request.target())).equals(subject);
        return itself ? put : put.or(new ReversalPlan.Possible(change, "POST", parent, state, null));
    }

    /**
     * What has made the item again as another one, which has another path, and which is still there, or was made again
     * itself, or which nobody knows; empty when there is none.
     */
    Optional<MadeAgain> elsewhere(Change deletion) {
        return history.madeAgain(deletion.position()).stream()
                .filter(made -> !deletion.item().equals(made.item()))
                .filter(this::stands)
                .findFirst();
    }

    private boolean stands(MadeAgain made) {
        if (made.item() == null) return true;
        Optional<Change> latest = ledger.latest(made.item());
        return latest.isEmpty()
                || !(latest.get().after() instanceof Absent)
                || elsewhere(latest.get()).isPresent();
    }

    private static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    private static String parent(String subject) {
        int slash = subject.lastIndexOf('/');
        return slash <= 0 ? "/" : subject.substring(0, slash);
    }
}
