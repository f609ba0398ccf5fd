package io.eventful.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.command.Command;
import io.eventful.command.CommandJson;
import io.eventful.command.Commands;
import io.eventful.event.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/commands}: writes that are executed asynchronously, newest first. */
@RestController
final class CommandsApi {

    private final Commands commands;

    CommandsApi(Commands commands) {
        this.commands = commands;
    }

    @GetMapping(path = "/api/commands", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> list(
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable Long after,
            @RequestParam(defaultValue = "100") int limit) {
        int most = Page.limit(limit);
        Command.Status wanted = status == null || status.isEmpty() ? null : status(status);
        List<Command> found = commands.list(wanted, after == null ? Long.MAX_VALUE : Page.after(after), most + 1);
        List<Command> page = found.size() > most ? found.subList(0, most) : found;
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("items");
        for (Command command : page)
            // The store does not distinguish pending from running commands; only the memory does.
            if (wanted == null || command.status() == wanted) items.add(CommandJson.tree(command));
        if (found.size() > most) body.put("next", Long.toString(page.getLast().number()));
        else body.putNull("next");
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(Json.bytes(body));
    }

    @GetMapping(path = "/api/commands/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> show(@PathVariable String id) {
        Command command = commands.find(id)
                .orElseThrow(() ->
                        new ApiProblem(404, "No such command", "There is no command with this id, or it has expired."));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(Json.bytes(CommandJson.tree(command)));
    }

    private static Command.Status status(String text) {
        for (Command.Status status : Command.Status.values()) if (status.word().equals(text)) return status;
        throw new ApiProblem(
                400, "Invalid parameter", "status must be pending, running, succeeded, failed or unknown.");
    }
}
