package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What is wrong with requests. */
final class Problems {

    private Problems() {}

    static List<RequestProblem> problems(String json) {
        return problems(Samples.requests(), Samples.json(json));
    }

    static List<RequestProblem> problems(SubscriptionRequests requests, JsonNode json) {
        InvalidSubscriptionException refused =
                catchThrowableOfType(InvalidSubscriptionException.class, () -> requests.parse(json));
        assertThat(refused).as("%s must be refused", json).isNotNull();
        assertThat(refused.problems()).allSatisfy(problem -> {
            assertThat(problem.detail()).isNotBlank();
            assertThat(problem.remedy()).isNotBlank();
        });
        return refused.problems();
    }

    static List<RequestProblem> problemsWith(String members) {
        return problems("{'sink':'https://example.com/hook','protocol':'HTTP'," + members + "}");
    }
}
