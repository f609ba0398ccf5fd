package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.harness.Browser;
import io.eventful.routes.LiveGateway;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The console in a real browser, which keeps to the policy that the pages come with. */
class ConsoleBrowserIT {

    @RegisterExtension
    static final AdminRig rig = new AdminRig(AdminRig.CUSTOMERS);

    @Test
    void anOperatorFindsTheWay() throws Exception {
        try (Browser browser = Browser.start(rig.folder.resolve("chromium"))) {
            URI home = rig.gateway.adminAddress();
            browser.width(390);
            browser.open(home.resolve("/console"));
            browser.await("location.pathname === '/console/sign-in'");
            assertThat(browser.eval("document.activeElement.id").asText()).isEqualTo("key");
            browser.eval("document.getElementById('key').value = '" + LiveGateway.KEY + "'");
            browser.eval("document.querySelector('main form').requestSubmit()");
            browser.await("document.querySelector('h1')?.textContent === 'Overview'");
            assertThat(browser.eval("document.cookie").asText()).isEmpty();

            click(browser, "a[href='/console/subscriptions/new']");
            browser.await("document.getElementById('sink') !== null");
            browser.eval("document.getElementById('sink').value = '" + rig.receiver.address() + "'");
            click(browser, "main form button");
            browser.await("document.querySelector('.secret')?.textContent.startsWith('whsec_')");
            rig.receiver.secret(browser.eval("document.querySelector('.secret').textContent")
                    .asText());
            click(browser, "form[action$='/test'] button");
            browser.await("document.querySelector('[role=status]')?.textContent.includes('was accepted')");

            browser.open(home.resolve("/console/tail"));
            browser.await("document.getElementById('tail-status').textContent.startsWith('Connected')");
            rig.gateway.call("PUT", "/customers/1", "{\"id\":1,\"name\":\"<img src=x onerror=alert(1)>\"}");
            browser.await("document.querySelectorAll('#tail details').length === 1");
            assertThat(browser.eval("document.querySelectorAll('#tail img').length")
                            .asInt())
                    .isZero();
            assertThat(browser.eval("document.querySelector('#tail pre').textContent")
                            .asText())
                    .contains("<img src=x onerror=alert(1)>", "customer.created");

            // The overview refreshes itself: the ledger grows while nobody touches it.
            browser.open(home.resolve("/console"));
            browser.eval("window.untouched = true");
            rig.gateway.call("PUT", "/customers/2", "{\"id\":2}");
            long head = rig.admin.all("/api/changes").size();
            browser.await("document.querySelectorAll('.card .big')[1].textContent === '" + head + "'");
            assertThat(browser.eval("window.untouched === true").asBoolean()).isTrue();

            for (String page : List.of(
                    "/console",
                    "/console/changes",
                    "/console/changes/1",
                    "/console/subscriptions",
                    "/console/deliveries",
                    "/console/replays",
                    "/console/routes")) {
                browser.open(home.resolve(page));
                assertThat(browser.eval("document.documentElement.scrollWidth <= innerWidth")
                                .asBoolean())
                        .as("%s fits on a phone", page)
                        .isTrue();
                assertThat(browser.eval("document.compatMode").asText()).isEqualTo("CSS1Compat");
            }
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void click(Browser browser, String selector) {
        browser.eval("document.querySelector(\"" + selector + "\").click()");
    }
}
