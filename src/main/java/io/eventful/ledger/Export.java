package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.event.Change;
import io.eventful.store.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The ledger as JSON lines: a head, each change in order, what operators resolved, which deletes were taken back as far as
 * the changes do not say so, and an end that says how many lines of each there were and gives the SHA-256 of all bytes before it. What is under way (open intents, idempotency keys) and
 * senders' delivery ids are not part of it. The same ledger gives the same bytes.
 */
final class Export {

    static final String FORMAT = "eventful-ledger/1";

    private static final int PAGE = 256;

    private final Database database;
    private final Changes changes;

    Export(Database database, Changes changes) {
        this.database = database;
        this.changes = changes;
    }

    /** Writes all that is there now; gives the number of changes. */
    long write(OutputStream out) throws IOException {
        DigestOutputStream digested = new DigestOutputStream(out, DigestUtils.getSha256Digest());
        ObjectNode head = object().put("format", FORMAT);
        Lines.write(digested, object().set("ledger", head));
        long count = 0;
        long after = 0;
        while (true) {
            List<Change> page = changes.after(after, PAGE);
            if (page.isEmpty()) break;
            for (Change change : page) Lines.write(digested, object().set("change", ChangeLine.of(change)));
            count += page.size();
            after = page.getLast().position();
        }
        List<JsonNode> resolutions = database.read(ResolutionRows::all);
        for (JsonNode resolution : resolutions) Lines.write(digested, object().set("resolution", resolution));
        List<JsonNode> made = database.read(MadeAgainRows::all);
        for (JsonNode one : made) Lines.write(digested, object().set("madeAgain", one));
        String digest = HexFormat.of().formatHex(digested.getMessageDigest().digest());
        ObjectNode end = object().put("changes", Long.toString(count))
                .put("resolutions", Integer.toString(resolutions.size()))
                .put("madeAgain", Integer.toString(made.size()))
                .put("digest", "sha-256:" + digest);
        Lines.write(out, object().set("end", end));
        out.flush();
        return count;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
