package io.eventful.demo;

/**
 * A received webhook.
 *
 * @param id {@code webhook-id}
 * @param type {@code ce-type}
 * @param subject {@code ce-subject}, percent-encoded where the header is
 * @param pattern {@code ce-pattern}
 * @param verified whether its signature and age are valid
 * @param body body as received
 */
public record Webhook(String id, String type, String subject, String pattern, boolean verified, String body) {}
