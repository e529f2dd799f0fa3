// Saving, charging, refunding and revoking a card: the normal course, and refusals.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { cardsOf, holder, METHODS, UNKNOWN_ID } from './support/cards.mjs';
import { throughout } from './support/until.mjs';
import { cashier, inWorld, operator, startWorld } from './support/world.mjs';

const world = await startWorld();
after(() => world.stop());
const cards = cardsOf(world);
const codeOf = (answer) => [answer.status, answer.body?.code];

describe('saving', () => {
  test('a saved card becomes active, causes one webhook, and shows only network and last digits', async () => {
    const card = await cards.begun({ returnUrl: `${world.url}/cuenta?ver=tarjetas` });
    assert.equal(card.status, 'pending');
    assert.equal(card.page, `${world.url}/card?card=${card.card}`);
    assert.equal((await cards.upstream(card.id)).redirectUrl, card.page);
    const page = async () => (await world.send('GET', `/api/shop/cards/${card.card}`)).body;
    const shown = await page();
    assert.deepEqual([shown.status, shown.checkoutUrl, shown.displayMode], ['pending', card.checkoutUrl, 'LINK']);
    await cards.act(card.id, 'save', { card: 'amex' });
    const seen = await cards.untilStatus(card.id, 'active');
    assert.deepEqual(seen.card, { network: 'AMEX', lastFourDigits: seen.card.lastFourDigits });
    assert.equal(seen.pollAfterMs, null);
    const event = await cards.untilEvent(card.id, 'payment-method.active');
    assert.deepEqual(event.data, { paymentMethod: card.id, externalId: 'cli-7', card: seen.card });
    await throughout(1_000, () => assert.equal(cards.events(card.id).length, 1));
    const later = await page();
    assert.equal(later.checkoutUrl, undefined, 'a form that was filled in is shown to nobody');
    assert.equal(later.returnUrl, `${world.url}/cuenta?ver=tarjetas`);
  });

  test('an embedded form, with its button, is shown by Compago', async () => {
    const card = await cards.begun({ displayMode: 'EMBEDDED', buttonText: 'Guardar', buttonColor: '#16a34a', ttlMinutes: 30 });
    const { displayMode, buttonText, buttonColor, expiresAt, createdAt } = await cards.upstream(card.id);
    assert.deepEqual([displayMode, buttonText, buttonColor], ['EMBEDDED', 'Guardar', '#16A34A']);
    assert.equal(Date.parse(expiresAt) - Date.parse(createdAt), 30 * 60_000);
    assert.equal((await world.send('GET', `/api/shop/cards/${card.card}`)).body.displayMode, 'EMBEDDED');
  });

  test('the same key gives the same form, another body is refused', async () => {
    const key = randomUUID();
    const first = await cards.save({}, { key });
    const again = await cards.save({}, { key });
    assert.deepEqual([again.status, again.text], [201, first.text]);
    assert.deepEqual(codeOf(await cards.save({ externalId: 'cli-8' }, { key })), [422, 'idempotency-key-reused']);
  });

  test('a lost answer leaves an unused form: the same key creates another one, which its page shows', async () => {
    const key = randomUUID();
    await world.sandbox.fault('payment-method.create', { kind: 'lose-answer' });
    assert.deepEqual(codeOf(await cards.save({ externalId: 'lost-1' }, { key })), [503, 'provider-unavailable']);
    const again = await cards.save({ externalId: 'lost-1' }, { key });
    assert.equal(again.status, 201, again.text);
    assert.equal((await world.send('GET', `/api/shop/cards/${again.body.card}`)).body.checkoutUrl, again.body.checkoutUrl);
  });

  test('a form on an origin that is not allowed is not shown', async () => {
    const body = { id: UNKNOWN_ID, checkoutUrl: 'https://evil.example/checkout/card/1' };
    await world.sandbox.fault('payment-method.create', { kind: 'answer', status: 201, body });
    const answer = await cards.save();
    assert.deepEqual(codeOf(answer), [502, 'link-elsewhere']);
    assert.ok(!answer.text.includes('evil'));
  });

  test('all problems of a body are reported by field, before any call to Compago', async () => {
    const before = (await cards.callsTo('create')).length;
    const answer = await cards.save({ billingInformation: { ...holder, email: 'x' }, buttonText: 'x', ttlMinutes: 0, returnUrl: 'https://evil.example/' });
    assert.deepEqual(codeOf(answer), [400, 'invalid-body']);
    const told = answer.body.errors.map(({ pointer, code }) => `${pointer} ${code}`);
    assert.deepEqual(told, ['/billingInformation/email email-format', '/buttonText embedded-only', '/ttlMinutes form-ttl-range', '/returnUrl url-origin']);
    assert.equal((await cards.callsTo('create')).length, before);
  });

  test('a capability that was not issued opens nothing, without a call to Compago', async () => {
    const before = (await world.sandbox.calls()).length;
    const order = await world.buy();
    const calls = (await world.sandbox.calls()).length;
    for (const card of ['x', '0'.repeat(38), order.order, UNKNOWN_ID]) {
      assert.deepEqual(codeOf(await world.send('GET', `/api/shop/cards/${card}`)), [404, 'not-found'], card);
    }
    assert.ok(calls > before);
    assert.equal((await world.sandbox.calls()).length, calls);
  });
});

