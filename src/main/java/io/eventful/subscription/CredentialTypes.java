package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the types of {@code sinkcredential} are made of, by lower-case names. */
final class CredentialTypes {

    /** Members that a reply never shows. */
    static final Set<String> SECRETS =
            Set.of("secret", "accesstoken", "refreshtoken", RefreshTokens.GIVEN, "clientsecret", "privatekey");

    private static final Map<String, List<String>> MEMBERS = Map.of(
            "PLAIN", List.of("identifier", "secret"),
            "ACCESSTOKEN", List.of("accesstoken", "accesstokenexpiresutc", "accesstokentype"),
            "REFRESHTOKEN",
                    List.of(
                            "accesstoken",
                            "accesstokenexpiresutc",
                            "accesstokentype",
                            "refreshtoken",
                            "refreshtokenendpoint",
                            "clientid",
                            "clientsecret",
                            "clientauthentication",
                            "scope"),
            "OAUTH2", List.of("tokenurl", "clientid", "clientsecret", "clientauthentication", "scope", "audience"),
            "CERTIFICATE", List.of("certificate", "privatekey"));

    private static final Map<String, List<String>> NEEDED_SECRETS = Map.of(
            "PLAIN", List.of("secret"),
            "ACCESSTOKEN", List.of("accesstoken"),
            "REFRESHTOKEN", List.of("accesstoken", "refreshtoken"),
            "OAUTH2", List.of("clientsecret"),
            "CERTIFICATE", List.of("privatekey"));

    private CredentialTypes() {}

    /** Whether credentials of a type have a member. */
    static boolean has(String type, String member) {
        return MEMBERS.getOrDefault(type, List.of()).contains(member);
    }

    /** The secrets without which a credential is of no use, and which it does not have. */
    static List<String> lacking(JsonNode credential) {
        String type = credential.path("credentialtype").asText();
        return NEEDED_SECRETS.getOrDefault(type, List.of()).stream()
                .filter(name -> !credential.path(name).isTextual())
                .toList();
    }
}
