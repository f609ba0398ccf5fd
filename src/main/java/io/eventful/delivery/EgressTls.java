package io.eventful.delivery;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards sinks.
 *
 * @param ca PEM file of authorities that are trusted beside those of the JDK; null for none
 */
public record EgressTls(@Nullable Path ca) {}