describe('charging', () => {
  test('a charge is confirmed, causes one webhook, and the same key gets the same answer', async () => {
    const { id } = await cards.active();
    const key = randomUUID();
    const first = await cards.charge(id, { description: 'Cuota marzo', currency: 'MXN' }, { key });
    assert.equal(first.status, 201, first.text);
    const [made] = await cards.charges(id);
    assert.deepEqual([first.body.status, first.body.payment, first.body.amount], ['confirmed', made.id, '120.00']);
    assert.deepEqual([made.amount, made.description], [120, 'Cuota marzo']);
    const again = await cards.charge(id, { description: 'Cuota marzo', currency: 'MXN' }, { key });
    assert.deepEqual([again.status, again.text], [201, first.text]);
    const { data } = await cards.untilEvent(id, 'payment.confirmed');
    assert.deepEqual(data, { paymentMethod: id, payment: made.id, reference: first.body.reference, amount: '120.00', currency: 'MXN', metadata: {} });
    await throughout(1_000, async () => {
      assert.equal(cards.events(id, 'payment.confirmed').length, 1);
      assert.equal((await cards.charges(id)).length, 1);
    });
  });

  test('a key belongs to one body, one card and one operation', async () => {
    const [one, other] = await Promise.all([cards.active(), cards.active()]);
    const key = randomUUID();
    const { payment } = (await cards.charge(one.id, {}, { key })).body;
    for (const answer of [
      await cards.charge(one.id, { amount: '121' }, { key }),
      await cards.charge(other.id, {}, { key }),
      await cards.refund(one.id, payment, { amount: undefined }, { key }),
    ]) assert.deepEqual(codeOf(answer), [422, 'idempotency-key-reused']);
    assert.deepEqual([(await cards.charges(one.id)).length, (await cards.charges(other.id)).length], [1, 0]);
    assert.deepEqual(codeOf(await cards.charge(one.id, {}, { headers: { 'idempotency-key': undefined } })), [400, 'idempotency-key-missing']);
  });

  test('twenty at once with one key are one charge', async () => {
    const { id } = await cards.active();
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => cards.charge(id, {}, { key })));
    for (const answer of answers) assert.ok(answer.status === 201 || answer.body.code === 'request-in-flight', answer.text);
    assert.equal(new Set(answers.filter(({ status }) => status === 201).map(({ text }) => text)).size, 1);
    assert.equal((await cards.charges(id)).length, 1);
  });

  test('two charges of a card at once are made one after the other', async () => {
    const { id } = await cards.active();
    const made = await Promise.all([cards.charged(id), cards.charged(id, { amount: '77.50' }), cards.charged(id)]);
    assert.deepEqual(made.map(({ status }) => status), ['confirmed', 'confirmed', 'confirmed']);
    assert.equal(new Set(made.map(({ payment }) => payment)).size, 3);
    assert.deepEqual((await cards.charges(id)).map(({ amount }) => amount).sort(), [120, 120, 77.5]);
  });

  test('a declined card is reported as declined, however Compago answers', async () => {
    const { id } = await cards.active({}, { card: 'declines' });
    assert.equal((await cards.charged(id)).status, 'declined');
    await world.sandbox.settings({ cardFailure: 'error' });
    const answer = await cards.charge(id);
    await world.sandbox.settings({ cardFailure: 'cancelled' });
    assert.deepEqual(codeOf(answer), [422, 'payment-refused']);
    assert.deepEqual(cards.events(id, 'payment.confirmed'), []);
  });

  test('a charge that is pending at Compago is followed to its end', async () => {
    const { id } = await cards.active();
    await world.sandbox.settings({ chargeOutcome: 'pending' });
    const key = randomUUID();
    const first = await cards.charge(id, {}, { key });
    await world.sandbox.settings({ chargeOutcome: 'confirmed' });
    assert.deepEqual([first.status, first.body.status], [201, 'pending']);
    await cards.act(id, `payments/${first.body.payment}/confirm`);
    await cards.untilEvent(id, 'payment.confirmed');
    assert.equal((await cards.charge(id, {}, { key })).body.status, 'confirmed');
    assert.equal((await cards.callsTo('charge')).filter((call) => call.id === first.body.payment).length, 1);
  });

  test('a card that is not active is refused before Compago is asked to charge it', async () => {
    const pending = await cards.begun();
    const revoked = await cards.active();
    assert.equal((await cards.ask('DELETE', `/${revoked.id}`)).body.status, 'revoked');
    const elsewhere = await cards.active();
    await cards.act(elsewhere.id, 'revoke');
    const before = (await cards.callsTo('charge')).length;
    assert.deepEqual(codeOf(await cards.charge(pending.id)), [409, 'card-not-active']);
    assert.deepEqual(codeOf(await cards.charge(revoked.id)), [409, 'card-not-active']);
    assert.deepEqual(codeOf(await cards.charge(UNKNOWN_ID)), [404, 'not-found']);
    assert.deepEqual(codeOf(await cards.charge('x')), [404, 'not-found']);
    assert.equal((await cards.callsTo('charge')).length, before);
    assert.deepEqual(codeOf(await cards.charge(elsewhere.id)), [422, 'payment-refused'], 'Compago refuses what nobody knew');
  });

  test('less than one peso, or another currency, is refused by field', async () => {
    const { id } = await cards.active();
    const before = (await cards.callsTo('charge')).length;
    for (const [body, pointer, code] of [
      [{ amount: '0.99' }, '/amount', 'amount-below-one-peso'],
      [{ currency: 'USD' }, '/currency', 'currency'],
      [{ amount: 120 }, '/amount', 'type-string'],
      [{ tip: '1' }, '/tip', 'unknown-field'],
    ]) {
      const answer = await cards.charge(id, body);
      assert.deepEqual(codeOf(answer), [400, 'invalid-body']);
      assert.deepEqual(answer.body.errors.map((error) => [error.pointer, error.code]), [[pointer, code]]);
    }
    assert.equal((await cards.callsTo('charge')).length, before);
  });
});

