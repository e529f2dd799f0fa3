// Several answers are lost while a payment is created. These tests take as long as the Worker's time limits and retries.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { assertOneShown, buyWithRetries } from './support/purchase.mjs';
import { inWorld } from './support/world.mjs';

const CREATE = 'one-time-payment.create';

describe('lasting failures', { concurrency: true }, () => {
  test('Compago is down for all calls: 503, then the same key continues where it was', () =>
    inWorld(async (world) => {
      await world.sandbox.fault(CREATE, { kind: 'refuse', status: 503 }, 50);
      await world.sandbox.fault('one-time-payment.list', { kind: 'refuse', status: 503 }, 50);
      const key = randomUUID();
      const answer = await world.order({ key });
      assert.equal(answer.status, 503, answer.text);
      assert.equal(answer.body.code, 'provider-unavailable');
      const tries = (await world.sandbox.calls()).length;
      assert.ok(tries <= 8, `${tries} calls while it was down`);
      await world.sandbox.clearFaults();
      await assertOneShown(world, await buyWithRetries(world, key), 1);
    }));

  test('the answer is lost again and again', () =>
    inWorld(async (world) => {
      await world.sandbox.fault(CREATE, { kind: 'lose-answer' });
      await world.sandbox.fault(CREATE, { kind: 'lose-answer' });
      await assertOneShown(world, await buyWithRetries(world), 2);
    }));

  test('the lost payment appears late in a list that shifts while it is read', () =>
    inWorld(async (world) => {
      await world.sandbox.settings({ listDelayMs: 4_000 });
      await world.sandbox.fault(CREATE, { kind: 'lose-answer' });
      await world.sandbox.fault('one-time-payment.list', { kind: 'drift', how: 'insert', by: 501 }, 2);
      await assertOneShown(world, await buyWithRetries(world), 2);
    }));

  test('the lost payment cannot be cancelled at first', () =>
    inWorld(async (world) => {
      await world.sandbox.fault(CREATE, { kind: 'lose-answer' });
      await world.sandbox.fault('one-time-payment.cancel', { kind: 'lose-answer' });
      await assertOneShown(world, await buyWithRetries(world), 2);
    }));
});
