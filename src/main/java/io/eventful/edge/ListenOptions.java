package io.eventful.edge;

import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;

/** The Vert.x server options of the data port. */
final class ListenOptions {

    /** HTTP/2 flow-control windows in bytes, per stream and per connection. */
    private static final int STREAM_WINDOW = 262_144;

    private static final int CONNECTION_WINDOW = 1_048_576;

    /**
     * Times {@code limits.header}, the header section that HTTP/2 decodes: above the limit, the request is refused with a
     * problem document; above this, only its stream or its connection could be.
     */
    private static final int HEADER_SLACK = 4;

    private ListenOptions() {}

    static HttpServerOptions of(EdgeSettings.Limits limits) {
        return new HttpServerOptions()
                .setMaxInitialLineLength((int) limits.uri().toBytes())
                .setMaxHeaderSize((int) limits.header().toBytes())
                .setMaxChunkSize(EdgeLoop.PIECE)
                .setHttp2ClearTextEnabled(true)
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(limits.streams())
                        .setInitialWindowSize(STREAM_WINDOW)
                        .setMaxHeaderListSize(HEADER_SLACK * limits.header().toBytes()))
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setCompressionSupported(false)
                .setAcceptBacklog(1024);
    }
}
