import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { afterEach, test } from 'node:test';
import { CompagoError, call, createOrder, followOrder, orderStatus, statuses, versions } from '../status.js';

const real = globalThis.fetch;
// As in a page.
globalThis.location = /** @type {any} */ (new URL('https://shop.example/'));
afterEach(() => {
  globalThis.fetch = real;
});

/** Answers one call after the other; the last answer stays. */
function answering(...answers) {
  const calls = [];
  globalThis.fetch = async (url, init) => {
    calls.push({ url, init, at: Date.now() });
    const { status = 200, body, headers, fail } = answers[Math.min(calls.length, answers.length) - 1];
    if (fail) throw new TypeError('fetch failed');
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
  };
  return calls;
}

const at = (status, version, pollAfterMs = 500) => ({ body: { status, version, pollAfterMs } });

test('an order is followed until nothing changes by itself, and each version is reported once', async () => {
  const calls = answering(at('verifying', 1), at('verifying', 1), at('awaiting-payment', 2), at('paid', 3, null));
  const reported = [];
  const last = await followOrder('abc', { onChange: ({ status }) => reported.push(status) });
  assert.deepEqual(reported, ['verifying', 'awaiting-payment', 'paid']);
  assert.equal(last.status, 'paid');
  assert.equal(calls.length, 4);
  assert.ok(calls[1].at - calls[0].at >= 490, 'as patient as pollAfterMs asks');
});

test('an origin may end with a slash', async () => {
  const calls = answering(at('paid', 1, null));
  for (const origin of [undefined, 'https://shop.example', 'https://shop.example/']) await orderStatus('abc', { origin });
  const asked = calls.map(({ url }) => url);
  assert.deepEqual(asked, Array(3).fill('https://shop.example/api/shop/orders/abc'));
});

test('a failure is reported, retried after at least Retry-After, and reported to be over', async () => {
  const calls = answering(
    { status: 503, body: { code: 'misconfigured' }, headers: { 'retry-after': '3' } },
    at('paid', 1, null),
  );
  const trouble = [];
  await followOrder('abc', { onTrouble: (error) => trouble.push(error?.code ?? null) });
  assert.deepEqual(trouble, ['misconfigured', null]);
  assert.ok(calls[1].at - calls[0].at >= 2990);
});

test('an order that does not exist ends the following', async () => {
  answering({ status: 404, body: { code: 'not-found', detail: 'Check the address.' } });
  await assert.rejects(followOrder('abc'), (error) => {
    assert.ok(error instanceof CompagoError && error instanceof Error);
    assert.deepEqual(
      [error.code, error.status, error.message, error.temporary],
      ['not-found', 404, 'Check the address.', false],
    );
    return true;
  });
});

test('a signal ends it at once, without an error', async () => {
  answering(at('verifying', 1, 60_000));
  const stop = new AbortController();
  const since = Date.now();
  const last = await followOrder('abc', { signal: stop.signal, onChange: () => setTimeout(() => stop.abort(), 50) });
  assert.equal(last, undefined);
  assert.ok(Date.now() - since < 1000);
});

test('the iterator can be left', async () => {
  answering(at('verifying', 1));
  for await (const { status } of statuses('abc')) {
    assert.equal(status, 'verifying');
    break;
  }
});

test('the iterator can be left while it waits, or asks, and does neither any more', async () => {
  const never = async (_, { signal }) => new Promise((_, refuse) => signal.addEventListener('abort', () => refuse(signal.reason)));
  for (const second of [async () => Response.json(at('verifying', 1, 60_000).body), never]) {
    let calls = 0;
    globalThis.fetch = async (...asked) => ((calls += 1) === 1 ? Response.json(at('verifying', 1).body) : second(...asked));
    const following = statuses('abc');
    await following.next();
    const next = following.next();
    await new Promise((resolve) => setTimeout(resolve, 600));
    const since = Date.now();
    await following.return();
    assert.deepEqual(await next, { done: true, value: undefined });
    assert.ok(Date.now() - since < 300, `${Date.now() - since} ms`);
    assert.equal(calls, 2);
  }
});

test('a signal that outlives many iterators is left by each', async () => {
  const { signal } = new AbortController();
  const listeners = () => getEventListeners(signal, 'abort').length;
  answering(at('verifying', 1), at('paid', 2, null), { status: 404, body: { code: 'not-found' } });
  for await (const _ of statuses('abc', { signal })) assert.ok(listeners() > 0);
  assert.equal(listeners(), 0, 'at its end');
  await assert.rejects(followOrder('abc', { signal }));
  assert.equal(listeners(), 0, 'after an error');
  answering(at('verifying', 1));
  for await (const _ of statuses('abc', { signal })) break;
  assert.equal(listeners(), 0, 'when it is left');
});

