// Compago's whole list is held against our orders: each disagreement is found and named, what is certain is settled once, and
// neither a list that shifts, nor Compago's being down, nor a kill makes a finding out of nothing.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { invoice } from './support/bodies.mjs';
import { deskOf } from './support/desk.mjs';
import { until } from './support/until.mjs';
import { inWorld, operator, startWorld, withPayment } from './support/world.mjs';

/** @typedef {Awaited<ReturnType<typeof startWorld>>} World */

const ROUTE = '/api/operator/reconciliation';
const LIST = 'one-time-payment.list';
const READ = 'one-time-payment.get';
/** What the cart of the tests costs. */
const PRICE = '378.00';
const PLENTY = { ms: 90_000 };

/** @param {World} world */
async function books(world) {
  const answer = await world.send('GET', ROUTE, { headers: operator });
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

/** Starts a run, unless one goes on. @param {World} world */
async function start(world) {
  const answer = await world.send('POST', ROUTE, { headers: operator });
  assert.equal(answer.status, 202, answer.text);
  return answer.body;
}

/** The run that ends next. @param {World} world @param {string | undefined} before when the last one started that had ended */
function ended(world, before) {
  return until('the end of the run', async () => {
    const { running, last } = await books(world);
    return running === null && last !== null && last.startedAt !== before && last;
  }, { every: 200, ...PLENTY });
}

/** The end of a run that waits for hours, because Compago refuses these calls. @param {World} world @param {string} endpoint */
const endedLater = (world, endpoint) =>
  until('the end of the run', async () => {
    const { length } = await world.callsTo(endpoint);
    await world.later(10 * 60_000);
    const { last } = await until('another try, or the end', async () => {
      const { running, last } = await books(world);
      if (running === null) return { last };
      return (await world.callsTo(endpoint)).length > length && { last: null };
    }, PLENTY);
    return last;
  }, PLENTY);

/** A whole run that went well. @param {World} world */
async function reconcile(world) {
  const before = (await books(world)).last?.startedAt;
  await start(world);
  const run = await ended(world, before);
  assert.deepEqual([run.state, run.startedBy, run.whole], ['done', 'operator', true], JSON.stringify(run));
  assert.ok(run.startedAt <= run.finishedAt, JSON.stringify(run));
  return run;
}

/** What concerns us: other programs' payments are told as well, and are nobody's to look at. @param {any[]} findings */
const ours = (findings) => findings.filter((finding) => finding.class !== 'confirmed-unknown' || finding.reference !== null);

/** What went wrong, in an order that does not depend on the list's. @param {any[]} findings */
const inBrief = (findings) =>
  ours(findings).map((finding) => `${finding.class} ${finding.paymentId} ${finding.reference} settled=${finding.settled}`).sort();

/**
 * What people and Compago do to orders. What was planted against Compago's rules is mended before the world is stopped: then
 * its ledger has to be sound.
 *
 * @param {(world: World, plant: ReturnType<typeof plantsOf>) => Promise<void>} act
 * @param {Parameters<typeof inWorld>[1]} [options]
 */
const inBooks = (act, options) =>
  inWorld(async (world) => {
    /** @type {(() => Promise<unknown>)[]} */
    const mend = [];
    try {
      await act(world, plantsOf(world, mend));
    } finally {
      await world.sandbox.clearFaults();
      for (const back of mend.reverse()) await back();
    }
  }, options);

/** @param {World} world @param {(() => Promise<unknown>)[]} mend */
function plantsOf(world, mend) {
  const desk = deskOf(world);
  /** @param {string} id @param {string} act @param {object} [body] */
  const act = (id, act, body) => world.sandbox.control('POST', `one-time-payments/${id}/${act}`, body);
  /** @param {string} id */
  const stored = async (id) => (await world.sandbox.payments()).find((payment) => payment.id === id);

  const paid = async () => {
    const order = await world.buy();
    await world.send('GET', await world.pay(order.paymentId));
    await world.untilEvent(order.reference, 'order.paid');
    await desk.untilOrder(order.reference, 'paid');
    return order;
  };
  const cancelled = async () => {
    const order = await world.buy();
    const answer = await world.send('POST', `/api/shop/orders/${order.order}/cancel`);
    assert.equal(answer.body.status, 'cancelled', answer.text);
    return order;
  };
  return {
    paid,
    cancelled,
    /** Paid, and the payer's browser never comes back. */
    paidUnseen: async () => {
      const order = await world.buy();
      await world.pay(order.paymentId);
      return order;
    },
    /** Cancelled here and there, and the money comes in all the same. */
    paidAfterCancel: async () => {
      const order = await cancelled();
      await act(order.paymentId, 'confirm');
      return order;
    },
    /** @param {'PENDING' | 'CANCELLED'} status */
    unconfirmed: async (status) => {
      const order = await paid();
      await act(order.paymentId, 'unconfirm', { status });
      mend.push(() => act(order.paymentId, 'confirm'));
      return order;
    },
    hidden: async () => {
      const order = await paid();
      await act(order.paymentId, 'hide');
      return order;
    },
    /** @param {{ amount?: number, currency?: string }} change */
    amended: async (change) => {
      const order = await paid();
      const { amount, currency } = await stored(order.paymentId);
      await act(order.paymentId, 'amend', change);
      mend.push(() => act(order.paymentId, 'amend', { amount, currency }));
      return order;
    },
    /** Two attempts, and both are paid. @returns the order, with the payment that nobody waited for */
    paidTwice: async () => {
      const order = await cancelled();
      const again = withPayment(await world.send('POST', `/api/shop/orders/${order.order}/retry`));
      await world.send('GET', await world.pay(again.paymentId));
      await world.untilEvent(order.reference, 'order.paid');
      await act(order.paymentId, 'confirm');
      return order;
    },
    /** A confirmed payment that carries an address of ours and belongs to no order that we have. */
    orphan: async () => {
      const elsewhere = await startWorld();
      const { order, reference } = await elsewhere.buy();
      await elsewhere.stop();
      const redirectUrl = `${world.url}/api/shop/return?order=${order}`;
      const orphan = { count: 1, statuses: 'CONFIRMED', days: 1, amount: 378, externalIdPrefix: 'orphan-', redirectUrl };
      const { ids } = await world.sandbox.control('POST', 'one-time-payments/seed', orphan);
      return { paymentId: ids[0], reference };
    },
    /** Other programs' payments. @param {number} count */
    foreign: (count) => world.sandbox.control('POST', 'one-time-payments/seed', { count }),
  };
}

test('books that agree: nothing is found, whatever else is in the list', () =>
  inBooks(async (world, plant) => {
    await plant.foreign(40);
    await Promise.all([plant.paid(), plant.cancelled(), world.buy()]);
    assert.deepEqual(await books(world), { running: null, last: null });
    const run = await reconcile(world);
    assert.deepEqual(ours(run.findings), []);
    assert.deepEqual(run.counts, { 'confirmed-unknown': run.findings.length });
    assert.ok(run.findings.length > 0 && run.findings.every(({ needsPerson, here }) => !needsPerson && here === null));
    assert.deepEqual([run.payments, run.orders, run.unreadable], [43, 3, 0]);
    assert.deepEqual((await books(world)).last, run);
  }));

test('each disagreement is found and named; only what is certain is settled, and by the first run', () =>
  inBooks(async (world, plant) => {
    await plant.foreign(40);
    const [unseen, afterCancel, pending, withdrawn, gone, amount, currency, twice] = await Promise.all([
      plant.paidUnseen(),
      plant.paidAfterCancel(),
      plant.unconfirmed('PENDING'),
      plant.unconfirmed('CANCELLED'),
      plant.hidden(),
      plant.amended({ amount: 78 }),
      plant.amended({ currency: 'USD' }),
      plant.paidTwice(),
    ]);
    const orphan = await plant.orphan();
    await Promise.all([plant.paid(), plant.cancelled(), world.buy()]);

    const run = await reconcile(world);
    const lasting = [
      ['paid-not-confirmed', pending],
      ['paid-not-confirmed', withdrawn],
      ['paid-not-confirmed', gone],
      ['amount-differs', amount],
      ['currency-differs', currency],
      ['confirmed-unknown', orphan],
    ].map(([name, { paymentId, reference }]) => `${name} ${paymentId} ${reference} settled=null`);
    const settled = [
      `confirmed-not-paid ${unseen.paymentId} ${unseen.reference} settled=paid`,
      `paid-after-cancel ${afterCancel.paymentId} ${afterCancel.reference} settled=paid`,
    ];
    const second = `paid-twice ${twice.paymentId} ${twice.reference} settled=`;
    const found = inBrief(run.findings);
    assert.deepEqual(found.filter((line) => !line.startsWith(second)), [...lasting, ...settled].sort());
    assert.equal(found.filter((line) => line.startsWith(second)).length, 1, JSON.stringify(found));
    for (const finding of ours(run.findings)) {
      assert.equal(finding.needsPerson, finding.settled !== 'paid', JSON.stringify(finding));
      assert.equal(finding.externalId === null, false, JSON.stringify(finding));
    }

    /** @param {{ paymentId: string }} order */
    const sides = ({ paymentId }) => {
      const { here, there } = run.findings.find((finding) => finding.paymentId === paymentId);
      return { here, there };
    };
    const paid = { status: 'paid', amount: PRICE, currency: 'MXN' };
    const confirmed = { status: 'confirmed', amount: PRICE, currency: 'MXN' };
    assert.deepEqual(sides(unseen), { here: { ...paid, status: 'awaiting-payment' }, there: confirmed });
    assert.deepEqual(sides(afterCancel), { here: { ...paid, status: 'cancelled' }, there: confirmed });
    assert.deepEqual(sides(pending), { here: paid, there: { ...confirmed, status: 'pending' } });
    assert.deepEqual(sides(withdrawn), { here: paid, there: { ...confirmed, status: 'cancelled' } });
    assert.deepEqual(sides(gone), { here: paid, there: null });
    assert.deepEqual(sides(amount), { here: paid, there: { ...confirmed, amount: '78.00' } });
    assert.deepEqual(sides(currency), { here: paid, there: { ...confirmed, currency: 'USD' } });
    assert.deepEqual(sides(orphan), { here: null, there: confirmed });

    for (const order of [unseen, afterCancel]) {
      const event = await world.untilEvent(order.reference, 'order.paid');
      assert.equal(event.data.paymentId, order.paymentId);
      assert.equal((await world.view(order.order)).status, 'paid');
    }
    for (const order of [pending, withdrawn, gone, amount, currency]) {
      assert.equal((await world.view(order.order)).status, 'paid', 'once paid, nothing takes it back');
    }

    const again = await reconcile(world);
    assert.deepEqual(inBrief(again.findings).filter((line) => !line.startsWith(second)), lasting.sort());
    assert.ok(again.findings.every((finding) => finding.settled !== 'paid'), 'there is nothing left to settle');
    for (const order of [unseen, afterCancel, pending, withdrawn, gone, amount, currency, twice]) {
      assert.equal(world.events(order.reference, 'order.paid').length, 1, order.reference);
    }
    for (const order of [pending, withdrawn, gone, amount, currency]) assert.equal(world.events(order.reference).length, 1);
  }));

test('every night it runs by itself', () =>
  inBooks(async (world, plant) => {
    const order = await plant.paidUnseen();
    assert.equal((await world.night()).status, 200);
    const run = await ended(world, undefined);
    assert.deepEqual([run.startedBy, run.state], ['schedule', 'done']);
    assert.deepEqual(inBrief(run.findings), [`confirmed-not-paid ${order.paymentId} ${order.reference} settled=paid`]);
    await world.untilEvent(order.reference, 'order.paid');
  }, { movable: true }));

test('a person is told of what needs one, until it was seen to', () =>
  inBooks(async (world, plant) => {
    const [gone, amount] = await Promise.all([plant.hidden(), plant.amended({ amount: 78 }), plant.paidUnseen()]);
    await reconcile(world);
    const open = async () => {
      const answer = await world.send('GET', '/api/operator/attention', { headers: operator });
      assert.equal(answer.status, 200, answer.text);
      return answer.body.items.filter(({ kind }) => kind === 'finding');
    };
    const told = await open();
    assert.deepEqual(
      told.map(({ reason, reference, paymentId }) => `${reason} ${reference} ${paymentId}`).sort(),
      [`amount-differs ${amount.reference} ${amount.paymentId}`, `paid-not-confirmed ${gone.reference} ${gone.paymentId}`],
    );
    const seen = told.find(({ paymentId }) => paymentId === gone.paymentId);
    const done = await world.send('POST', `/api/operator/attention/finding/${encodeURIComponent(seen.key)}/done`, { headers: operator });
    assert.equal(done.status, 204, done.text);
    await reconcile(world);
    assert.deepEqual((await open()).map(({ paymentId }) => paymentId), [amount.paymentId], 'it is not told anew by the next run');
  }));

test('another amount than the order\'s is nothing to settle, though it is confirmed', () =>
  inBooks(async (world) => {
    const order = await world.buy();
    const { amount } = (await world.sandbox.payments())[0];
    await world.sandbox.control('POST', `one-time-payments/${order.paymentId}/amend`, { amount: 10 });
    await world.pay(order.paymentId);
    try {
      const [finding, ...more] = (await reconcile(world)).findings;
      assert.deepEqual([finding.class, finding.paymentId, finding.needsPerson, more], ['amount-differs', order.paymentId, true, []]);
      assert.notEqual(finding.settled, 'paid');
      assert.deepEqual(world.events(order.reference, 'order.paid'), []);
    } finally {
      await world.sandbox.control('POST', `one-time-payments/${order.paymentId}/amend`, { amount });
    }
  }));

test('a payment that cannot be read for a moment is read again, and no person is called', () =>
  inBooks(async (world, plant) => {
    const order = await plant.paidUnseen();
    await world.sandbox.fault(READ, { kind: 'refuse', status: 503 }, 2);
    const run = await reconcile(world);
    assert.ok(run.findings.every(({ needsPerson }) => !needsPerson), JSON.stringify(run));
    await world.untilEvent(order.reference, 'order.paid');
    assert.equal(world.events(order.reference).length, 1);
  }));

test('a payment that can never be read holds up no other, and is left to a person', () =>
  inBooks(async (world, plant) => {
    const orders = await Promise.all([plant.hidden(), plant.unconfirmed('PENDING')]);
    await world.sandbox.fault(READ, { kind: 'refuse', status: 503 }, 500);
    await start(world);
    const run = await endedLater(world, 'get');
    assert.equal(run.state, 'done', JSON.stringify(run));
    const found = run.findings.map(({ paymentId }) => paymentId);
    assert.deepEqual(found.sort(), orders.map(({ paymentId }) => paymentId).sort(), JSON.stringify(run));
    assert.ok(run.findings.every(({ needsPerson }) => needsPerson));
  }, { movable: true }));

test('what a person must look at stays on the list when the next run fails', () =>
  inBooks(async (world, plant) => {
    const amount = await plant.amended({ amount: 78 });
    await reconcile(world);
    await world.sandbox.fault(LIST, { kind: 'refuse', status: 503 }, 500);
    await start(world);
    assert.equal((await endedLater(world, 'list')).state, 'failed');
    const open = (await deskOf(world).attention()).items.map(({ kind, reason, paymentId }) => [kind, reason, paymentId]);
    assert.deepEqual(open.sort(), [['finding', 'amount-differs', amount.paymentId], ['reconciliation', 'failed', null]]);
  }, { movable: true }));

test('another program\'s payment under a name that an order of ours was refused is still that program\'s', () =>
  inBooks(async (world) => {
    const seeded = { count: 1, statuses: 'CONFIRMED', days: 1, externalIdPrefix: 'invoice-' };
    const { ids: [paymentId] } = await world.sandbox.control('POST', 'one-time-payments/seed', seeded);
    const [{ externalId }] = await world.sandbox.payments();
    const refused = await world.invoiceOrder({ ...invoice, externalId });
    assert.ok(refused.status >= 400, refused.text);
    await until('the order on the desk', async () => (await deskOf(world).orders({ search: externalId })).count === 1);
    const [finding, ...more] = (await reconcile(world)).findings;
    assert.deepEqual(
      [finding.class, finding.paymentId, finding.reference, finding.needsPerson, more],
      ['confirmed-unknown', paymentId, null, false, []],
    );
  }));

test('two who ask start one run, and a payer who comes back meanwhile changes nothing: each order is told paid once', () =>
  inBooks(async (world, plant) => {
    await plant.foreign(1_200);
    const orders = await Promise.all(Array.from({ length: 10 }, () => plant.paidUnseen()));
    const backs = new Map((await world.sandbox.payments()).map(({ id, returnUrl }) => [id, returnUrl.replace(world.url, '')]));
    await world.sandbox.fault(LIST, { kind: 'delay', ms: 200 }, 20);
    const asked = await Promise.all([start(world), start(world)]);
    assert.equal(new Set(asked.map(({ running }) => running.startedAt)).size, 1);
    assert.equal(asked[0].running.startedBy, 'operator');
    for (const { paymentId } of orders.slice(0, 5)) await world.send('GET', backs.get(paymentId));
    const run = await ended(world, undefined);
    assert.equal(run.state, 'done');
    assert.ok(ours(run.findings).every((finding) => finding.class === 'confirmed-not-paid' && finding.settled === 'paid'), JSON.stringify(run));
    for (const order of orders) {
      await world.untilEvent(order.reference, 'order.paid');
      assert.equal(world.events(order.reference).length, 1);
    }
    assert.deepEqual(ours((await reconcile(world)).findings), []);
  }));

describe('5,000 payments of other programs around 30 of our orders', { concurrency: 2 }, () => {
  /** @param {World} world @param {ReturnType<typeof plantsOf>} plant */
  const fill = async (world, plant) => {
    await plant.foreign(5_000);
    const times = (/** @type {number} */ count, /** @type {() => Promise<any>} */ make) => Promise.all(Array.from({ length: count }, make));
    await Promise.all([times(12, plant.paid), times(6, plant.cancelled), times(6, () => world.buy())]);
    const [taken, late] = await Promise.all([
      times(3, () => plant.unconfirmed('PENDING')),
      times(3, plant.paidAfterCancel),
    ]);
    const named = (/** @type {string} */ name, /** @type {any[]} */ orders, /** @type {string | null} */ settled) =>
      orders.map(({ paymentId, reference }) => `${name} ${paymentId} ${reference} settled=${settled}`);
    return { late, taken: named('paid-not-confirmed', taken, null).sort(), settled: named('paid-after-cancel', late, 'paid') };
  };
  /** @param {World} world @param {any[]} late */
  const toldOnce = async (world, late) => {
    for (const order of late) {
      await world.untilEvent(order.reference, 'order.paid');
      assert.equal(world.events(order.reference, 'order.paid').length, 1);
    }
  };

  test('a list that shifts while it is read, in whatever order it comes, makes no finding', () =>
    inBooks(async (world, plant) => {
      const { late, taken, settled } = await fill(world, plant);
      let expected = [...taken, ...settled].sort();
      for (const listOrder of ['newest', 'oldest', 'updated', 'updated-oldest']) {
        await world.sandbox.settings({ listOrder });
        for (let page = 0; page < 40; page += 1) {
          await world.sandbox.fault(LIST, { kind: 'drift', how: page % 2 === 0 ? 'insert' : 'touch', by: 40 });
        }
        const run = await reconcile(world);
        assert.deepEqual(inBrief(run.findings), expected, listOrder);
        assert.ok(run.payments >= 5_030, `${run.payments}`);
        await world.sandbox.clearFaults();
        expected = taken;
      }
      await toldOnce(world, late);
    }));

  test('Compago goes down in the middle: the run waits, and goes on by itself', () =>
    inBooks(async (world, plant) => {
      const { late, taken, settled } = await fill(world, plant);
      await world.sandbox.clearCalls();
      await world.sandbox.fault(LIST, { kind: 'delay', ms: 50 }, 4);
      await world.sandbox.fault(LIST, { kind: 'refuse', status: 503 }, 500);
      await start(world);
      await until('Compago to be asked in vain', async () => {
        const refused = (await world.callsTo('list')).filter(({ status }) => status === 503);
        return refused.length >= 2;
      }, PLENTY);
      const { running } = await books(world);
      assert.deepEqual([running?.state, running?.findings], ['reading', []], JSON.stringify(running));
      await world.sandbox.clearFaults();
      const run = await ended(world, undefined);
      assert.deepEqual([run.state, run.whole], ['done', true]);
      assert.deepEqual(inBrief(run.findings), [...taken, ...settled].sort());
      await toldOnce(world, late);
    }));

  test('kill -9 in the middle, again and again: the run goes on without being asked', () =>
    inBooks(async (world, plant) => {
      const { late, taken, settled } = await fill(world, plant);
      await world.sandbox.clearCalls();
      await world.sandbox.fault(LIST, { kind: 'delay', ms: 250 }, 60);
      const { running } = await start(world);
      for (const calls of [2, 5, 9]) {
        await until(`${calls} pages`, async () => (await world.callsTo('list')).length >= calls, PLENTY);
        await world.restartWorker();
      }
      await until('the page after that', async () => (await world.callsTo('list')).length > 9, PLENTY);
      await world.sandbox.clearFaults();
      const run = await ended(world, undefined);
      assert.deepEqual([run.startedAt, run.state, run.whole], [running.startedAt, 'done', true]);
      assert.deepEqual(inBrief(run.findings), [...taken, ...settled].sort());
      await toldOnce(world, late);
      assert.deepEqual(inBrief((await reconcile(world)).findings), taken);
    }));
});
