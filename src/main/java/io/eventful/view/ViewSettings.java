package io.eventful.view;

import io.eventful.config.Limits;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of views.
 *
 * @param readKeys keys for views with {@code access=key}, in addition to the admin key; never printed
 * @param accessKept how long the upstream's answer about access to an item is cached
 * @param accessEntries maximum number of cached answers
 * @param defaultWait wait of a read with {@code Eventful-Min-Position} but without {@code Prefer: wait}
 * @param maxWait maximum wait that a read may request
 * @param waiters maximum number of waiting reads per view; further ones get 503
 * @param pageSize default page size of lists
 * @param maxPageSize maximum page size
 * @param scan maximum number of items that a list filtered or sorted by members without an index may read
 * @param batch maximum number of events in one transaction
 * @param queue maximum number of queued events per view; further ones are retried later
 * @param grace time after which a change that a filter may have dropped no longer counts as outstanding
 * @param check interval at which the lag is measured
 */
@ConfigurationProperties("eventful.view")
public record ViewSettings(
        @DefaultValue List<String> readKeys,
        @DefaultValue("60s") Duration accessKept,
        @DefaultValue("100000") int accessEntries,
        @DefaultValue("2s") Duration defaultWait,
        @DefaultValue("60s") Duration maxWait,
        @DefaultValue("1000") int waiters,
        @DefaultValue("100") int pageSize,
        @DefaultValue("1000") int maxPageSize,
        @DefaultValue("100000") int scan,
        @DefaultValue("512") int batch,
        @DefaultValue("10000") int queue,
        @DefaultValue("5s") Duration grace,
        @DefaultValue("1s") Duration check) {

    private static final Limits LIMITS = new Limits("eventful.view.");

    public ViewSettings {
        readKeys = List.copyOf(readKeys);
        if (readKeys.stream().anyMatch(key -> key.length() < 16))
            throw new IllegalArgumentException(
                    "eventful.view.read-keys contains a key of fewer than 16 characters; use longer keys");
        for (int i = 0; i < readKeys.size(); i++) LIMITS.field("read-keys[" + i + "]", readKeys.get(i));
        LIMITS.positive("access-kept", accessKept);
        LIMITS.positive("access-entries", accessEntries);
        LIMITS.positive("default-wait", defaultWait);
        LIMITS.positive("max-wait", maxWait);
        LIMITS.positive("waiters", waiters);
        LIMITS.positive("page-size", pageSize);
        LIMITS.positive("max-page-size", maxPageSize);
        LIMITS.positive("scan", scan);
        LIMITS.positive("batch", batch);
        LIMITS.positive("queue", queue);
        LIMITS.positive("grace", grace);
        LIMITS.positive("check", check);
        if (defaultWait.compareTo(maxWait) > 0)
            throw new IllegalArgumentException(
                    "eventful.view.default-wait is longer than eventful.view.max-wait; shorten it");
        if (pageSize > maxPageSize)
            throw new IllegalArgumentException(
                    "eventful.view.page-size is larger than eventful.view.max-page-size; make it smaller");
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "ViewSettings[readKeys=" + readKeys.size() + ", accessKept=" + accessKept + ", defaultWait="
                + defaultWait + ", maxWait=" + maxWait + ", batch=" + batch + "]";
    }
}
