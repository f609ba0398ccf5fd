// Verifies v1a signatures of Standard Webhooks with Node's own Ed25519: one JSON line each on standard input,
// {id, timestamp, body (base64), signatures, key (whpk_…)}. Prints true or false for each.
import {createPublicKey, verify} from 'node:crypto';
import {createInterface} from 'node:readline';

for await (const line of createInterface({input: process.stdin})) {
  const {id, timestamp, body, signatures, key} = JSON.parse(line);
  const raw = Buffer.from(key.replace('whpk_', ''), 'base64');
  const jwk = {kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url')};
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), Buffer.from(body, 'base64')]);
  const genuine = signatures.split(' ').filter((one) => one.startsWith('v1a,'))
    .some((one) => verify(null, signed, createPublicKey({key: jwk, format: 'jwk'}), Buffer.from(one.slice(4), 'base64')));
  console.log(genuine);
}
