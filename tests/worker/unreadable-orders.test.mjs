// Orders whose own record cannot be read: reconciliation continues without them and reports them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { books } from './support/books.mjs';
import { deskOf } from './support/desk.mjs';
import { inFailingStack } from './support/failing.mjs';
import { until } from './support/until.mjs';

const MINUTE = 60_000;

test('an order that answers only errors is a finding, and the run succeeds', () =>
  inFailingStack(async (stack) => {
    const desk = deskOf(stack);
    const orders = [await stack.make(), await stack.make()];
    for (const { id, reference } of orders) {
      const { redirectTo } = await stack.sandbox.act(id, 'pay');
      await stack.send('GET', redirectTo.replace(stack.url, ''));
      await desk.untilOrder(reference, 'paid');
    }
    const [broken] = orders;
    const name = broken.reference.replaceAll('-', '');
    const [{ json }] = await stack.sql({ binding: 'ORDERS', name, sql: "SELECT json FROM record WHERE name = 'order'" });
    const put = (/** @type {string} */ text) =>
      stack.sql({ binding: 'ORDERS', name, sql: `UPDATE record SET json = '${text.replaceAll("'", "''")}' WHERE name = 'order'` });
    await put('{"terms":null}');
    await stack.restartWorker();

    await stack.night();
    const run = await until('the end of the run', async () => {
      const { running, last } = await books(stack);
      if (running !== null) await stack.later(4 * MINUTE);
      return running === null && last;
    }, { ms: 60_000, every: 100 });
    assert.deepEqual([run.state, run.whole, run.counts], ['done', true, { 'order-unreadable': 1 }]);
    const [finding] = run.findings;
    assert.deepEqual(
      [finding.class, finding.reference, finding.paymentId, finding.here, finding.there.status, finding.needsPerson],
      ['order-unreadable', broken.reference, broken.id, null, 'confirmed', true],
    );
    const passed = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
    assert.ok(passed > 5 * MINUTE && passed < 60 * MINUTE, `${passed / MINUTE} minutes`);
    const needed = (await desk.attention()).items.map((/** @type {any} */ { reason, reference }) => [reason, reference]);
    assert.deepEqual(needed, [['order-unreadable', broken.reference]]);
    assert.match(await stack.workerLog(), new RegExp(`"event":"order-unreadable","fields":\\{"reference":"${name}`, 'i'));

    await put(json);
    await stack.restartWorker();
    await stack.night();
    const next = await until('the next run', async () => {
      const { running, last } = await books(stack);
      return running === null && last.startedAt !== run.startedAt && last;
    }, { ms: 30_000 });
    assert.deepEqual([next.state, next.counts], ['done', {}]);
    assert.equal((await desk.attention()).count, 0);
  }));
