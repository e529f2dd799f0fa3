// What the clients of a shop and of a till send. The built package is used: `npm run build` makes it.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { createOrder, shop, till } from '../dist/node.js';

const real = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = real;
});

/** The keys under which something was asked for. */
function keys() {
  const seen = [];
  globalThis.fetch = async (_, { headers }) => {
    seen.push(new Headers(headers).get('idempotency-key'));
    return Response.json({});
  };
  return seen;
}

test('a key that was forgotten is never the text "null", under which all that anybody buys would be one', async () => {
  const seen = keys();
  for (const idempotencyKey of [undefined, null, '']) {
    await shop().create({}, { idempotencyKey });
    await till().charge({}, { idempotencyKey });
  }
  for (const key of seen) assert.match(key, /^[0-9a-f]{8}-/);
  assert.equal(new Set(seen).size, 6);
  seen.length = 0;
  for (const key of [undefined, null, '']) await createOrder({}, key);
  assert.deepEqual(seen, [null, null, null], 'and where it must be given, the Worker says that it is missing');
});
