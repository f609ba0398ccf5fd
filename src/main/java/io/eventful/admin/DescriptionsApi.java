package io.eventful.admin;

import io.eventful.catalog.AsyncApi;
import io.eventful.event.Json;
import io.eventful.routes.RouteSets;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The machine-readable descriptions of the gateway's APIs: OpenAPI and AsyncAPI. */
@RestController
final class DescriptionsApi {

    private final ObjectProvider<BuildProperties> build;
    private final AsyncApiSource events;
    private final RouteSets routes;

    DescriptionsApi(ObjectProvider<BuildProperties> build, AsyncApiSource events, RouteSets routes) {
        this.build = build;
        this.events = events;
        this.routes = routes;
    }

    /** The admin API, OpenAPI 3.1. */
    @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> openApi() {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(OpenApi.document(version()));
    }

    /** The events of the running routes, AsyncAPI 3.0. */
    @GetMapping(path = "/asyncapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> asyncApi() {
        byte[] document = Json.bytes(AsyncApi.document(events.catalog(version(), routes.flows())));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(document);
    }

    private String version() {
        BuildProperties known = build.getIfAvailable();
        return known == null || known.getVersion() == null ? "development" : known.getVersion();
    }
}
