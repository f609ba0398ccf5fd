package io.eventful.edge;

import io.eventful.edge.Outgoing.Expectation;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The gateway's own calls, distributed over the event loops. */
final class UpstreamCalls implements Upstreams {

    private static final byte[] NOTHING = {};

    private final EdgeEngine engine;

    UpstreamCalls(EdgeEngine engine) {
        this.engine = engine;
    }

    @Override
    public Set<String> names() {
        return engine.upstreams().upstreams().keySet();
    }

    @Override
    public Destinations destinations() {
        return engine.upstreamRoutes();
    }

    @Override
    public boolean hasCredential(String upstream) {
        UpstreamSettings.Upstream settings = engine.upstreams().upstreams().get(upstream);
        return settings != null && settings.credential().bearer() != null;
    }

    @Override
    public String seenAs(String upstream, RequestHead head, String path) {
        UpstreamSettings.Upstream settings = engine.upstreams().upstreams().get(upstream);
        if (settings == null) return path;
        String own = settings.bases().stream()
                .map(EdgeSettings::path)
                .filter(base -> !base.isEmpty() && path.startsWith(base + '/'))
                .findFirst()
                .orElse("");
        return engine.upstreamRoutes().stripped(upstream, head.authority(), head.path()) + path.substring(own.length());
    }

    @Override
    public CompletionStage<Fetched> get(String upstream, String target, Fields fields, int limit) {
        return followingSlashRedirect(upstream, "GET", target, fields, NOTHING, limit, Caller.GATEWAY);
    }

    @Override
    public Fields forwarded(RequestHead head) {
        MultiMap out = MultiMap.caseInsensitiveMultiMap();
        for (Fields.Field field : head.fields().endToEnd().entries()) out.add(field.name(), field.value());
        engine.forwarding().request(head, out);
        return new Fields(out.entries().stream()
                .map(field -> new Fields.Field(field.getKey(), field.getValue()))
                .toList());
    }

    @Override
    public CompletionStage<Fetched> getAs(String upstream, String target, Fields fields, int limit) {
        return followingSlashRedirect(upstream, "GET", target, fields, NOTHING, limit, Caller.CLIENT);
    }

    /** Whose credentials a call uses. */
    private enum Caller {
        GATEWAY,
        CLIENT
    }

    @Override
    public CompletionStage<Fetched> send(
            String upstream, String method, String target, Fields fields, byte[] body, int limit) {
        return followingSlashRedirect(upstream, method, target, fields, body, limit, Caller.GATEWAY);
    }

    @Override
    public CompletionStage<Fetched> forward(String upstream, RequestHead head, byte[] body, int limit) {
        Targets.Target target = Targets.parse(head.method(), head.target());
        if (target == null) return CompletableFuture.failedFuture(new IllegalArgumentException("not a request target"));
        CompletableFuture<Fetched> result = new CompletableFuture<>();
        EdgeLoop loop = engine.next();
        loop.execute(() -> {
            UpstreamClient client = loop.upstream(upstream);
            if (client == null) {
                result.completeExceptionally(Failures.unknownUpstream(upstream));
                return;
            }
            boolean told = head.fields().first("Content-Length").isPresent();
            Http1RequestValidator.Admission.Admitted request = new Http1RequestValidator.Admission.Admitted(
                    head, target, told ? Http1RequestValidator.Framing.LENGTH : Http1RequestValidator.Framing.NONE);
            String prefix = engine.upstreamRoutes().stripped(upstream, head.authority(), head.path());
            Outgoing outgoing = Outgoing.of(request, prefix, loop.engine().forwarding());
            BodyStream sending = BodyStream.whole(Buffer.buffer(body));
            new Fetch(loop, client, outgoing, sending, limit, Broken.KEPT, result).start();
        });
        return result;
    }

    /** Makes the call and follows one redirect to the same path with or without a trailing slash: a redirect has no effect. */
    private CompletionStage<Fetched> followingSlashRedirect(
            String upstream, String method, String target, Fields fields, byte[] body, int limit, Caller caller) {
        return call(upstream, method, target, fields, body, limit, caller)
                .thenCompose(reply -> TrailingSlashRedirect.of(target, reply.status(), reply.fields())
                        .map(other -> call(upstream, method, other, fields, body, limit, caller))
                        .orElseGet(() -> CompletableFuture.completedFuture(reply)));
    }

