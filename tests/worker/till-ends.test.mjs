// How a charge ends: in the last seconds, during a cancel, late, or with a contradiction. Ten minutes pass by moving the
// clock of the Worker, of Compago and of the merchant's backend.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { until } from './support/until.mjs';
import { UNKNOWN_ID, tillOf } from './support/till.mjs';
import { inWorld, startWorld } from './support/world.mjs';

const MINUTE = 60_000;
const GET = 'payment-intent.get';

/** @param {(till: ReturnType<typeof tillOf>, world: any) => Promise<void>} act */
const inTime = (act) => () => inWorld((world) => act(tillOf(world), world), { movable: true });

/** Lets time pass in steps, as it does. @param {any} world @param {number} ms @param {number} [step] */
async function pass(world, ms, step = MINUTE) {
  for (let passed = 0; passed < ms; passed += step) await world.later(Math.min(step, ms - passed));
}

describe('the end of a charge', { concurrency: 4 }, () => {
  test('no till polls: the merchant is notified by the alarm alone', inTime(async (till, world) => {
    const charge = await till.charged({ terminalCode: 'TERM-01' });
    await pass(world, 2 * MINUTE, 20_000);
    await till.tap(charge.intent);
    const reads = (await till.callsTo('get')).length;
    await pass(world, MINUTE, 20_000);
    await till.untilEvent(charge.externalId, 'payment-intent.paid');
    const made = (await till.callsTo('get')).length;
    assert.ok(made - reads <= 2 && made <= 20, `${reads} and ${made} reads`);
    assert.equal((await till.view(charge.intent)).status, 'paid');
  }));

  test('unpaid: expired, once two answers say so', inTime(async (till, world) => {
    const charge = await till.charged({ terminalCode: 'TERM-01' });
    await pass(world, 9 * MINUTE);
    assert.deepEqual(till.events(charge.externalId), []);
    await pass(world, 1.5 * MINUTE, 30_000);
    const event = await till.untilEvent(charge.externalId, 'payment-intent.closed');
    assert.equal(event.data.outcome, 'expired');
    assert.equal((await till.view(charge.intent)).status, 'expired');
    await till.charged({ terminalCode: 'TERM-01' });
  }));

  test('paid in its last seconds', inTime(async (till, world) => {
    const charge = await till.charged();
    const left = Date.parse(charge.expiresAt) - Date.now();
    await world.later(left - 10_000, () => till.tap(charge.intent, { terminalCode: 'TERM-01' }));
    await world.later(MINUTE);
    const event = await till.untilEvent(charge.externalId, 'payment-intent.paid');
    assert.equal(event.data.late, false);
    assert.equal(till.events(charge.externalId).length, 1);
  }));

  for (const keepStatus of [false, true]) {
    test(`a success that is expired as well${keepStatus ? ', and still pending,' : ''} is paid`, inTime(async (till, world) => {
      const charge = await till.charged({ terminalCode: 'TERM-01' });
      await world.sandbox.fault(GET, { kind: 'refuse', status: 503 }, 3);
      await world.later(11 * MINUTE);
      await till.tap(charge.intent, { force: true, keepStatus });
      await pass(world, 2 * MINUTE, 20_000);
      const event = await till.untilEvent(charge.externalId, 'payment-intent.paid');
      assert.equal(event.data.late, false);
      assert.equal((await till.view(charge.intent)).status, 'paid');
    }));
  }

  test('a success after it was cancelled still counts, and is reported as late', inTime(async (till, world) => {
    const charge = await till.charged({ terminalCode: 'TERM-01' });
    assert.equal((await till.cancel(charge.intent)).body.status, 'cancelled');
    await till.tap(charge.intent, { force: true });
    await pass(world, 1.5 * MINUTE, 30_000);
    const event = await till.untilEvent(charge.externalId, 'payment-intent.paid');
    assert.equal(event.data.late, true);
    assert.deepEqual(till.events(charge.externalId).map(({ type }) => type), ['payment-intent.closed', 'payment-intent.paid']);
    assert.equal((await till.latest('TERM-01')).body.status, 'paid');
    assert.equal((await till.cancel(charge.intent)).body.status, 'paid', 'nothing takes it back');
  }));

  test('a success long after it expired still counts, once', inTime(async (till, world) => {
    const charge = await till.charged({ terminalCode: 'TERM-01' });
    await pass(world, 12 * MINUTE);
    await till.untilEvent(charge.externalId, 'payment-intent.closed');
    await till.tap(charge.intent, { force: true });
    await pass(world, 15 * MINUTE);
    const event = await till.untilEvent(charge.externalId, 'payment-intent.paid');
    assert.equal(event.data.late, true);
    await pass(world, 60 * MINUTE, 20 * MINUTE);
    assert.equal(till.events(charge.externalId).length, 2);
  }));

  test('after three late reads without a success, polling stops', inTime(async (till, world) => {
    const charge = await till.charged({ terminalCode: 'TERM-01' });
    await till.cancel(charge.intent);
    const reads = (await till.callsTo('get')).length;
    await pass(world, 24 * 60 * MINUTE, 30 * MINUTE);
    assert.equal((await till.callsTo('get')).length, reads + 3);
    assert.deepEqual(till.events(charge.externalId).map(({ type }) => type), ['payment-intent.closed']);
  }));

  test('confirmed without a success: unknown, then on hold with a webhook, and paid once it is certain', inTime(async (till, world) => {
    await world.sandbox.settings({ intentSummary: 'without-summary' });
    const charge = await till.charged({ terminalCode: 'TERM-01' });
    await till.tap(charge.intent);
    await till.untilStatus(charge.intent, 'unknown');
    assert.equal((await till.charge({ terminalCode: 'TERM-01' })).body.code, 'terminal-busy');
    await pass(world, 12 * MINUTE);
    const held = await till.untilEvent(charge.externalId, 'payment-intent.on-hold');
    assert.equal(held.data.reason, 'confirmed-without-success');
    const log = (await world.workerLog()).split('\n').find((line) => line.includes('intent-on-hold')) ?? '';
    assert.deepEqual(JSON.parse(log.slice(log.indexOf('{'))), {
      level: 'error', event: 'intent-on-hold', fields: { externalId: charge.externalId, reason: 'confirmed-without-success' },
    });
    await world.sandbox.settings({ intentSummary: 'with-status' });
    await pass(world, 12 * MINUTE);
    assert.equal((await till.untilEvent(charge.externalId, 'payment-intent.paid')).data.late, true);
    assert.equal((await till.view(charge.intent)).status, 'paid');
  }));

  test('a success that appears before the status is paid at once', inTime(async (till, world) => {
    await world.sandbox.settings({ intentSummary: 'before-status' });
    const charge = await till.charged();
    await till.tap(charge.intent, { terminalCode: 'TERM-02' });
    await till.untilStatus(charge.intent, 'paid');
  }));

  test('cancelled by another program, or by another charge of its terminal: noticed without a till', inTime(async (till, world) => {
    const one = await till.charged({ terminalCode: 'TERM-01' });
    const other = await till.charged({ terminalCode: 'TERM-02' });
    await world.sandbox.control('POST', `payment-intents/${one.intent}/cancel`);
    const foreign = await fetch(`${world.variables.COMPAGO_BASE_URL}/payment-intent`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': 'sandbox-key' },
      body: JSON.stringify({ amount: 20, currency: 'MXN', externalId: 'other-program-1', terminalCode: 'TERM-02' }),
    });
    assert.equal(foreign.status, 201);
    await pass(world, MINUTE, 10_000);
    for (const { externalId } of [one, other]) {
      assert.equal((await till.untilEvent(externalId, 'payment-intent.closed')).data.outcome, 'cancelled');
    }
  }));

  test('unusable answers: unknown meanwhile, never paid by them, paid by the next one', inTime(async (till, world) => {
    const charge = await till.charged({ terminalCode: 'TERM-01' });
    await till.tap(charge.intent);
    const faults = [
      { kind: 'refuse', status: 500 },
      { kind: 'refuse', status: 429 },
      { kind: 'lose-answer' },
      { kind: 'truncate' },
      { kind: 'huge', bytes: 6 * 1024 * 1024 },
      { kind: 'answer', status: 200, body: 'SUCCESS' },
      { kind: 'answer', status: 200, body: [{ status: 'CONFIRMED', paymentSummary: { status: 'SUCCESS' } }] },
      { kind: 'answer', status: 200, body: { id: charge.intent, status: true, paymentSummary: { status: 'SUCCESS' } } },
      { kind: 'answer', status: 200, body: { id: charge.intent, paymentSummary: { status: 'SUCCESS' } } },
      { kind: 'answer', status: 200, body: `{"id":"${charge.intent}","status":"PENDING","status":"CONFIRMED"}`, contentType: 'application/json' },
      { kind: 'redirect', location: `${world.sandbox.url}/api/one-time-payment` },
      { kind: 'refuse', status: 404, body: { message: 'Payment intent not found' } },
    ];
    for (const fault of faults) await world.sandbox.fault(GET, fault);
    for (let read = 1; read <= faults.length; read += 1) {
      await until(`read ${read}`, async () => {
        await world.later(5_000);
        return (await till.callsTo('get')).length >= read;
      });
      assert.deepEqual(till.events(charge.externalId), []);
      if (read === 6) assert.equal((await till.view(charge.intent)).status, 'unknown');
    }
    await until('paid', async () => {
      await world.later(10_000);
      return till.events(charge.externalId, 'payment-intent.paid')[0];
    });
    assert.equal((await till.callsTo('get')).length, faults.length + 1);
    const calls = (await world.sandbox.calls()).filter(({ endpoint }) => !endpoint?.startsWith('payment-intent'));
    assert.deepEqual(calls, [], 'a redirect is not followed');
  }));

  test('an answer about another intent is not this one\'s', inTime(async (till, world) => {
    const charge = await till.charged({ terminalCode: 'TERM-01' });
    const body = { id: UNKNOWN_ID, status: 'CONFIRMED', paymentSummary: { status: 'SUCCESS' } };
    await world.sandbox.fault(GET, { kind: 'answer', status: 200, body }, 3);
    await pass(world, 3 * MINUTE, 10_000);
    assert.ok((await till.callsTo('get')).length > 3);
    assert.deepEqual([(await till.view(charge.intent)).status, till.events(charge.externalId)], ['waiting', []]);
  }));
});

