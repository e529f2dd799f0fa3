// Which host serves what, over which scheme. There is one Worker; only the Host header and the proxy's headers differ.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { cart } from './support/bodies.mjs';
import { cashier, inWorld, operator } from './support/world.mjs';

const SHOP = 'https://shop.example';
const STAFF = 'https://caja.shop.example';
const SUBDOMAINS = 'max-age=31536000; includeSubDomains';
/** A browser's request as a proxy that ends TLS hands it on. */
const at = (host, more) => ({ host, 'x-forwarded-proto': 'https', ...more });
const html = { accept: 'text/html' };

describe('hosts', { concurrency: true }, () => {
  test('another host of the same Worker redirects to the shop', () =>
    inWorld(async (world) => {
      const canonical = world.url;
      const { port } = new URL(canonical);
      for (const host of [`127.0.0.1:${port}`, 'www.shop.example', 'compago-edge.account.workers.dev', 'localhost', `localhost:${port}.evil.example`]) {
        const headers = { host };
        for (const [path, location] of [
          ['/', '/'], ['/?utm_source=x&a=%20', '/?utm_source=x&a=%20'], ['/return.html?order=o', '/return.html?order=o'], ['/shop.js', '/shop.js'],
          ['/operator?view=orders', '/operator?view=orders'], ['/pos', '/pos'], ['/no-such-page', '/no-such-page'], ['//evil.example/', '//evil.example/'],
        ]) {
          for (const method of ['GET', 'HEAD']) {
            const answer = await world.send(method, path, { headers: { ...headers, ...html } });
            assert.deepEqual([answer.status, answer.headers.location], [308, `${canonical}${location}`], `${method} ${host}${path}`);
            assert.equal(answer.headers['cache-control'], 'no-store');
          }
        }
        const order = await world.order({ headers });
        assert.deepEqual([order.status, order.body.code], [421, 'wrong-host'], host);
        assert.match(order.body.detail, new RegExp(`${canonical}$`));
        for (const [method, path, more] of [
          ['GET', '/api/shop/catalog'], ['GET', '/api/operator/orders', operator], ['POST', '/api/pos/payment-intents', cashier],
          ['POST', '/api/session', { origin: `http://${host}` }], ['POST', '/api/shop/orders', { origin: 'https://evil.example' }],
        ]) {
          const answer = await world.send(method, path, { body: method === 'POST' ? { token: secrets.OPERATOR_TOKEN } : undefined, headers: { ...headers, ...more } });
          assert.deepEqual([answer.status, answer.body.code], [421, 'wrong-host'], `${method} ${host}${path}: the host is looked at before the origin`);
        }
        for (const path of ['/healthz', '/openapi.json', '/pkg/status.js']) {
          assert.equal((await world.send('GET', path, { headers })).status, 200, `${host}${path}`);
        }
      }
      assert.equal((await world.sandbox.payments()).length, 0);
    }));

  test('without SHOP_ORIGIN hosts cannot be distinguished, and everything is served', () =>
    inWorld(
      async (world) => {
        const headers = { host: 'anything.example' };
        assert.equal((await world.send('GET', '/', { headers })).status, 200);
        assert.equal((await world.order({ headers })).body.code, 'misconfigured');
        assert.equal((await world.send('GET', '/healthz', { headers })).status, 503);
      },
      { env: { SHOP_ORIGIN: '' } },
    ));

  test('a shop with an incomplete configuration still redirects visitors to its own host', () =>
    inWorld(
      async (world) => {
        const answer = await world.send('GET', '/', { headers: { host: 'www.shop.example' } });
        assert.deepEqual([answer.status, answer.headers.location], [308, `${world.url}/`]);
      },
      { env: { COMPAGO_API_KEY: '' } },
    ));

  test('an https shop is not served over plain http', () =>
    inWorld(
      async (world) => {
        const plain = { host: 'shop.example' };
        for (const path of ['/', '/pos', '/operator?view=day', '/shop.css', '/pkg/status.js', '/openapi.json']) {
          const answer = await world.send('GET', path, { headers: plain });
          assert.deepEqual([answer.status, answer.headers.location], [308, `${SHOP}${path}`], path);
        }
        for (const [method, path, headers, body] of [
          ['POST', '/api/session', { origin: SHOP }, { token: secrets.OPERATOR_TOKEN }],
          ['GET', '/api/operator/orders', operator],
          ['POST', '/api/shop/orders', { 'idempotency-key': 'a' }, cart],
          ['GET', '/api/shop/catalog'],
        ]) {
          const answer = await world.send(method, path, { headers: { ...plain, ...headers }, body });
          assert.deepEqual([answer.status, answer.body.code, answer.headers['set-cookie']], [403, 'https-required', undefined], path);
          assert.match(answer.body.detail, /https:\/\/shop\.example$/);
          const wrong = await world.send(method, path, { headers: { host: 'www.shop.example', ...headers }, body });
          assert.equal(wrong.status, 421, 'the host comes first');
        }
        for (const headers of [{ 'x-forwarded-proto': 'https' }, { 'cf-visitor': '{"scheme":"https"}' }]) {
          const page = await world.send('GET', '/', { headers: { ...plain, ...headers } });
          assert.deepEqual([page.status, page.headers['strict-transport-security']], [200, SUBDOMAINS]);
          assert.equal((await world.order({ headers: { ...plain, ...headers, origin: SHOP } })).status, 201);
        }
        for (const headers of [{ 'x-forwarded-proto': 'http' }, { 'cf-visitor': '{"scheme":"http"}' }, { 'x-forwarded-for': 'https' }]) {
          assert.equal((await world.send('GET', '/', { headers: { ...plain, ...headers } })).status, 308, JSON.stringify(headers));
        }
        assert.equal((await world.send('GET', '/healthz', { headers: plain })).status, 200);
        const elsewhere = await world.send('GET', '/healthz', { headers: at('203.0.113.7') });
        assert.equal(elsewhere.headers['strict-transport-security'], 'max-age=31536000', 'another host promises nothing for its subdomains');
      },
      { env: { SHOP_ORIGIN: SHOP } },
    ));

  test('desk and till on a host of their own', () =>
    inWorld(
      async (world) => {
        const [shop, staff] = [at('shop.example'), at('caja.shop.example')];
        for (const [path, home] of [
          ['/', SHOP], ['/index.html', SHOP], ['/return.html', SHOP], ['/card?card=x', SHOP], ['/catalog.json', SHOP], ['/404.html', SHOP],
          ['/operator', STAFF], ['/operator/', STAFF], ['/operator.html', STAFF], ['/operator.js', STAFF], ['/operator/api.js', STAFF],
          ['/pos', STAFF], ['/pos.css', STAFF], ['/pos/pad.js', STAFF], ['/pos.webmanifest', STAFF], ['/staff/sign-in.js', STAFF],
          ['/words/operator/en/lists.js', STAFF], ['/words/pos/en.js', STAFF],
        ]) {
          const [here, there] = home === SHOP ? [shop, staff] : [staff, shop];
          const served = path.startsWith('/card') ? { status: 200 } : await world.send('GET', path, { headers: here });
          assert.ok(served.status === 200 || (path === '/operator/' && served.headers.location === '/operator'), `${path} ${served.status}`);
          const sent = await world.send('GET', path, { headers: there });
          assert.deepEqual([sent.status, sent.headers.location], [308, `${home}${path}`], path);
        }
        for (const path of ['/tokens.css', '/controls.css', '/lib/dom.js', '/words/en.js', '/favicon.svg', '/before-paint.js', '/problems/wrong-host', '/pkg/status.js']) {
          for (const headers of [shop, staff]) assert.equal((await world.send('GET', path, { headers })).status, 200, `${headers.host}${path}`);
        }

        const signIn = (headers) => world.send('POST', '/api/session', { body: { token: secrets.OPERATOR_TOKEN }, headers });
        assert.equal((await signIn({ ...shop, origin: SHOP })).body.code, 'wrong-host');
        assert.equal((await signIn({ ...staff, origin: SHOP })).body.code, 'foreign-origin', 'a page of the shop signs nobody in');
        const session = await signIn({ ...staff, origin: STAFF });
        const cookie = session.headers['set-cookie'][0].split(';')[0];
        assert.match(cookie, /^__Host-session=/);
        const read = (headers) => world.send('GET', '/api/operator/orders', { headers: { cookie, ...headers } });
        assert.equal((await read(staff)).status, 200);
        assert.equal((await read({ ...staff, origin: SHOP })).body.code, 'foreign-origin');
        assert.equal((await read(shop)).body.code, 'wrong-host');
        const program = await world.send('GET', '/api/operator/orders', { headers: { ...shop, ...operator } });
        assert.match(program.body.detail, /https:\/\/caja\.shop\.example$/);
        assert.equal((await world.send('GET', '/api/operator/orders', { headers: { ...staff, ...operator } })).status, 200);

        assert.equal((await world.order({ headers: { ...staff, origin: STAFF } })).body.code, 'wrong-host');
        assert.equal((await world.order({ headers: { ...shop, origin: STAFF } })).body.code, 'foreign-origin');
        const made = await world.order({ headers: { ...shop, origin: SHOP } });
        assert.equal(made.status, 201);
        const back = await world.send('GET', `/api/shop/return?order=${made.body.order}`, { headers: staff });
        assert.equal(back.headers.location, `${SHOP}/return.html?order=${made.body.order}`);
      },
      { env: { SHOP_ORIGIN: SHOP, STAFF_ORIGIN: STAFF } },
    ));

  test('an invalid staff origin is named', () =>
    inWorld(
      async (world) => assert.deepEqual((await world.send('GET', '/healthz')).body.malformed, ['STAFF_ORIGIN']),
      { env: { STAFF_ORIGIN: 'https://caja.shop.example/pos' } },
    ));

  test('pages whose URLs people type are found with a trailing slash or in capitals', () =>
    inWorld(async (world) => {
      for (const [path, address] of [
        ['/pos/', '/pos'], ['/operator/?view=day&x=1', '/operator?view=day&x=1'], ['/card/?card=x', '/card?card=x'], ['/POS', '/pos'], ['/Operator//', '/operator'],
      ]) {
        const answer = await world.send('GET', path, { headers: html });
        assert.deepEqual([answer.status, answer.headers.location, answer.headers['cache-control']], [308, address, 'no-store'], path);
        if (!address.startsWith('/card')) assert.equal((await world.send('GET', address, { headers: html })).status, 200, address);
      }
      for (const path of ['/pos/x', '/poss/', '/%70os', '/pos.html/']) {
        assert.equal((await world.send('GET', path)).status, 404, path);
      }
    }));
});
