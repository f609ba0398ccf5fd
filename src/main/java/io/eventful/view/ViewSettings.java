package io.eventful.view;

import io.eventful.config.Limits;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of views.
 *
 * @param readKeys keys that open views with {@code access=key}, besides the admin key; never printed
 * @param accessKept how long an upstream's answer to whether a caller may see an item is kept
 * @param accessEntries how many such answers are kept
 * @param defaultWait how long a read with {@code Eventful-Min-Position} waits when it does not say so itself
 * @param maxWait the longest wait that a read may ask for
 * @param waiters reads of one view that may wait at a time; more are answered 503
 * @param pageSize items of a page when a list does not say
 * @param maxPageSize the most that it may ask for
 * @param scan items that a list may look at which is filtered or sorted by members that the view does not declare
 * @param batch events that are written in one transaction
 * @param queue events of one view that may wait to be written; more are tried again later
 * @param grace after which a change that a filter may have kept from a view no longer counts as outstanding
 * @param check how often views are looked at for their lag
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
                    "eventful.view.read-keys has a key of fewer than 16 characters; write longer ones");
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

    /** Leaves out the keys. */
    @Override
    public String toString() {
        return "ViewSettings[readKeys=" + readKeys.size() + ", accessKept=" + accessKept + ", defaultWait="
                + defaultWait + ", maxWait=" + maxWait + ", batch=" + batch + "]";
    }
}
