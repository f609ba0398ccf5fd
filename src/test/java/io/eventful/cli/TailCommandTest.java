package io.eventful.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailCommandTest {

    private static final String EVENT = "{\"id\":\"1\"}";

    private static final String BEGINNING = """
        HTTP/1.1 200 OK\r
        Content-Type: text/event-stream\r
        Transfer-Encoding: chunked\r
        \r
        8\r
        :lost 17\r
        2\r


        \r
        f\r
        data:{"id":"1"}\r
        1\r

        \r
        """;

    /** The last chunk of a stream that was ended in order. */
    private static final String END = "0\r\n\r\n";

    /**
     * A gateway that ends when its reader has shown what came so far.
     *
     * @param end what it still sends; empty when it is killed in the middle of its stream
     */
    private static void serve(ServerSocket listening, StringWriter shown, String end) {
        try (Socket socket = listening.accept()) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            while (!in.readLine().isEmpty()) {}
            socket.getOutputStream().write(BEGINNING.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            await().until(() -> shown.toString().contains(EVENT));
            socket.getOutputStream().write(end.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", END})
    void whatIsLostAndThatTheGatewayHasEndedIsToldInWords(String end) throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread gateway = Thread.ofVirtual().start(() -> serve(listening, out, end));
            String address = "http://127.0.0.1:" + listening.getLocalPort();
            int exit = Main.commandLine()
                    .setOut(new PrintWriter(out))
                    .setErr(new PrintWriter(err))
                    .execute("tail", "--admin", address, "--key", "k");
            assertThat(exit).isEqualTo(CommandErrorHandler.FAILED);
            assertThat(out.toString()).contains(EVENT);
            assertThat(err.toString())
                    .contains("17 events were lost")
                    .contains(address, "closed the connection")
                    .doesNotContain("\tat ");
            gateway.join();
        }
    }
}