describe('refunding and revoking', () => {
  test('a refund is made once, for any number of requests', async () => {
    const { id } = await cards.active();
    const { payment } = await cards.charged(id);
    const key = randomUUID();
    const first = await cards.refund(id, payment, { reason: 'Pedido devuelto' }, { key });
    assert.deepEqual([first.status, first.body], [200, { payment, status: 'refunded', amount: '120.00', currency: 'MXN', metadata: {} }]);
    for (const answer of [
      await cards.refund(id, payment, { reason: 'Pedido devuelto' }, { key }),
      await cards.refund(id, payment),
    ]) assert.deepEqual(answer.body, first.body);
    assert.deepEqual(codeOf(await cards.refund(id, payment, {}, { key })), [422, 'idempotency-key-reused']);
    assert.equal((await cards.callsTo('refund')).length, 1);
    const { data } = await cards.untilEvent(id, 'payment.refunded');
    assert.deepEqual([data.payment, data.amount], [payment, '120.00']);
    assert.equal((await cards.charges(id))[0].refundReason, 'Pedido devuelto');
  });

  test('charge and refund keep the merchant\'s own data, each its own, also in their webhooks', async () => {
    const { id } = await cards.active();
    const metadata = { contract: 'C-881' };
    const charge = await cards.charged(id, { metadata });
    assert.deepEqual(charge.metadata, metadata);
    const refund = await cards.refund(id, charge.payment, { metadata: { ticket: 'R-12' } });
    assert.deepEqual(refund.body.metadata, { ticket: 'R-12' });
    assert.deepEqual((await cards.untilEvent(id, 'payment.confirmed')).data.metadata, metadata);
    assert.deepEqual((await cards.untilEvent(id, 'payment.refunded')).data.metadata, { ticket: 'R-12' });
    const before = (await cards.callsTo('charge')).length;
    const refused = await cards.charge(id, { metadata: { 'a b': '1' } });
    assert.deepEqual([refused.status, refused.body.errors.map(({ code }) => code)], [400, ['metadata-key']]);
    assert.equal((await cards.callsTo('charge')).length, before);
  });

  test('a charge that is not confirmed is not refunded, and can be once it is', async () => {
    const { id } = await cards.active();
    await world.sandbox.settings({ chargeOutcome: 'pending' });
    const { payment } = await cards.charged(id);
    await world.sandbox.settings({ chargeOutcome: 'confirmed' });
    const before = (await cards.callsTo('refund')).length;
    assert.deepEqual(codeOf(await cards.refund(id, payment)), [409, 'payment-not-confirmed']);
    assert.deepEqual(codeOf(await cards.refund(id, UNKNOWN_ID)), [404, 'not-found']);
    assert.equal((await cards.callsTo('refund')).length, before);
    await cards.act(id, `payments/${payment}/confirm`);
    assert.equal((await cards.refund(id, payment)).body.status, 'refunded');
  });

  test('a revoked card remains revoked, and its charges can still be refunded', async () => {
    const { id } = await cards.active();
    const { payment } = await cards.charged(id);
    assert.equal((await cards.ask('DELETE', `/${id}`)).body.status, 'revoked');
    assert.equal((await cards.ask('DELETE', `/${id}`)).body.status, 'revoked');
    assert.equal((await cards.callsTo('revoke')).filter((call) => call.id === id).length, 1);
    await world.sandbox.settings({ revokedRefund: 'refuse' });
    assert.deepEqual(codeOf(await cards.refund(id, payment)), [422, 'refund-refused']);
    await world.sandbox.settings({ revokedRefund: 'accept' });
    assert.equal((await cards.refund(id, payment)).body.status, 'refunded');
    assert.deepEqual(codeOf(await cards.ask('DELETE', `/${(await cards.begun()).id}`)), [409, 'card-not-active']);
  });
});

