package io.eventful.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.edge.Fields;
import io.eventful.edge.RequestHead;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What of a request is kept until it runs. */
class StoredRequestTest {

    private static final byte[] NOTHING = {};

    private static RequestHead head(Fields fields) {
        return new RequestHead("PUT", "/a%2Fb?c=d", "/a%2Fb", "c=d", fields, "shop.example:81", "https", "192.0.2.7");
    }

    @Test
    void whatIsReadIsWhatWasKept() {
        byte[] body = "{\"sum\":1.10}\u00e4".getBytes(StandardCharsets.UTF_8);
        Fields fields = Fields.NONE
                .and("Authorization", "Bearer ada")
                .and("X-Two", "1")
                .and("x-two", "2")
                .and("Content-Length", "14");
        StoredRequest kept = StoredRequest.of(head(fields), body);
        StoredRequest read = StoredRequest.read(kept.bytes());
        assertThat(read.head()).isEqualTo(kept.head()).isEqualTo(head(fields));
        assertThat(read.body()).isEqualTo(body);
    }

    @Test
    void whatBelongsToTheConnectionOrIsHonouredHereIsNotKept() {
        Fields fields = Fields.NONE
                .and("Host", "shop.example")
                .and("Transfer-Encoding", "chunked")
                .and("Expect", "100-continue")
                .and("TE", "trailers")
                .and("Trailer", "x")
                .and("Upgrade", "y")
                .and("Prefer", "respond-async, wait=3, return=minimal");
        StoredRequest kept = StoredRequest.of(head(fields), "ab".getBytes(StandardCharsets.US_ASCII));
        assertThat(kept.head().fields())
                .isEqualTo(Fields.NONE
                        .and("Host", "shop.example")
                        .and("Prefer", "return=minimal")
                        .and("Content-Length", "2"));
    }

    @Test
    void anEmptyBodyHasALengthWhereTheCallerSaidThatThereIsOne() {
        assertThat(StoredRequest.of(head(Fields.NONE), NOTHING).head().fields()).isEqualTo(Fields.NONE);
        Fields empty = Fields.NONE.and("Content-Length", "0");
        assertThat(StoredRequest.of(head(empty), NOTHING).head().fields()).isEqualTo(empty);
        Fields chunked = Fields.NONE.and("Transfer-Encoding", "chunked");
        assertThat(StoredRequest.of(head(chunked), NOTHING).head().fields()).isEqualTo(empty);
    }
}
