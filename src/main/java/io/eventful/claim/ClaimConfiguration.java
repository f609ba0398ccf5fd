package io.eventful.claim;

import io.eventful.edge.EdgeServer;
import io.eventful.ledger.States;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Claim checks: who makes the links, and who answers them. */
@Configuration(proxyBeanMethods = false)
class ClaimConfiguration {

    @Bean
    SignedLinks claimLinks(EdgeServer edge, ClaimSigner signer, Clock clock, ClaimSettings settings) {
        return new SignedLinks(edge::publicUrl, signer, clock, settings.expiry());
    }

    @Bean(destroyMethod = "close")
    ExecutorService claimCalls() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("claim-", 0).factory());
    }

    @Bean
    ClaimedStates claimedStates(
            SignedLinks claimLinks, States states, ExecutorService claimCalls, ClaimSettings settings) {
        return new ClaimedStates(new StatesEndpoint(claimLinks, states, claimCalls, settings));
    }
}