test('lists and reads are Compago\'s, in our format', () =>
  inWorld(async (fresh) => {
    const own = cardsOf(fresh);
    const active = await own.active();
    const pending = await own.begun({ externalId: undefined });
    const made = await own.charged(active.id);
    await fresh.sandbox.control('POST', `payment-methods/${active.id}/payments/${made.payment}/refund`);
    const list = (await own.ask('GET', '')).body;
    assert.deepEqual([list.count, list.page, list.pageSize], [2, 1, 100]);
    assert.deepEqual(list.items.map(({ id, status }) => [id, status]).sort(), [[active.id, 'active'], [pending.id, 'pending']].sort());
    assert.deepEqual((await own.ask('GET', '?status=active&pageSize=1')).body.items.map(({ id }) => id), [active.id]);
    const payments = (await own.ask('GET', `/${active.id}/payments?status=refunded`)).body;
    assert.deepEqual(payments.items.map(({ id, status, amount, reference }) => [id, status, amount, reference]), [[made.payment, 'refunded', '120.00', made.reference]]);
    assert.deepEqual((await own.ask('GET', '?status=ACTIVE&pageSize=1')).body.items.map(({ id }) => id), [active.id]);
    assert.deepEqual((await own.ask('GET', `/${active.id}/payments?status=REFUNDED`)).body.items, payments.items);
    assert.deepEqual((await own.ask('GET', `/${active.id}/payments?status=declined`)).body.items, []);
    assert.deepEqual((await own.ask('GET', `/${active.id}/payments/${made.payment}`)).body, { id: made.payment, status: 'refunded', amount: '120.00', currency: 'MXN', reference: made.reference });
    for (const query of ['?status=PAID', '?page=0', '?pageSize=501', '?page=1&page=2', '?limit=5']) {
      assert.deepEqual(codeOf(await own.ask('GET', query)), [400, 'invalid-query'], query);
    }
    for (const path of [`/${UNKNOWN_ID}`, `/${UNKNOWN_ID}/payments`, `/${active.id}/payments/${UNKNOWN_ID}`, '/x', `/${active.id}/payments/..`]) {
      assert.deepEqual(codeOf(await own.ask('GET', path)), [404, 'not-found'], path);
    }
  }));

