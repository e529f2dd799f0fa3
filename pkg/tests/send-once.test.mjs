import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { delayAfter, didNothing, isFinal, retry, sendOnce, sendUntilAnswered, sendUntilOver, withRetry } from '../send-once.js';
import { CompagoError } from '../status.js';

/** @typedef {{ at: number, key?: string }} Sent */

const network = new EventTarget();
const device = { onLine: true };
Object.defineProperty(globalThis, 'navigator', { value: device, configurable: true });
globalThis.addEventListener = network.addEventListener.bind(network);
globalThis.removeEventListener = network.removeEventListener.bind(network);

beforeEach((context) => {
  device.onLine = true;
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  context.after?.(() => mock.timers.reset());
});

/** Lets `ms` pass, a piece at a time: what a timer begins may set the next one. */
async function pass(ms) {
  for (let passed = 0; passed < ms; passed += 50) {
    await new Promise((resolve) => setImmediate(resolve));
    mock.timers.tick(50);
  }
  await new Promise((resolve) => setImmediate(resolve));
}

function setOnline(isOnline) {
  device.onLine = isOnline;
  network.dispatchEvent(new Event(isOnline ? 'online' : 'offline'));
}

const refusal = (code, status, retryAfter) => new CompagoError({ code }, status, retryAfter);
const silence = () => new CompagoError({}, 0);

/** A `send` that gives these answers in turn, the last one for ever, and records when it was called, and with what. */
function answering(...answers) {
  const calls = [];
  const send = async (value) => {
    calls.push({ at: Date.now() - 1_000_000, value });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return typeof answer === 'function' ? answer() : answer;
  };
  return Object.assign(send, { calls, times: () => calls.map(({ at }) => at) });
}

/** Keeps a value as JSON, as a tab's storage does. */
function storeOf(value) {
  let text = value === undefined ? undefined : JSON.stringify(value);
  return { read: () => text && JSON.parse(text), write: (next) => (text = JSON.stringify(next)), drop: () => (text = undefined) };
}

/** What a promise comes to: `{ answer }`, `{ error }`, or nothing while it is pending. */
function outcomeOf(promise) {
  const outcome = {};
  promise.then((answer) => (outcome.answer = answer), (error) => (outcome.error = error));
  return outcome;
}

test('a failure that may pass is retried three times, after 1, 2 and 4 seconds, and then reported', async () => {
  for (const error of [silence(), refusal('provider-unavailable', 503), refusal('request-in-flight', 409)]) {
    const since = Date.now() - 1_000_000;
    const send = answering(error);
    const outcome = outcomeOf(withRetry(send));
    await pass(10_000);
    assert.deepEqual(send.times().map((at) => at - since), [0, 1000, 3000, 7000], error.code);
    assert.equal(outcome.error, error);
  }
});

test('a refusal that would be met again is reported at once', async () => {
  const codes = ['payment-on-hold', 'provider-refused', 'misconfigured', 'catalog-unreadable', 'shop-file-unreadable'];
  for (const error of [refusal('invalid-body', 400), refusal('shop-busy', 429, '1'), ...codes.map((code) => refusal(code, 503))]) {
    const send = answering(error);
    const outcome = outcomeOf(withRetry(send));
    await pass(10_000);
    assert.deepEqual([send.calls.length, outcome.error], [1, error], error.code);
  }
});

test('a Retry-After header replaces the backoff, up to eight seconds', async () => {
  const send = answering(refusal('provider-unavailable', 503, '3'), refusal('provider-unavailable', 503, '60'), 'made');
  const outcome = outcomeOf(withRetry(send));
  await pass(12_000);
  assert.deepEqual([send.times(), outcome.answer], [[0, 3000, 11_000], 'made']);
});

test('a Retry-After header of zero seconds is half a second', async () => {
  const send = answering(refusal('provider-unavailable', 503, '0'), refusal('provider-unavailable', 503, '0'), 'made');
  const outcome = outcomeOf(withRetry(send));
  await pass(2000);
  assert.deepEqual([send.times(), outcome.answer], [[0, 500, 1000], 'made']);
  assert.deepEqual([refusal('x', 503, '0'), refusal('x', 503, '3'), silence()].map((error) => delayAfter(error, 2000)), [500, 3000, 2000]);
});