    private CompletionStage<Fetched> call(
            String upstream, String method, String target, Fields fields, byte[] body, int limit, Caller caller) {
        CompletableFuture<Fetched> result = new CompletableFuture<>();
        EdgeLoop loop = engine.next();
        loop.execute(() -> {
            UpstreamClient client = loop.upstream(upstream);
            if (client == null) {
                result.completeExceptionally(Failures.unknownUpstream(upstream));
                return;
            }
            String prefix = engine.upstreamRoutes()
                    .stripped(upstream, fields.first("Host").orElse(""), Targets.path(target));
            boolean bodiless = body.length == 0 && (method.equals("GET") || method.equals("HEAD"));
            Outgoing outgoing = new Outgoing(
                    HttpMethod.valueOf(method),
                    to -> to.path(prefix, target),
                    bodiless ? Http1RequestValidator.Framing.NONE : Http1RequestValidator.Framing.LENGTH,
                    (to, out) -> fields(client.settings(), to.host(), fields, bodiless ? -1 : body.length, caller, out),
                    "",
                    Expectation.NONE);
            BodyStream sending = BodyStream.whole(Buffer.buffer(body));
            new Fetch(loop, client, outgoing, sending, limit, Broken.FAILED, result).start();
        });
        return result;
    }

    private static void fields(
            UpstreamSettings.Upstream settings,
            UpstreamSettings.HostPolicy policy,
            Fields given,
            int length,
            Caller caller,
            MultiMap out) {
        String bearer = caller == Caller.CLIENT ? null : settings.credential().bearer();
        String host = policy instanceof UpstreamSettings.HostPolicy.Fixed fixed
                ? fixed.authority()
                : given.first("Host").orElse(settings.bases().getFirst().getRawAuthority());
        out.add("Host", host);
        for (Fields.Field field : given.entries()) {
            String name = field.name();
            boolean replaced = name.equalsIgnoreCase("host")
                    || name.equalsIgnoreCase("content-length")
                    || (bearer != null && (name.equalsIgnoreCase("authorization") || name.equalsIgnoreCase("cookie")));
            if (!replaced) out.add(name, field.value());
        }
        if (bearer != null) {
            out.add("Authorization", "Bearer " + bearer);
            if (!out.contains("Accept")) out.add("Accept", "application/json");
        }
        if (length >= 0) out.add("Content-Length", Integer.toString(length));
    }

    /** How a reply with an incomplete body is treated. */
    private enum Broken {
        KEPT,
        FAILED
    }

    /** One call whose reply is read up to a limit. */
    private record Fetch(
            EdgeLoop loop,
            UpstreamClient client,
            Outgoing outgoing,
            BodyStream body,
            int limit,
            Broken broken,
            CompletableFuture<Fetched> result)
            implements UpstreamCall.Listener {

        void start() {
            UpstreamCall call = new UpstreamCall(
                    loop, client, outgoing, body, source -> BodyStream.digested(source, Memory.UNBOUNDED), this);
            call.start();
        }

        @Override
        public void onContinue() {}

        @Override
        public void onEarlyHints(MultiMap fields) {}

        @Override
        public void onReply(UpstreamReply reply) {
            reply.body().read(limit).whenComplete((read, failure) -> {
                if (failure != null && broken == Broken.FAILED) {
                    result.completeExceptionally(failure);
                } else if (failure != null) {
                    result.complete(new Fetched(reply.status(), reply.fields(), new Body.Partial(NOTHING)));
                } else {
                    if (read instanceof Body.Partial) reply.cancel();
                    result.complete(new Fetched(reply.status(), reply.fields(), read));
                }
            });
        }

        @Override
        public void onFailure(UpstreamException failure) {
            result.completeExceptionally(failure);
        }

        @Override
        public void onClientFailed(Throwable cause) {
            result.completeExceptionally(cause);
        }
    }
}
