package io.eventful.demo;

/**
 * A webhook as it arrived.
 *
 * @param id {@code webhook-id}
 * @param type {@code ce-type}
 * @param pattern {@code ce-pattern}
 * @param verified whether its signature and its age were right
 * @param body as received
 */
public record Webhook(String id, String type, String pattern, boolean verified, String body) {}
