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
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        headers.put("Accept", "application/json");
        StringBuilder form = new StringBuilder("grant_type=client_credentials");
        if (!scope.isEmpty()) form.append("&scope=").append(encoded(scope));
        if (!audience.isEmpty()) form.append("&audience=").append(encoded(audience));
        if (authentication.equals("post"))
            form.append("&client_id=")
                    .append(encoded(clientId))
                    .append("&client_secret=")
                    .append(encoded(clientSecret));
        else {
            String pair = encoded(clientId) + ":" + encoded(clientSecret);
            headers.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return new WebhookRequest("POST", tokenUrl, headers, form.toString().getBytes(StandardCharsets.US_ASCII));
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
