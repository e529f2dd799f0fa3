import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capabilityIn, fingerprint, newKey } from '../keys.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('a key is a random UUID, also where randomUUID is missing', (context) => {
  assert.match(newKey(), uuid);
  const own = Object.getOwnPropertyDescriptor(Crypto.prototype, 'randomUUID');
  delete Crypto.prototype.randomUUID;
  context.after(() => Object.defineProperty(Crypto.prototype, 'randomUUID', own));
  assert.equal(crypto.randomUUID, undefined);
  const keys = Array.from({ length: 1000 }, newKey);
  assert.equal(new Set(keys).size, 1000);
  for (const key of keys) assert.match(key, uuid);
});

test('a fingerprint is the 128-bit FNV-1a hash of the JSON', () => {
  // The offset basis and the prime of the specification.
  const fnv = (/** @type {Buffer} */ bytes) =>
    [...bytes].reduce((hash, byte) => ((hash ^ BigInt(byte)) * (2n ** 88n + 0x13bn)) % 2n ** 128n, 144066263297769815596495629667062367629n);
  for (const body of [{}, 'é', { amount: '350.50', items: [1, null] }]) {
    assert.equal(fingerprint(body), fnv(Buffer.from(JSON.stringify(body))).toString(16));
  }
});

test('an order or a card is found in an address, whatever programs put around it', () => {
  const order = 'k7q2m9xd3fht0d3apd9386zf9cqby2xfs9q00a';
  const found = [order, `${order}.`, `${order})`, `(${order})`, `${order}/`, `${order}?id=1&externalId=2`, `%20${order}%20`];
  for (const value of [...found, `${order}%E2%80%8B`, `%E2%80%8B${order}`, order.toUpperCase(), `${order}&order=x`])
    for (const name of ['order', 'card']) assert.equal(capabilityIn(`?${name}=${value}`, name), order, value);
  for (const query of ['', '?', '?order', '?order=', '?order=abc', `?other=${order}`]) assert.equal(capabilityIn(query, 'order'), '', query);
});
