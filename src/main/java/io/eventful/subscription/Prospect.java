package io.eventful.subscription;

/** Whether an event of which not everything is known will be wanted. */
public enum Prospect {
    YES,
    NO,
    /** It depends on what is not known. */
    OPEN;

    Prospect and(Prospect other) {
        if (this == NO || other == NO) return NO;
        return this == YES ? other : this;
    }

    Prospect or(Prospect other) {
        if (this == YES || other == YES) return YES;
        return this == NO ? other : this;
    }

    Prospect not() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case OPEN -> OPEN;
        };
    }
}
