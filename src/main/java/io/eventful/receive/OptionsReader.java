package io.eventful.receive;

import io.eventful.event.JsonPointers;
import io.eventful.event.UriOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/** Reads the options of a {@code webhook-in:} route, and says what is wrong with one that cannot be read. */
final class OptionsReader {

    /** Of the URIs that the options belong to. */
    static final String SCHEME = "webhook-in";

    /** The largest document that the ledger's JSON takes. */
    private static final DataSize MAX_BODY_LIMIT = DataSize.ofMegabytes(64);

    private static final Duration MAX_TOLERANCE = Duration.ofDays(1);
    private static final String SECRET_ALLOWED = "the secret shared with the sender, preferably as {{env:NAME}}";

    private static final Set<String> COMMON = Set.of("provider", "secret", "secret2", "subject", "bodyLimit", "rate");
    private static final Set<String> SIGNATURE =
            Set.of("header", "algorithm", "encoding", "prefix", "signed", "timestamp");
    private static final Set<String> PLACES = Set.of("event", "delivery");
    private static final Map<String, Set<String>> OWN = Map.of(
            "github",
            Set.of(),
            "gitlab",
            Set.of("tolerance"),
            "stripe",
            Set.of("tolerance"),
            "slack",
            Set.of("tolerance"),
            "shopify",
            Set.of(),
            "standard-webhooks",
            Set.of("tolerance"),
            "hmac",
            union(SIGNATURE, PLACES, Set.of("tolerance")),
            "basic",
            PLACES,
            "bearer",
            PLACES,
            Provider.CLOUDEVENTS,
            Set.of("origins"));

