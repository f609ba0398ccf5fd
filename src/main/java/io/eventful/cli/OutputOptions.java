package io.eventful.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.config.VisibleText;
import picocli.CommandLine.Option;

/** Option for JSON output instead of text. */
final class OutputOptions {

    @Option(names = "--json", description = "print the gateway's JSON instead of text")
    private boolean json;

    /** The response of the gateway as JSON, or the text. */
    String choose(JsonNode reply, String text) {
        return json ? VisibleText.json(reply.toPrettyString()) : text;
    }
}
