package io.eventful.receive;

/**
 * Why a request is not taken.
 *
 * @param kind what the sender is told
 * @param reason for the operator's log: fixed words, never anything of the request
 */
record Refusal(Kind kind, String reason) {

    /** What a sender is told; the same for every reason of a kind. */
    enum Kind {
        MALFORMED(400, "Bad Request", "The request does not have the format that this path expects."),
        UNAUTHENTICATED(401, "Unauthorized", "The request could not be authenticated."),
        METHOD(405, "Method Not Allowed", "This path supports only POST."),
        TOO_LARGE(413, "Content Too Large", "The request is larger than this path accepts."),
        MEDIA_TYPE(
                415,
                "Unsupported Media Type",
                "The media type or content coding of the body is not supported by this path."),
        TOO_MANY(429, "Too Many Requests", "The rate limit of this path is exceeded. Repeat the request later."),
        UNAVAILABLE(503, "Service Unavailable", "The request cannot be stored at the moment. Repeat it later.");

        private final int status;
        private final String title;
        private final String detail;

        Kind(int status, String title, String detail) {
            this.status = status;
            this.title = title;
            this.detail = detail;
        }

        int status() {
            return status;
        }

        String title() {
            return title;
        }

        String detail() {
            return detail;
        }
    }

    static Refusal malformed(String reason) {
        return new Refusal(Kind.MALFORMED, reason);
    }

    static Refusal unauthenticated(String reason) {
        return new Refusal(Kind.UNAUTHENTICATED, reason);
    }
}
