package io.eventful.admin;

import io.eventful.subscription.RequestProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The console's form to resume a subscription, as filled in.
 *
 * @param held what is done with held deliveries
 * @param rate per second, if they are sent slowly; empty means the default
 */
record ResumeForm(String held, String rate) {

    static final List<FormProblems.Field> FIELDS = List.of(new FormProblems.Field("rate", "Per second", "/rate"));

    ResumeForm(@Nullable String held, @Nullable String rate) {
        this.held = held == null ? "release" : held;
        this.rate = rate == null ? "" : rate.strip();
    }

    /** @throws ApiProblem if something of it cannot be; 422 with a problem of its field if that is what was typed */
    ResumeRequest request() {
        boolean slow = held.equals("slow") && !rate.isEmpty();
        if (slow && !ResumeRequest.isRate(rate))
            throw ApiProblem.invalid(
                    "Not resumed",
                    List.of(new RequestProblem(
                            "/rate",
                            "is not a whole number from 1 to " + ResumeRequest.MAX_RATE,
                            "Write the deliveries per second.")));
        return ResumeRequest.of(held, slow ? rate : null);
    }
}
