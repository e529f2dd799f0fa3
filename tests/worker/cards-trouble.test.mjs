// Lost answers, late lists, misleading errors and SIGKILL: Compago's own record has at most one charge for each key.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { cardsOf, holder } from './support/cards.mjs';
import { throughout, until } from './support/until.mjs';
import { inWorld, operator } from './support/world.mjs';

const CHARGE = 'payment-method.charge';
const LIST = 'payment-method.payments';
const codeOf = (answer) => [answer.status, answer.body?.code];

/** @param {(cards: ReturnType<typeof cardsOf>, world: import('./support/cards.mjs').World) => Promise<void>} act */
const withCards = (act) => inWorld((world) => act(cardsOf(world), world));

/** One charge at Compago, one call, one webhook. */
async function assertChargedOnce(cards, id, payment) {
  const made = await cards.charges(id);
  assert.deepEqual(made.map((charge) => [charge.id, charge.status]), [[payment, 'CONFIRMED']]);
  assert.equal((await cards.callsTo('charge')).length, 1);
  await cards.untilEvent(id, 'payment.confirmed');
  assert.equal(cards.events(id, 'payment.confirmed').length, 1);
  assert.deepEqual(cards.events(id, 'payment.on-hold'), []);
}

describe('the answer to a charge is lost', { concurrency: 3 }, () => {
  for (const [name, fault] of [
    ['the connection ends', { kind: 'lose-answer' }],
    ['half of it comes', { kind: 'truncate' }],
    ['it says 500 after charging', { kind: 'answer', status: 500, body: { message: 'Internal server error' } }],
    ['it is another\'s page', { kind: 'answer', status: 201, body: '<html>', contentType: 'text/html' }],
  ]) {
    test(`${name}: unknown, then found in the card's list`, () =>
      withCards(async (cards, world) => {
        const { id } = await cards.active();
        await cards.charged(id, { amount: '55.00' });
        await world.sandbox.clearCalls();
        await world.sandbox.fault(CHARGE, fault);
        const key = randomUUID();
        const first = await cards.charge(id, {}, { key });
        assert.deepEqual([first.status, first.body.status, first.body.payment], [202, 'unknown', null]);
        const found = await cards.untilCharge(id, key, 'confirmed');
        assert.equal(found.reference, first.body.reference);
        const made = (await cards.charges(id)).filter(({ amount }) => amount === 120);
        assert.deepEqual(made.map((charge) => charge.id), [found.payment]);
        assert.equal((await cards.callsTo('charge')).length, 1);
        await until('told', () => cards.events(id, 'payment.confirmed').length === 2);
      }));
  }

  test('nothing was charged: it is not sent again, and the card accepts no other charges while that is unknown', () =>
    withCards(async (cards, world) => {
      const { id } = await cards.active();
      await world.sandbox.fault(CHARGE, { kind: 'refuse', status: 500 });
      const key = randomUUID();
      assert.equal((await cards.charge(id, {}, { key })).status, 202);
      const busy = await cards.charge(id, { amount: '9.00' });
      assert.deepEqual(codeOf(busy), [409, 'card-busy']);
      assert.match(busy.headers['retry-after'] ?? '', /^[0-9]+$/);
      await throughout(12_000, async () => assert.equal((await cards.callsTo('charge')).length, 1));
      assert.equal((await cards.charge(id, {}, { key })).body.status, 'unknown');
      assert.deepEqual(await cards.charges(id), []);
    }));

  test('the list shows it late', () =>
    withCards(async (cards, world) => {
      const { id } = await cards.active();
      await world.sandbox.settings({ chargeListDelaySeconds: 6 });
      await world.sandbox.fault(CHARGE, { kind: 'lose-answer' });
      const key = randomUUID();
      assert.equal((await cards.charge(id, {}, { key })).status, 202);
      const found = await cards.untilCharge(id, key, 'confirmed');
      await assertChargedOnce(cards, id, found.payment);
    }));
});

describe('an uncertain charge', { concurrency: true }, () => {
  test('other programs charge the card as well: a lost answer needs a person, even if the list shows the charge', () =>
    inWorld(async (world) => {
      const cards = cardsOf(world);
      const { id } = await cards.active();
      await world.sandbox.fault(CHARGE, { kind: 'lose-answer' });
      const key = randomUUID();
      assert.equal((await cards.charge(id, {}, { key })).status, 202);
      const held = await cards.untilCharge(id, key, 'on-hold');
      assert.deepEqual([held.reason, held.payment], ['not-attributable', null]);
      await until('told', () => cards.events(id, 'payment.on-hold').length === 1);
      assert.deepEqual(cards.events(id, 'payment.confirmed'), []);
    }, { env: { SOLE_CHARGER: 'false' } }));

  test('Compago amends the charge: it needs a person, and is not confirmed', () =>
    withCards(async (cards, world) => {
      const { id } = await cards.active();
      await world.sandbox.settings({ chargeOutcome: 'pending' });
      const key = randomUUID();
      const { payment } = (await cards.charge(id, {}, { key })).body;
      const act = (name, body) => world.sandbox.control('POST', `payment-methods/${id}/payments/${payment}/${name}`, body);
      await act('amend', { amount: 1 });
      await act('confirm');
      assert.equal((await cards.untilCharge(id, key, 'on-hold')).reason, 'mismatch');
      await until('told', () => cards.events(id, 'payment.on-hold').length === 1);
      assert.deepEqual(cards.events(id, 'payment.confirmed'), []);
    }));
});

