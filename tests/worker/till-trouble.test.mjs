// Failures while an intent is created: Compago has no list in which it could be found, so it is never reported as unpaid.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from './support/until.mjs';
import { UNKNOWN_ID, tillOf } from './support/till.mjs';
import { inWorld } from './support/world.mjs';

const CREATE = 'payment-intent.create';
const HERE = { terminalCode: 'TERM-01' };

/** @param {(till: ReturnType<typeof tillOf>, world: any) => Promise<void>} act @param {object} [options] */
const withTill = (act, options) => () => inWorld((world) => act(tillOf(world), world), options);

const refusal = (answer) => [answer.status, answer.body.code];

/** The terminal shows a charge with an unknown result, and so is busy until a take-over. */
async function assertUnknown(till, world, key) {
  assert.deepEqual(refusal(await till.charge(HERE, { key })), [502, 'intent-unknown'], 'again the same');
  const shown = (await till.latest('TERM-01')).body;
  assert.deepEqual([shown.intent, shown.status, shown.deepLink], [null, 'unknown', null]);
  const intents = await world.sandbox.intents();
  assert.deepEqual(intents.map(({ externalId }) => externalId), [shown.externalId], 'one was made, under one id');
  const event = await till.untilEvent(shown.externalId, 'payment-intent.on-hold');
  assert.deepEqual([event.data.intent, event.data.reason], [null, 'create-lost']);
  assert.ok((await world.workerLog()).includes('intent-on-hold'));
  assert.deepEqual(refusal(await till.charge(HERE)), [409, 'terminal-busy']);
  const next = await till.charged({ ...HERE, takeOver: true });
  assert.notEqual(next.externalId, shown.externalId);
  assert.equal((await till.atCompago(intents[0].id)).withdrawal, 'replaced', 'Compago takes it from the terminal');
  assert.equal((await till.latest('TERM-01')).body.intent, next.intent);
}

describe('an answer to creating an intent', { concurrency: 5 }, () => {
  for (const [name, fault] of Object.entries({
    'lost': { kind: 'lose-answer' },
    'truncated': { kind: 'truncate' },
    'huge': { kind: 'huge', bytes: 6 * 1024 * 1024 },
    'without an id': { kind: 'answer', status: 201, body: { status: 'PENDING', amount: 350.5 } },
    'of the wrong types': { kind: 'answer', status: 201, body: { id: 7, amount: '350.50' } },
    '500 after its making': { kind: 'answer', status: 500, body: { message: 'Internal server error' } },
  })) {
    test(`${name}: repeated with the same external id, then unknown`, withTill(async (till, world) => {
      await world.sandbox.fault(CREATE, fault);
      const key = randomUUID();
      assert.deepEqual(refusal(await till.charge(HERE, { key })), [502, 'intent-unknown']);
      assert.equal((await till.callsTo('create')).length, 2);
      await assertUnknown(till, world, key);
    }));
  }

  for (const [name, fault] of Object.entries({
    '503 before its making': { kind: 'refuse', status: 503 },
    'a redirect': { kind: 'redirect', location: 'http://127.0.0.1:9/' },
  })) {
    test(`${name}: created by the second call`, withTill(async (till, world) => {
      await world.sandbox.fault(CREATE, fault);
      const charge = await till.charged(HERE);
      const [intent, ...others] = await world.sandbox.intents();
      assert.deepEqual([intent.externalId, others], [charge.externalId, []]);
      await till.tap(charge.intent);
      await till.untilStatus(charge.intent, 'paid');
    }));
  }

  test('late: the terminal waits, the till gets an answer in time, and the same request finds the charge', withTill(async (till, world) => {
    await world.sandbox.fault(CREATE, { kind: 'delay', ms: 6_000 });
    const key = randomUUID();
    const first = till.charge(HERE, { key });
    await until('the intent is made', async () => (await world.sandbox.intents()).length === 1);
    const shown = (await till.latest('TERM-01')).body;
    assert.deepEqual([shown.intent, shown.status], [null, 'waiting']);
    assert.deepEqual(refusal(await till.charge(HERE)), [409, 'terminal-busy']);
    assert.equal((await first).status, 201);
    assert.equal((await till.callsTo('create')).length, 1);
  }));

  test('with another amount: not shown as waiting, cancelled, never paid', withTill(async (till, world) => {
    const body = { id: UNKNOWN_ID, status: 'PENDING', amount: 1, currency: 'MXN', externalId: 'another' };
    await world.sandbox.fault(CREATE, { kind: 'answer', status: 201, body });
    const answer = await till.charge(HERE);
    assert.ok(answer.status >= 400 || answer.body.status === 'cancel-requested', answer.text);
    assert.equal((await till.latest('TERM-01')).body.status, 'cancel-requested');
    const [intent] = await world.sandbox.intents();
    await till.tap(intent.id);
    await until('it is asked for', async () => (await till.callsTo('get', UNKNOWN_ID)).length >= 2);
    assert.deepEqual(world.receiver.events(), []);
  }));

  test('with the id of another charge: that one is unchanged', withTill(async (till, world) => {
    const first = await till.charged({ terminalCode: 'TERM-02' });
    const body = { id: first.intent, status: 'PENDING', amount: 350.5, currency: 'MXN', externalId: 'another' };
    await world.sandbox.fault(CREATE, { kind: 'answer', status: 201, body });
    assert.deepEqual(refusal(await till.charge(HERE)), [502, 'intent-unknown']);
    // Both charges read that id, and neither knows when the other did.
    await world.sandbox.clearCalls();
    assert.equal((await till.view(first.intent)).externalId, first.externalId);
  }));

  test('refused: nothing to show, and the terminal is free', withTill(async (till, world) => {
    for (const [fault, status, code] of [
      [{ kind: 'refuse', status: 401, body: { message: 'Unauthorized' } }, 502, 'provider-refused'],
      [{ kind: 'refuse', status: 400, body: { message: 'User does not have an organization' } }, 502, 'provider-refused'],
      [{ kind: 'refuse', status: 400, body: { message: 'Amount must be at least $10' } }, 422, 'payment-refused'],
      [{ kind: 'refuse', status: 422, body: { message: 'no' } }, 422, 'payment-refused'],
    ]) {
      await world.sandbox.fault(CREATE, fault);
      assert.deepEqual(refusal(await till.charge(HERE)), [status, code]);
      assert.equal((await till.latest('TERM-01')).status, 404);
    }
    assert.deepEqual(await world.sandbox.intents(), []);
    await till.charged(HERE);
    assert.deepEqual(world.receiver.events(), []);
  }));
});

