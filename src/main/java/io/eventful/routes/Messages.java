package io.eventful.routes;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/** Shortens the messages of library exceptions to one line for the operator. */
final class Messages {

    private static final int LIMIT = 500;
    private static final Pattern UNKNOWN_PARAMETERS = Pattern.compile("Unknown parameters=\\[\\{(.*)}]");

    private Messages() {}

    /** The message of the root cause in one line, with secrets in URIs masked. */
    static String of(Throwable failure) {
        Throwable innermost = failure;
        for (int depth = 0; depth < 20 && innermost.getCause() != null; depth++) innermost = innermost.getCause();
        String text = strip(innermost, innermost.getMessage());
        if (text.isBlank()) text = innermost.getClass().getSimpleName();
        // The message of these exceptions is only the name of the missing class.
        else if (innermost instanceof LinkageError) text = innermost.getClass().getSimpleName() + ": " + text;
        // Object identity hashes are noise for the operator.
        text = text.replaceAll("(?<=[A-Za-z])@[0-9a-f]{1,8}\\b", "");
        text = URISupport.sanitizeUri(text.replaceAll("\\s+", " ").strip());
        return text.length() > LIMIT ? text.substring(0, LIMIT) + "…" : text;
    }

    /** Removes the URI or route that Camel repeats before the reason. */
    private static String strip(Throwable failure, @Nullable String message) {
        if (message == null) return "";
        Matcher unknown = UNKNOWN_PARAMETERS.matcher(message);
        if (unknown.find())
            return "it has no option "
                    + Stream.of(unknown.group(1).split(", "))
                            .map(option -> "\"" + option.split("=", 2)[0] + "\"")
                            .collect(Collectors.joining(", "));
        if (failure instanceof ResolveEndpointFailedException && message.contains("due to: "))
            return message.substring(message.indexOf("due to: ") + "due to: ".length());
        if (failure instanceof FailedToCreateRouteException && message.contains("because of "))
            return message.substring(message.lastIndexOf("because of ") + "because of ".length());
        return message;
    }
}
