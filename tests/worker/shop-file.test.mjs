// The shop's file: what the Worker takes from it, and what becomes of a shop whose file has a mistake.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, describe, test } from 'node:test';
import { ownShop } from '../support/own-shop.mjs';
import { cart } from './support/bodies.mjs';
import { paymentsOf } from './support/payments.mjs';
import { until } from './support/until.mjs';
import { cashier, inWorld, operator, startWorld } from './support/world.mjs';

const MINUTE = 60_000;
const lifeOf = ({ createdAt, expiresAt }) => (Date.parse(expiresAt) - Date.parse(createdAt)) / MINUTE;

describe('what the file says', { concurrency: 3 }, () => {
  test('the catalog says who sells, in which environment, with links that lead to the shop from any page', () =>
    inWorld(async (world) => {
      const { environment, shop } = (await world.send('GET', '/api/shop/catalog')).body;
      assert.equal(environment, 'local');
      assert.deepEqual(shop, {
        name: 'Taller Nube',
        legalName: 'Taller Nube del Sureste, S.A. de C.V.',
        rfc: 'TNS170824QX7',
        address: 'Calle 60 491, Centro, 97000 Mérida, Yucatán',
        phone: '+52 999 555 0178',
        email: 'hola@tallernube.example',
        languages: ['es-MX'],
        timeZone: 'America/Mexico_City',
        privacyNotice: `${world.url}/aviso-de-privacidad.html`,
        terms: 'https://terms.example/nube',
      });
    }, { shop: { languages: ['es-MX'], terms: 'https://terms.example/nube' } }));

  test('a link lives as long as the file says, and a visitor may want a shorter one only', () =>
    inWorld(async (world) => {
      for (const [ttlMinutes, expected] of [[undefined, 30], [10, 10], [31, 30]]) {
        const order = await world.buy({ body: { ...cart, ttlMinutes } });
        const [payment] = await world.paymentsOf(order.reference);
        assert.equal(payment.ttl ?? lifeOf(payment), expected, JSON.stringify(payment));
      }
    }, { shop: { linkMinutes: 30 } }));

  test('each order names a shipping method if the file says so', () =>
    inWorld(async (world) => {
      assert.equal((await world.send('GET', '/api/shop/catalog')).body.shippingRequired, true);
      const answer = await world.order();
      assert.deepEqual([answer.status, answer.body.errors.map(({ pointer, code }) => [pointer, code])], [400, [['/shipping', 'required']]]);
      assert.equal((await world.order({ body: { ...cart, shipping: { method: 'tienda' } } })).status, 201);
    }, { shop: { shippingRequired: true } }));
});

describe('the zone of the file', () => {
  /** In this zone it is three at night when it is noon in Mexico City, and in summer too. */
  const zone = 'Asia/Manila';
  const inZone = (act) => inWorld(act, { movable: true, shop: { timeZone: zone } });
  const dayOf = (time, timeZone) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(time);

  test('sessions and tables have it', () =>
    inZone(async (world) => {
      assert.equal((await world.send('GET', '/api/session', { headers: cashier })).body.timeZone, zone);
      const seeded = await paymentsOf(world).seed({ count: 3, days: 1 });
      assert.equal(seeded.length, 3);
      const { sandbox } = world;
      const [payment] = await sandbox.payments();
      for (const path of ['/api/operator/orders.csv', '/api/operator/reports/one-time-payments.csv']) {
        const { headers, text } = await world.send('GET', `${path}?format=es-MX`, { headers: operator });
        const [day] = /\d{4}-\d\d-\d\d/.exec(headers['content-disposition']) ?? [];
        assert.ok([dayOf(Date.now(), zone), dayOf(Date.now() - MINUTE, zone)].includes(day), `${path}: ${day}`);
        if (!path.includes('reports')) continue;
        const [year, month, date] = dayOf(Date.parse(payment.createdAt), zone).split('-');
        assert.ok(text.includes(`${date}/${month}/${year}`), text);
      }
    }));

  test('the comparison begins in the night of the shop, once', () =>
    inZone(async (world) => {
      const run = async () => (await world.send('GET', '/api/operator/reconciliation', { headers: operator })).body;
      for (const hour of ['2026-11-30T09:20:00Z', '2026-11-30T18:20:00Z', '2026-11-30T20:20:00Z']) {
        await world.hour(hour);
        const { current, last } = await run();
        assert.deepEqual([current ?? null, last ?? null], [null, null], hour);
      }
      await world.hour('2026-11-30T19:20:00Z');
      const { last } = await until('the comparison', async () => {
        const now = await run();
        return now.last && now;
      });
      assert.deepEqual([last.startedBy, last.state], ['schedule', 'done']);
    }));
});