describe('kill -9', { concurrency: 4 }, () => {
  test('between the creation of an intent at Compago and its answer: no second one, and unknown', withTill(async (till, world) => {
    await world.sandbox.fault(CREATE, { kind: 'delay', ms: 8_000 });
    const key = randomUUID();
    const lost = till.charge(HERE, { key }).catch(() => undefined);
    await until('the intent is made', async () => (await world.sandbox.intents()).length === 1);
    await world.restartWorker();
    await lost;
    const again = till.charge(HERE, { key });
    await until('the charge is known again', async () => (await till.latest('TERM-01')).status === 200);
    await world.later(30_000);
    assert.deepEqual(refusal(await again), [502, 'intent-unknown']);
    await assertUnknown(till, world, key);
  }, { movable: true }));

  test('while it is followed, and no further requests: the alarm survives the process', withTill(async (till, world) => {
    const charge = await till.charged(HERE);
    await till.tap(charge.intent);
    await world.restartWorker();
    await till.untilEvent(charge.externalId, 'payment-intent.paid');
  }));

  test('during a take-over: the previous charge is settled, and one charge is made', withTill(async (till, world) => {
    const first = await till.charged(HERE);
    await world.sandbox.fault('payment-intent.cancel', { kind: 'delay', ms: 5_000 });
    const [key, body] = [randomUUID(), { ...HERE, takeOver: true }];
    const lost = till.charge(body, { key }).catch(() => undefined);
    await until('the cancel call', async () => (await till.callsTo('cancel')).length === 1);
    await world.restartWorker();
    await lost;
    const again = till.charge(body, { key });
    await until('the charge is known again', async () => (await till.latest('TERM-01')).status === 200);
    await world.later(30_000);
    const second = (await again).body;
    assert.equal((await till.view(first.intent)).status, 'cancelled');
    assert.equal((await till.view(second.intent)).status, 'waiting');
    assert.equal((await world.sandbox.intents()).length, 2);
  }, { movable: true }));

  test('during a take-over of a charge that is being paid: repeating the request creates nothing, at any time', withTill(async (till, world) => {
    const first = await till.charged(HERE);
    await world.sandbox.fault('payment-intent.cancel', { kind: 'delay', ms: 5_000 });
    const [key, body] = [randomUUID(), { ...HERE, takeOver: true }];
    const lost = till.charge(body, { key }).catch(() => undefined);
    await until('the cancel call', async () => (await till.callsTo('cancel')).length === 1);
    await till.tap(first.intent, { force: true });
    await world.restartWorker();
    await lost;
    assert.equal((await till.view(first.intent)).status, 'cancel-requested');
    await world.later(30_000);
    assert.equal((await till.view(first.intent)).status, 'paid');
    assert.deepEqual(refusal(await till.charge(body, { key })), [409, 'intent-paid']);
    assert.equal((await world.sandbox.intents()).length, 1);
  }, { movable: true }));

  test('while many tills charge, twice in a row: one intent per key, one webhook per card', withTill(async (till, world) => {
    await world.sandbox.fault(CREATE, { kind: 'delay', ms: 120 }, 60);
    const keys = Array.from({ length: 16 }, () => randomUUID());
    for (const round of [0, 1]) {
      const going = keys.map(async (key, at) => {
        await sleep(at * 20 + round * 5);
        return till.charge({}, { key }).catch(() => undefined);
      });
      // One charge is made, those that began just after it are under way, the last have not begun.
      await Promise.any(going.map(async (charge) => assert.equal((await charge)?.status, 201)));
      await world.killWorker();
      await Promise.all(going);
      await world.restartWorker();
    }
    await world.sandbox.clearFaults();
    const asked = keys.map((key) => until('an answer', async () => {
      const answer = await till.charge({}, { key }).catch(() => undefined);
      return answer && answer.body.code !== 'request-in-flight' && answer;
    }, { ms: 30_000 }));
    await sleep(1_000);
    await world.later(30_000);
    const answers = await Promise.all(asked);
    const intents = await world.sandbox.intents();
    assert.equal(new Set(intents.map(({ externalId }) => externalId.split('_').at(-1))).size, intents.length, 'two for one key');
    const made = answers.filter(({ status }) => status === 201).map(({ body }) => body);
    for (const { status, body } of answers) if (status !== 201) assert.deepEqual([status, body.code], [502, 'intent-unknown']);
    for (const { intent } of made) await till.tap(intent, { terminalCode: 'TERM-01' });
    await world.later(60_000);
    for (const { externalId } of made) await till.untilEvent(externalId, 'payment-intent.paid');
    assert.ok(made.length > 0 && made.length < keys.length, `${made.length} of ${keys.length}`);
  }, { movable: true }));
});
