package io.eventful.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.subscription.Subscription.Consent;
import io.eventful.subscription.Subscription.Secret;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of subscriptions and their sealed secrets. */
final class SubscriptionTable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SubscriptionRequests requests = new SubscriptionRequests(SinkPolicy.ALREADY_CHECKED);
    private final Vault vault;

    SubscriptionTable(Vault vault) {
        this.vault = vault;
    }

    /** A boundary that is not known yet, because the subscription was about to become live. */
    static final long UNKNOWN_BOUNDARY = -1;

    void insert(Connection connection, Subscription subscription) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
            INSERT INTO subscription (request, credential, state, reason, publication_boundary, consented_sink,
                consented_rate, created_at, start_position, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)) {
            bind(insert, subscription);
            insert.setLong(8, subscription.createdAt().toEpochMilli());
            insert.setLong(9, subscription.startPosition());
            insert.setString(10, subscription.id());
            insert.executeUpdate();
        }
        insertSecrets(connection, subscription);
    }

    /** Writes everything that can change, but the secrets. */
    void update(Connection connection, Subscription subscription) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
            UPDATE subscription SET request = ?, credential = ?, state = ?, reason = ?, publication_boundary = ?,
                consented_sink = ?, consented_rate = ? WHERE id = ?
            """)) {
            bind(update, subscription);
            update.setString(8, subscription.id());
            update.executeUpdate();
        }
    }

    private void bind(PreparedStatement statement, Subscription subscription) throws SQLException {
        SubscriptionRequest request = subscription.request();
        ObjectNode document = SubscriptionDocuments.request(request, request.style());
        document.remove(List.of("sinkcredential", "sinkCredential"));
        statement.setString(1, document.toString());
        if (request.sinkCredential() == null) statement.setNull(2, blobType(statement));
        else statement.setBytes(2, vault.seal(request.sinkCredential().toString(), credentialPlace(subscription.id())));
        statement.setString(3, subscription.status().state().name());
        statement.setString(4, subscription.status().reason());
        if (subscription.publicationBoundary() == UNKNOWN_BOUNDARY) statement.setNull(5, Types.BIGINT);
        else statement.setLong(5, subscription.publicationBoundary());
        Consent consent = subscription.consent();
        statement.setString(6, consent == null ? null : consent.sink().toString());
        statement.setLong(7, consent == null ? 0 : consent.ratePerMinute());
    }

    /** PostgreSQL wants BYTEA's own type, which is not that of a BLOB. */
    private static int blobType(PreparedStatement statement) throws SQLException {
        return statement.getConnection().getMetaData().getDatabaseProductName().equals("PostgreSQL")
                ? Types.BINARY
                : Types.BLOB;
    }

    void replaceSecrets(Connection connection, Subscription subscription) throws SQLException {
        deleteFrom(connection, "subscription_secret", "subscription_id", subscription.id());
        insertSecrets(connection, subscription);
    }

    private void insertSecrets(Connection connection, Subscription subscription) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO subscription_secret (subscription_id, number, sealed, expires_at) VALUES (?, ?, ?, ?)")) {
            int number = 0;
            for (Secret secret : subscription.secrets()) {
                insert.setString(1, subscription.id());
                insert.setLong(2, number++);
                insert.setBytes(3, vault.seal(secret.text(), secretPlace(subscription.id())));
                if (secret.expires().equals(Instant.MAX)) insert.setNull(4, Types.BIGINT);
                else insert.setLong(4, secret.expires().toEpochMilli());
                insert.executeUpdate();
            }
        }
    }

    Map<String, Long> taken(Connection connection) throws SQLException {
        Map<String, Long> taken = new HashMap<>();
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT id, taken FROM subscription WHERE taken > 0");
                ResultSet row = select.executeQuery()) {
            while (row.next()) taken.put(row.getString(1), row.getLong(2));
        }
        return taken;
    }

    void taken(Connection connection, String id, long count) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE subscription SET taken = ? WHERE id = ? AND taken < ?")) {
            update.setLong(1, count);
            update.setString(2, id);
            update.setLong(3, count);
            update.executeUpdate();
        }
    }

    void givenBack(Connection connection, String id) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE subscription SET taken = taken - 1 WHERE id = ? AND taken > 0")) {
            update.setString(1, id);
            update.executeUpdate();
        }
    }

    List<String> declared(Connection connection) throws SQLException {
        List<String> declared = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT subscription_id FROM subscription_declared");
                ResultSet row = select.executeQuery()) {
            while (row.next()) declared.add(row.getString(1));
        }
        return declared;
    }

    void declare(Connection connection, String id) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO subscription_declared (subscription_id) VALUES (?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, id);
            insert.executeUpdate();
        }
    }

    void delete(Connection connection, String id) throws SQLException {
        deleteFrom(connection, "subscription_secret", "subscription_id", id);
        deleteFrom(connection, "subscription_declared", "subscription_id", id);
        deleteFrom(connection, "subscription", "id", id);
    }

    private static void deleteFrom(Connection connection, String table, String column, String id) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + table + " WHERE " + column + " = ?")) {
            delete.setString(1, id);
            delete.executeUpdate();
        }
    }

    /** @throws IllegalStateException when a secret cannot be read with this master key */
    List<Subscription> all(Connection connection) throws SQLException {
        Map<String, List<Secret>> secrets = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT subscription_id, sealed, expires_at FROM subscription_secret ORDER BY subscription_id,"
                                + " number");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String id = row.getString(1);
                String text = vault.open(row.getBytes(2), secretPlace(id));
                long expires = row.getLong(3);
                Instant until = row.wasNull() ? Instant.MAX : Instant.ofEpochMilli(expires);
                secrets.computeIfAbsent(id, key -> new ArrayList<>()).add(new Secret(text, until));
            }
        }
        List<Subscription> subscriptions = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
            SELECT id, request, credential, state, reason, created_at, start_position, publication_boundary,
                consented_sink, consented_rate FROM subscription ORDER BY id
            """);
                ResultSet row = select.executeQuery()) {
            while (row.next()) subscriptions.add(read(row, secrets.getOrDefault(row.getString(1), List.of())));
        }
        return subscriptions;
    }

    private Subscription read(ResultSet row, List<Secret> secrets) throws SQLException {
        String id = row.getString(1);
        long boundary = row.getLong(8);
        if (row.wasNull()) boundary = UNKNOWN_BOUNDARY;
        String consentedSink = row.getString(9);
        return new Subscription(
                id,
                request(id, row.getString(2), row.getBytes(3)),
                new Status(Status.State.valueOf(row.getString(4)), row.getString(5)),
                secrets,
                Instant.ofEpochMilli(row.getLong(6)),
                row.getLong(7),
                boundary,
                consentedSink == null ? null : new Consent(URI.create(consentedSink), row.getInt(10)));
    }

    private SubscriptionRequest request(String id, String text, byte @Nullable [] credential) {
        try {
            SubscriptionRequest request = requests.stored(JSON.readTree(text));
            // It was checked when it was given, and has changed since when its tokens were renewed.
            return credential == null
                    ? request
                    : request.with(JSON.readTree(vault.open(credential, credentialPlace(id))));
        } catch (JsonProcessingException | InvalidSubscriptionException e) {
            throw new IllegalStateException("the stored subscription " + id + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String credentialPlace(String id) {
        return id + "/credential";
    }

    private static String secretPlace(String id) {
        return id + "/secret";
    }
}
