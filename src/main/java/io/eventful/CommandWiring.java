package io.eventful;

import io.eventful.capture.CaptureOptions;
import io.eventful.capture.Captures;
import io.eventful.capture.DeferrableWrite;
import io.eventful.channel.Channels;
import io.eventful.command.Announcer;
import io.eventful.command.Commands;
import io.eventful.command.Execution;
import io.eventful.command.Safe;
import io.eventful.command.Submission;
import io.eventful.delivery.FanOut;
import io.eventful.edge.Call;
import io.eventful.edge.RequestHead;
import io.eventful.ledger.KeyClaim;
import io.eventful.subscription.Vault;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Connects commands with capture, which they run through, and with what keeps and publishes for them. */
@Configuration(proxyBeanMethods = false)
class CommandWiring {

    @Bean
    Execution commandExecution(Captures captures) {
        return new Execution() {
            @Override
            public boolean run(Call call, KeyClaim claim) {
                return captures.serving().run(call, claim);
            }

            @Override
            public boolean isSuccess(RequestHead head, int status) {
                return captures.serving().isSuccess(head, status);
            }

            @Override
            public boolean isPositionExposed(RequestHead head) {
                return captures.serving().isPositionExposed(head);
            }
        };
    }

    /** After the registry, which refuses a start with another master key than that of the secrets it keeps. */
    @Bean
    @DependsOn("subscriptionRegistry")
    Safe commandSafe(Vault vault) {
        return new Safe() {
            @Override
            public byte[] seal(byte[] secret, String place) {
                return vault.seal(secret, place);
            }

            @Override
            public byte[] open(byte[] sealed, String place) {
                return vault.openBytes(sealed, place);
            }

            @Override
            public String mac(String text) {
                return vault.mac(text);
            }
        };
    }

    @Bean
    Announcer commandAnnouncer(Channels channels) {
        return event -> channels.publish(Announcer.CHANNEL, event);
    }

    /** Subscriptions have these events without a route, which a folder of routes might lack. */
    @Bean(destroyMethod = "close")
    Channels.Consumption commandSubscribers(Channels channels, FanOut fanOut) {
        return channels.consume(
                Announcer.CHANNEL, "command-subscribers", event -> fanOut.deliver(Announcer.CHANNEL, event));
    }

    @Bean
    InitializingBean deferredWrites(Captures captures, Commands commands) {
        return () -> captures.serving().deferTo((call, write) -> commands.take(call, submission(write)));
    }

    private static Submission submission(DeferrableWrite write) {
        CaptureOptions options = write.options();
        return new Submission(
                options.commands() == CaptureOptions.Commands.ASYNC ? Submission.Mode.ASYNC : Submission.Mode.PREFER,
                write.item(),
                write.isOrdered() ? Submission.Order.SUBJECT : Submission.Order.NONE,
                options.upstream(),
                options.laneWait(),
                write.isKeyed() ? Submission.Key.GIVEN : Submission.Key.NONE,
                write::claim,
                write::serve);
    }
}
