import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { heldAmong, until } from './support/until.mjs';
import { tillOf } from './support/till.mjs';
import { inWorld, startWorld } from './support/world.mjs';

const world = await startWorld();
const till = tillOf(world);
after(() => world.stop());

const CREATE = 'payment-intent.create';
const made = async () => (await world.sandbox.intents()).length;

test('the same key and body get the same answer, also after it was paid', async () => {
  const [key, before] = [randomUUID(), await made()];
  const body = { terminalCode: 'TERM-01', reference: 'mesa-1' };
  const first = await till.charge(body, { key });
  assert.equal((await till.charge(body, { key: `"${key}"` })).text, first.text);
  await till.tap(first.body.intent);
  await till.untilStatus(first.body.intent, 'paid');
  const again = await till.charge(body, { key });
  assert.deepEqual([again.status, again.text], [201, first.text]);
  assert.equal(await made(), before + 1);
});

test('the same key with another body is 422, wherever it would go', async () => {
  const key = randomUUID();
  const first = await till.charged({ terminalCode: 'TERM-02' }, { key });
  const before = await made();
  for (const body of [{ terminalCode: 'TERM-02', amount: '350.51' }, { terminalCode: 'TERM-03' }, {}, { terminalCode: 'TERM-02', takeOver: true }]) {
    const answer = await till.charge(body, { key });
    assert.deepEqual([answer.status, answer.body.code], [422, 'idempotency-key-reused'], JSON.stringify(body));
  }
  assert.equal(await made(), before);
  assert.equal((await till.view(first.intent)).status, 'waiting');
  assert.equal((await till.latest('TERM-03')).status, 404);
});

test('twenty at once with one key: one intent, one answer', async () => {
  for (const body of [{ terminalCode: 'TERM-03' }, {}]) {
    const [key, before] = [randomUUID(), await made()];
    await world.sandbox.fault(CREATE, { kind: 'hold' });
    const [created, others] = await heldAmong(20, () => till.charge(body, { key }), () => world.sandbox.clearFaults());
    assert.equal(created?.status, 201);
    for (const { status, body: { code } } of others) assert.deepEqual([status, code], [409, 'request-in-flight']);
    assert.equal(await made(), before + 1);
    assert.equal((await till.charge(body, { key })).text, created?.text);
  }
});

test('a till that disconnects while the intent is created finds it by its key', async () => {
  const [key, before] = [randomUUID(), await made()];
  await world.sandbox.fault(CREATE, { kind: 'hold' });
  const gone = new AbortController();
  const lost = till.charge({}, { key, signal: gone.signal });
  await until('the intent is made', async () => (await made()) > before);
  gone.abort();
  await assert.rejects(lost, { name: 'AbortError' });
  await world.sandbox.clearFaults();
  const answer = await until('the answer', async () => {
    const again = await till.charge({}, { key });
    return again.status === 201 && again;
  });
  assert.equal(await made(), before + 1);
  await till.tap(answer.body.intent, { terminalCode: 'TERM-01' });
  await till.untilEvent(answer.body.externalId, 'payment-intent.paid');
});

test('a key whose body was refused may be used again; one that Compago refused gets its refusal again', async () => {
  const key = randomUUID();
  assert.equal((await till.charge({ amount: 'x' }, { key })).status, 400);
  await world.sandbox.fault(CREATE, { kind: 'refuse', status: 400, body: { message: 'Only MXN currency is supported' } });
  const before = (await till.callsTo('create')).length;
  for (let times = 0; times < 2; times += 1) {
    const answer = await till.charge({}, { key });
    assert.deepEqual([answer.status, answer.body.code], [422, 'payment-refused']);
  }
  assert.equal((await till.callsTo('create')).length, before + 1);
});

test('a key is recognised during a rotation of signing keys', () =>
  inWorld(async (own) => {
    const [key, body] = [randomUUID(), { terminalCode: 'TERM-01' }];
    const first = await tillOf(own).charge(body, { key });
    own.variables.SIGNING_KEY = `bmV3LWtleS1vZi10aGUtdGVzdHMtMDEyMzQ1Njc4OTAxMjM= ${own.variables.SIGNING_KEY}`;
    await own.restartWorker();
    assert.equal((await tillOf(own).charge(body, { key })).text, first.text);
    assert.equal((await tillOf(own).charge({ ...body, amount: '1' }, { key })).body.code, 'idempotency-key-reused');
    assert.equal((await own.sandbox.intents()).length, 1);
  }));