describe('the card\'s list cannot be read', { concurrency: true }, () => {
  test('before the call: nothing is charged, and the same key continues once it can', () =>
    withCards(async (cards, world) => {
      const { id } = await cards.active();
      await world.sandbox.fault(LIST, { kind: 'refuse', status: 503 }, 3);
      const key = randomUUID();
      let answer = await cards.charge(id, {}, { key });
      if (answer.status === 202) answer = await until('stalled', async () => {
        const again = await cards.charge(id, {}, { key });
        return again.status !== 202 && again;
      });
      assert.deepEqual(codeOf(answer), [503, 'provider-unavailable']);
      assert.equal((await cards.callsTo('charge')).length, 0);
      assert.equal((await cards.charged(id, { amount: '9.00' })).status, 'confirmed', 'the card is free meanwhile');
      await cards.untilCharge(id, key, 'confirmed');
      assert.deepEqual((await cards.charges(id)).map(({ amount }) => amount).sort(), [120, 9]);
    }));
});

describe('kill -9', { concurrency: true }, () => {
  test('between the charge at Compago and its answer', () =>
    withCards(async (cards, world) => {
      const { id } = await cards.active();
      await world.sandbox.fault(CHARGE, { kind: 'delay', ms: 8_000 });
      const key = randomUUID();
      const lost = cards.charge(id, {}, { key }).catch(() => undefined);
      await until('the card is charged', async () => (await cards.charges(id)).length === 1);
      await world.restartWorker();
      await lost;
      const found = await cards.untilCharge(id, key, 'confirmed', {}, { ms: 90_000 });
      await assertChargedOnce(cards, id, found.payment);
    }));

  test('while many cards are charged, twice in a row', () =>
    withCards(async (cards, world) => {
      const ids = (await Promise.all(Array.from({ length: 16 }, () => cards.active()))).map(({ id }) => id);
      const keys = new Map(ids.map((id) => [id, randomUUID()]));
      await world.sandbox.fault(CHARGE, { kind: 'delay', ms: 150 }, ids.length);
      // The second time brings charges of its own: what the first one cut off makes no call before its answer counts as lost, and
      // then a list is read, not a card charged.
      for (const charged of [ids.slice(0, 8), ids]) {
        await world.sandbox.clearCalls();
        const going = charged.map((id, at) => new Promise((resolve) => setTimeout(resolve, at * 25))
          .then(() => cards.charge(id, {}, { key: keys.get(id) })).catch(() => undefined));
        await until('two cards are charged', async () => (await cards.callsTo('charge')).length >= 2, { every: 5 });
        await world.killWorker();
        await Promise.all(going);
        await world.restartWorker();
      }
      // A list that was being read when it died counts as lost after five minutes: such a charge was never sent.
      const sent = [];
      for (const id of ids) if ((await cards.charges(id)).length > 0) sent.push(id);
      assert.ok(sent.length >= 4, 'two charges at least were sent before each end');
      for (const id of sent) {
        const found = await cards.untilCharge(id, keys.get(id), 'confirmed', {}, { ms: 90_000 });
        assert.deepEqual((await cards.charges(id)).map((charge) => charge.id), [found.payment]);
      }
      for (const id of ids) assert.ok((await cards.charges(id)).length <= 1);
    }));

  test('between the refund at Compago and its answer', () =>
    withCards(async (cards, world) => {
      const { id } = await cards.active();
      const { payment } = await cards.charged(id);
      await world.sandbox.fault('payment-method.refund', { kind: 'delay', ms: 8_000 });
      const key = randomUUID();
      const lost = cards.refund(id, payment, {}, { key }).catch(() => undefined);
      await until('it is given back', async () => (await cards.charges(id))[0].status === 'REFUNDED');
      await world.restartWorker();
      await lost;
      await cards.untilEvent(id, 'payment.refunded', { ms: 60_000 });
      assert.equal((await cards.refund(id, payment, {}, { key })).body.status, 'refunded');
      assert.equal((await cards.callsTo('refund')).length, 1);
    }));
});

