"use strict";

// Automatic refreshing must not disturb a selection or a field that the user is working in.
document.addEventListener("htmx:beforeRequest", (event) => {
  const part = event.target;
  const selecting = String(getSelection()).length > 0;
  if (document.hidden || selecting || (part.id === "live" && part.contains(document.activeElement))) event.preventDefault();
});

// When the session has ended, the response is the sign-in page instead of the fragment: navigate to it.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.xhr.responseURL.endsWith("/console/sign-in")) return;
  event.preventDefault();
  location.assign("/console/sign-in?to=" + encodeURIComponent(location.pathname + location.search));
});

const tail = document.getElementById("tail");
if (tail) {
  const most = 200;
  const status = document.getElementById("tail-status");
  const source = new EventSource(tail.dataset.source);
  source.addEventListener("open", () => { status.textContent = "Connected. Newest first, at most " + most + " events."; });
  source.addEventListener("error", () => {
    const refused = source.readyState === EventSource.CLOSED;
    status.textContent = refused ? "Not connected. Reload the page and sign in again if asked." : "Not connected; reconnecting.";
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
    whole.textContent = JSON.stringify(event, null, 2)
      .replace(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, hidden => "\\u" + hidden.charCodeAt(0).toString(16).padStart(4, "0"));
    row.append(summary, whole);
    tail.prepend(row);
    while (tail.children.length > most) tail.lastChild.remove();
  });
  addEventListener("pagehide", () => source.close());
}
