// A sixth machine, which is nothing but its rules (tests/voucher/rules.rs), in the Durable Object of all machines.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { after, test } from 'node:test';
import { startStack } from '../support/stack.mjs';
import { until } from './support/until.mjs';

const config = fileURLToPath(new URL('../voucher/worker.capnp', import.meta.url));
const stack = await startStack({ config });
after(() => stack.stop());

/** @param {string} name @param {'issue' | 'cancel' | 'show'} command */
async function ask(name, command) {
  const answer = await fetch(`${stack.url}/${name}`, { method: 'POST', body: JSON.stringify(command) });
  return { status: answer.status, body: await answer.json() };
}

/** How many calls reached Compago. */
const calls = async () => (await stack.sandbox.calls()).length;

test('a voucher is issued by one call and cancelled by another, and each is reported once', async () => {
  await stack.sandbox.clearCalls();
  assert.deepEqual(await ask('first', 'issue'), { status: 200, body: { stage: 'Issued' } });
  assert.deepEqual(await ask('first', 'issue'), { status: 200, body: { stage: 'Issued' } });
  assert.equal(await calls(), 1);
  assert.deepEqual(await ask('first', 'cancel'), { status: 200, body: { stage: 'Cancelled' } });
  assert.deepEqual(await ask('first', 'cancel'), { status: 200, body: { stage: 'Cancelled' } });
  assert.equal(await calls(), 2);
  await until('two webhooks', () => stack.receiver.events().length === 2);
  assert.deepEqual(stack.receiver.events().map(({ type }) => type), ['order.paid', 'order.cancelled']);
  assert.equal((await ask('nobody', 'show')).status, 404);
});

test('a call that failed is made again by the alarm', async () => {
  await stack.sandbox.fault('one-time-payment.list', { kind: 'refuse', status: 503 });
  await stack.sandbox.clearCalls();
  assert.deepEqual(await ask('second', 'issue'), { status: 200, body: { stage: 'Issued' } });
  assert.equal(await calls(), 2);
});

test('a call that was lost with its process is made again by the alarm, once it is too old to have an answer', async () => {
  await stack.sandbox.fault('one-time-payment.list', { kind: 'hold' });
  await stack.sandbox.clearCalls();
  const lost = ask('third', 'issue').catch(() => 'lost');
  await until('the call', async () => (await calls()) === 1);
  await stack.killWorker();
  assert.equal(await lost, 'lost');
  await stack.restartWorker();
  await stack.sandbox.clearFaults();
  // A call is too old after 25 s, and the object wakes 37 s later.
  await until('the second call', async () => (await calls()) === 2, { ms: 90_000 });
  assert.deepEqual(await ask('third', 'show'), { status: 200, body: { stage: 'Issued' } });
});
