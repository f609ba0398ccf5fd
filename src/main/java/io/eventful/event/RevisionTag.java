package io.eventful.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The gateway's own entity tag of an item whose upstream has none: {@code "r<revision>"}. Items of several scopes are read
 * at one URL, so in a scope it is {@code "r<revision>-<hash of the scope>"}.
 */
public final class RevisionTag {

    private static final int HASH = 16;
    private static final Pattern FORM = Pattern.compile("\"r[0-9]{1,18}(-[0-9a-f]{" + HASH + "})?\"");

    private RevisionTag() {}

    /** The tag of a revision of an item. */
    public static String of(Item item, long revision) {
        return item.scope().isEmpty() ? bare(revision) : "\"r" + revision + '-' + hash(item.scope()) + '"';
    }

    /** The tag without the scope, as who knows the revision from an event may write it in a condition. */
    public static String bare(long revision) {
        return "\"r" + revision + '"';
    }

    /** All tags of this kind in a condition, such as the value of {@code If-Match}. */
    public static List<String> in(String condition) {
        return FORM.matcher(condition).results().map(MatchResult::group).toList();
    }

    private static String hash(String scope) {
        String digest = Json.digest(scope.getBytes(StandardCharsets.UTF_8));
        int start = digest.indexOf(':') + 1;
        return digest.substring(start, start + HASH);
    }
}
