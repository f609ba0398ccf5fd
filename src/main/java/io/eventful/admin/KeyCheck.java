package io.eventful.admin;

/** Checks the admin key of all requests: API calls, sign-ins to the console and reads of views. */
final class KeyCheck {

    private final AdminKey key;
    private final WrongKeyLimiter guesses;

    KeyCheck(AdminKey key, WrongKeyLimiter guesses) {
        this.key = key;
        this.guesses = guesses;
    }

    /** On the gateway's own machine, the right key is always accepted: an attacker there cannot lock the operator out. */
    KeyDecision check(KeyClient client, String presented) {
        if (!key.matches(presented)) return guesses.wrong(client.name(), AdminKey.fingerprint(presented));
        return client.here() ? new KeyDecision.Accepted() : guesses.right(client.name());
    }
}
