package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command tells of the upstream's reply. */
class RecordedReplyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'status': 'pending'}",
                "{'status': 'failed', 'reason': 'gave-up'}",
                "{'status': 'succeeded', 'reason': 'reply-lost', 'response': {'status': 200, 'headers': {}}}",
                "{'status': 'succeeded', 'response': {'status': 200, 'headers': {}, 'bodyOmitted': 'too large'}}",
                "null"
            })
    void aReplyThatIsNotKnownIsNotMadeUp(String command) {
        assertThat(RecordedReply.answered(Json.parse(command.replace('\'', '"'))))
                .isEmpty();
    }

    @Test
    void theReplyHasTheBodyOfTheCommand() {
        String command = "{'response': {'status': 201, 'headers': {'location': '/a/1', 'date': 'x'}, 'body': %s}}";
        String start = "{'status':201,'headers':{'Location':'/a/1'},";
        assertThat(reply(command.formatted("{'id': 1}"))).isEqualTo(start + "'json':{'id':1}}");
        assertThat(reply(command.formatted("'a'"))).isEqualTo(start + "'body':'a'}");
        assertThat(reply(command.formatted("'YQ==', 'encoding': 'base64'"))).isEqualTo(start + "'body':'a'}");
    }

    private static String reply(String command) {
        return Json.text(RecordedReply.answered(Json.parse(command.replace('\'', '"')))
                        .orElseThrow())
                .replace('"', '\'');
    }
}