test('a card that was saved by other means is followed once it is requested', async () => {
  const made = await fetch(`${world.sandbox.url}/api/payment-method`, {
    method: 'POST',
    headers: { 'x-api-key': 'sandbox-key', 'content-type': 'application/json' },
    body: JSON.stringify({ billingInformation: holder, externalId: 'otro sistema/1' }),
  });
  const { id } = /** @type {{ id: string }} */ (await made.json());
  await cards.act(id, 'save');
  assert.equal((await cards.charged(id)).status, 'confirmed');
  const { status, externalId } = await cards.view(id);
  assert.deepEqual([status, externalId], ['active', null]);
  assert.deepEqual(cards.events(id, 'payment-method.active'), [], 'it was no news');
});

test('only the operator may', async () => {
  const { id } = await cards.active();
  const { payment } = await cards.charged(id);
  for (const [headers, code] of [[{ authorization: undefined }, 'unauthenticated'], [{ authorization: 'Bearer wrong' }, 'wrong-token'], [cashier, 'forbidden']]) {
    for (const answer of [
      await cards.save({}, { headers }),
      await cards.ask('GET', '', { headers }),
      await cards.view(id) && (await cards.ask('GET', `/${id}`, { headers })),
      await cards.ask('DELETE', `/${id}`, { headers }),
      await cards.charge(id, {}, { headers }),
      await cards.ask('GET', `/${id}/payments`, { headers }),
      await cards.ask('GET', `/${id}/payments/${payment}`, { headers }),
      await cards.refund(id, payment, {}, { headers }),
    ]) assert.equal(answer.body.code, code);
  }
  assert.equal((await cards.charges(id)).length, 1);
  const allowed = async (method, path) => (await world.send(method, path, { headers: operator })).headers.allow;
  assert.equal(await allowed('PUT', METHODS), 'GET, HEAD, POST');
  assert.equal(await allowed('POST', `${METHODS}/${id}`), 'GET, HEAD, DELETE');
  assert.equal(await allowed('GET', `${METHODS}/${id}/payments/${payment}/refund`), 'POST');
});
