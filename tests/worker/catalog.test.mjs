// A catalog with a mistake: no one sees a price that cannot be paid, the shop's staff see where the mistake is, and payers
// see only that the shop accepts no orders.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, test } from 'node:test';
import { ownCatalog } from '../support/own-catalog.mjs';
import { cart } from './support/bodies.mjs';
import { until } from './support/until.mjs';
import { cashier, operator, startWorld } from './support/world.mjs';

const { site, good, write, changed, ...own } = await ownCatalog();
const world = await startWorld({ site });
afterEach(own.restore);
after(async () => {
  await world.stop();
  await own.remove();
});

const catalogOf = async (language = 'en') =>
  (await world.send('GET', '/healthz', { headers: { 'accept-language': language } })).body.catalog;

for (const [name, text, expected] of [
  ['without an English name', changed(([, , item]) => delete item.name.en), { item: 3, sku: 'miel-melipona-120', field: 'name.en', code: 'missing' }],
  ['with a name that is plain text', changed(([item]) => (item.name = 'Café')), { item: 1, sku: 'cafe-altos-340', field: 'name', code: 'not-object' }],
  ['with a space in a SKU', changed(([, item]) => (item.sku = 'taza azul')), { item: 2, field: 'sku', code: 'sku-format' }],
  ['with an ñ in a SKU', changed(([, item]) => (item.sku = 'piñata')), { item: 2, field: 'sku', code: 'sku-format' }],
  ['with a SKU twice', changed(([one, two]) => (two.sku = one.sku)), { item: 2, sku: 'cafe-altos-340', field: 'sku', code: 'sku-repeated' }],
  ['with a price as a number', changed(([item]) => (item.unitAmount = 120.5)), { item: 1, sku: 'cafe-altos-340', field: 'unitAmount', code: 'amount-is-number' }],
  ['with a comma in a price', changed(([item]) => (item.unitAmount = '1,200.00')), { item: 1, sku: 'cafe-altos-340', field: 'unitAmount', code: 'amount-format' }],
  ['in dollars', good.replace('MXN', 'USD'), { field: 'currency', code: 'currency' }],
  ['with a trailing comma', '{\n  "currency": "MXN",\n  "items": [],\n}', { line: 3, column: 14, code: 'trailing-comma' }],
  ['that is empty', '', { code: 'empty-file' }],
  ['that is a list', '[]', { code: 'not-object' }],
]) {
  test(`a catalog ${name} is refused everywhere, and its mistake is shown to the shop's staff`, async () => {
    await write(text);
    const health = await world.send('GET', '/healthz', { headers: { 'accept-language': 'en' } });
    assert.deepEqual([health.status, health.body.status, health.body.missing, health.body.malformed], [503, 'misconfigured', [], []]);
    const { status, problems } = health.body.catalog;
    assert.deepEqual([status, problems.length], ['unreadable', 1], health.text);
    const { detail, ...place } = problems[0];
    assert.deepEqual(place, expected);
    assert.match(detail, /^shop\/catalog\.json[,:] .*\.$/);

    const logged = (await world.workerLog()).length;
    const order = await world.order();
    assert.deepEqual([order.status, order.body.code], [503, 'catalog-unreadable']);
    assert.ok(Number(order.headers['retry-after']) > 0);
    assert.doesNotMatch(order.text, /item|sku|unitAmount|name|catalog\.json/, 'nothing of it is told to who pays');
    for (const address of ['/api/shop/catalog', '/catalog.json']) {
      const shown = await world.send('GET', address, { headers: { 'if-none-match': '*' } });
      assert.deepEqual([shown.status, shown.body.code, shown.headers['cache-control']], [503, 'catalog-unreadable', 'no-store'], address);
    }
    const lines = await until('a line for each of the three', async () => {
      const logs = (await world.workerLog()).slice(logged).split('\n').filter((line) => /catalog-unreadable.*\}$/.test(line));
      return logs.length >= 3 ? logs : undefined;
    });
    assert.equal(lines.length, 3);
    const line = JSON.parse(lines[0].slice(lines[0].indexOf('{')));
    assert.deepEqual(line, { level: 'error', event: 'catalog-unreadable', fields: { reason: detail, problems: 1 } });
    assert.doesNotMatch((await world.workerLog()).slice(logged), /"internal"/);
  });
}

