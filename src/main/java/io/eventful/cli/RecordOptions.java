package io.eventful.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of {@code ./eventful test --record}: the call, and the test file to write. */
final class RecordOptions {

    /** The options of which a run of tests makes no use; it does use {@code --config}. */
    static final Set<String> ALL = Set.of(
            "--admin",
            "--admin-port",
            "--key",
            "--data",
            "--gateway",
            "--json",
            "--header",
            "--redact",
            "--to",
            "--settle");

    @Mixin
    AdminOptions admin = new AdminOptions();

    @Option(
            names = "--gateway",
            paramLabel = "URL",
            converter = HttpUriConverter.class,
            description = "with --record: the data port, default ${DEFAULT-VALUE}",
            defaultValue = "http://127.0.0.1:8080")
    URI gateway = URI.create("http://127.0.0.1:8080");

    @Option(names = "--json", paramLabel = "BODY", description = "with --record: the request body")
    @Nullable
    String json;

    Map<String, String> headers = Map.of();

    @Option(
            names = "--header",
            paramLabel = "NAME=VALUE",
            converter = NamedValue.Header.class,
            description = "with --record: a request header; repeatable")
    void headers(List<NamedValue> given) {
        headers = NamedValue.map(given);
    }

    @Option(
            names = "--redact",
            paramLabel = "NAME",
            split = ",",
            description = "with --record: members to replace, in addition to those with names of secrets")
    List<String> redact = List.of();

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "with --record: the test file to write; default: standard output")
    @Nullable
    Path to;

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "with --record: how long to wait for events, default ${DEFAULT-VALUE}",
            defaultValue = "2s")
    Duration settle = Duration.ofSeconds(2);
}
