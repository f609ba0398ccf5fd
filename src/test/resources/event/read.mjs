// Lies beside its node_modules. Reads structured events with the official library, one JSON line each on standard input, and sends them through
// its binary, structured and batch forms. Prints one line per event: what the library says it is.
import {CloudEvent, HTTP} from 'cloudevents';
import {createInterface} from 'node:readline';

const events = [];
for await (const line of createInterface({input: process.stdin})) {
  const headers = {'content-type': 'application/cloudevents+json; charset=utf-8'};
  const event = HTTP.toEvent({headers, body: line});
  event.validate();
  const binary = HTTP.toEvent(HTTP.binary(event));
  const structured = HTTP.toEvent(HTTP.structured(event));
  for (const other of [binary, structured])
    if (JSON.stringify(sorted(other)) !== JSON.stringify(sorted(event))) throw new Error(`another event: ${event.id}`);
  events.push(event);
}
const batch = HTTP.toEvent({
  headers: {'content-type': 'application/cloudevents-batch+json'},
  body: JSON.stringify(events),
});
if (batch.length !== events.length) throw new Error('a batch of another length');
for (const event of batch) console.log(JSON.stringify(new CloudEvent(event).toJSON()));

function sorted(event) {
  const json = event.toJSON();
  return Object.fromEntries(Object.keys(json).sort().map((name) => [name, json[name]]));
}