test('mistakes are reported in Spanish as well, and a missing file is a mistake', async () => {
  await write(changed(([, , item]) => delete item.name.en));
  const [problem] = (await catalogOf('es-MX')).problems;
  assert.equal(problem.detail, 'shop/catalog.json, producto 3 ("miel-melipona-120"): falta name.en; agrega el nombre en inglés.');
  const order = await world.order({ headers: { 'accept-language': 'es-MX' } });
  assert.equal(order.body.title, 'La tienda no puede recibir pedidos por ahora');

  await own.removeFile();
  assert.deepEqual((await catalogOf()).problems.map(({ code }) => code), ['no-file']);
  assert.equal((await world.order()).body.code, 'catalog-unreadable');
});

test('a client that was asked to repeat the request gets the link, even if the catalog broke meanwhile', async () => {
  const [key, calls] = [randomUUID(), (await world.callsTo('create')).length];
  await world.sandbox.fault('one-time-payment.create', { kind: 'hold' });
  const gone = new AbortController();
  const lost = world.order({ key, signal: gone.signal });
  await until('the call to Compago', async () => (await world.callsTo('create')).length > calls);
  gone.abort();
  await assert.rejects(lost, { name: 'AbortError' });
  await write('[');
  const early = await world.order({ key });
  assert.deepEqual([early.status, early.body.code], [409, 'request-in-flight'], 'that no order was made would not be true');
  await world.sandbox.clearFaults();
  const repeated = await until('the link', async () => {
    const answer = await world.order({ key });
    assert.ok([201, 409].includes(answer.status), answer.text);
    return answer.status === 201 && answer;
  });
  assert.equal((await world.view(repeated.body.order)).status, 'awaiting-payment');
});

test('an order that failed temporarily is not restarted while the catalog cannot be read', async () => {
  const key = randomUUID();
  await world.sandbox.fault('one-time-payment.create', { kind: 'refuse', status: 401 });
  const failed = await world.order({ key });
  assert.deepEqual([failed.status, failed.body.code], [502, 'provider-refused']);
  await world.sandbox.clearFaults();
  const calls = (await world.callsTo('create')).length;
  await write('[');
  assert.equal((await world.order({ key })).body.code, 'catalog-unreadable');
  assert.equal((await world.callsTo('create')).length, calls);
  await write(good);
  assert.equal((await world.order({ key })).status, 201);
});

test('a request that has placed an order gets the same answer after its product is no longer for sale', async () => {
  const key = randomUUID();
  const placed = await world.order({ key });
  assert.equal(placed.status, 201);
  await write(changed((items) => items.splice(0)));
  const repeated = await world.order({ key });
  assert.deepEqual([repeated.status, repeated.body], [placed.status, placed.body]);
  const other = await world.order();
  assert.deepEqual([other.status, other.body.errors[0].code], [400, 'sku-unknown']);
});

test('existing orders and staff pages keep working, and the shop sells again once the catalog is corrected', async () => {
  const key = randomUUID();
  const placed = await world.order({ key });
  assert.equal(placed.status, 201);
  await write('[');
  const repeated = await world.order({ key });
  assert.deepEqual([repeated.status, repeated.body], [placed.status, placed.body], 'what was answered is answered again');
  const other = await world.order({ key, body: { ...cart, items: [{ sku: 'taza-barro', quantity: 7 }] } });
  assert.equal(other.body.code, 'idempotency-key-reused');
  assert.equal((await world.view(placed.body.order)).status, 'awaiting-payment');
  assert.equal((await world.invoiceOrder()).status, 201);
  assert.equal((await world.send('GET', '/api/operator/attention', { headers: operator })).status, 200);
  assert.notEqual((await world.send('GET', '/api/pos/terminals/TERM-01/payment-intent', { headers: cashier })).status, 503);

  await write(good);
  assert.deepEqual(await catalogOf(), { status: 'ok' });
  assert.equal((await world.order()).status, 201);
  assert.equal((await world.send('GET', '/catalog.json')).text, good);
});
