package io.eventful.event;

/** A patch is malformed or cannot be applied to the document. Nothing was changed. */
public final class PatchException extends Exception {

    private static final long serialVersionUID = 1;

    private final int operation;
    private final String pointer;

    PatchException(int operation, String pointer, String problem) {
        super("patch operation " + operation + " at \"" + pointer + "\": " + problem);
        this.operation = operation;
        this.pointer = pointer;
    }

    /** Index of the operation, from 0; -1 if the patch as a whole is malformed. */
    public int operation() {
        return operation;
    }

    /** JSON Pointer of the operation. */
    public String pointer() {
        return pointer;
    }
}
