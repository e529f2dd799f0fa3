// The present build takes the place of the last one while orders are in flight, and the last one comes back. In workerd this proves that
// each build reads what the other has stored. Cloudflare itself refuses to roll back past a migration of Durable Object classes, which
// no test here can show: docs/rollback.md.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { movableClock } from '../support/stack.mjs';
import { cardsOf } from '../worker/support/cards.mjs';
import { tillOf } from '../worker/support/till.mjs';
import { until } from '../worker/support/until.mjs';
import { inWorld } from '../worker/support/world.mjs';
import { unpackLast } from './last.mjs';

/** @typedef {Awaited<ReturnType<typeof import('../worker/support/world.mjs').startWorld>>} World */

const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-last-'));
after(() => rm(folder, { recursive: true, force: true }));
const lastBuild = await unpackLast(folder);

/** What has to be over within a time that nobody waits for at a page. */
const SOON = { ms: 90_000 };

/** Brings orders, charges at terminals and a charge of a card to where they wait for something, and stops the Worker. @param {World} world */
async function begin(world) {
  const { sandbox, receiver } = world;
  const [till, cards] = [tillOf(world), cardsOf(world)];
  const paid = await world.buy();
  await world.send('GET', await world.pay(paid.paymentId));
  await world.untilEvent(paid.reference, 'order.paid');
  const open = await world.buy();
  const unread = await world.buy();
  await sandbox.fault('one-time-payment.get', { kind: 'answer', status: 503, body: '{}' }, 1_000, unread.paymentId);
  await world.send('GET', await world.pay(unread.paymentId));
  await world.untilStatus(unread.order, 'verifying');
  const unseen = await world.buy();
  await sandbox.act(unseen.paymentId, 'pay');
  receiver.fail(503, 1_000_000);
  const waiting = await world.buy();
  await world.send('GET', await world.pay(waiting.paymentId));
  await until('a webhook that failed', async () => (await world.story(waiting.reference)).deliveries.some(({ tries }) => tries > 0));
  const terminal = await till.charged();
  const card = await cards.active({ externalId: `cli-${randomUUID().slice(0, 8)}` });
  const cardKey = randomUUID();
  await sandbox.fault('payment-method.charge', { kind: 'delay', ms: 8_000 });
  const lost = cards.charge(card.id, {}, { key: cardKey }).catch(() => undefined);
  await until('the card is charged', async () => (await cards.charges(card.id)).length === 1);
  await world.killWorker();
  await lost;
  await sandbox.clearFaults();
  receiver.fail(503, 0);
  return { paid, open, unread, unseen, waiting, terminal, card, cardKey };
}

/** Brings all that `begin` left to its end, and proves that each has caused one webhook. @param {World} world @param {Awaited<ReturnType<typeof begin>>} left */
async function finish(world, { paid, open, unread, unseen, waiting, terminal, card, cardKey }) {
  const [till, cards] = [tillOf(world), cardsOf(world)];
  assert.equal((await world.view(paid.order)).status, 'paid');
  assert.equal((await world.view(open.order)).status, 'awaiting-payment');
  assert.equal((await till.view(terminal.intent)).status, 'waiting');
  await world.send('GET', await world.pay(open.paymentId));
  await till.tap(terminal.intent);
  // A call that was in flight when the Worker ended is given up after a while.
  await world.later(60_000);
  await till.untilStatus(terminal.intent, 'paid', SOON);
  const charge = await cards.untilCharge(card.id, cardKey, 'confirmed', {}, SOON);
  for (const { order } of [open, unread, waiting]) await world.untilStatus(order, 'paid', SOON);
  // Nobody has come back from it: the list of payments tells it, within a quarter of an hour.
  await world.later(15 * 60_000);
  await world.untilStatus(unseen.order, 'paid', SOON);
  for (const { reference } of [paid, open, unread, unseen, waiting]) {
    const { id } = await world.untilEvent(reference, 'order.paid', SOON);
    assert.deepEqual(world.events(reference).map((event) => event.id), [id]);
  }
  await till.untilEvent(terminal.externalId, 'payment-intent.paid', SOON);
  assert.equal(till.events(terminal.externalId).length, 1);
  await cards.untilEvent(card.id, 'payment-method.active', SOON);
  assert.deepEqual((await cards.charges(card.id)).map(({ status }) => status), ['CONFIRMED']);
  return charge;
}

/** What is shown of an order. That somebody has read it is in its history as well. @param {World} world @param {{ order: string, reference: string }} order */
async function orderShown(world, { order, reference }) {
  const { history, ...detail } = await world.story(reference);
  return { status: await world.view(order), detail, history: history.filter(({ what }) => what !== 'customer-read') };
}

/** What a person sees of all this afterwards. @param {World} world @param {Awaited<ReturnType<typeof begin>>} left */
async function shown(world, left) {
  const [till, cards] = [tillOf(world), cardsOf(world)];
  const orders = [left.paid, left.open, left.unread, left.unseen, left.waiting];
  return {
    orders: await Promise.all(orders.map((order) => orderShown(world, order))),
    terminal: await till.view(left.terminal.intent),
    card: await cards.view(left.card.id),
    charge: (await cards.charge(left.card.id, {}, { key: left.cardKey })).body,
  };
}

test('orders in flight come to their end with the next build, and what that one began with the last build again', () =>
  inWorld(
    async (world) => {
      const before = await begin(world);
      await world.restartWorker(movableClock);
      await finish(world, before);
      const seen = await shown(world, before);
      const since = await begin(world);

      await world.restartWorker(lastBuild);
      assert.deepEqual(await shown(world, before), seen);
      await finish(world, since);
      assert.deepEqual(await shown(world, before), seen);
      const { body, status } = await world.order();
      assert.equal(status, 201, body);
    },
    { movable: true, config: lastBuild },
  ));
