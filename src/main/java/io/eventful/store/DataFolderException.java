package io.eventful.store;

/** The data folder, or a database file, cannot be used. The message tells the operator what is wrong and how to correct it. */
public final class DataFolderException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public DataFolderException(String message) {
        super(message);
    }

    public DataFolderException(String message, Throwable cause) {
        super(message, cause);
    }
}
