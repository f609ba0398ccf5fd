package io.eventful.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Option;

/** Whether a command prints for people or for programs. */
final class OutputOptions {

    @Option(names = "--json", description = "print the gateway's JSON instead of text")
    private boolean json;

    /** The gateway's reply as it came, or the text for people. */
    String choose(JsonNode reply, String text) {
        return json ? reply.toPrettyString() : text;
    }
}