    private static final Map<String, String> ALGORITHMS =
            Map.of("sha1", "HmacSHA1", "sha256", "HmacSHA256", "sha384", "HmacSHA384", "sha512", "HmacSHA512");
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,30}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private final Map<String, String> values;
    private final UriOptions options;

    OptionsReader(Map<String, String> values) {
        this.values = values;
        this.options = new UriOptions(SCHEME, values);
    }

    ReceiveOptions read() {
        String provider = values.getOrDefault("provider", "").strip();
        Set<String> own = OWN.get(provider);
        if (own == null) {
            // The option may be there under another name, which says more than that it is absent.
            if (!values.containsKey("provider")) names("(absent)", all());
            throw options.wrong("provider", provider, String.join(", ", new TreeSet<>(OWN.keySet())));
        }
        names(provider, union(COMMON, own));
        Duration tolerance =
                options.value("tolerance", "5m", OptionsReader::duration, "a duration of 1s to 1d, such as 5m");
        ReceiveOptions read = new ReceiveOptions(
                provider,
                secrets(provider),
                options.value(
                        "subject",
                        "",
                        OptionsReader::pointer,
                        "a JSON Pointer into the payload, such as /issue/node_id"),
                tolerance,
                options.value(
                        "bodyLimit",
                        "25MB",
                        OptionsReader::size,
                        "a size of 1B to " + MAX_BODY_LIMIT.toMegabytes() + "MB"),
                options.value("rate", "*", OptionsReader::rate, "requests per minute, such as 600, or *"),
                signature(provider),
                options.value(
                        "event",
                        "",
                        OptionsReader::place,
                        "the name of a header or a JSON Pointer, such as X-Event or /type"),
                options.value(
                        "delivery",
                        "",
                        OptionsReader::place,
                        "the name of a header or a JSON Pointer, such as X-Id or /id"),
                options.value("origins", "*", OptionsReader::origins, "* or DNS names separated by commas"));
        Providers.check(read);
        return read;
    }

    private static Set<String> all() {
        Set<String> all = new TreeSet<>(COMMON);
        OWN.values().forEach(all::addAll);
        return all;
    }

    /** A secret that stood unescaped in a URI may have come apart: what does not look like a name is not repeated. */
    private void names(String provider, Set<String> allowed) {
        for (String name : values.keySet()) {
            if (allowed.contains(name)) continue;
            String shown = WORD.matcher(name).matches()
                    ? name
                    : "with this name (a secret that contains & or = must be written as RAW(…))";
            throw new IllegalArgumentException("webhook-in: has no option " + shown + " for provider=" + provider
                    + "; its options are " + String.join(", ", new TreeSet<>(allowed)));
        }
    }

    private List<Secret> secrets(String provider) {
        List<Secret> secrets = new ArrayList<>(2);
        for (String name : List.of("secret", "secret2")) {
            String text = values.get(name);
            if (text == null) continue;
            if (text.isBlank()) throw options.wrong(name, "(empty)", SECRET_ALLOWED);
            secrets.add(new Secret(text));
        }
        if (!values.containsKey("secret") && (!provider.equals(Provider.CLOUDEVENTS) || !secrets.isEmpty()))
            throw options.wrong("secret", "(absent)", SECRET_ALLOWED);
        return secrets;
    }

    private ReceiveOptions.Signature signature(String provider) {
        boolean hmac = provider.equals("hmac");
        String timestamp =
                options.value("timestamp", "", OptionsReader::token, "the name of a header with seconds since 1970");
        SignedText signed = options.value(
                "signed",
                "{body}",
                SignedText::parse,
                "text with {body} once, and {header:NAME}, such as {header:X-Time}.{body}");
        if (!timestamp.isEmpty() && !signed.headers().contains(timestamp.toLowerCase(Locale.ROOT)))
            throw options.wrong(
                    "timestamp",
                    timestamp,
                    "a header that is part of option signed; otherwise it is not authenticated");
        return new ReceiveOptions.Signature(
                hmac
                        ? options.value(
                                "header", "", OptionsReader::required, "the name of the header with the signature")
                        : "",
                options.value("algorithm", "sha256", OptionsReader::algorithm, "sha1, sha256, sha384, sha512"),
                options.oneOf("encoding", HmacSignature.Encoding.HEX, HmacSignature.Encoding.values()),
                values.getOrDefault("prefix", ""),
                signed,
                timestamp);
    }

    private static String pointer(String text) {
        if (!text.isEmpty()) JsonPointers.tokens(text);
        return text;
    }

    private static String place(String text) {
        return text.startsWith("/") ? pointer(text) : token(text);
    }

    private static String token(String text) {
        return text.isEmpty() ? text : required(text);
    }

    private static String required(String text) {
        if (!TOKEN.matcher(text).matches()) throw new IllegalArgumentException("no field name");
        return text;
    }

    private static String algorithm(String text) {
        String algorithm = ALGORITHMS.get(text);
        if (algorithm == null) throw new IllegalArgumentException("no algorithm");
        return algorithm;
    }

    private static Duration duration(String text) {
        Duration duration = DurationStyle.detectAndParse(text);
        if (duration.toMillis() < 1_000 || duration.compareTo(MAX_TOLERANCE) > 0)
            throw new IllegalArgumentException("out of range");
        return duration;
    }

    private static int size(String text) {
        DataSize size = DataSize.parse(text);
        if (size.toBytes() < 1 || size.compareTo(MAX_BODY_LIMIT) > 0)
            throw new IllegalArgumentException("out of range");
        return Math.toIntExact(size.toBytes());
    }

    private static int rate(String text) {
        if (text.equals("*")) return 0;
        int rate = Integer.parseInt(text);
        if (rate < 1) throw new IllegalArgumentException("out of range");
        return rate;
    }

    private static Set<String> origins(String text) {
        Set<String> origins = new LinkedHashSet<>();
        for (String origin : text.split(",", -1)) {
            String name = origin.strip().toLowerCase(Locale.ROOT);
            if (name.isEmpty() || name.contains(" ")) throw new IllegalArgumentException("no origin");
            origins.add(name);
        }
        return origins;
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        Set<String> all = new TreeSet<>();
        for (Set<String> set : sets) all.addAll(set);
        return all;
    }
}
