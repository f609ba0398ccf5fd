package io.eventful.event;

/** A patch does not fit the document, or is none. Nothing was changed. */
public final class PatchException extends Exception {

    private static final long serialVersionUID = 1;

    private final int operation;
    private final String pointer;

    PatchException(int operation, String pointer, String problem) {
        super("patch operation " + operation + " at \"" + pointer + "\": " + problem);
        this.operation = operation;
        this.pointer = pointer;
    }

    /** Index of the operation, from 0; -1 when the patch as a whole is wrong. */
    public int operation() {
        return operation;
    }

    /** Where the operation was to work. */
    public String pointer() {
        return pointer;
    }
}
