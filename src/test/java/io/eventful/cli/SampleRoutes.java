package io.eventful.cli;

/** Routes that capture customers and send their state to subscribers. */
final class SampleRoutes {

    static final String CUSTOMERS = """
        - route:
            id: customers
            from:
              uri: capture:/customers/{id}
              parameters: {resource: customer}
              steps:
                - transformDataType: {toType: "event:state"}
                - to: {uri: "channel:customers"}
        - route:
            id: customers-subscribers
            from:
              uri: channel:customers
              steps:
                - to: {uri: "subscribers:customers"}
        """;

    private SampleRoutes() {}
}
