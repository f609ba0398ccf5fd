package io.eventful.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        /customers/{id}              | /customers/42               | /customers/42
        /customers/{id}              | //customers/./42/           | /customers/42
        /customers/{id}              | /customers/%34%32           | /customers/42
        /customers/{id}              | /customers/a%2fb            | /customers/a%2Fb
        /customers/{id}              | /customers/42?x=1           | /customers/42
        /customers/{id}              | /customers                  | -
        /customers/{id}              | /customers/                 | -
        /customers/{id}              | /customers/42/orders        | -
        /customers/{id}              | /Customers/42               | -
        /orders/{order}/lines/{line} | /orders/7/lines/3           | /orders/7/lines/3
        /orders/{order}/lines/{line} | /orders/7/items/3           | -
        /users/{id}/profile          | /users/1/profile            | /users/1/profile
        /me                          | /me                         | /me
        /m%65                        | /me                         | /me
        /**                          | /anything/at/all            | /anything/at/all
        /**                          | /one                        | /one
        /**                          | /                           | -
        /crm/**                      | /crm/customers/1            | /crm/customers/1
        /crm/**                      | /crm                        | -
        """)
    void matchesItems(String template, String path, String subject) {
        assertThat(PathTemplate.parse(template)
                        .item(path)
                        .map(PathTemplate.Match::subject)
                        .orElse(null))
                .isEqualTo(subject);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /customers/{id}              | /customers              | true
        /customers/{id}              | /customers/             | true
        /customers/{id}              | /customers/42           | false
        /customers/{id}              | /                       | false
        /{any}                       | /                       | true
        /orders/{order}/lines/{line} | /orders/7/lines         | true
        /orders/{order}/lines/{line} | /orders/lines           | false
        /users/{id}/profile          | /users                  | false
        /me                          | /                       | false
        /**                          | /customers              | true
        /**                          | /                       | true
        /crm/**                      | /crm                    | true
        /crm/**                      | /hr                     | false
        """)
    void knowsItsCollection(String template, String path, boolean collection) {
        assertThat(PathTemplate.parse(template).isCollection(path)).isEqualTo(collection);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        /orders/{order} | /orders/7/cancel   | /orders/7 | cancel
        /orders/{order} | /orders/7/%63ancel | /orders/7 | cancel
        /orders/{order} | /orders/7/delete   | -         | -
        /orders/{order} | /orders/cancel     | -         | -
        /orders/{order} | /orders/7          | -         | -
        /**             | /orders/7/cancel   | /orders/7 | cancel
        /**             | /cancel            | -         | -
        """)
    void knowsActions(String template, String path, String subject, String name) {
        var action = PathTemplate.parse(template).action(path, Set.of("cancel", "ship"));
        assertThat(action.map(found -> found.item().subject()).orElse(null)).isEqualTo(subject);
        assertThat(action.map(PathTemplate.Action::name).orElse(null)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /customers/{id}              | /customers/42          | customers
        /orders/{order}/lines/{line} | /orders/7/lines/3      | lines
        /users/{id}/profile          | /users/1/profile       | profile
        /{kind}/{id}                 | /customers/42          | customers
        /**                          | /crm/customers/42      | customers
        /**                          | /profile               | profile
        /**                          | /                      | root
        /crm/**                      | /crm/customers/42      | customers
        """)
    void namesItsResource(String template, String subject, String resource) {
        assertThat(PathTemplate.parse(template).resource(subject)).isEqualTo(resource);
    }

    @Test
    void givesTheVariables() {
        assertThat(PathTemplate.parse("/orders/{order}/lines/{line-no}").item("/orders/7/lines/a%2Fb"))
                .hasValueSatisfying(
                        match -> assertThat(match.variables()).isEqualTo(Map.of("order", "7", "line-no", "a%2Fb")));
    }

    @Test
    void theMostSpecificComesFirst() {
        List<String> ordered = List.of(
                "/customers/me",
                "/customers/{id}/orders/{order}",
                "/customers/{id}/**",
                "/customers/{id}",
                "/customers/**",
                "/{kind}/settings",
                "/{kind}/{id}",
                "/**");
        List<PathTemplate> shuffled =
                new ArrayList<>(ordered.stream().map(PathTemplate::parse).toList());
        for (int seed = 0; seed < 50; seed++) {
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(shuffled.stream().sorted().map(PathTemplate::toString)).isEqualTo(ordered);
        }
    }

    @Test
    void knowsTemplatesThatMatchTheSame() {
        PathTemplate template = PathTemplate.parse("/a/{x}");
        assertThat(template.sameShape(PathTemplate.parse("/a/{y}/"))).isTrue();
        assertThat(template.sameShape(PathTemplate.parse("/b/{x}"))).isFalse();
        assertThat(template.sameShape(PathTemplate.parse("/a/**"))).isFalse();
        assertThat(template.sameShape(PathTemplate.parse("/a"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/**,/customers/{id},true",
        "/**,/crm/**,true",
        "/a/{x},/a/{y},true",
        "/a/{x},/a/b,true",
        "/a/b,/a/{x},false",
        "/a/{x},/a/**,false",
        "/a/**,/b/{x},false",
    })
    void coversWhatMatchesLess(String template, String other, boolean covers) {
        assertThat(PathTemplate.parse(template).covers(PathTemplate.parse(other)))
                .isEqualTo(covers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "customers",
                "/",
                "/a/{id",
                "/a/id}",
                "/a/}",
                "/a/*b",
                "/a/?b",
                "/a/#b",
                "/a/{}",
                "/a/{id}.json",
                "/a/*",
                "/**/a",
                "/a/{x}/{x}",
                "/a/../b",
                "/a?b",
                "/a/{1}",
                "/**/**"
            })
    void refusesWhatIsNoTemplate(String template) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PathTemplate.parse(template))
                .withMessageContaining("not a path template: \"" + template + "\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /customers/42             | /customers/42
        /customers/42/            | /customers/42
        //customers///42          | /customers/42
        /a/./b/../c               | /a/c
        /a/b/..                   | /a
        /../../a                  | /a
        /a//../b                  | /b
        /a/%2e%2E/b               | /b
        /a/%2e/b                  | /a/b
        /%7Euser/%41%2d           | /~user/A-
        /a%2fb                    | /a%2Fb
        /caf%c3%a9                | /caf%C3%A9
        /café                     | /caf%C3%A9
        /a b                      | /a%20b
        /100%                     | /100%25
        /a%zz                     | /a%25zz
        /a%4                      | /a%254
        /%61%7a%41%5a%30%39       | /azAZ09
        /%60%7b%40%5b%2f%3a       | /%60%7B%40%5B%2F%3A
        /a`{[b                    | /a%60%7B%5Bb
        /a:@!b                    | /a:@!b
        /a                        | /a
        /a;v=1,2/$x:@!'()*+       | /a;v=1,2/$x:@!'()*+
        /a/b?c=/d                 | /a/b
        /a#b                      | /a
        /.hidden/a..b/...         | /.hidden/a..b/...
        /                         | /
        ''                        | /
        a                         | /a
        """)
    void normalisesPaths(String path, String canonical) {
        assertThat(Subjects.normalise(path)).isEqualTo(canonical);
        assertThat(Subjects.normalise(canonical)).isEqualTo(canonical);
    }
}
