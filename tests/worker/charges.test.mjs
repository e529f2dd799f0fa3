// The list of charges and refunds: the rows behind the day's figures of a channel, each with its related objects.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { cardsOf } from './support/cards.mjs';
import { deskOf } from './support/desk.mjs';
import { tillOf } from './support/till.mjs';
import { until } from './support/until.mjs';
import { cashier, operator, startWorld } from './support/world.mjs';

const CHARGES = '/api/operator/charges';

describe('charges on the desk', async () => {
  const world = await startWorld({ movable: true });
  after(() => world.stop());
  const [till, cards, desk] = [tillOf(world), cardsOf(world), deskOf(world)];
  const from = new Date(Date.now() - 60_000).toISOString();
  const to = new Date(Date.now() + 60 * 60_000).toISOString();

  /** @param {Record<string, unknown>} [query] */
  const ask = (query = {}) => {
    const pairs = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    return world.send('GET', `${CHARGES}?${pairs}`, { headers: operator });
  };
  /** @param {Record<string, unknown>} [query] */
  const list = async (query) => {
    const answer = await ask(query);
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  };
  /** @param {Record<string, unknown>} [query] every portion, of two each */
  const all = async (query) => {
    const items = [];
    let cursor;
    do {
      const portion = await list({ ...query, limit: 2, ...(cursor && { cursor }) });
      assert.ok(portion.items.length <= 2);
      items.push(...portion.items);
      cursor = portion.next;
    } while (cursor);
    return items;
  };
  /** @param {string} reference */
  const one = (reference) => world.send('GET', `${CHARGES}/${reference}`, { headers: operator });
  /** @param {{ amount: string }[]} items */
  const sum = (items) => (items.reduce((total, { amount }) => total + Math.round(Number(amount) * 100), 0) / 100).toFixed(2);

  const paid = [];
  for (const amount of ['10.00', '20.50', '30.00']) {
    const { intent } = await till.charged({ amount, terminalCode: 'TERM-01', reference: `mesa-${amount.slice(0, 2)}` });
    await till.tap(intent);
    await till.untilStatus(intent, 'paid');
    paid.push(intent);
  }
  const waiting = (await till.charged({ amount: '99.00', terminalCode: 'TERM-02' })).intent;
  const card = await cards.active();
  const kept = await cards.charged(card.id, { amount: '120.00', description: 'Iguala de noviembre' });
  const back = await cards.charged(card.id, { amount: '90.00' });
  const refunded = await cards.refund(card.id, back.payment);
  assert.equal(refunded.body.status, 'refunded', refunded.text);
  await until('everything on the desk', async () => {
    const [terminal, ofCards, refunds] = [await all({ channel: 'terminal' }), await all({ channel: 'card' }), await all({ type: 'refund' })];
    return (
      terminal.filter(({ settledAt }) => settledAt).length === 3 && terminal.some(({ paymentId }) => paymentId === waiting) &&
      ofCards.filter(({ settledAt }) => settledAt).length === 2 && refunds.some(({ settledAt }) => settledAt)
    );
  });

  test('portions hold each charge once, newest first', async () => {
    const items = await all();
    assert.deepEqual(items.map(({ createdAt }) => createdAt), items.map(({ createdAt }) => createdAt).sort().reverse());
    assert.equal(new Set(items.map(({ reference }) => reference)).size, items.length);
    assert.deepEqual(items.map(({ channel }) => channel), ['card', 'card', 'terminal', 'terminal', 'terminal', 'terminal']);
    assert.equal(items.every(({ type }) => type === 'charge'), true);
    const newest = await list({ limit: 1 });
    assert.deepEqual(newest.items, items.slice(0, 1));
    assert.deepEqual(items.map(({ status }) => status), ['refunded', 'confirmed', 'waiting', 'paid', 'paid', 'paid']);
  });

  test("a day's figure of a channel is the sum of its rows", async () => {
    const figures = await world.send('GET', `/api/operator/reports/figures?from=${from}&to=${to}`, { headers: operator });
    const kinds = Object.fromEntries(figures.body.kinds.map((figure) => [figure.kind, figure]));
    const settled = { settledFrom: from, settledTo: to };
    for (const [kind, query, count] of [['payment-intent', { channel: 'terminal' }, 3], ['card-payment', { channel: 'card' }, 2]]) {
      const rows = await all({ ...query, ...settled });
      assert.deepEqual([kinds[kind].count, kinds[kind].amount], [rows.length, sum(rows)], kind);
      assert.equal(rows.length, count);
      assert.deepEqual(rows.map(({ settledAt }) => settledAt), rows.map(({ settledAt }) => settledAt).sort().reverse());
    }
    const refunds = await all({ type: 'refund', ...settled });
    assert.deepEqual([figures.body.refunded.count, figures.body.refunded.amount], [refunds.length, sum(refunds)]);
    const order = await world.buy();
    await world.send('GET', await world.pay(order.paymentId));
    await desk.untilOrder(order.reference, 'paid');
    assert.equal((await desk.orders(settled)).items.some(({ reference }) => reference === order.reference), true);
    assert.equal((await desk.orders({ settledFrom: to })).count, 0);
    assert.equal((await desk.orders({ settledTo: from })).count, 0);
    assert.deepEqual((await list({ ...settled, limit: 1 })).sum, { count: 5, amount: '270.50' }, 'of all portions');
    assert.deepEqual((await list({ ...settled, type: 'refund' })).sum, { count: 1, amount: '90.00' });
    assert.deepEqual((await list({ ...settled, search: 'mesa-2' })).sum, { count: 1, amount: '20.50' });
    assert.equal((await list()).sum, null);
    assert.equal((await list({ settledFrom: new Date(Date.parse(from) - 86_400_000).toISOString(), settledTo: from })).items.length, 0);
    assert.equal((await list({ from: to })).items.length + (await list({ to: from })).items.length, 0);
  });

  test('a charge is shown with its refund and its webhooks, by the reference of either', async () => {
    const [refund] = await all({ type: 'refund' });
    await cards.untilEvent(card.id, 'payment.refunded');
    for (const reference of [back.reference, refund.reference, back.reference.replaceAll('-', '').toLowerCase()]) {
      const answer = await until('both webhooks', async () => {
        const told = await one(reference);
        assert.equal(told.status, 200, told.text);
        return told.body.deliveries.length === 2 && told.body;
      });
      assert.equal(answer.charge.reference, back.reference);
      assert.deepEqual([answer.refund.reference, answer.charge.status, answer.refund.status], [refund.reference, 'refunded', 'refunded']);
      assert.deepEqual(answer.deliveries.map(({ type }) => type), ['payment.confirmed', 'payment.refunded']);
    }
    const alone = (await one(kept.reference)).body;
    assert.deepEqual([alone.refund, alone.charge.description, alone.charge.paymentMethod], [null, 'Iguala de noviembre', card.id]);
    const [atTerminal] = await all({ channel: 'terminal' });
    const told = (await one(atTerminal.reference)).body;
    assert.deepEqual([told.charge, told.refund], [atTerminal, null]);
    const order = await world.buy();
    for (const unknown of ['K7Q2-M9XD-3FHT', order.reference, 'nonsense']) assert.equal((await one(unknown)).status, 404, unknown);
  });

  test('a charge without a known terminal is listed and shown', async () => {
    await world.sandbox.fault('payment-intent.create', { kind: 'lose-answer' }, 10);
    await till.charge({ amount: '77.00', terminalCode: 'TERM-03' }).catch(() => {});
    await world.sandbox.clearFaults();
    const item = await until('it needs a person', async () => (await desk.attention()).items.find(({ amount }) => amount === '77.00'), { ms: 90_000 });
    const { charge } = (await one(item.reference)).body;
    assert.deepEqual([charge.onHold, charge.amount, charge.paymentId, charge.terminalCode], [item.reason, '77.00', null, 'TERM-03']);
  });

  test('the description of a charge is in the card\'s list and with the charge', async () => {
    const charges = await cards.ask('GET', `/${card.id}/payments`);
    const byId = Object.fromEntries(charges.body.items.map((charge) => [charge.id, charge]));
    assert.equal(byId[kept.payment].description, 'Iguala de noviembre');
    assert.equal('description' in byId[back.payment], false);
    assert.equal((await cards.ask('GET', `/${card.id}/payments/${kept.payment}`)).body.description, 'Iguala de noviembre');
  });

  test('a card is found by the reference of its webhook', async () => {
    const { id } = await cards.untilEvent(card.id, 'payment-method.active');
    const { items } = await desk.webhooks();
    const { reference } = items.find((delivery) => delivery.type === 'payment-method.active') ?? assert.fail(id);
    assert.equal((await cards.view(reference)).id, card.id);
    assert.equal((await cards.ask('GET', '/K7Q2-M9XD-3FHT')).status, 404);
  });

  test('charges are found by the beginning of their ids and references', async () => {
    const [newest] = await list({ channel: 'terminal', search: 'mesa-20' }).then(({ items }) => items);
    const find = async (/** @type {string} */ search, /** @type {object} */ query) =>
      (await all({ ...query, search })).map(({ reference }) => reference);
    assert.equal(newest.amount, '20.50');
    for (const search of ['mesa-20', 'MESA-20', newest.reference, newest.reference.toLowerCase().replaceAll('-', ''), newest.reference.slice(0, 6), paid[1]])
      assert.deepEqual(await find(search), [newest.reference], search);
    assert.equal((await find('mesa-')).length, 3);
    assert.deepEqual(await find('mesa-', { channel: 'card' }), []);
    assert.deepEqual(await find(kept.payment), [kept.reference]);
    const [refund] = await all({ type: 'refund' });
    for (const search of [back.payment, refund.reference]) assert.deepEqual(await find(search, { type: 'refund' }), [refund.reference]);
    for (const search of ['nothing', "' OR 1", '%', '_']) assert.deepEqual(await find(search), [], search);
    assert.deepEqual(await find('mesa-', { from: to }), []);
  });

  test('an item that a person has marked as resolved is shown as resolved', async () => {
    const item = await until('it needs a person', async () => (await desk.attention()).items.find(({ amount }) => amount === '77.00'));
    assert.equal((await one(item.reference)).body.charge.doneAt, null);
    assert.equal((await desk.done(item.kind, item.key)).status, 204);
    const { charge } = (await one(item.reference)).body;
    assert.equal(charge.onHold, item.reason);
    assert.ok(Date.parse(charge.doneAt) > Date.parse(charge.createdAt), charge.doneAt);
  });

  test('a refund that was listed before references were searchable is found by its reference', async () => {
    const [refund] = await all({ type: 'refund' });
    const named = (await one(refund.reference)).body;
    const name = refund.reference.replaceAll('-', '').toLowerCase();
    await world.sql({ binding: 'DESK', name: 'desk', sql: `DELETE FROM name WHERE name = '${name}'` });
    assert.deepEqual((await one(refund.reference)).body, named);
  });

  test('a portion is read without the history before it', async () => {
    const others = 3_000;
    const day = (/** @type {string} */ column, /** @type {number} */ days) => `strftime('%Y-%m-%dT%H:%M:%fZ', ${column}, '-${days} days')`;
    const copies = (/** @type {string} */ kind, /** @type {number} */ days) => `
      INSERT INTO entry SELECT '${kind}/' || printf('%012d', n) || '${days}', kind, home, version, ${day('created_at', days)}, ${day('settled_at', days)},
        NULL, NULL, NULL, row FROM (SELECT * FROM entry WHERE kind = '${kind}' AND settled_at IS NOT NULL LIMIT 1),
        (WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ${others}) SELECT n FROM n);`;
    await world.sql({ binding: 'DESK', name: 'desk', sql: copies('payment-intent', 30) + copies('card-payment', 30) });
    const rowsOf = async (/** @type {Record<string, unknown>} */ query, /** @type {number} */ count) => {
      await world.counts();
      assert.equal((await list(query)).items.length, count, JSON.stringify(query));
      return (await world.counts()).desk.mostRowsRead;
    };
    for (const [query, count] of /** @type {[Record<string, unknown>, number][]} */ ([
      [{ settledFrom: from, settledTo: to }, 5],
      [{ settledFrom: from, settledTo: to, channel: 'terminal' }, 3],
      [{ limit: 10 }, 10],
      [{ search: 'mesa-' }, 3],
      [{ search: paid[0], settledFrom: from, settledTo: to }, 1],
    ])) {
      const rows = await rowsOf(query, count);
      assert.ok(rows < 200, `${rows} rows for ${JSON.stringify(query)}`);
    }
  });

  test('only an operator can read them', async () => {
    for (const path of [CHARGES, `${CHARGES}/${kept.reference}`]) {
      const refused = await world.send('GET', path, { headers: cashier });
      assert.deepEqual([refused.status, refused.body.code], [403, 'forbidden'], path);
      assert.equal((await world.send('GET', path)).status, 401, path);
    }
  });

  test('any other query is refused', async () => {
    for (const query of [
      { channel: 'link' }, { type: 'payment' }, { type: 'refund', channel: 'terminal' }, { page: 2 }, { limit: 0 }, { limit: 201 },
      { cursor: 'x' }, { cursor: 'x~card-payment/1' }, { settledFrom: from }, { settledTo: to }, { from, settledFrom: from, settledTo: to },
      { settledFrom: '2024-01-01T00:00:00Z', settledTo: '2026-01-01T00:00:00Z' }, { from: 'yesterday' },
    ]) {
      const answer = await ask(query);
      assert.deepEqual([answer.status, answer.body.code], [400, 'invalid-query'], JSON.stringify(query));
    }
  });
});
