package io.eventful.receive;

/** Which bodies a provider sends. A body without a type is taken for what it ought to be. */
enum Bodies {
    JSON {
        @Override
        boolean include(MediaType type) {
            return type.isJson() || type.isMissing();
        }
    },
    JSON_OR_FORM {
        @Override
        boolean include(MediaType type) {
            return type.isJson() || type.isForm() || type.isMissing();
        }
    },
    ANY {
        @Override
        boolean include(MediaType type) {
            return true;
        }
    };

    abstract boolean include(MediaType type);
}
