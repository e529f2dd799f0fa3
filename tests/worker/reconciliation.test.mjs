// Compago's whole list is compared with our orders: each difference is found and classified, what is certain is settled once, and
// neither a shifting list, nor an outage of Compago, nor a kill causes a false finding.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invoice } from './support/bodies.mjs';
import { LIST, PRICE, READ, books, ended, endedLater, inBooks, inBrief, ours, reconcile, start } from './support/books.mjs';
import { deskOf } from './support/desk.mjs';
import { until } from './support/until.mjs';
import { operator } from './support/world.mjs';

test('no differences: nothing is found, whatever else is in the list', () =>
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

test('each difference is found and classified; only what is certain is settled, by the first run', () =>
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

test('it runs every night', () =>
  inBooks(async (world, plant) => {
    const order = await plant.paidUnseen();
    assert.equal((await world.night()).status, 200);
    const run = await ended(world, undefined);
    assert.deepEqual([run.startedBy, run.state], ['schedule', 'done']);
    assert.deepEqual(inBrief(run.findings), [`confirmed-not-paid ${order.paymentId} ${order.reference} settled=paid`]);
    await world.untilEvent(order.reference, 'order.paid');
  }, { movable: true }));

test('what needs a person is listed until it is marked as done', () =>
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

test('a confirmed payment with another amount is not settled', () =>
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

test('a payment that is temporarily unreadable is read again, and needs no person', () =>
  inBooks(async (world, plant) => {
    const order = await plant.paidUnseen();
    await world.sandbox.fault(READ, { kind: 'refuse', status: 503 }, 2);
    const run = await reconcile(world);
    assert.ok(run.findings.every(({ needsPerson }) => !needsPerson), JSON.stringify(run));
    await world.untilEvent(order.reference, 'order.paid');
    assert.equal(world.events(order.reference).length, 1);
  }));

test('a payment that can never be read delays no other, and needs a person', () =>
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

test('what needs a person remains listed when the next run fails', () =>
  inBooks(async (world, plant) => {
    const amount = await plant.amended({ amount: 78 });
    await reconcile(world);
    await world.sandbox.fault(LIST, { kind: 'refuse', status: 503 }, 500);
    await start(world);
    assert.equal((await endedLater(world, 'list')).state, 'failed');
    const open = (await deskOf(world).attention()).items.map(({ kind, reason, paymentId }) => [kind, reason, paymentId]);
    assert.deepEqual(open.sort(), [['finding', 'amount-differs', amount.paymentId], ['reconciliation', 'failed', null]]);
  }, { movable: true }));

test('another program\'s payment with an external id that an order of ours was refused remains that program\'s', () =>
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

test('two requests start one run, and a payer who returns meanwhile changes nothing: one order.paid each', () =>
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

test('payments made at another place are one finding, which does not return once it is marked as done', () =>
  inBooks(async (world, plant) => {
    const old = [await plant.hidden(), await plant.hidden(), await plant.hidden(), await plant.hidden()];
    const reads = async () => (await world.callsTo('get')).length;
    const before = await reads();
    const only = ({ findings, counts }) => {
      assert.deepEqual(counts, { 'paid-elsewhere': 1 });
      const [{ class: name, paymentId, reference, here, there, needsPerson }] = findings;
      const paid = { status: 'paid', amount: PRICE, currency: 'MXN' };
      assert.deepEqual([name, paymentId, reference, here, there, needsPerson], ['paid-elsewhere', old[3].paymentId, old[3].reference, paid, null, true]);
    };
    only(await reconcile(world));
    assert.equal((await reads()) - before, 1, 'the last is read, in case the list is wrong');
    const [told, ...more] = (await deskOf(world).attention()).items;
    assert.deepEqual([told.reason, told.reference, more], ['paid-elsewhere', old[3].reference, []]);
    assert.equal((await deskOf(world).done(told.kind, told.key)).status, 204);

    const [here] = [await plant.paid(), await plant.paid()];
    only(await reconcile(world));
    assert.deepEqual((await deskOf(world).attention()).items, [], 'it was seen to');

    const gone = await plant.hidden();
    const run = await reconcile(world);
    assert.deepEqual(inBrief(run.findings), [
      `paid-elsewhere ${old[3].paymentId} ${old[3].reference} settled=null`,
      `paid-not-confirmed ${gone.paymentId} ${gone.reference} settled=null`,
    ], `${here.reference} is older: what went missing since is no other place`);
  }));

test('two payments that are missing from the list are examined one by one', () =>
  inBooks(async (world, plant) => {
    const gone = [await plant.hidden(), await plant.hidden()];
    await plant.paid();
    const expected = gone.map(({ paymentId, reference }) => `paid-not-confirmed ${paymentId} ${reference} settled=null`);
    assert.deepEqual(inBrief((await reconcile(world)).findings), expected.sort());
  }));

test('a list that was not read completely proves nothing about where orders were paid', () =>
  inBooks(async (world, plant) => {
    const gone = [await plant.hidden(), await plant.hidden(), await plant.hidden()];
    await world.sandbox.fault(LIST, { kind: 'answer', status: 200, body: { count: 900, page: 1, pageSize: 500, items: [] } }, 100);
    await start(world);
    const run = await ended(world, undefined);
    assert.deepEqual([run.state, run.whole], ['done', false]);
    const expected = gone.map(({ paymentId, reference }) => `paid-not-confirmed ${paymentId} ${reference} settled=null`);
    assert.deepEqual(inBrief(run.findings), expected.sort());
  }));
