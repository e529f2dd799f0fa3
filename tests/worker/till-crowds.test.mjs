import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startEndpoint } from './support/endpoint.mjs';
import { secrets } from '../support/stack.mjs';
import { throughout, until } from './support/until.mjs';
import { tillOf } from './support/till.mjs';
import { inWorld, startWorld } from './support/world.mjs';

const world = await startWorld();
const till = tillOf(world);
after(() => world.stop());

/** @param {number} length @param {(at: number) => Promise<any>} make */
const together = (length, make) => Promise.all(Array.from({ length }, (_, at) => make(at)));

test('fifty clients watch one charge: one read in three seconds, and all see it paid', async () => {
  const charge = await till.charged({ terminalCode: 'TERM-01' });
  const since = performance.now();
  const seen = new Set();
  const watching = together(50, async (at) => {
    for (let status = ''; status !== 'paid';) {
      status = at % 2 === 0 ? (await till.view(charge.intent)).status : (await till.latest('TERM-01')).body.status;
      seen.add(status);
      assert.ok(performance.now() - since < 20_000, 'nobody is told');
    }
  });
  await throughout(6_500, () => assert.ok([...seen].every((status) => status === 'waiting'), [...seen].join()));
  await till.tap(charge.intent);
  const before = (await till.callsTo('get', charge.intent)).length;
  await watching;
  const most = Math.floor((performance.now() - since) / 3_000) + 1;
  const reads = (await till.callsTo('get', charge.intent)).length;
  assert.ok(reads >= 2 && reads <= most, `${reads} reads`);
  assert.ok(reads - before <= 1, 'the next read tells all of them');
  await till.untilEvent(charge.externalId, 'payment-intent.paid');
  await together(50, () => till.view(charge.intent));
  assert.equal((await till.callsTo('get', charge.intent)).length, reads, 'a paid charge is not read');
});

test('forty tills charge at once for any terminal: each has a charge and a webhook of its own', async () => {
  const charges = await together(40, () => till.charged());
  assert.equal(new Set(charges.map(({ intent }) => intent)).size, 40);
  assert.equal(new Set(charges.map(({ externalId }) => externalId)).size, 40);
  await together(40, (at) => till.tap(charges[at].intent, { terminalCode: 'TERM-02' }));
  await until('all are told paid', () => charges.every(({ externalId }) => till.events(externalId).length === 1), { ms: 30_000 });
});

test('a backend that hangs delays no charge of the terminal', async () => {
  const endpoint = await startEndpoint(() => {}, { secret: secrets.WEBHOOK_SECRET });
  try {
    await inWorld(async (own) => {
      const hung = tillOf(own);
      const first = await hung.charged({ terminalCode: 'TERM-01' });
      await hung.cancel(first.intent);
      await until('the webhook hangs', () => endpoint.deliveries.length === 1);
      const second = await hung.charged({ terminalCode: 'TERM-01' });
      await hung.tap(second.intent);
      await until('a read by the alarm', async () => (await hung.callsTo('get', second.intent)).length > 0, { ms: 6_000 });
      assert.equal((await hung.view(second.intent)).status, 'paid');
      assert.equal(endpoint.deliveries.length, 1, 'one after the other');
    }, { env: { WEBHOOK_URL: endpoint.url } });
  } finally {
    await endpoint.stop();
  }
});
