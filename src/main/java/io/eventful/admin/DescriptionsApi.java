package io.eventful.admin;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the gateway says of its interfaces in the forms that tools read. */
@RestController
final class DescriptionsApi {

    private final ObjectProvider<BuildProperties> build;

    DescriptionsApi(ObjectProvider<BuildProperties> build) {
        this.build = build;
    }

    /** The admin API, OpenAPI 3.1. */
    @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> openApi() {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(OpenApi.document(version()));
    }

    private String version() {
        BuildProperties known = build.getIfAvailable();
        return known == null || known.getVersion() == null ? "development" : known.getVersion();
    }
}
