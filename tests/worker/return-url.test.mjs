// Where the payer of a shop order goes after the checkout: to the page that made the order, on the shop's origin or an embed origin.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fetchOnce } from '../support/fetch-once.mjs';
import { cart } from './support/bodies.mjs';
import { inFailingStack } from './support/failing.mjs';
import { inWorld } from './support/world.mjs';

const BLOG = 'https://blog.example';
const env = { EMBED_ORIGINS: `${BLOG} http://localhost:5173` };
const returning = (returnUrl, more) => ({ ...cart, returnUrl, ...more });

describe('returnUrl', { concurrency: 4 }, () => {
  test('is on the shop\'s origin or an embed origin, or a problem beside all others of the body', () =>
    inWorld(
      async (world) => {
        for (const [returnUrl, code] of [
          [BLOG], [`${BLOG}/`], [`${BLOG}/tienda/gracias.html?campaña=1`, 'url-format'], [`${BLOG}/tienda/gracias.html?lote=1`], ['http://localhost:5173/'], [`${world.url}/gracias`],
          ['HTTPS://Blog.Example:443/x'], [null], [`${BLOG}/api/shop/return`], [`${world.url}/apis`],
          // Our own API, which would redirect payers to itself.
          ...['/api/shop/return', '/api/shop/return/?x=1', '/api', '/API/', '//api/shop/return', '/%61pi/shop/return', '/api%2fshop/return'].map((path) => [world.url + path, 'url-origin']),
          ['https://evil.example/', 'url-origin'], ['https://www.blog.example/', 'url-origin'], ['https://blog.example.evil.example/', 'url-origin'],
          ['https://blog.example:8443/', 'url-origin'], ['http://localhost:5174/', 'url-origin'], ['https://evil.example/https://blog.example/', 'url-origin'],
          ['https://evil.example?https://blog.example/', 'url-origin'], ['https://blog.example@evil.example/', 'url-format'], ['https://blog.example\\@evil.example/', 'url-format'],
          ['https://blog.example./', 'url-format'], [`${BLOG}/#gracias`, 'url-format'], [`${BLOG}/../x`, 'url-format'], ['http://blog.example/', 'url-https'],
          ['//blog.example/', 'url-https'], ['/gracias', 'url-https'], ['javascript:alert(1)', 'url-https'], ['', 'url-https'], [7, 'type-string'],
          // The longest that has room for the order's capability, and one character more.
          [`${BLOG}/${'x'.repeat(1_982)}`], [`${BLOG}/${'x'.repeat(1_983)}`, 'too-long'],
        ]) {
          const answer = await world.order({ body: returning(returnUrl) });
          const errors = answer.body.errors?.map(({ pointer, code: found }) => [pointer, found]);
          assert.deepEqual([answer.status, errors], code ? [400, [['/returnUrl', code]]] : [201, undefined], `${returnUrl} ${answer.text}`);
        }
        const all = await world.order({ body: returning('https://evil.example/', { items: [], ttlMinutes: 1 }), headers: { 'accept-language': 'es-MX' } });
        assert.deepEqual(all.body.errors.map(({ pointer }) => pointer), ['/items', '/ttlMinutes', '/returnUrl']);
        assert.match(all.body.errors[2].detail, /un origen permitido.*EMBED_ORIGINS/);
      },
      { env },
    ));

  test('is where the payer is redirected, paid or not, with the capability that nobody hears of', () =>
    inWorld(
      async (world) => {
        for (const [returnUrl, location] of [
          [`${BLOG}/tienda/`, (order) => `${BLOG}/tienda/?order=${order}`],
          [`${BLOG}/tienda/gracias.html?lote=1`, (order) => `${BLOG}/tienda/gracias.html?lote=1&order=${order}`],
          [`${world.url}/gracias`, (order) => `${world.url}/gracias?order=${order}`],
          [`${BLOG}/?order=${'0'.repeat(38)}`, (order) => `${BLOG}/?order=${order}`],
          [`${BLOG}/?%6frder=a&orders=2&order&x=%20b`, (order) => `${BLOG}/?orders=2&x=%20b&order=${order}`],
          [undefined, (order) => `/return.html?order=${order}`],
        ]) {
          const made = await world.buy({ body: returning(returnUrl), headers: { origin: BLOG } });
          for (const path of [`/api/shop/return?order=${made.order}`, await world.pay(made.paymentId)]) {
            for (const headers of [{}, { origin: 'null' }, { host: 'www.shop.example' }]) {
              const answer = await world.send('GET', path, { headers });
              const expected = location(made.order);
              const base = headers.host && expected.startsWith('/') ? world.url : '';
              assert.deepEqual([answer.status, answer.headers.location], [303, `${base}${expected}`], path);
              assert.equal(answer.headers['referrer-policy'], 'no-referrer');
            }
          }
          await world.untilEvent(made.reference, 'order.paid');
        }
      },
      { env },
    ));

  test('of an order whose object cannot be asked is not known: the shop\'s own page follows it', () =>
    inFailingStack(
      async (stack) => {
        const { body } = await stack.send('POST', '/api/shop/orders', { body: returning(`${BLOG}/`), headers: { 'idempotency-key': crypto.randomUUID() } });
        await stack.down('ORDERS');
        const answer = await stack.send('GET', `/api/shop/return?order=${body.order}`);
        assert.deepEqual([answer.status, answer.headers.location], [303, `/return.html?order=${body.order}`]);
        await stack.down();
        const again = await fetchOnce(`${stack.url}/api/shop/return?order=${body.order}`);
        assert.equal(again.headers.get('location'), `${BLOG}/?order=${body.order}`);
      },
      { env },
    ));

  test('is also where a payer who gives up at the checkout goes, to a URL of this order alone without its capability and the page\'s query', () =>
    inWorld(
      async (world) => {
        const homes = [];
        for (const [returnUrl, home] of [
          [`${BLOG}/tienda/`, `${BLOG}/tienda/?reference=`], [`${BLOG}/tienda/`, `${BLOG}/tienda/?reference=`], [`${BLOG}/t?lote=1&email=ana@example.com`, `${BLOG}/t?reference=`],
          [undefined, `${world.url}/?reference=`],
        ]) {
          const made = await world.buy({ body: returning(returnUrl) });
          const [payment] = await world.paymentsOf(made.reference);
          assert.equal(payment.homepageUrl, home + made.reference.replaceAll('-', ''));
          assert.ok(!payment.homepageUrl.includes(made.order));
          assert.ok(payment.redirectUrl.startsWith(`${world.url}/api/shop/return?order=`), 'the payer passes the Worker, which reads the payment');
          homes.push(payment.homepageUrl);
        }
        assert.equal(new Set(homes).size, homes.length);
      },
      { env },
    ));

  test('belongs to the request: the same key with another page is another request', () =>
    inWorld(
      async (world) => {
        const key = crypto.randomUUID();
        const first = await world.order({ key, body: returning(`${BLOG}/a`) });
        const again = await world.order({ key, body: returning(`${BLOG}/a`) });
        const other = await world.order({ key, body: returning(`${BLOG}/b`) });
        assert.deepEqual([first.status, again.text, other.body.code], [201, first.text, 'idempotency-key-reused']);
      },
      { env },
    ));
});
