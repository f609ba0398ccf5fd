// Lies beside its node_modules. Sends what the official libraries of three senders sign: node send.mjs BASE. Prints one JSON line per request.
import {Webhooks} from '@octokit/webhooks';
import Stripe from 'stripe';
import {Webhook} from 'standardwebhooks';
import {createRequire} from 'node:module';

const examples = createRequire(import.meta.url)('@octokit/webhooks-examples');
const base = process.argv[2];

async function send(sender, path, headers, body, what) {
  const reply = await fetch(base + path, {method: 'POST', headers: {'content-type': 'application/json', ...headers}, body});
  console.log(JSON.stringify({sender, status: reply.status, ...what}));
}

const github = new Webhooks({secret: 'It\'s a Secret to Everybody'});
let number = 0;
for (const event of examples) {
  for (const payload of event.examples) {
    const body = JSON.stringify(payload);
    const id = `github-${++number}`;
    const signature = await github.sign(body);
    await send('github', '/hooks/github',
      {'x-github-event': event.name, 'x-github-delivery': id, 'x-hub-signature-256': signature}, body,
      {id, type: `github.${event.name}`, body});
  }
}

const stripe = new Stripe('sk_test_none');
const secret = 'whsec_of_stripe';
for (const type of ['invoice.paid', 'charge.refunded']) {
  const id = `evt_${type}`;
  const body = JSON.stringify({id, object: 'event', type, data: {object: {id: 'x', amount: 100}}}, null, 2);
  const header = stripe.webhooks.generateTestHeaderString({payload: body, secret});
  await send('stripe', '/hooks/stripe', {'stripe-signature': header}, body, {id, type: `stripe.${type}`, body});
  const old = stripe.webhooks.generateTestHeaderString({payload: body, secret, timestamp: Math.floor(Date.now() / 1000) - 301});
  await send('stripe', '/hooks/stripe', {'stripe-signature': old}, body, {refused: true});
}

const key = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const standard = new Webhook(key);
for (const text of ['plain', 'Ünïcödé 😀']) {
  const id = `msg_${text.length}`;
  const body = JSON.stringify({type: 'user.created', data: {text}});
  const now = new Date();
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': Math.floor(now.getTime() / 1000).toString(),
    'webhook-signature': standard.sign(id, now, body),
  };
  await send('standard', '/hooks/standard', headers, body, {id, type: 'standard-webhooks.user.created', body});
  await send('standard', '/hooks/standard', headers, body + ' ', {refused: true});
}
