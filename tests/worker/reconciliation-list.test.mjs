// Reconciliation with a long list that shifts while it is read, is interrupted, or survives the Worker.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LIST, PLENTY, books, ended, inBooks, inBrief, reconcile, start } from './support/books.mjs';
import { until } from './support/until.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./support/world.mjs').startWorld>>} World */

describe('5,000 payments of other programs around 30 of our orders', { concurrency: 2 }, () => {
  /** @param {World} world @param {Parameters<Parameters<typeof inBooks>[0]>[1]} plant */
  const fill = async (world, plant) => {
    await plant.foreign(5_000);
    const times = (/** @type {number} */ count, /** @type {() => Promise<any>} */ make) => Promise.all(Array.from({ length: count }, make));
    await Promise.all([times(12, plant.paid), times(6, plant.cancelled), times(6, () => world.buy())]);
    const [taken, late] = await Promise.all([
      times(3, () => plant.unconfirmed('PENDING')),
      times(3, plant.paidAfterCancel),
    ]);
    const named = (/** @type {string} */ name, /** @type {any[]} */ orders, /** @type {string | null} */ settled) =>
      orders.map(({ paymentId, reference }) => `${name} ${paymentId} ${reference} settled=${settled}`);
    return { late, taken: named('paid-not-confirmed', taken, null).sort(), settled: named('paid-after-cancel', late, 'paid') };
  };
  /** @param {World} world @param {any[]} late */
  const toldOnce = async (world, late) => {
    for (const order of late) {
      await world.untilEvent(order.reference, 'order.paid');
      assert.equal(world.events(order.reference, 'order.paid').length, 1);
    }
  };

  test('a list that shifts while it is read, in any order, causes no finding', () =>
    inBooks(async (world, plant) => {
      const { late, taken, settled } = await fill(world, plant);
      let expected = [...taken, ...settled].sort();
      for (const listOrder of ['newest', 'oldest', 'updated', 'updated-oldest']) {
        await world.sandbox.settings({ listOrder });
        for (let page = 0; page < 40; page += 1) {
          await world.sandbox.fault(LIST, { kind: 'drift', how: page % 2 === 0 ? 'insert' : 'touch', by: 40 });
        }
        const run = await reconcile(world);
        assert.deepEqual(inBrief(run.findings), expected, listOrder);
        assert.ok(run.payments >= 5_030, `${run.payments}`);
        await world.sandbox.clearFaults();
        expected = taken;
      }
      await toldOnce(world, late);
    }));

  test('Compago goes down during a run: the run waits and continues by itself', () =>
    inBooks(async (world, plant) => {
      const { late, taken, settled } = await fill(world, plant);
      await world.sandbox.clearCalls();
      await world.sandbox.fault(LIST, { kind: 'delay', ms: 50 }, 4);
      await world.sandbox.fault(LIST, { kind: 'refuse', status: 503 }, 500);
      await start(world);
      await until('Compago to be asked in vain', async () => {
        const refused = (await world.callsTo('list')).filter(({ status }) => status === 503);
        return refused.length >= 2;
      }, PLENTY);
      const { running } = await books(world);
      assert.deepEqual([running?.state, running?.findings], ['reading', []], JSON.stringify(running));
      await world.sandbox.clearFaults();
      const run = await ended(world, undefined);
      assert.deepEqual([run.state, run.whole], ['done', true]);
      assert.deepEqual(inBrief(run.findings), [...taken, ...settled].sort());
      await toldOnce(world, late);
    }));

  test('repeated kill -9 during a run: the run continues by itself', () =>
    inBooks(async (world, plant) => {
      const { late, taken, settled } = await fill(world, plant);
      await world.sandbox.clearCalls();
      await world.sandbox.fault(LIST, { kind: 'delay', ms: 250 }, 60);
      const { running } = await start(world);
      for (const calls of [2, 5, 9]) {
        await until(`${calls} pages`, async () => (await world.callsTo('list')).length >= calls, PLENTY);
        await world.restartWorker();
      }
      await until('the page after that', async () => (await world.callsTo('list')).length > 9, PLENTY);
      await world.sandbox.clearFaults();
      const run = await ended(world, undefined);
      assert.deepEqual([run.startedAt, run.state, run.whole], [running.startedAt, 'done', true]);
      assert.deepEqual(inBrief(run.findings), [...taken, ...settled].sort());
      await toldOnce(world, late);
      assert.deepEqual(inBrief((await reconcile(world)).findings), taken);
    }));
});
