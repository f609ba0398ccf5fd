package io.eventful.command;

/** Keeps what must not be read from the store. The gateway's wiring gives it; its key is the master key. */
public interface Safe {

    /** Encrypts bytes for one place. */
    byte[] seal(byte[] secret, String place);

    /** Decrypts them; fails with {@link IllegalStateException} when the key or the place is another one. */
    byte[] open(byte[] sealed, String place);

    /** A keyed digest of a text. */
    String mac(String text);
}
