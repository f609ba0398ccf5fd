package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.ledger.Compensation.Result;
import org.junit.jupiter.api.BeforeEach;

/** A gateway with a credential of its own, which takes changes back. */
abstract class CompensationFixture extends CaptureFixture {

    @BeforeEach
    @Override
    void start() throws Exception {
        system = new RestSystem();
        system.token = "own";
        gateway = new Gateway(folder, system, "own", Gateway.SETTINGS);
        customers();
    }

    void call(String method, String path, String body) throws Exception {
        assertThat(gateway.call(method, path, body, "Authorization", "Bearer own")
                        .statusCode())
                .isLessThan(300);
    }

    Result reverse(long position) {
        return gateway.compensation
                .apply(gateway.ledger().at(position).orElseThrow())
                .toCompletableFuture()
                .join();
    }

    static Change reversed(Result result) {
        assertThat(result).isInstanceOf(Result.Reversed.class);
        Change change = ((Result.Reversed) result).change();
        assertThat(change.action()).isEqualTo("reversed");
        assertThat(change.outcome()).isEqualTo(Change.Outcome.CONFIRMED);
        return change;
    }
}
