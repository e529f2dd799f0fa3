// An operator opens a link: its page causes reads of the payment earlier than the alarm, and the operator can request one at once.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { until } from './support/until.mjs';
import { cashier, inWorld, operator, startWorld, withPayment } from './support/world.mjs';

describe('an operator who opens a link', async () => {
  const world = await startWorld();
  after(() => world.stop());

  /** @param {string} reference @param {string} [query] */
  const story = async (reference, query = '') => {
    const answer = await world.send('GET', `/api/operator/orders/${reference}${query}`, { headers: operator });
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  };
  /** @param {string} reference */
  const check = async (reference) => {
    const answer = await world.send('POST', `/api/operator/orders/${reference}/check`, { headers: operator });
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  };
  /** @param {string} id how often Compago was asked for it */
  const reads = async (id) => (await world.callsTo('get', id)).length;
  const later = (/** @type {string} */ at) => until('three seconds later', () => Date.now() - Date.parse(at) > 3_100, { every: 200 });

  test('a check reads the payment at once and returns the result', async () => {
    const order = await world.buy();
    const before = await story(order.reference);
    assert.deepEqual([before.checkAnswered, before.checksLeft], [true, 60]);
    assert.ok(before.checkAfterMs > 0 && before.checkAfterMs <= 3_000, String(before.checkAfterMs));
    await later(before.checkedAt);
    await world.pay(order.paymentId);
    assert.equal((await story(order.reference)).order.status, 'awaiting-payment', 'nobody has come back, and nothing was asked');
    const after = await check(order.reference);
    assert.deepEqual([after.order.status, after.checkAnswered, after.checkAfterMs, after.checksLeft], ['paid', true, null, 59]);
    assert.ok(after.checkedAt > before.checkedAt, `${after.checkedAt} after ${before.checkedAt}`);
    const made = await reads(order.paymentId);
    assert.deepEqual([(await check(order.reference)).order.status, await reads(order.paymentId)], ['paid', made]);
  });

  test('any number of checks cause one read in three seconds', async () => {
    const order = await world.buy();
    const { checkedAt } = await story(order.reference);
    await later(checkedAt);
    const before = await reads(order.paymentId);
    const answers = await Promise.all(Array.from({ length: 20 }, () => check(order.reference)));
    assert.equal(await reads(order.paymentId), before + 1);
    const at = answers[0].checkedAt;
    assert.ok(answers.every((answer) => answer.checkedAt === at), JSON.stringify(answers.map((answer) => answer.checkedAt)));
    assert.equal((await check(order.reference)).checkedAt, at, 'it says when it was really asked');
  });

  test('a read that Compago does not answer is reported as such, not as an unpaid payment', async () => {
    const order = await world.buy();
    const { checkedAt } = await story(order.reference);
    await later(checkedAt);
    await world.sandbox.fault('one-time-payment.get', { kind: 'lose-answer' });
    const failed = await check(order.reference);
    assert.ok(failed.checkedAt > checkedAt, 'it was asked');
    assert.deepEqual([failed.order.status, failed.checkAnswered], ['awaiting-payment', false]);

    await later(failed.checkedAt);
    await world.sandbox.fault('one-time-payment.get', { kind: 'hold' });
    const before = await reads(order.paymentId);
    const asking = check(order.reference);
    await until('Compago is asked', async () => (await reads(order.paymentId)) === before + 1);
    assert.equal((await story(order.reference)).checkAnswered, null, 'the answer is waited for');
    await world.sandbox.clearFaults();
    assert.equal((await asking).checkAnswered, true);
  });

  test('a page that watches the order causes reads, one that only shows it does not', async () => {
    const order = await world.buy();
    const { checkedAt } = await story(order.reference);
    await until('the first gap is over', () => Date.now() - Date.parse(checkedAt) > 5_200, { every: 200 });
    const before = await reads(order.paymentId);
    await story(order.reference);
    await story(order.reference, '?watch=false');
    assert.equal(await reads(order.paymentId), before);
    const { order: shown } = await story(order.reference, '?watch=true');
    assert.ok(shown.pollAfterMs <= 5_000, String(shown.pollAfterMs));
    await until('it is read', async () => (await reads(order.paymentId)) === before + 1);
  });

  test('a check needs the operator, an existing order and a known query', async () => {
    const order = await world.buy();
    const path = `/api/operator/orders/${order.reference}`;
    assert.equal((await world.send('POST', `${path}/check`)).status, 401);
    const refused = await world.send('POST', `${path}/check`, { headers: cashier });
    assert.deepEqual([refused.status, refused.body.code], [403, 'forbidden']);
    assert.equal((await world.send('GET', `${path}/check`, { headers: operator })).status, 405);
    for (const query of ['?watch=1', '?watch=true&watch=true', '?page=1']) {
      const answer = await world.send('GET', `${path}${query}`, { headers: operator });
      assert.deepEqual([answer.status, answer.body.code], [400, 'invalid-query'], query);
    }
    assert.equal((await world.send('POST', '/api/operator/orders/K7Q2-M9XD-3FHT/check', { headers: operator })).status, 404);
  });
});

test('a read that is requested during another call follows it', () =>
  inWorld(async (world) => {
    const first = await world.buy();
    assert.equal((await world.send('POST', `/api/shop/orders/${first.order}/cancel`)).status, 200);
    const order = withPayment(await world.send('POST', `/api/shop/orders/${first.order}/retry`));
    /** @param {string} method @param {string} [path] */
    const ask = async (method, path = '') => {
      const answer = await world.send(method, `/api/operator/orders/${order.reference}${path}`, { headers: operator });
      assert.equal(answer.status, 200, answer.text);
      return answer.body;
    };
    const reads = async () => (await world.callsTo('get', order.paymentId)).length;
    const readsOfFirst = async () => (await world.callsTo('get', first.paymentId)).length;
    await world.later(5_000);
    const before = await readsOfFirst();
    await world.sandbox.fault('one-time-payment.get', { kind: 'hold' }, 1, first.paymentId);
    // A payer comes back who names the cancelled payment: it is read once more.
    const externalId = `${order.reference.replaceAll('-', '')}-1`;
    await world.send('GET', `/api/shop/return?order=${first.order}&id=${first.paymentId}&externalId=${externalId}`);
    await until('the payment of the first attempt is being read', async () => (await readsOfFirst()) > before, { every: 50 });
    const [made, { checkedAt }] = [await reads(), await ask('GET')];
    const asking = ask('POST', '/check');
    // It has arrived once another request behind it is answered.
    assert.equal((await ask('GET')).checkedAt, checkedAt);
    assert.equal(await reads(), made, 'one call of an order at a time');
    await world.sandbox.clearFaults();
    const answer = await asking;
    assert.equal(await reads(), made + 1);
    assert.ok(answer.checkedAt > checkedAt && answer.checkAnswered, JSON.stringify(answer));
  }, { movable: true }));
