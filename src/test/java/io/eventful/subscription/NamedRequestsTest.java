package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A name that another subscription has is told with everything else that is wrong. */
class NamedRequestsTest extends RegistryFixture {

    private List<String> wrong(String json, @Nullable Subscription current) {
        JsonNode document = Json.parse(json.replace('\'', '"'));
        NamedRequests requests = new NamedRequests(Samples.requests(), registry.subscriptions);
        return catchThrowableOfType(InvalidSubscriptionException.class, () -> requests.parse(document, current))
                .problems()
                .stream()
                .map(RequestProblem::pointer)
                .toList();
    }

    @Test
    void aTakenNameIsToldWithTheRest() {
        Subscription taken = registry.subscriptions.create(Samples.request("'config':{'name':'ok'}"));
        String request = "{'protocol':'HTTP','sink':7,'config':{'name':'ok','ratelimit':-1}}";
        assertThat(wrong(request, null)).containsExactly("/sink", "/config/ratelimit", "/config/name");
        assertThat(wrong(request, taken)).as("its own").containsExactly("/sink", "/config/ratelimit");
        Subscription other = registry.subscriptions.create(Samples.request("'config':{'name':'other'}"));
        assertThat(wrong(request, other)).contains("/config/name");
    }

    @Test
    void whatIsNoNameIsNotTaken() {
        registry.subscriptions.create(Samples.request("'config':{'name':'7'}"));
        assertThat(wrong("{'sink':7,'config':{'name':'free'}}", null)).containsExactly("/sink");
        assertThat(wrong("{'sink':7,'config':{'name':7}}", null)).containsExactly("/sink", "/config/name");
        assertThat(wrong("[]", null)).hasSize(1);
    }
}