test('after 20 seconds, or the limit that was given, nothing is sent again', async () => {
  const slowFailure = () => new Promise((_, reject) => setTimeout(() => reject(silence()), 20_000));
  const counts = [];
  for (const options of [undefined, { limitMs: Infinity }]) {
    const send = answering(slowFailure, slowFailure, 'made');
    outcomeOf(withRetry(send, options));
    await pass(60_000);
    counts.push(send.calls.length);
  }
  assert.deepEqual(counts, [1, 3]);
});

test('without a network it waits for it, however long that takes, and says what it waits for', async () => {
  const reasons = [];
  const send = answering(() => {
    if (send.calls.length === 1) device.onLine = false;
    if (send.calls.length === 1) throw silence();
    return new Promise((resolve) => setTimeout(resolve, 6000, 'made'));
  });
  setOnline(false);
  const outcome = outcomeOf(withRetry(send, { onWait: (reason) => reasons.push(reason) }));
  await pass(100_000);
  assert.deepEqual([send.calls.length, reasons], [0, ['offline']]);
  setOnline(true);
  await pass(100_000);
  assert.deepEqual([send.calls.length, reasons], [1, ['offline', 'sending', 'offline']]);
  setOnline(true);
  await pass(7000);
  assert.deepEqual([outcome.answer, reasons], ['made', ['offline', 'sending', 'offline', 'sending', 'slow']]);
});

test('a key stays with its body until the answer is final', async () => {
  const store = storeOf();
  const keys = [];
  const sent = async (print, ...answers) => {
    const send = answering(...answers);
    const outcome = outcomeOf(sendOnce({ store, print, send }));
    await pass(30_000);
    keys.push(send.calls[0].value);
    assert.ok(send.calls.every(({ value }) => value === keys[keys.length - 1]));
    return outcome;
  };
  assert.equal((await sent('a', silence())).error.code, 'unreachable');
  assert.equal((await sent('a', refusal('request-in-flight', 409))).error.code, 'request-in-flight');
  assert.equal((await sent('a', 'made')).answer, 'made');
  assert.equal(new Set(keys).size, 1, 'pressed again, it is the same request');
  assert.equal(store.read(), undefined);
  await sent('a', refusal('amount-below-minimum', 400));
  assert.equal(store.read(), undefined, 'nothing was created under it');
  await sent('a', silence());
  await sent('b', silence());
  assert.equal(new Set(keys).size, 4, 'another body, or one after an answer, has a key of its own');
});

test('what was created is not created again because of what follows, whose failure keeps the key', async () => {
  const store = storeOf();
  const send = answering('made');
  const complete = answering(silence(), 'complete');
  const outcome = outcomeOf(sendOnce({ store, print: 'a', send, complete }));
  await pass(2000);
  assert.deepEqual([send.calls.length, complete.calls.map(({ value }) => value), outcome.answer], [1, ['made', 'made'], 'complete']);

  const refused = outcomeOf(sendOnce({ store, print: 'a', send, complete: answering(refusal('not-found', 404)) }));
  await pass(100);
  assert.equal(refused.error.code, 'not-found');
  assert.equal(store.read().print, 'a');
});

test('nothing is sent any more once it was left, or is not wanted', async () => {
  const work = new AbortController();
  let isWanted = true;
  const left = answering(silence());
  const unwanted = answering(silence());
  outcomeOf(retry(left, () => 1000, { signal: work.signal }));
  outcomeOf(retry(unwanted, () => 1000, { isWanted: () => isWanted }));
  await pass(2500);
  const counts = [left.calls.length, unwanted.calls.length];
  work.abort();
  isWanted = false;
  await pass(5000);
  assert.deepEqual([counts, [left.calls.length, unwanted.calls.length]], [[3, 3], [3, 3]]);
});

test('a charge that was left while it waited for another attempt is not stored again', async () => {
  const work = new AbortController();
  const store = storeOf();
  outcomeOf(sendUntilAnswered({ key: 'k' }, { store, send: answering(silence()), signal: work.signal }));
  await pass(100);
  assert.deepEqual(store.read(), { key: 'k', unsure: true });
  // As the till does when somebody leaves for the next sale.
  work.abort();
  store.drop();
  await pass(5000);
  assert.equal(store.read(), undefined);
});

