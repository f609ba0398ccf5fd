package io.eventful.mutation;

import java.util.List;

/** Makes mutations of one kind. It knows YAML, Camel's DSL and the gateway's addresses, but no file and no rule of lint. */
interface Operator {

    List<Mutation> of(RouteText text, Site site, Slips slips);
}
