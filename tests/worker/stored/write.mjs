// Writes what today's built Worker stores to a folder of a new version: `node tests/worker/stored/write.mjs v2`. A folder that exists
// is left as it is. tests/worker/stored.test.mjs starts the Worker over every version.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { secrets } from '../../support/stack.mjs';
import { filesOf, writeSnapshot } from '../../support/stored.mjs';
import { reconcile } from '../support/books.mjs';
import { cart } from '../support/bodies.mjs';
import { cardsOf } from '../support/cards.mjs';
import { deskOf } from '../support/desk.mjs';
import { tillOf } from '../support/till.mjs';
import { until } from '../support/until.mjs';
import { operator, startWorld, withPayment } from '../support/world.mjs';
import { answersOf } from './answers.mjs';

const HOUR = 60 * 60_000;

const [version] = process.argv.slice(2);
assert.match(version ?? '', /^v\d+$/, 'the name of a new version, such as v2');
const folder = new URL(`${version}/`, import.meta.url);
await mkdir(folder);
const temporary = await mkdtemp(path.join(tmpdir(), 'compago-stored-'));
const data = path.join(temporary, 'compago.json');
const world = await startWorld({ movable: true, sandboxArgs: ['--data', data] });
const [till, cards, desk] = [tillOf(world), cardsOf(world), deskOf(world)];
const { sandbox, receiver } = world;

/** @param {{ order: string }} order @param {string} act */
const act = (order, act) => world.send('POST', `/api/shop/orders/${order.order}/${act}`);
const paid = async (body = cart) => {
  const order = await world.buy({ body });
  await world.send('GET', await world.pay(order.paymentId));
  await world.untilStatus(order.order, 'paid');
  return order;
};

// Long ago: a webhook that nobody wanted any more, and links that ran out.
receiver.fail(410, 1);
const parked = await paid();
await desk.untilNeeded('webhook', `evt_${parked.reference.replaceAll('-', '').toLowerCase()}_order-paid_1`);
const expired = await world.buy();
const expiredCharge = await till.charged({ terminalCode: 'TERM-02' });
for (let hours = 0; hours < 3; hours += 1) await world.later(HOUR);
await world.untilStatus(expired.order, 'expired');
await till.untilStatus(expiredCharge.intent, 'expired');

// Orders.
const done = await paid();
await world.untilEvent(done.reference, 'order.paid');
const handedOver = await paid({ ...cart, metadata: { table: '4' } });
const sent = { status: 'handed-over', carrier: 'Estafeta', trackingNumber: 'MX-1', note: 'Con la vecina' };
const reported = await world.send('POST', `/api/operator/orders/${handedOver.reference}/fulfilment`, { body: sent, headers: operator });
assert.equal(reported.status, 200, reported.text);
await world.untilEvent(handedOver.reference, 'order.fulfilled');
const cancelled = await world.buy();
assert.equal((await act(cancelled, 'cancel')).body.status, 'cancelled');
const again = await world.buy();
await act(again, 'cancel');
const retried = withPayment(await act(again, 'retry'));
const held = await world.buy();
await sandbox.control('POST', `one-time-payments/${held.paymentId}/amend`, { amount: 1 });
await world.untilStatus(held.order, 'on-hold', { ms: 60_000 });
const unseen = await world.buy();
await sandbox.act(unseen.paymentId, 'pay');
const run = await reconcile(world);
assert.ok(run.findings.length > 0);

// Saved cards.
const card = await cards.active();
const charge = await cards.charged(card.id);
const refunded = await cards.charged(card.id, { amount: '80.00' });
const given = await cards.refund(card.id, refunded.payment);
assert.ok(given.status < 300, given.text);
const form = await cards.begun({ externalId: 'cli-8' });

// Terminals.
const ended = await till.charged({ terminalCode: 'TERM-02' });
await till.cancel(ended.intent);
await till.untilStatus(ended.intent, 'cancelled');
const sold = await till.charged({ terminalCode: 'TERM-02' });
await till.tap(sold.intent);
await till.untilStatus(sold.intent, 'paid');
const displaced = await till.charged({ terminalCode: 'TERM-03' });
const taken = await till.charged({ terminalCode: 'TERM-03', takeOver: true });
const running = await till.charged({ terminalCode: 'TERM-01' });
const anywhere = await till.charged();

// A session that was ended.
const own = { origin: world.url };
const signedIn = await world.send('POST', '/api/session', { body: { token: secrets.OPERATOR_TOKEN }, headers: own });
const cookie = signedIn.headers['set-cookie']?.[0].split(';')[0] ?? '';
assert.equal((await world.send('DELETE', '/api/session', { headers: { ...own, cookie } })).status, 204);

// A webhook that waits, an order that can be paid, and one that is not made yet.
const key = randomUUID();
receiver.fail(503, 1_000_000);
const waiting = await paid();
await until('a webhook that failed twice', async () => {
  await world.later(6_000);
  return (await desk.webhooks({ state: 'pending' })).items.some(({ tries }) => tries === 2);
});
const open = withPayment(await world.order({ key }));
await sandbox.fault('one-time-payment.create', { kind: 'answer', status: 503, body: '{}' }, 1_000);
const makingKey = randomUUID();
const refused = await world.order({ key: makingKey });
assert.equal(refused.status, 503, refused.text);
const making = await until('the order on the desk', async () => (await desk.orders()).items.find(({ status }) => status === 'verifying'));

const things = {
  open, key, waiting, done, handedOver, cancelled, expired, held, retried, unseen, parked, making, makingKey,
  ended, sold, displaced, taken, running, anywhere, expiredCharge,
  card, charge, refunded, form, cookie,
};
const answers = await answersOf(world, things);
const ahead = Number(await sandbox.control('POST', 'clock', { advanceMs: 0 }).then((clock) => clock?.offsetMs ?? 0));
await world.killWorker();
const at = Date.now() + ahead;
const objects = await filesOf(world.objects);
await world.stop();
await writeSnapshot(new URL('snapshot.json.gz', folder).pathname, { at, objects, compago: JSON.parse(await readFile(data, 'utf8')) });
await writeFile(new URL('expected.json', folder), `${JSON.stringify({ things, answers }, null, 1)}\n`);
await rm(temporary, { recursive: true });
console.log(`${Object.keys(objects).length} files`);