test('a charge stays stored as long as it may be, or have been, carried out', async () => {
  const cases = [
    // Answers of the Worker to the request itself.
    [[refusal('terminal-busy', 409)], undefined],
    [[silence(), refusal('invalid-body', 400)], undefined],
    // Refused before anything was done.
    [[refusal('misconfigured', 503)], undefined],
    [[refusal('forbidden', 403)], undefined],
    // It may be accepted later.
    [[refusal('unauthenticated', 401)], false],
    [[refusal('too-many-requests', 429)], false],
    // An earlier attempt may have been carried out.
    [[silence(), refusal('unauthenticated', 401)], true],
    [[silence(), refusal('misconfigured', 503)], true],
    // The Worker says that nothing was charged so far.
    [[silence(), refusal('provider-unavailable', 503)], false],
  ];
  for (const [answers, unsure] of cases) {
    const store = storeOf();
    const outcome = outcomeOf(sendUntilAnswered({ key: 'k' }, { store, send: answering(...answers) }));
    await pass(30_000);
    const name = answers.map(({ code }) => code).join();
    assert.ok(outcome.error, name);
    assert.deepEqual(store.read(), unsure === undefined ? undefined : { key: 'k', unsure }, name);
  }
});

test('a charge without an answer is sent on under its key, however often, and one with other failures five times', async () => {
  const silent = answering(silence());
  const work = new AbortController();
  outcomeOf(sendUntilAnswered({ key: 'k' }, { store: storeOf(), send: silent, signal: work.signal }));
  await pass(60_000);
  work.abort();
  assert.deepEqual(silent.times().slice(0, 6), [0, 1000, 3000, 7000, 12_000, 17_000]);
  assert.ok(silent.calls.length > 10);
  assert.ok(silent.calls.every(({ value }) => value.key === 'k'));
  const refusing = answering(refusal('unknown', 502));
  const outcome = outcomeOf(sendUntilAnswered({ key: 'k' }, { store: storeOf(), send: refusing }));
  await pass(60_000);
  assert.deepEqual([refusing.calls.length, outcome.error.status], [5, 502]);
});

test('a charge of a card is followed until it is over, and reports whether it may still be carried out', async () => {
  const follow = async (unsure, ...answers) => {
    const send = answering(...answers);
    const results = [];
    const wait = async () => {};
    const isOver = (answer) => answer === 'confirmed';
    for await (const result of sendUntilOver({ send, isOver, isWanted: () => results.length < 6, wait, unsure })) results.push(result);
    return results.map(({ answer, error, open }) => answer ?? [error.code, open]);
  };
  assert.deepEqual(await follow(false, silence(), 'pending', 'confirmed'), [['unreachable', true], 'pending', 'confirmed']);
  assert.deepEqual(await follow(false, refusal('card-busy', 409)), [['card-busy', false]]);
  assert.deepEqual(await follow(false, refusal('forbidden', 403)), [['forbidden', false]]);
  assert.deepEqual(await follow(false, silence(), refusal('forbidden', 403), refusal('card-busy', 409)), [['unreachable', true], ['forbidden', true], ['card-busy', false]]);
  assert.deepEqual(await follow(true, refusal('forbidden', 403), 'confirmed'), [['forbidden', true], 'confirmed'], 'it was sent before this page was loaded');
  assert.equal((await follow(false, 'pending')).length, 6, 'nobody wants to know it any more');
});

test('a refusal that a proxy may have written after the Worker acted proves nothing', () => {
  assert.deepEqual([refusal('forbidden', 403), refusal('misconfigured', 503)].map(didNothing), [true, true]);
  assert.deepEqual([new CompagoError({}, 403), refusal('request-in-flight', 409), refusal('provider-unavailable', 503), silence()].map(didNothing), [false, false, false, false]);
  assert.deepEqual([refusal('forbidden', 403), refusal('request-in-flight', 409), refusal('unknown', 502), silence()].map(isFinal), [true, false, false, false]);
});
