// Rebuilding the index proceeds in portions: a terminal with a long history can be used meanwhile.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deskOf } from './support/desk.mjs';
import { tillOf } from './support/till.mjs';
import { until } from './support/until.mjs';
import { inWorld, operator } from './support/world.mjs';

/** How many charges the terminal has made; `HISTORY=120000 node --test tests/worker/relisting.test.mjs` for more. */
const HISTORY = Number(process.env.HISTORY ?? 500);
/** The most rows that one statement reads: a portion of a hundred, each with its entry in an index and what is written of it. */
const PORTION_ROWS = 400;

test('no step reads more than a portion of a terminal\'s history, and the till charges meanwhile', () =>
  inWorld(async (world) => {
    const [desk, till] = [deskOf(world), tillOf(world)];
    const sale = await till.charged({ terminalCode: 'TERM-01' });
    await till.tap(sale.intent);
    await till.untilStatus(sale.intent, 'paid');
    await until('the webhook on the desk', async () => (await desk.webhooks({ state: 'delivered' })).count === 1);

    const terminal = { binding: 'TERMINALS', name: 'terminal/TERM-01' };
    const numbers = `WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ${HISTORY})`;
    const key = `printf('%012d', n)`;
    await world.sql({
      ...terminal,
      sql: `INSERT INTO intent (key, json) ${numbers} SELECT ${key}, json_set((SELECT json FROM intent LIMIT 1), '$.terms.key', ${key}) FROM n;
        INSERT INTO outbox ${numbers} SELECT 'evt_' || ${key} || '_payment-intent-paid_1', '{}',
          json_set((SELECT delivery FROM outbox LIMIT 1), '$.id', 'evt_' || ${key} || '_payment-intent-paid_1') FROM n`,
    });
    await world.counts();
    assert.equal((await world.send('POST', '/api/operator/index', { headers: operator })).status, 202);

    const waits = [];
    await until('all of it on the desk', async () => {
      const since = performance.now();
      assert.equal((await till.latest('TERM-01')).status, 200);
      waits.push(performance.now() - since);
      return (await desk.index()).entries >= 2 * (HISTORY + 1);
    }, { ms: 60_000 * Math.max(2, HISTORY / 1_000), every: 100 });
    const { mostRowsRead } = (await world.counts()).terminal;
    assert.ok(mostRowsRead <= PORTION_ROWS, `${mostRowsRead} rows in one statement`);
    const again = await till.charged({ terminalCode: 'TERM-01' });
    assert.equal(again.status, 'waiting');
    console.log(`${HISTORY} charges: the till waited ${Math.round(Math.max(...waits))} ms at most`);
  }, { movable: true }));
