package io.eventful.ledger;

import io.eventful.store.Database;
import io.eventful.store.OfflineStores;
import io.eventful.store.StoreSettings;
import io.eventful.store.StoreUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** A ledger that no gateway is using: to be looked at, written to a file, or made of one. */
public final class LedgerFiles implements AutoCloseable {

    private final OfflineStores stores;

    private LedgerFiles(OfflineStores stores) {
        this.stores = stores;
    }

    /**
     * Takes the data folder.
     *
     * @throws io.eventful.store.DataFolderException when another process uses it
     */
    public static LedgerFiles open(Path data, StoreSettings settings) {
        return new LedgerFiles(OfflineStores.take(data, settings));
    }

    /** Checks the whole ledger; reads only. */
    public LedgerReport verify() {
        try {
            Database database = database();
            return new Verification(database, new Changes(database)).run();
        } catch (StoreUnavailableException e) {
            return new LedgerReport(0, 1, List.of("the database cannot be opened: " + e.getMessage()));
        }
    }

    /** Writes an export; gives the number of changes. */
    public long exportTo(OutputStream out) throws IOException {
        Database database = database();
        return new Export(database, new Changes(database)).write(out);
    }

    /**
     * Takes an export in; gives the number of changes.
     *
     * @throws LedgerFileException when the file is not whole or the ledger is not empty
     */
    public long importFrom(Path file) throws IOException {
        return new Import(database()).read(file);
    }

    private Database database() {
        return stores.databases().open(LedgerConfiguration.DATABASE);
    }

    @Override
    public void close() {
        stores.close();
    }
}
