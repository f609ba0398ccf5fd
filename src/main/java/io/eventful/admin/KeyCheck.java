package io.eventful.admin;

/** Looks at the keys that requests bring, those of programs, of people signing in and of readers of views alike. */
final class KeyCheck {

    private final AdminKey key;
    private final KeyGuesses guesses;

    KeyCheck(AdminKey key, KeyGuesses guesses) {
        this.key = key;
        this.guesses = guesses;
    }

    /** On the gateway's own machine the right key is always right: no guesser keeps its operator out. */
    KeyVerdict check(KeyClient client, String presented) {
        boolean right = key.matches(presented);
        if (right && client.here()) return new KeyVerdict.Right();
        return guesses.judge(client.name(), right, AdminKey.fingerprint(presented));
    }
}
