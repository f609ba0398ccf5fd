package io.eventful.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is done with {@code ${env:NAME}} in the credentials of a sheet of subscriptions. */
@FunctionalInterface
interface SheetVariables {

    Pattern VARIABLE = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)\\}");

    List<String> CREDENTIALS = List.of("sinkcredential", "sinkCredential");

    /** They stay as they are, and are refused where the credential is read. */
    SheetVariables PLAIN = (subscription, problems) -> {};

    /** Credentials with variables are left out, since their values are known to the gateway only. */
    SheetVariables UNKNOWN = (subscription, problems) -> {
        for (String member : CREDENTIALS)
            if (subscription.get(member) instanceof ObjectNode credential
                    && credential.properties().stream()
                            .anyMatch(each ->
                                    VARIABLE.matcher(each.getValue().asText()).matches())) subscription.remove(member);
    };

    /** Prepares the credential of a subscription, and reports what is wrong with it. */
    void resolve(ObjectNode subscription, List<RequestProblem> problems);

    /** They are replaced by their values; one without a value (null) is reported. */
    static SheetVariables of(Function<String, @Nullable String> values) {
        return (subscription, problems) -> {
            for (String member : CREDENTIALS)
                if (subscription.get(member) instanceof ObjectNode credential)
                    replace(credential, member, values, problems);
        };
    }

    private static void replace(
            ObjectNode credential,
            String member,
            Function<String, @Nullable String> values,
            List<RequestProblem> problems) {
        credential.properties().forEach(each -> {
            Matcher variable = VARIABLE.matcher(each.getValue().asText());
            if (!variable.matches()) return;
            String value = values.apply(variable.group(1));
            if (value == null)
                problems.add(new RequestProblem(
                        "/" + member + "/" + each.getKey(),
                        "refers to the environment variable " + variable.group(1) + ", which is not set",
                        "Set it in the environment of the gateway."));
            else each.setValue(TextNode.valueOf(value));
        });
    }
}