test('silence and what cannot be read have status 0: the call may have been carried out', async () => {
  for (const answer of [{ fail: true }, { status: 200, body: '<html>' }]) {
    answering(answer);
    await assert.rejects(orderStatus('abc'), { code: 'unreachable', status: 0, temporary: true });
  }
  answering({ status: 502, body: '<html>' });
  await assert.rejects(orderStatus('abc'), { code: 'unknown', status: 502, temporary: true });
});

test('where the Worker of another origin is not reached, the detail names what it may lack, and nowhere else', async () => {
  const detailOf = (options) => orderStatus('abc', options).catch(({ message }) => message);
  answering({ fail: true });
  assert.match(await detailOf({ origin: 'https://pay.example' }), /TypeError: fetch failed.*https:\/\/shop\.example.*EMBED_ORIGINS/);
  assert.match(await detailOf({ origin: 'https://shop.example:8443' }), /EMBED_ORIGINS/);
  for (const origin of [undefined, '/', 'https://shop.example', 'https://shop.example/', 'https://SHOP.example:443', new URL('https://shop.example')]) assert.equal(await detailOf({ origin }), 'TypeError: fetch failed', origin);
  globalThis.fetch = (_, { signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  assert.doesNotMatch(await detailOf({ origin: 'https://pay.example', timeoutMs: 10 }), /EMBED_ORIGINS/);
});

test('a page without an origin of its own is told of no setting: none would let it in', async () => {
  const { location } = globalThis;
  globalThis.location = /** @type {any} */ (new URL('data:text/html,x'));
  answering({ fail: true });
  await assert.rejects(orderStatus('abc', { origin: 'https://pay.example' }), { message: 'TypeError: fetch failed' });
  globalThis.location = location;
});

test('an order is posted with its key, language and path', async () => {
  const calls = answering({ status: 201, body: { order: 'abc' } });
  await createOrder({ items: [] }, 'key-1', { origin: 'https://shop.example', language: 'en' });
  const [{ url, init }] = calls;
  assert.equal(url, 'https://shop.example/api/shop/orders');
  assert.equal(init.method, 'POST');
  assert.equal(init.headers['idempotency-key'], 'key-1');
  assert.equal(init.headers['accept-language'], 'en');
  assert.equal(init.body, '{"items":[]}');
  await orderStatus('../x');
  assert.equal(calls[1].url, 'https://shop.example/api/shop/orders/..%2Fx');
});

test('all problems of a refused body come along', async () => {
  const errors = [{ pointer: '/billingInformation/email', code: 'email-format', detail: 'So.' }];
  answering({ status: 400, body: { code: 'invalid-body', errors } });
  await assert.rejects(createOrder({}, 'k'), { code: 'invalid-body', pointer: '/billingInformation/email', errors });
});

test('anything with a version is polled, and after a failure as often as requested', async () => {
  const calls = answering({ fail: true }, { fail: true }, { fail: true }, at('waiting', 4), at('paid', 5, null));
  const reported = [];
  const charges = versions((options) => call('pos/payment-intents/abc', options), { slowestMs: 2000, language: 'en' });
  for await (const { status } of charges) reported.push(status);
  assert.deepEqual(reported, ['waiting', 'paid']);
  assert.equal(calls[0].url, 'https://shop.example/api/pos/payment-intents/abc');
  assert.equal(calls[0].init.headers['accept-language'], 'en');
  assert.ok(calls[3].at - calls[2].at <= 2600, 'not ever more slowly');
});

test('an answer without a body is one, and its headers can be read', async () => {
  globalThis.fetch = async () => new Response(null, { status: 204, headers: { date: 'Sun, 01 Mar 2026 18:00:00 GMT' } });
  let date;
  const answer = await call('session', { method: 'DELETE', onResponse: ({ headers }) => (date = headers.get('date')) });
  assert.equal(answer, undefined);
  assert.equal(date, 'Sun, 01 Mar 2026 18:00:00 GMT');
});

test('a signal ends a call also where it has no reason', async (context) => {
  const { prototype } = AbortSignal;
  for (const name of ['reason', 'throwIfAborted']) {
    const own = Object.getOwnPropertyDescriptor(prototype, name);
    delete prototype[name];
    context.after(() => Object.defineProperty(prototype, name, own));
  }
  answering({ body: { status: 'paid' } });
  const { signal } = new AbortController();
  assert.deepEqual(await orderStatus('x', { signal }), { status: 'paid' });
  const left = new AbortController();
  left.abort();
  await assert.rejects(orderStatus('x', { signal: left.signal }), { name: 'AbortError' });
});
