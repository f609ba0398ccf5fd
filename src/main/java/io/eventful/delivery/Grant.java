package io.eventful.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an access token is asked for with: OAuth 2.0 client credentials (RFC 6749, 4.4).
 *
 * @param authentication {@code basic} or {@code post} (2.3.1)
 * @param scope empty for none
 * @param audience empty for none
 */
record Grant(URI tokenUrl, String clientId, String clientSecret, String authentication, String scope, String audience) {

    /** That of a credential; null when the credential is of another type. */
    static @Nullable Grant of(@Nullable JsonNode credential) {
        if (credential == null || !credential.path("credentialtype").asText().equals("OAUTH2")) return null;
        return new Grant(
                URI.create(credential.path("tokenurl").asText()),
                credential.path("clientid").asText(),
                credential.path("clientsecret").asText(),
                credential.path("clientauthentication").asText("basic"),
                credential.path("scope").asText(""),
                credential.path("audience").asText(""));
    }

    WebhookRequest request() {
        StringBuilder form = new StringBuilder("grant_type=client_credentials");
        if (!scope.isEmpty()) form.append("&scope=").append(encoded(scope));
        if (!audience.isEmpty()) form.append("&audience=").append(encoded(audience));
        return request(tokenUrl, form, clientId, clientSecret, authentication);
    }

    /** What the tokens of a credential are renewed with (RFC 6749, section 6). */
    static WebhookRequest refresh(JsonNode credential) {
        String scope = credential.path("scope").asText("");
        StringBuilder form = new StringBuilder("grant_type=refresh_token&refresh_token=")
                .append(encoded(credential.path("refreshtoken").asText()));
        if (!scope.isEmpty()) form.append("&scope=").append(encoded(scope));
        return request(
                URI.create(credential.path("refreshtokenendpoint").asText()),
                form,
                credential.path("clientid").asText(""),
                credential.path("clientsecret").asText(""),
                credential.path("clientauthentication").asText("basic"));
    }

    /** A client without a secret, or none, cannot authenticate: it only says who it is. */
    private static WebhookRequest request(
            URI endpoint, StringBuilder form, String client, String secret, String authentication) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        headers.put("Accept", "application/json");
        if (!secret.isEmpty() && authentication.equals("basic")) {
            String pair = encoded(client) + ":" + encoded(secret);
            headers.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        } else {
            if (!client.isEmpty()) form.append("&client_id=").append(encoded(client));
            if (!secret.isEmpty()) form.append("&client_secret=").append(encoded(secret));
        }
        return new WebhookRequest("POST", endpoint, headers, form.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Never prints the secret. */
    @Override
    public String toString() {
        return "Grant[tokenUrl=" + tokenUrl.getRawAuthority() + "]";
    }
}
