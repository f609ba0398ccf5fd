package io.eventful.demo;

/**
 * A received webhook.
 *
 * @param id {@code webhook-id}
 * @param type {@code ce-type}
 * @param pattern {@code ce-pattern}
 * @param verified whether its signature and age are valid
 * @param body body as received
 */
public record Webhook(String id, String type, String pattern, boolean verified, String body) {}
