package io.eventful.delivery;

import java.util.concurrent.CompletableFuture;

/** Where the access token of a subscription comes from. */
interface TokenSource {

    /** A live token, or why there is none; never completes exceptionally, never blocks. */
    CompletableFuture<Tokens.Answer> token();

    /** The sink did not take a token: the next one is asked for, unless somebody has done so already. */
    void refused(String token);
}
