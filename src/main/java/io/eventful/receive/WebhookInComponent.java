package io.eventful.receive;

import io.eventful.edge.OwnNames;
import io.eventful.event.Subjects;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** The Camel component of {@code webhook-in:/path}. Each Camel context has one of its own. */
public final class WebhookInComponent extends DefaultComponent {

    private final @Nullable Receipts receipts;

    /** For checking addresses and options without a gateway; its endpoints neither send nor receive. */
    public WebhookInComponent() {
        this.receipts = null;
    }

    WebhookInComponent(Receipts receipts) {
        this.receipts = receipts;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        Map<String, String> options = new LinkedHashMap<>();
        parameters.forEach((name, value) -> options.put(name, String.valueOf(value)));
        parameters.clear();
        String path = Subjects.normalise(remaining.startsWith("/") ? remaining : '/' + remaining);
        if (path.equals("/") || OwnNames.isOwn(path))
            throw new IllegalArgumentException(
                    "webhook-in: cannot receive at " + path + "; use a path such as /hooks/github");
        // The URI that Camel shows and logs has no options, hence no secrets.
        return new WebhookInEndpoint("webhook-in:" + path, this, receipts, path, ReceiveOptions.parse(options));
    }
}
