package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;

/** Renders changes as a gateway at api.example.org would. */
final class Renderings {

    private Renderings() {}

    static final RenderContext CONTEXT = new RenderContext("http://localhost:8080");

    static Event render(String rendering, Change change) {
        return Rendering.named(rendering).orElseThrow().render(change, CONTEXT);
    }

    static JsonNode data(String rendering, Change change) {
        return Json.parse(render(rendering, change).data());
    }
}
