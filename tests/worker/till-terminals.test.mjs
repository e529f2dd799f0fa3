// Two tills at one terminal: one charge at a time, and another only by an explicit take-over that is verified first.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { until } from './support/until.mjs';
import { tillOf } from './support/till.mjs';
import { inWorld } from './support/world.mjs';

const HERE = { terminalCode: 'TERM-01' };
const CANCEL = 'payment-intent.cancel';

/** @param {(till: ReturnType<typeof tillOf>, world: any) => Promise<void>} act */
const atTerminal = (act) => () => inWorld((world) => act(tillOf(world), world));

const refusal = (answer) => [answer.status, answer.body.code];

describe('two tills at one terminal', { concurrency: 4 }, () => {
  test('the second gets terminal-busy and the running charge; another terminal is free', atTerminal(async (till, world) => {
    const first = await till.charged(HERE);
    assert.deepEqual(refusal(await till.charge(HERE)), [409, 'terminal-busy']);
    assert.deepEqual((await till.latest('TERM-01')).body.intent, first.intent);
    await till.charged({ terminalCode: 'TERM-02' });
    assert.equal((await world.sandbox.intents()).length, 2);
    await till.tap(first.intent);
    await till.untilStatus(first.intent, 'paid');
    await till.charged(HERE);
  }));

  test('many requests at once: one charge', atTerminal(async (till, world) => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => till.charge(HERE)));
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    for (const answer of answers) if (answer.status !== 201) assert.deepEqual(refusal(answer), [409, 'terminal-busy']);
    assert.equal((await world.sandbox.intents()).length, 1);
  }));

  test('a take-over cancels the waiting charge and verifies that before it charges', atTerminal(async (till, world) => {
    const first = await till.charged(HERE);
    await world.sandbox.clearCalls();
    const second = await till.charged({ ...HERE, takeOver: true });
    const order = (await world.sandbox.calls()).map(({ endpoint, id }) => [endpoint, id === first.intent]);
    // Before it, the open charge may be polled.
    const takeOver = order.slice(order.findIndex(([endpoint]) => endpoint === 'payment-intent.cancel'));
    assert.deepEqual(takeOver, [['payment-intent.cancel', true], ['payment-intent.get', true], ['payment-intent.create', false]]);
    assert.equal((await till.view(first.intent)).status, 'cancelled');
    assert.equal((await till.latest('TERM-01')).body.intent, second.intent);
    assert.equal((await till.untilEvent(first.externalId, 'payment-intent.closed')).data.outcome, 'cancelled');
    await till.tap(second.intent);
    await till.untilEvent(second.externalId, 'payment-intent.paid');
  }));

  test('a take-over of a free terminal is an ordinary charge', atTerminal(async (till) => {
    const first = await till.charged({ ...HERE, takeOver: true });
    await till.tap(first.intent);
    await till.untilStatus(first.intent, 'paid');
    await till.charged({ ...HERE, takeOver: true });
  }));

  test('taken over while it is being paid: no new charge, now or when the request is repeated', atTerminal(async (till, world) => {
    const first = await till.charged(HERE);
    await till.tap(first.intent);
    const key = randomUUID();
    for (let times = 0; times < 3; times += 1) {
      assert.deepEqual(refusal(await till.charge({ ...HERE, takeOver: true }, { key })), [409, 'intent-paid']);
    }
    await world.restartWorker();
    assert.deepEqual(refusal(await till.charge({ ...HERE, takeOver: true }, { key })), [409, 'intent-paid']);
    assert.equal((await till.view(first.intent)).status, 'paid');
    // A delivery that the kill cut off is taken for lost after half a minute.
    await till.untilEvent(first.externalId, 'payment-intent.paid', { ms: 45_000 });
    assert.equal((await till.callsTo('create')).length, 1);
    await till.charged({ ...HERE, takeOver: true });
  }));

  test('two take-overs at once: one charges, and the other is refused', atTerminal(async (till, world) => {
    const first = await till.charged(HERE);
    await world.sandbox.fault(CANCEL, { kind: 'delay', ms: 300 });
    const answers = await Promise.all([1, 2, 3].map(() => till.charge({ ...HERE, takeOver: true })));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409]);
    for (const answer of answers) if (answer.status !== 201) assert.deepEqual(refusal(answer), [409, 'terminal-busy']);
    assert.equal((await till.view(first.intent)).status, 'cancelled');
    assert.equal((await till.callsTo('cancel', first.intent)).length, 1);
    const open = (await world.sandbox.intents()).filter(({ status }) => status === 'PENDING');
    assert.deepEqual(open.map(({ id }) => id), [answers.find(({ status }) => status === 201)?.body.intent]);
  }));

  test('a take-over of a charge that is being created waits for it', atTerminal(async (till, world) => {
    await world.sandbox.fault('payment-intent.create', { kind: 'delay', ms: 800 });
    const first = till.charge(HERE);
    await until('the intent is made', async () => (await world.sandbox.intents()).length === 1);
    const second = await till.charged({ ...HERE, takeOver: true });
    assert.equal((await till.view((await first).body.intent)).status, 'cancelled');
    assert.equal((await till.view(second.intent)).status, 'waiting');
  }));

  test('a charge that cannot be settled in time keeps the terminal; repeating the request continues', atTerminal(async (till, world) => {
    const first = await till.charged(HERE);
    await world.sandbox.fault('payment-intent.get', { kind: 'refuse', status: 503 }, 50);
    const key = randomUUID();
    assert.deepEqual(refusal(await till.charge({ ...HERE, takeOver: true }, { key })), [409, 'terminal-busy']);
    assert.equal((await till.view(first.intent)).status, 'cancel-requested');
    await world.sandbox.clearFaults();
    const second = await until('the take-over', async () => {
      const answer = await till.charge({ ...HERE, takeOver: true }, { key });
      return answer.status === 201 && answer.body;
    }, { ms: 40_000 });
    assert.equal((await till.view(first.intent)).status, 'cancelled');
    assert.equal((await till.view(second.intent)).status, 'waiting');
  }));

  test('tills that reload, charge, take over and pay at random: one webhook for each card', atTerminal(async (till, world) => {
    const seen = new Map();
    for (let round = 0; round < 6; round += 1) {
      const answers = await Promise.all([
        till.charge(HERE), till.charge({ ...HERE, takeOver: true }), till.latest('TERM-01'), till.charge({ ...HERE, takeOver: round % 2 === 0 }),
      ]);
      for (const { status, body } of answers) if (status < 300) seen.set(body.intent, body);
      const [open] = (await world.sandbox.intents()).filter(({ status }) => status === 'PENDING');
      await Promise.allSettled([open && till.tap(open.id), open && round % 3 === 0 && till.cancel(open.id)]);
    }
    for (const intent of await world.sandbox.intents()) {
      const { externalId } = intent;
      await till.untilEvent(externalId, intent.paid ? 'payment-intent.paid' : 'payment-intent.closed');
      assert.equal(till.events(externalId).length, 1);
      assert.equal((await till.view(intent.id)).status, intent.paid ? 'paid' : 'cancelled');
    }
  }));
});
