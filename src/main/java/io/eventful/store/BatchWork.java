package io.eventful.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A queued unit that may be executed together with others of the same batch. */
final class BatchWork<I, O extends @Nullable Object> extends Work<O> {

    private final Database.Batch<I, O> batch;
    private final I input;

    BatchWork(Database.Batch<I, O> batch, I input) {
        this.batch = batch;
        this.input = input;
    }

    /** The batch that it belongs to. */
    Object kind() {
        return batch;
    }

    @Override
    O attempt(Session session) throws Exception {
        return batch.run(session.guarded(), List.of(input)).getFirst();
    }

    /** Runs this unit and others of the same batch together. */
    @SuppressWarnings("unchecked") // units of the same batch have the same types
    void runWith(List<BatchWork<?, ?>> all, Session session) throws SQLException {
        List<I> inputs = new ArrayList<>(all.size());
        for (BatchWork<?, ?> work : all) inputs.add((I) work.input);
        List<O> results = batch.run(session.guarded(), inputs);
        for (int i = 0; i < all.size(); i++) ((BatchWork<I, O>) all.get(i)).succeeded(results.get(i));
    }
}