describe('other answers are lost', { concurrency: true }, () => {
  for (const [name, fault] of [
    ['lost', { kind: 'lose-answer' }],
    ['a 500 after giving back', { kind: 'answer', status: 500, body: {} }],
  ]) {
    test(`of a refund, ${name}: settled by reading the charge`, () =>
      withCards(async (cards, world) => {
        const { id } = await cards.active();
        const { payment } = await cards.charged(id);
        await world.sandbox.fault('payment-method.refund', fault);
        const answer = await cards.refund(id, payment);
        assert.deepEqual([answer.status, answer.body.status], [200, 'refunded']);
        assert.equal((await cards.callsTo('refund')).length, 1);
        await cards.untilEvent(id, 'payment.refunded');
      }));
  }

  test('of a refund that did not take effect: made now, once', () =>
    withCards(async (cards, world) => {
      const { id } = await cards.active();
      const { payment } = await cards.charged(id);
      await world.sandbox.fault('payment-method.refund', { kind: 'refuse', status: 503 });
      const answer = await cards.refund(id, payment);
      assert.equal(answer.body.status, 'refunded', answer.text);
      assert.equal((await cards.charges(id))[0].status, 'REFUNDED');
      assert.equal(cards.events(id, 'payment.refunded').length <= 1, true);
    }));

  test('of revoking a card', () =>
    withCards(async (cards, world) => {
      const { id } = await cards.active();
      await world.sandbox.fault('payment-method.revoke', { kind: 'lose-answer' });
      const answer = await cards.ask('DELETE', `/${id}`);
      assert.deepEqual([answer.status, answer.body.status], [200, 'revoked']);
      assert.equal((await cards.callsTo('revoke')).length, 1);
    }));

  test('a card of unknown state is not charged while it cannot be read', () =>
    withCards(async (cards, world) => {
      const { id } = await cards.begun();
      await cards.act(id, 'save');
      await world.sandbox.fault('payment-method.get', { kind: 'refuse', status: 503 }, 20);
      assert.deepEqual(codeOf(await cards.charge(id)), [503, 'provider-unavailable']);
      assert.equal((await cards.callsTo('charge')).length, 0);
    }));
});

test('the payer\'s data and the texts of Compago\'s errors are nowhere', () =>
  withCards(async (cards, world) => {
    const marked = { email: 'marker.email@qzx.example', firstName: 'Qzxfirst', lastName: 'Qzxlast', phoneNumber: '5598765432' };
    const markers = [...Object.values(marked), 'QZXUPSTREAM', 'sandbox-key', secrets.OPERATOR_TOKEN, secrets.SIGNING_KEY];
    const told = { message: `QZXUPSTREAM ${JSON.stringify(marked)}` };
    const seen = [];
    const keep = async (answer) => {
      const { status, headers, text, body } = await answer;
      seen.push(`${status} ${JSON.stringify(headers)} ${text}`);
      return body;
    };
    const body = { billingInformation: marked };
    for (const status of [400, 401, 500]) {
      await world.sandbox.fault('payment-method.create', { kind: 'refuse', status, body: told });
      await keep(cards.save(body));
    }
    await keep(cards.save({ ...body, nota: marked.lastName }));
    const { id, card } = await keep(cards.save(body));
    await cards.act(id, 'save');
    await cards.untilStatus(id, 'active');
    await keep(world.send('GET', `/api/shop/cards/${card}`));
    for (const status of [400, 401]) {
      await world.sandbox.fault(CHARGE, { kind: 'refuse', status, body: told });
      await keep(cards.charge(id));
    }
    const { payment } = await keep(cards.charge(id));
    await world.sandbox.fault('payment-method.refund', { kind: 'refuse', status: 400, body: told });
    await keep(cards.refund(id, payment));
    await keep(cards.refund(id, payment));
    await keep(cards.ask('GET', '', { headers: operator }));
    await cards.untilEvent(id, 'payment.refunded');
    const log = await world.workerLog();
    const clean = (text, where) => {
      for (const marker of markers) assert.ok(!text.toLowerCase().includes(marker.toLowerCase()), `${marker} in ${where}`);
    };
    for (const answer of seen) clean(answer, answer.slice(0, 200));
    clean(log, 'the log');
    assert.ok(!log.includes(card), 'a card\'s secret address in the log');
    clean(JSON.stringify(world.receiver.events()), 'a webhook');
    clean(JSON.stringify((await world.sandbox.calls()).map(({ path }) => path)), 'a URL');
    const upstream = await cards.upstream(id);
    assert.equal(upstream.billingInformation.email, marked.email, 'Compago was told');
    assert.notEqual(holder.email, marked.email);
  }));