describe('a file with a mistake', () => {
  let own;
  let world;
  const start = async () => {
    own ??= await ownShop();
    world ??= await startWorld({ site: own.site, movable: true });
  };
  /** What was read holds for ten seconds. */
  const write = async (text) => {
    await own.write(text);
    await world.later(10_000);
  };
  const health = async (language) => (await world.send('GET', '/healthz', { headers: { 'accept-language': language } }));
  afterEach(() => write(own.good));
  after(async () => {
    await world.stop();
    await own.remove();
  });

  for (const [name, change, field, es, en] of [
    ['without a name', (shop) => delete shop.name, 'name', /falta name/, /name is missing/],
    ['with an e-mail address that is none', (shop) => (shop.email = 'hola'), 'email', /email/, /email/],
    ['with a field that does not exist', (shop) => (shop.colours = {}), 'colours', /colours/, /colours/],
    ['with a zone that does not exist', (shop) => (shop.timeZone = 'America/Merida_City'), 'timeZone', /timeZone/, /timeZone/],
    ['with too long a life of links', (shop) => (shop.linkMinutes = 100_000), 'linkMinutes', /linkMinutes/, /linkMinutes/],
  ]) {
    test(`${name} is named with its remedy, and the shop takes no orders`, async () => {
      await start();
      const logged = (await world.workerLog()).length;
      await write(own.changed(change));
      for (const [language, pattern] of [['es-MX', es], ['en', en]]) {
        const { status, body } = await health(language);
        assert.deepEqual([status, body.status, body.missing, body.malformed, body.catalog], [503, 'misconfigured', [], [], { status: 'ok' }]);
        assert.deepEqual([body.shop.status, body.shop.problems.map((problem) => problem.field)], ['unreadable', [field]]);
        const [{ detail }] = body.shop.problems;
        assert.match(detail, /^shop\/shop\.json[,:] .+; .+\.$/);
        assert.match(detail, pattern);
      }
      const order = await world.order();
      assert.deepEqual([order.status, order.body.code], [503, 'shop-file-unreadable']);
      assert.ok(Number(order.headers['retry-after']) > 0);
      assert.doesNotMatch(order.text, /shop\.json/, 'nothing of it is told to who pays');
      for (const address of ['/api/shop/catalog', '/catalog.json']) {
        const shown = await world.send('GET', address);
        assert.deepEqual([shown.status, shown.body.code], [503, 'shop-file-unreadable'], address);
      }
      const line = await until('the line', async () => /.*shop-file-unreadable.*\}$/m.exec((await world.workerLog()).slice(logged))?.[0]);
      const { level, event, fields } = JSON.parse(line.slice(line.indexOf('{')));
      assert.deepEqual([level, event, fields.problems], ['error', 'shop-file-unreadable', 1]);
      assert.equal(fields.reason, (await health('en')).body.shop.problems[0].detail);
    });
  }

  test('what exists goes on, and the staff works by the default zone', async () => {
    await start();
    const key = randomUUID();
    const placed = await world.order({ key });
    assert.equal(placed.status, 201);
    await write(own.changed((shop) => Object.assign(shop, { timeZone: 'Asia/Manila', rfc: 'x' })));
    const repeated = await world.order({ key });
    assert.deepEqual([repeated.status, repeated.body], [201, placed.body]);
    assert.equal((await world.view(placed.body.order)).status, 'awaiting-payment');
    assert.equal((await world.send('GET', '/api/session', { headers: operator })).body.timeZone, 'America/Mexico_City');
    assert.equal((await world.invoiceOrder()).status, 201);
    for (const path of ['/api/operator/orders', '/api/operator/orders.csv', '/api/operator/reports/one-time-payments.csv', '/api/operator/attention']) {
      assert.equal((await world.send('GET', path, { headers: operator })).status, 200, path);
    }
    assert.equal((await world.send('GET', '/')).status, 200);
    await world.night();
  });

  test('a missing file is a mistake, and several are reported together', async () => {
    await start();
    await write(own.changed((shop) => Object.assign(shop, { email: 'x', address: '', linkMinutes: 0 })));
    assert.equal((await health('en')).body.shop.problems.length, 3);
    await own.removeFile();
    await world.later(10_000);
    assert.deepEqual((await health('en')).body.shop.problems.map(({ code }) => code), ['no-file']);
    assert.equal((await world.order()).body.code, 'shop-file-unreadable');
  });

  test('a file that was corrected is taken within ten seconds, and is not asked for before', async () => {
    await start();
    const nameOf = async () => (await world.send('GET', '/api/shop/catalog')).body.shop?.name;
    await write(own.changed((shop) => delete shop.name));
    assert.equal(await nameOf(), undefined);
    await write(own.changed((shop) => (shop.name = 'Uno')));
    assert.equal(await nameOf(), 'Uno');
    await own.write(own.changed((shop) => (shop.name = 'Dos')));
    assert.equal(await nameOf(), 'Uno');
    await world.later(10_000);
    assert.equal(await nameOf(), 'Dos');
    assert.equal((await world.order()).status, 201);
    assert.deepEqual((await health('en')).body.shop, { status: 'ok' });
  });
});
