package io.eventful.bench;

import io.eventful.bench.Samples.Speed;
import java.util.List;

/**
 * What one broker showed.
 *
 * @param name of the broker
 * @param goal events per second
 * @param channel from the ledger through the channel to the consumer
 * @param bare the broker's own client
 */
record ChannelRow(String name, int goal, Speed channel, Speed bare) {

    static String table(List<ChannelRow> rows) {
        StringBuilder text = new StringBuilder("""

            **Ledger → route → channel → consumer in the same process: state events of 1 KB; goal of the ratio: 0.5**

            | | events per second | goal | CPU µs each | bare producer and consumer, per second | CPU µs each | ratio |
            |---|--:|--:|--:|--:|--:|--:|
            """);
        for (ChannelRow row : rows)
            text.append("| %s | %,.0f | %,d | %.0f | %,.0f | %.0f | %.2f |%n"
                    .formatted(
                            row.name,
                            row.channel.perSecond(),
                            row.goal,
                            row.channel.cpu(),
                            row.bare.perSecond(),
                            row.bare.cpu(),
                            row.channel.perSecond() / row.bare.perSecond()));
        return text.toString();
    }
}
