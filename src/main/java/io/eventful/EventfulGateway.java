package io.eventful;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the gateway; the packages below contribute their own beans. */
@SpringBootApplication
public class EventfulGateway {

    public static void main(String[] args) {
        SpringApplication.run(EventfulGateway.class, args);
    }
}
