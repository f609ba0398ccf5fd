package io.eventful.routes;

import io.eventful.config.Limits;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds on what a set of route files may cost.
 *
 * @param files route files in the folder; 1 to 10,000
 * @param fileBytes size of one route file; 1 KB to 100 MB
 * @param problems problems listed of one set; the rest is counted; 1 to 10,000
 * @param debounce quiet time after a saved file before the set is read, so that files saved together are one change;
 *     10 ms to 1 min
 * @param poll how often the folder is looked at where the file system tells no changes; 100 ms to 1 h
 * @param drain how long a replaced set may finish what it has begun; 100 ms to 10 min
 * @param restBody bytes of a request to a {@code rest:} endpoint; 1 KB to 1 GB
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
