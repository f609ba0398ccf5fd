package io.eventful.capture;

import io.eventful.event.PathTemplate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** The Camel component of {@code capture:TEMPLATE}. Each Camel context has one of its own. */
public final class CaptureComponent extends DefaultComponent {

    private final @Nullable Captures captures;

    /** For checking addresses and options without a gateway; its endpoints neither send nor receive. */
    public CaptureComponent() {
        this.captures = null;
    }

    CaptureComponent(Captures captures) {
        this.captures = captures;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        Map<String, String> options = new LinkedHashMap<>();
        parameters.forEach((name, value) -> options.put(name, String.valueOf(value)));
        parameters.clear();
        PathTemplate template = PathTemplate.parse(remaining);
        CaptureOptions read = CaptureOptions.parse(options);
        // Tells of a collection that does not fit the template before the route runs.
        CapturePlan unused = CapturePlan.of(template, read, uri);
        return new CaptureEndpoint(uri, this, captures, template, read);
    }
}
