// Compago refuses, or returns a link that must not be trusted.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { invoice } from './support/bodies.mjs';
import { throughout } from './support/until.mjs';
import { inWorld, withPayment } from './support/world.mjs';

const GET = 'one-time-payment.get';
const payable = async (world) => (await world.sandbox.payments()).filter(({ status }) => status === 'PENDING');

describe('refusals', { concurrency: 4 }, () => {
  test('below the account\'s minimum: 422 with the minimum, and nothing was created', () =>
    inWorld(async (world) => {
      for (const minimumAmountStyle of ['plain', 'two-decimals']) {
        await world.sandbox.settings({ minimumAmount: '500.00', minimumAmountStyle });
        const answer = await world.order();
        assert.equal(answer.status, 422, answer.text);
        assert.equal(answer.body.code, 'amount-below-minimum');
        assert.equal(answer.body.minimum, '500.00');
      }
      assert.deepEqual(await world.sandbox.payments(), []);
      assert.deepEqual(world.receiver.events(), []);
    }));

  test('below an unknown minimum: 422 without one', () =>
    inWorld(async (world) => {
      const body = { message: 'One time payment amount must be at least what we say.' };
      await world.sandbox.fault('one-time-payment.create', { kind: 'refuse', status: 400, body });
      const answer = await world.order();
      assert.equal(answer.status, 422, answer.text);
      assert.equal('minimum' in answer.body, false);
    }));

  test('an external id that another payment has: 422, and that payment is left alone', () =>
    inWorld(async (world) => {
      const first = withPayment(await world.invoiceOrder({ ...invoice, externalId: 'FAC-1' }));
      const second = await world.invoiceOrder({ ...invoice, externalId: 'FAC-1', amount: '99.00' });
      assert.equal(second.status, 422, second.text);
      assert.equal(second.body.code, 'external-id-taken');
      assert.deepEqual((await payable(world)).map(({ id }) => id), [first.paymentId]);
    }));

  test('another program\'s payment under our external id is never adopted, nor cancelled', () =>
    inWorld(async (world) => {
      const first = withPayment(await world.invoiceOrder({ ...invoice, externalId: 'FAC-2' }));
      // The answer gets lost before anything happened: the retry meets the duplicate and has to search.
      await world.sandbox.fault('one-time-payment.create', { kind: 'refuse', status: 502 });
      const second = await world.invoiceOrder({ ...invoice, externalId: 'FAC-2' });
      assert.equal(second.status, 422, second.text);
      assert.equal(second.body.code, 'external-id-taken');
      assert.deepEqual((await payable(world)).map(({ id }) => id), [first.paymentId]);
    }));

  test('a wrong key, or an organisation that is not set up: 502, reported as our own fault', () =>
    inWorld(async (world) => {
      await world.sandbox.settings({ missingOrganization: true });
      const key = randomUUID();
      const answer = await world.order({ key });
      assert.equal(answer.status, 502, answer.text);
      assert.equal(answer.body.code, 'provider-refused');
      await world.sandbox.settings({ missingOrganization: false });
      await world.sandbox.fault('one-time-payment.create', { kind: 'refuse', status: 401, body: { message: 'Unauthorized' } });
      assert.equal((await world.order()).body.code, 'provider-refused');
    }));

  test('an undocumented reason: 422, with our own text', () =>
    inWorld(async (world) => {
      await world.sandbox.fault('one-time-payment.create', { kind: 'refuse', status: 400, body: { message: 'SECRET upstream text' } });
      const answer = await world.order();
      assert.equal(answer.body.code, 'payment-refused');
      assert.doesNotMatch(answer.text, /SECRET|upstream text/);
    }));
});

describe('links', { concurrency: 4 }, () => {
  test('a link to another origin is not shown: on hold, with a webhook', () =>
    inWorld(async (world) => {
      await world.sandbox.settings({ checkoutOrigin: 'https://evil.example' });
      const key = randomUUID();
      const answer = await world.order({ key });
      assert.equal(answer.status, 502, answer.text);
      assert.equal(answer.body.code, 'payment-on-hold');
      assert.doesNotMatch(answer.text, /evil/);
      const event = await world.untilEvent(answer.body.reference, 'order.on-hold');
      assert.equal(event.data.reason, 'link-elsewhere');
      const again = await world.order({ key });
      assert.equal(again.body.code, 'payment-on-hold', 'the same key makes no second payment');
      assert.equal((await payable(world)).length, 1);
    }));

  for (const [name, checkoutPath] of Object.entries({
    'another path': '/pagar/{id}',
    'a path without an id': '/pagar/enlace-1',
    'an id in the query': '/checkout/otp?id={id}',
  })) {
    test(`${name}: the payment is identified by the list`, () =>
      inWorld(async (world) => {
        await world.sandbox.settings({ checkoutPath });
        const answer = await world.order();
        assert.equal(answer.status, 201, answer.text);
        const { attempts } = await world.story(answer.body.reference);
        const [payment] = await world.sandbox.payments();
        assert.equal(attempts[0].paymentId, payment.id);
        assert.ok((await world.callsTo('list')).length >= 1);
        const back = `/api/shop/return?order=${answer.body.order}&id=${payment.id}&externalId=${payment.externalId}`;
        await world.sandbox.act(payment.id, 'pay');
        await world.send('GET', back);
        await world.untilEvent(answer.body.reference, 'order.paid');
      }));
  }

  test('an ambiguous link is not shown', () =>
    inWorld(async (world) => {
      await world.sandbox.settings({ checkoutPath: '/checkout/otp/{id}/../00000000-0000-4000-8000-000000000000' });
      const answer = await world.order();
      assert.equal(answer.body.code, 'payment-on-hold');
      await world.untilEvent(answer.body.reference, 'order.on-hold');
    }));

  test('a link to the payment of another order is not accepted', () =>
    inWorld(async (world) => {
      const victim = await world.buy();
      // Two orders that ask for one payment do not know of each other.
      await throughout(3_000, () => {});
      const redirectUrl = victim.checkoutUrl;
      await world.sandbox.fault('one-time-payment.create', { kind: 'answer', status: 201, body: { redirectUrl } });
      const answer = await world.order();
      assert.equal(answer.status, 502, answer.text);
      assert.equal(answer.body.code, 'payment-on-hold');
      await throughout(3_000, () => {});
      await world.send('GET', await world.pay(victim.paymentId));
      await world.untilEvent(victim.reference, 'order.paid');
      assert.deepEqual(world.events(answer.body.reference, 'order.paid'), []);
    }));

  test('a proof that is unreadable or contradictory falls back to the list', () =>
    inWorld(async (world) => {
      await world.sandbox.fault(GET, { kind: 'answer', status: 200, body: { status: 'PENDING', amount: 1, currency: 'MXN' } });
      await world.buy();
      await world.sandbox.fault(GET, { kind: 'answer', status: 200, body: 'nonsense' }, 3);
      const order = await world.buy();
      assert.equal((await world.callsTo('list')).length, 2);
      await world.send('GET', await world.pay(order.paymentId));
      await world.untilEvent(order.reference, 'order.paid');
    }));
});
