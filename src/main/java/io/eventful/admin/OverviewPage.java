package io.eventful.admin;

import io.eventful.catalog.Catalog;
import io.eventful.delivery.Deliveries;
import io.eventful.delivery.DeliveryRecord;
import io.eventful.edge.UpstreamSettings;
import io.eventful.ledger.Ledger;
import io.eventful.routes.RouteSets;
import io.eventful.subscription.Progress;
import io.eventful.subscription.Subscription;
import io.eventful.subscription.SubscriptionDocuments;
import io.eventful.subscription.Subscriptions;
import io.eventful.view.Views;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.CompositeHealth;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthComponent;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The start page of the console: health, routes, lag, channels, views, upstreams. */
@Controller
final class OverviewPage implements ConsolePage {

    /** Parts of the health whose details are many, or numbers of bytes. */
    private static final Set<String> WITHOUT_DETAILS = Set.of("diskSpace", "storeDiskSpace", "ssl");

    private static final int MOST_SUBSCRIPTIONS = 1000;
    private static final int MOST_DEAD = 100;

    private final ObjectProvider<HealthEndpoint> health;
    private final ObjectProvider<BuildProperties> build;
    private final UpstreamSettings upstreams;
    private final Ledger ledger;
    private final RouteSets routes;
    private final RouteLags lags;
    private final AsyncApiSource events;
    private final Subscriptions subscriptions;
    private final Progress progress;
    private final Deliveries deliveries;
    private final Views views;

    OverviewPage(
            ObjectProvider<HealthEndpoint> health,
            ObjectProvider<BuildProperties> build,
            UpstreamSettings upstreams,
            Ledger ledger,
            RouteSets routes,
            RouteLags lags,
            AsyncApiSource events,
            Subscriptions subscriptions,
            Progress progress,
            Deliveries deliveries,
            Views views) {
        this.health = health;
        this.build = build;
        this.upstreams = upstreams;
        this.ledger = ledger;
        this.routes = routes;
        this.lags = lags;
        this.events = events;
        this.subscriptions = subscriptions;
        this.progress = progress;
        this.deliveries = deliveries;
        this.views = views;
    }

    record Part(String name, String status, String details) {}

    record Upstream(String name, String addresses) {}

    record ChannelRow(String name, String transport, String address, String operations, int messages) {}

    record ViewRow(String name, long rows, String state, String lag) {}

    @GetMapping({"/", "/console"})
    String page(Model model) {
        HealthEndpoint endpoint = health.getIfAvailable();
        HealthComponent whole = endpoint == null ? Health.unknown().build() : endpoint.health();
        BuildProperties known = build.getIfAvailable();
        model.addAttribute("health", whole.getStatus().getCode());
        model.addAttribute("parts", parts(whole));
        model.addAttribute("version", known == null ? "development" : known.getVersion());
        model.addAttribute("upstreams", upstreams());
        model.addAttribute("head", ledger.head());
        model.addAttribute("routes", RoutesApi.shown(routes.state()));
        model.addAttribute("lags", lags.all());
        model.addAttribute("channels", channels());
        model.addAttribute("views", views());
        subscriptions(model);
        int dead = deliveries
                .list(null, DeliveryRecord.State.DEAD, null, MOST_DEAD)
                .items()
                .size();
        model.addAttribute("dead", dead == MOST_DEAD ? MOST_DEAD + " or more" : String.valueOf(dead));
        return "console/overview";
    }

    private static List<Part> parts(HealthComponent whole) {
        List<Part> parts = new ArrayList<>();
        if (whole instanceof CompositeHealth composite)
            composite
                    .getComponents()
                    .forEach((name, part) -> parts.add(new Part(
                            name,
                            part.getStatus().getCode(),
                            part instanceof Health own && !WITHOUT_DETAILS.contains(name)
                                    ? own.getDetails().entrySet().stream()
                                            .map(each -> each.getKey() + " " + each.getValue())
                                            .sorted()
                                            .collect(Collectors.joining(", "))
                                    : "")));
        return parts;
    }

    private List<Upstream> upstreams() {
        Map<String, UpstreamSettings.Upstream> all = new TreeMap<>(upstreams.upstreams());
        List<Upstream> rows = new ArrayList<>();
        all.forEach((name, upstream) -> rows.add(new Upstream(
                name,
                (upstream.targets().isEmpty()
                                ? List.of(upstream.url() == null ? URI.create("") : upstream.url())
                                : upstream.targets())
                        .stream().map(MaskedUrl::of).collect(Collectors.joining(", ")))));
        return rows;
    }

    private List<ChannelRow> channels() {
        return events.catalog("", routes.flows()).channels().stream()
                .filter(channel -> channel.transport() != Catalog.Transport.WEBHOOK)
                .map(channel -> new ChannelRow(
                        channel.name(),
                        ConsoleText.word(channel.transport()),
                        channel.address() == null ? "" : channel.address(),
                        channel.operations().stream()
                                .map(Catalog.Operation::summary)
                                .collect(Collectors.joining(" ")),
                        channel.messages().size()))
                .toList();
    }

    private List<ViewRow> views() {
        return views.statuses().stream()
                .map(view -> new ViewRow(
                        view.name(), view.rows(), view.state(), view.lag().toMillis() / 1000.0 + " s"))
                .toList();
    }

    private void subscriptions(Model model) {
        List<Subscription> all = subscriptions.list("", MOST_SUBSCRIPTIONS, every -> true);
        Map<String, Long> counts = all.stream()
                .collect(Collectors.groupingBy(
                        each -> SubscriptionDocuments.status(each, progress.endpoint(each)),
                        TreeMap::new,
                        Collectors.counting()));
        model.addAttribute("subscriptions", counts);
        model.addAttribute("moreSubscriptions", all.size() == MOST_SUBSCRIPTIONS);
    }
}
