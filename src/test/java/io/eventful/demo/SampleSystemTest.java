package io.eventful.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo invites its reader to make calls, and a slip in one is answered as a REST system would. */
class SampleSystemTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /customers    | {\"name\":\"Grace\"} | 201",
                "POST | /customers    | {name: Grace}       | 400",
                "POST | /customers    | [1]                 | 400",
                "PUT  | /customers/42 | Grace               | 400",
                "PUT  | /customers/42 | {}                  | 201"
            })
    void whatIsNoCustomerIsRefused(String method, String path, String body, int status) throws Exception {
        try (SampleSystem system = new SampleSystem();
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest call = HttpRequest.newBuilder(URI.create(system.address() + path))
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build();
            assertThat(client.send(call, HttpResponse.BodyHandlers.discarding()).statusCode())
                    .isEqualTo(status);
        }
    }
}
