package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How lists are filtered by values of any length, on whichever store. The last member has no index. */
abstract class ViewFiltersContract extends ViewFixture {

    private static final String LONG = "L".repeat(299);

    @Test
    void aFilterTellsLongTextsApart() {
        project("/customers/la", "{\"status\":\"" + LONG + "A\",\"name\":\"" + LONG + "A\"}");
        project("/customers/lb", "{\"status\":\"" + LONG + "B\",\"name\":\"" + LONG + "B\"}");

        for (String member : List.of("status", "name")) {
            String list = LIST + "?fields=" + member + "&" + member + "=";
            assertThat(rig.get(list + LONG + "A").body()).isEqualTo("[{\"" + member + "\":\"" + LONG + "A\"}]");
            assertThat(rig.get(list + LONG + "ZZZZ").body()).isEqualTo("[]");
            assertThat(rig.get(list + LONG.substring(0, SortKey.TEXT_LIMIT)).body())
                    .isEqualTo("[]");
        }
    }

    @Test
    void anEmptyValueIsTheEmptyTextAndNullIsWritten() {
        project("/customers/1", "{\"id\":1,\"status\":null,\"name\":null}");
        project("/customers/2", "{\"id\":2,\"status\":\"\",\"name\":\"\"}");
        project("/customers/3", "{\"id\":3}");

        for (String member : List.of("status", "name")) {
            assertThat(rig.get(LIST + "?fields=id&" + member + "=").body()).isEqualTo("[{\"id\":2}]");
            assertThat(rig.get(LIST + "?fields=id&" + member + "=null").body()).isEqualTo("[{\"id\":1},{\"id\":3}]");
        }
    }

    @Test
    void aFilterFindsNumbersOfAnySize() {
        String digits = "7".repeat(69);
        String tiny = "-1e-99999999999";
        List<String> totals = List.of(digits + "7", digits + "8", "1e999999999", "-1e999999999", "1e99999999999", tiny);
        for (int i = 0; i < totals.size(); i++)
            project("/customers/" + i, "{\"total\":" + totals.get(i) + ",\"sum\":" + totals.get(i) + "}");

        for (String member : List.of("total", "sum")) {
            String list = LIST + "?fields=" + member + "&" + member + "=";
            for (String total : totals)
                assertThat(rig.get(list + total).body())
                        .as(member + " " + total)
                        .isEqualTo("[{\"" + member + "\":" + total + "}]");
            assertThat(rig.get(list + digits + "8.00").body())
                    .as("of the same value")
                    .isEqualTo("[{\"" + member + "\":" + digits + "8}]");
            assertThat(rig.get(list + "10e999999998").body()).isEqualTo("[{\"" + member + "\":1e999999999}]");
            assertThat(rig.get(list + digits + "9").body()).isEqualTo("[]");
            assertThat(rig.get(list + "2e99999999999").body()).isEqualTo("[]");
        }
    }

    @Test
    void pagesOfLongTextsLeaveNothingOut() {
        for (int i = 0; i < 10; i++)
            project(
                    "/customers/" + i,
                    "{\"status\":\"" + LONG + (i % 2 == 0 ? 'A' : 'B') + "\",\"total\":" + (5 - i) + "}");
        String list = LIST + "?fields=total&limit=2&status=" + LONG + "A";

        List<String> inserted =
                List.of("[{\"total\":5},{\"total\":3}]", "[{\"total\":1},{\"total\":-1}]", "[{\"total\":-3}]");
        assertThat(pages(list)).isEqualTo(inserted);
        assertThat(pages(list + "&sort=status")).isEqualTo(inserted);
        assertThat(pages(list + "&sort=-total")).isEqualTo(inserted);
        assertThat(pages(list + "&sort=total"))
                .containsExactly("[{\"total\":-3},{\"total\":-1}]", "[{\"total\":1},{\"total\":3}]", "[{\"total\":5}]");
    }

    /** Every page of a list, by its links. */
    List<String> pages(String first, String... headers) {
        List<String> pages = new ArrayList<>();
        for (String next = first; !next.isEmpty(); ) {
            Rig.Got page = rig.get(next, headers);
            pages.add(page.body());
            Matcher found = Pattern.compile("<(.*)>; rel=\"next\"").matcher(page.field("Link"));
            next = found.matches() ? found.group(1) : "";
        }
        return pages;
    }
}
