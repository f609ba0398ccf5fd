package io.eventful.routes;

import io.eventful.config.Limits;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of a set of route files.
 *
 * @param files maximum number of route files in the folder; 1 to 10,000
 * @param fileBytes maximum size of a route file; 1 KB to 100 MB
 * @param problems maximum number of listed problems; further ones are only counted; 1 to 10,000
 * @param debounce quiet time after a saved file before the set is read, so that files saved together are one change;
 *     10 ms to 1 min
 * @param poll polling interval, for file systems that report no changes; 100 ms to 1 h
 * @param drain maximum wait for running exchanges of a replaced set; 100 ms to 10 min
 * @param restBody maximum body size of a request to a {@code rest:} endpoint; 1 KB to 1 GB
 */
public record RoutesLimits(
        @DefaultValue("1000") int files,
        @DefaultValue("1048576") int fileBytes,
        @DefaultValue("200") int problems,
        @DefaultValue("200ms") Duration debounce,
        @DefaultValue("2s") Duration poll,
        @DefaultValue("30s") Duration drain,
        @DefaultValue("1048576") int restBody) {

    private static final Limits LIMITS = new Limits("eventful.routes.limits.");

    public RoutesLimits {
        LIMITS.between("files", files, 1, 10_000);
        LIMITS.between("file-bytes", fileBytes, 1024, 100 << 20);
        LIMITS.between("problems", problems, 1, 10_000);
        LIMITS.between("debounce", debounce, Duration.ofMillis(10), Duration.ofMinutes(1));
        LIMITS.between("poll", poll, Duration.ofMillis(100), Duration.ofHours(1));
        LIMITS.between("drain", drain, Duration.ofMillis(100), Duration.ofMinutes(10));
        LIMITS.between("rest-body", restBody, 1024, 1 << 30);
    }
}
