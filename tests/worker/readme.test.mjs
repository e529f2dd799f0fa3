// The calls of README.md and the secrets of docs/secrets.md are run as shown, against a Worker of their own.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { blocksOf } from '../support/documents.mjs';
import { secrets } from '../support/stack.mjs';
import { cardsOf } from './support/cards.mjs';
import { paymentsOf } from './support/payments.mjs';
import { until } from './support/until.mjs';
import { inWorld, startWorld } from './support/world.mjs';

const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-readme-'));
after(() => rm(folder, { recursive: true, force: true }));
const blocks = (await blocksOf('README.md')).filter(({ language }) => language === 'sh').map(({ code }) => code);
const calls = blocks.filter((code) => /^curl /.test(code));

/** Runs what a block says in a shell, with the Worker in the place of the one that it names. @param {string} code @param {Record<string, string>} env */
async function inShell(code, env = {}) {
  const { stdout } = await promisify(execFile)('sh', ['-c', code], { cwd: folder, env: { ...process.env, NO_PROXY: 'localhost', ...env } });
  return stdout;
}

test('all calls are run here', () => {
  assert.equal(calls.length, 4);
  for (const code of calls) assert.match(code, /https:\/\/caja\.shop\.example\/api\/operator\//);
});

test('the call that charges a saved card is idempotent, and the report has the confirmed payments', async () => {
  const world = await startWorld();
  try {
    const here = (/** @type {string} */ code) => code.replaceAll('https://caja.shop.example', world.url);
    const [, , charge, report] = calls.map(here);
    const cards = cardsOf(world);
    const card = await cards.active();
    const env = { ID: card.id, KEY: randomUUID(), OPERATOR_TOKEN: secrets.OPERATOR_TOKEN };
    const answers = [JSON.parse(await inShell(charge, env)), JSON.parse(await inShell(charge, env))];
    assert.deepEqual(answers[1], answers[0]);
    assert.deepEqual([answers[0].status, answers[0].amount], ['confirmed', '120.00']);
    assert.equal((await cards.charges(card.id)).length, 1);

    await paymentsOf(world).seed({ count: 3, days: 1 });
    await inShell(report, env);
    const rows = await readFile(path.join(folder, 'pagos.csv'), 'utf8');
    assert.match(rows, /^\uFEFF"Creado",/);
    assert.match(rows, /\n$/, 'a whole report ends with a line break');
    const payments = rows.trim().split('\r\n').slice(1);
    assert.ok(payments.length > 0 && payments.every((row) => row.includes('"confirmado"')), rows);
    await assert.rejects(inShell(report, { ...env, OPERATOR_TOKEN: 'wrong-token-that-nobody-has-0123456789' }), '-f makes a refusal an error');
  } finally {
    await world.stop();
  }
});

test('the call that hands an order over may be repeated, and the table of what waits to be delivered has the others', async () => {
  await inWorld(async (world) => {
    const here = (/** @type {string} */ code) => code.replaceAll('https://caja.shop.example', world.url);
    const [fulfil, table] = calls.map(here);
    const bought = [await world.buy(), await world.buy()];
    const env = { REFERENCE: bought[0].reference, OPERATOR_TOKEN: secrets.OPERATOR_TOKEN };
    await assert.rejects(inShell(fulfil, env), 'an order that is not paid is refused');
    for (const { paymentId, order } of bought) {
      await world.pay(paymentId);
      await world.untilStatus(order, 'paid');
    }
    const answers = [JSON.parse(await inShell(fulfil, env)), JSON.parse(await inShell(fulfil, env))];
    const { status, carrier, trackingNumber } = answers[1].fulfilment;
    assert.deepEqual([status, carrier, trackingNumber], ['handed-over', 'Estafeta', '8055241180']);
    assert.equal(answers[1].fulfilment.at, answers[0].fulfilment.at);
    await world.untilEvent(bought[0].reference, 'order.fulfilled');
    assert.equal(world.events(bought[0].reference, 'order.fulfilled').length, 1);

    await until('the index knows both', async () => {
      await inShell(table, env);
      const [header, ...rows] = (await readFile(path.join(folder, 'pedidos.csv'), 'utf8')).trimEnd().split('\r\n');
      assert.match(header, /^\uFEFF"Referencia",/);
      return rows.length === 1 && rows[0].includes(bought[1].reference) && rows[0].includes('ana@example.com');
    });
  });
});

test('secrets generated as docs/secrets.md shows are accepted', async () => {
  const shown = (await blocksOf('docs/secrets.md')).map(({ code }) => code).join('');
  const made = {};
  let maker = '';
  for (const line of shown.split('\n')) {
    maker = /^node -p ".+?"(?= |$)/.exec(line)?.[0] ?? maker;
    const name = /\bnpx wrangler secret put (\w+)/.exec(line)?.[1];
    if (name && maker) made[name] = (await inShell(maker)).trim();
  }
  assert.deepEqual(Object.keys(made).sort(), Object.keys(secrets).filter((name) => name !== 'COMPAGO_API_KEY').sort());
  assert.match(shown, /npx wrangler secret put COMPAGO_API_KEY/);
  await inWorld(async ({ send }) => assert.equal((await send('GET', '/healthz')).body.status, 'ok'), { env: made });
});
