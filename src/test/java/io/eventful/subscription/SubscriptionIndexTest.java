package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionIndexTest {

    /** The same number of subscriptions asked, however many there are, is what keeps matching fast. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'types':['customer.#']",
                "'types':['customer.updated'],'filters':[{'exact':{'subject':'/customers/#'}}]",
                "'filters':[{'all':[{'exact':{'type':'customer.#'}},{'not':{'exact':{'subject':'x'}}}]}]",
                "'filters':[{'any':[{'exact':{'type':'customer.#'}},{'exact':{'type':'order.#'}}]}]",
                "'filters':[{'prefix':{'subject':'/customers/#'}}]",
                "'filters':[{'suffix':{'subject':'/#'}}]",
                "'source':'/upstreams/#'",
                "'config':{'channel':'c#'}",
                "'filters':[{'data':{'state':{'id':[#]}}}]",
                "'filters':[{'data':{'state':{'name':[{'prefix':'n#.'}]}}}]",
                "'filters':[{'data':{'state':{'name':[{'wildcard':'n#.*'}]}}}]",
                "'filters':[{'data':{'state':{'name':[{'wildcard':'*n#.'}]}}}]",
                "'filters':[{'data':{'state':{'name':[{'equals-ignore-case':'N#.'}]}}}]",
                "'filters':[{'data':{'state':{'f#':[{'exists':true}]}}}]",
                "'filters':[{'data':{'state':{'f#':[{'anything-but':'x'}]}}}]",
                "'filters':[{'data':{'state':{'id':[{'numeric':['=',#]}]}}}]",
                "'filters':[{'data':{'state':{'id':[{'numeric':['>=',#,'<',#.5]}]}}}]",
                "'filters':[{'data':{'state':{'id':[{'numeric':['<',-#]}, #]}}}]",
                "'filters':[{'data':{'state':{'left':[{'numeric':['>=',#]}]}}}]",
                "'filters':[{'data':{'$or':[{'state':{'id':[#]}},{'state':{'name':['n#.']}}]}}]",
                "'filters':[{'any':[{'data':{'state':{'id':[#]}}},{'exact':{'subject':'/customers/#'}}]}]",
                "'filters':[{'sql':'subject = \\\"/customers/#\\\"'}]",
                "'filters':[{'sql':'type LIKE \\\"customer.%\\\" AND (subject IN (\\\"/customers/#\\\","
                        + " \\\"/x/#\\\"))'}]",
                "'filters':[{'sql':'subject LIKE \\\"%/#\\\" OR subject = \\\"#\\\"'}]",
                "'types':['customer.updated'],'filters':[{'data':{'state':{'name':['n#.'],'country':['DE']}}}]"
            })
    void onlyFewOfManySubscriptionsAreAsked(String members) {
        SubscriptionIndex index = new SubscriptionIndex();
        for (int i = 1; i <= 3_000; i++) index.put("s" + i, Samples.request(members.replace("#", Integer.toString(i))));
        EventView event = new EventView(Samples.event(
                "customer.updated",
                "/customers/2900",
                1,
                "{'state':{'id':2900,'left':5,'f2900':'y','name':'n2900.','country':'DE'}}"));
        List<String> asked = new ArrayList<>();
        index.find("c2900", event, asked::add);
        assertThat(asked).hasSizeLessThan(20);
        boolean otherwise = members.contains("types':['customer.#")
                || members.contains("'source'")
                || members.contains("'left'")
                || members.contains("type':'customer.#");
        if (!otherwise) assertThat(asked).contains("s2900");
    }
}
