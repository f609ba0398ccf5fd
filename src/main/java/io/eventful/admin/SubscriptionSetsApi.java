package io.eventful.admin;

import io.eventful.subscription.SubscriptionSets;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/subscriptions/export} and {@code /api/subscriptions/import}: all subscriptions as YAML, without secrets. */
@RestController
final class SubscriptionSetsApi {

    private static final int LIMIT = 16 * 1024 * 1024;

    private final SubscriptionSets sets;

    SubscriptionSetsApi(SubscriptionSets sets) {
        this.sets = sets;
    }

    /** One subscription of an import. */
    record Item(
            String name,
            String id,
            String result,
            @Nullable String secret,
            @Nullable List<String> warnings) {
        @Override
        public String toString() {
            return "Item[name=" + name + "]";
        }
    }

    /** The result of an import, in the order of the document. */
    record Items(List<Item> items) {}

    @GetMapping("/api/subscriptions/export")
    ResponseEntity<byte[]> export() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("Content-Type", "application/yaml")
                .body(sets.export().getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping("/api/subscriptions/import")
    ResponseEntity<Items> load(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LIMIT + 1);
        if (body.length > LIMIT)
            throw new ApiProblem(413, "Content too large", "The body is too large; the limit is " + LIMIT + " bytes.");
        List<SubscriptionSets.Item> items =
                SubscriptionsApi.checked(() -> sets.load(new String(body, StandardCharsets.UTF_8)));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Items(items.stream().map(SubscriptionSetsApi::item).toList()));
    }

    private static Item item(SubscriptionSets.Item item) {
        return new Item(
                item.name(),
                item.id(),
                item.result().name().toLowerCase(Locale.ROOT),
                item.secret(),
                Completeness.warnings(item));
    }
}
