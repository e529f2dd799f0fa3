// The package's example of a merchant's backend, run with the installed package against a shop whose webhooks it receives.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { inRoot } from '../../scripts/paths.mjs';
import { ownPort, secrets } from '../support/stack.mjs';
import { invoice } from '../worker/support/bodies.mjs';
import { parcel, shippingShop, shopOf } from '../worker/support/shipping.mjs';
import { throughout, until } from '../worker/support/until.mjs';
import { operator, startWorld, withPayment } from '../worker/support/world.mjs';
import { newProject } from './support/project.mjs';

const own = await shippingShop();
after(() => own.remove());
const project = await newProject({ after }, { 'backend.mjs': await readFile(inRoot('pkg', 'examples', 'backend.mjs'), 'utf8') });
const port = await ownPort();
const url = `http://127.0.0.1:${port}/webhooks`;
const world = await startWorld({ site: own.site, env: { WEBHOOK_URL: url } });
after(() => world.stop());
const shop = shopOf(world);

/** What the backends have printed, each after the other. @type {string[]} */
const printed = [];
/** What they have complained of. @type {string[]} */
const errors = [];

/** Starts the example; `stop()` ends it at once, as a power cut would. @param {Record<string, string>} [env] */
async function startBackend(env = {}) {
  const { OPERATOR_TOKEN, WEBHOOK_SECRET } = secrets;
  const settings = { WEBHOOK_SECRET, OPERATOR_TOKEN, WORKER: world.url, ENVIRONMENT: 'local', PORT: String(port), ...env };
  const program = spawn(process.execPath, ['backend.mjs'], { cwd: project.folder, env: { ...process.env, ...settings } });
  const ended = new Promise((resolve) => program.once('exit', resolve));
  program.stdout.setEncoding('utf8').on('data', (text) => printed.push(...text.trim().split('\n')));
  program.stderr.setEncoding('utf8').on('data', (text) => errors.push(text));
  await until('the backend listens', () => fetch(url).then(({ status }) => status === 404, () => false));
  const stop = () => {
    program.kill('SIGKILL');
    return ended;
  };
  after(stop);
  return { stop };
}
let backend = await startBackend();

/** @param {{ order: string, paymentId: string }} bought */
async function pay({ order, paymentId }) {
  await world.pay(paymentId);
  await world.untilStatus(order, 'paid');
}

/** The one webhook of a type that is about an order, once it was delivered. @param {string} reference @param {string} type */
const delivered = (reference, type) =>
  until(`${type} of ${reference} is delivered`, async () => {
    const found = (await world.story(reference)).deliveries.filter((delivery) => delivery.type === type);
    assert.ok(found.length <= 1, JSON.stringify(found));
    return found[0]?.state === 'delivered' && found[0];
  });

const handOvers = async (reference) => (await world.story(reference)).history.filter(({ what }) => what === 'handed-over');
const linesOf = (reference) => printed.filter((line) => line.startsWith(reference));

test('what was paid is handed over once, from its webhook alone, however often that comes', async () => {
  const bought = await world.buy({ body: { ...parcel, metadata: { invoice: 'F-1' } } });
  const { reference } = bought;
  await pay(bought);
  const { id } = await delivered(reference, 'order.paid');
  await delivered(reference, 'order.fulfilled');
  const expected = `${reference}: 2 × Highland coffee (cafe-altos-340), 1 × Drinking chocolate (chocolate-mesa-6); standard; no invoice`;
  assert.deepEqual(linesOf(reference), [expected], 'the metadata of a browser names no invoice');

  const redeliver = async () => {
    // The index learns of a webhook after it is due.
    const ask = () => world.send('POST', `/api/operator/webhooks/${id}/redeliver`, { headers: operator });
    await until('it is sent again', async () => (await ask()).status === 202);
    await until('it was delivered again', async () => (await world.story(reference)).deliveries.find((one) => one.id === id)?.state === 'delivered');
  };
  await redeliver();
  await backend.stop();
  backend = await startBackend();
  await redeliver();
  await throughout(500, async () => assert.equal(linesOf(reference).length, 1));
  assert.deepEqual((await handOvers(reference)).map(({ role }) => role), ['operator']);
  assert.deepEqual(errors, []);

  // It read nothing about a person.
  const { history } = await world.story(reference);
  assert.deepEqual(history.filter(({ what }) => ['delivery-read', 'exported'].includes(what)), []);
});

test("an order of the merchant's own backend is handed over with its invoice, and one without items is not", async () => {
  const items = [{ name: 'Bordado a mano', quantity: 2, unitAmount: '400.00' }];
  const body = { ...invoice, amount: '899.00', items, shipping: { method: 'standard' }, metadata: { invoice: 'F-2' } };
  const withItems = withPayment(await world.invoiceOrder(body));
  await pay(withItems);
  await delivered(withItems.reference, 'order.fulfilled');
  assert.deepEqual(linesOf(withItems.reference), [`${withItems.reference}: 2 × Bordado a mano (no SKU); standard; invoice F-2`]);

  const alone = withPayment(await world.invoiceOrder());
  await pay(alone);
  await delivered(alone.reference, 'order.paid');
  assert.deepEqual([linesOf(alone.reference), await handOvers(alone.reference)], [[], []]);
});

test('where no money moves, nothing is handed over unless that is what is tried', async () => {
  await backend.stop();
  backend = await startBackend({ ENVIRONMENT: 'production' });
  const bought = await world.buy({ body: parcel });
  await pay(bought);
  await delivered(bought.reference, 'order.paid');
  assert.deepEqual([linesOf(bought.reference), await handOvers(bought.reference)], [[], []]);
});

test('while the Worker cannot take the report, the event is sent again', async () => {
  await backend.stop();
  backend = await startBackend({ WORKER: `http://localhost:${await ownPort()}` });
  const bought = await world.buy({ body: parcel });
  await pay(bought);
  await until('it failed', () => errors.length > 0);
  assert.deepEqual(linesOf(bought.reference), []);
  await backend.stop();
  backend = await startBackend();
  await delivered(bought.reference, 'order.fulfilled');
  assert.equal(linesOf(bought.reference).length, 1);
});

test('an event that comes again while it is handled is handled once', async () => {
  const bought = await world.buy({ body: parcel });
  await pay(bought);
  await delivered(bought.reference, 'order.fulfilled');
  const data = { reference: bought.reference, items: [{ name: 'Taza', quantity: 1 }], metadata: {}, metadataSource: 'browser' };
  const body = JSON.stringify({ type: 'order.paid', timestamp: new Date().toISOString(), environment: 'local', data });
  const [id, timestamp] = [randomUUID(), String(Math.floor(Date.now() / 1000))];
  const key = Buffer.from(secrets.WEBHOOK_SECRET.slice('whsec_'.length), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` };
  const answers = await Promise.all(Array.from({ length: 5 }, () => fetch(url, { method: 'POST', headers, body })));
  assert.deepEqual(answers.map(({ status }) => status), Array(5).fill(204));
  assert.equal(linesOf(bought.reference).filter((line) => line.includes('Taza')).length, 1);
});

test('without a good signature nothing is done', async () => {
  const before = printed.length;
  const body = JSON.stringify({ type: 'order.paid', data: { reference: 'K7Q2-M9XD-3FHT', items: [{}] }, environment: 'local' });
  const headers = { 'webhook-id': randomUUID(), 'webhook-timestamp': String(Math.floor(Date.now() / 1000)), 'webhook-signature': 'v1,AAAA' };
  assert.equal((await fetch(url, { method: 'POST', headers, body })).status, 401);
  assert.equal(printed.length, before);
});