describe('cancel against pay', () => {
  test('at the same moment: the till, the merchant and Compago agree', async () => {
    const world = await startWorld();
    after(() => world.stop());
    const till = tillOf(world);
    const charges = await Promise.all(Array.from({ length: 10 }, () => till.charged()));
    await Promise.all(charges.map(async ({ intent, externalId }, at) => {
      const tapped = () => till.tap(intent, { terminalCode: 'TERM-01' });
      const [answer] = await Promise.allSettled(at % 2 === 0 ? [till.cancel(intent), tapped()] : [tapped(), till.cancel(intent)].reverse());
      assert.equal(answer.status, 'fulfilled');
      const { paid } = await till.atCompago(intent);
      assert.deepEqual([answer.value.status, answer.value.body.status], [200, paid ? 'paid' : 'cancelled']);
      await till.untilEvent(externalId, paid ? 'payment-intent.paid' : 'payment-intent.closed');
      assert.equal(till.events(externalId).length, 1);
    }));
  });

  for (const [name, fault] of Object.entries({
    'the answer is lost': { kind: 'lose-answer' },
    'Compago refuses it once': { kind: 'refuse', status: 400, body: { message: 'Payment intent already confirmed' } },
    'Compago is down for a moment': { kind: 'refuse', status: 503 },
  })) {
    test(`cancelled although ${name}`, () =>
      inWorld(async (world) => {
        const till = tillOf(world);
        const charge = await till.charged({ terminalCode: 'TERM-01' });
        await world.sandbox.fault('payment-intent.cancel', fault);
        assert.equal((await till.cancel(charge.intent)).body.status, 'cancelled');
        assert.equal((await till.atCompago(charge.intent)).status, 'CANCELLED');
        await till.untilEvent(charge.externalId, 'payment-intent.closed');
      }));
  }
});
