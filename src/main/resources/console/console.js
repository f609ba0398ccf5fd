"use strict";

// A part that refreshes itself leaves alone what somebody is working in.
document.addEventListener("htmx:beforeRequest", (event) => {
  const part = event.target;
  const selecting = String(getSelection()).length > 0;
  if (document.hidden || selecting || (part.id === "live" && part.contains(document.activeElement))) event.preventDefault();
});

// A session that has ended answers with the sign-in page, which has no such part: go there.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.xhr.responseURL.endsWith("/console/sign-in")) return;
  event.preventDefault();
  location.assign("/console/sign-in");
});

const tail = document.getElementById("tail");
if (tail) {
  const most = 200;
  const status = document.getElementById("tail-status");
  const source = new EventSource(tail.dataset.source);
  source.addEventListener("open", () => { status.textContent = "Listening. Newest first, at most " + most + "."; });
  source.addEventListener("error", () => {
    const refused = source.readyState === EventSource.CLOSED;
    status.textContent = refused ? "Not connected. Reload the page, and sign in when it asks you to." : "Not connected; trying again.";
  });
  source.addEventListener("message", (message) => {
    const event = JSON.parse(message.data);
    const row = document.createElement("details");
    const summary = document.createElement("summary");
    for (const text of [event.time, event.type, event.subject, event.pattern]) {
      const part = document.createElement("span");
      part.textContent = text || "";
      summary.append(part, " ");
    }
    const whole = document.createElement("pre");
    whole.tabIndex = 0;
    whole.textContent = JSON.stringify(event, null, 2);
    row.append(summary, whole);
    tail.prepend(row);
    while (tail.children.length > most) tail.lastChild.remove();
  });
  addEventListener("pagehide", () => source.close());
}
