import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { afterEach, test } from 'node:test';
import { CompagoError, call } from '../status.js';
import { limited, waitAsked } from '../waits.js';

const { now, read, ignored } = JSON.parse(await readFile(new URL('../../tests/support/retry-after.json', import.meta.url), 'utf8'));
const then = Date.parse(now);
const real = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = real;
});

test('a header asks what the core says that it asks', () => {
  const most = 2 ** 32 - 1;
  const seconds = (header) => Math.min(Math.ceil(waitAsked(header, then) / 1000), most);
  for (const [header, expected] of Object.entries(read)) assert.equal(seconds(header), expected, header);
  for (const header of [...ignored, null, undefined]) assert.equal(waitAsked(header, then), undefined, String(header));
});

test('the device’s own time zone has no effect', () => {
  const zone = process.env.TZ;
  try {
    process.env.TZ = 'Asia/Tokyo';
    for (const [header, expected] of Object.entries(read)) assert.equal(Math.min(Math.ceil(waitAsked(header, then) / 1000), 2 ** 32 - 1), expected, header);
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test('an error has how long to wait, an hour at most', () => {
  const soon = new Date(Date.now() + 90_000);
  const asctime = soon.toUTCString().replace(/^(\w+), (\d\d) (\w+) (\d+) (\S+) GMT$/, (_, name, day, month, year, time) => `${name} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`);
  for (const header of [soon.toUTCString(), asctime]) {
    const { retryAfterMs = 0 } = new CompagoError({}, 503, header);
    assert.ok(retryAfterMs > 85_000 && retryAfterMs <= 90_000, `${header}: ${retryAfterMs}`);
  }
  assert.deepEqual(['0', '7', '7200', 'soon', null].map((header) => new CompagoError({}, 503, header).retryAfterMs), [0, 7_000, 3_600_000, undefined, undefined]);
});

test('a limit that no timer can count is none', async () => {
  for (const timeoutMs of [2 ** 31, 1e12, Infinity, NaN, undefined]) {
    const { signal, end } = limited(timeoutMs);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(signal.aborted, false, String(timeoutMs));
    end();
  }
  globalThis.fetch = (_, { signal }) => new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    setTimeout(() => resolve(new Response('{"status":"paid"}')), 20);
  });
  const origin = 'https://shop.example';
  assert.deepEqual(await call('shop/orders/abc', { timeoutMs: Infinity, origin }), { status: 'paid' });
  await assert.rejects(call('shop/orders/abc', { timeoutMs: 5, origin }), { code: 'unreachable', status: 0 });
});
