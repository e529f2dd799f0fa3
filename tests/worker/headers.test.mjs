// The client checks the security headers of every answer in every test; these tests have one answer of each kind.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { after, test } from 'node:test';
import { testSiteDir as site } from '../../scripts/paths.mjs';
import { servedTypes } from '../../scripts/served.mjs';
import { fetchOnce } from '../support/fetch-once.mjs';
import { startWorld } from './support/world.mjs';

const world = await startWorld();
after(() => world.stop());

test('each file of the site is served with its own type, never guessed', async () => {
  const files = (await readdir(site, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  assert.ok(files.length > 5);
  for (const file of files) {
    const path = `${file.path ?? file.parentPath}/${file.name}`.slice(site.length);
    const answer = await world.send('GET', path);
    assert.equal(answer.status, 200, path);
    const ending = file.name.split('.').at(-1) ?? '';
    assert.equal(answer.headers['content-type'], servedTypes[ending], path);
    const isOfAVersion = /^\/pkg\/v\d/.test(path);
    assert.equal(answer.headers['cache-control'], isOfAVersion ? 'public, max-age=31536000, immutable' : 'no-cache', path);
  }
  const [start, index] = [await world.send('GET', '/'), await world.send('GET', '/index.html')];
  assert.equal(start.text, index.text);
});

test('every kind of answer has the security headers, and no other origin may read it', async () => {
  const order = await world.buy();
  const kinds = [
    ['GET', '/', 200], ['GET', '/shop.css', 200], ['GET', '/nothing.html', 404],
    ['GET', '/api/shop/catalog', 200], ['GET', `/api/shop/orders/${order.order}`, 200], ['GET', '/api/nothing', 404],
    ['GET', '/healthz', 200], ['GET', '/api/shop/return', 303], ['POST', '/api/shop/orders', 400], ['PUT', '/api/shop/orders', 405],
    ['GET', '/api/operator/orders/0000-0000-0000', 401], ['DELETE', '/api/session', 403],
  ];
  for (const [method, path, status] of kinds) {
    const answer = await world.send(method, path, { headers: { origin: status === 403 ? 'https://evil.example' : undefined } });
    assert.equal(answer.status, status, `${method} ${path}`);
    for (const name of Object.keys(answer.headers)) {
      assert.doesNotMatch(name, /^access-control-|^server$|^x-powered-by$/, `${method} ${path}`);
    }
  }
});

test('only the form in the card page\'s frame may use wallets', async () => {
  const permissions = async (path) => (await fetchOnce(world.url + path)).headers.get('permissions-policy');
  const others = 'camera=(), geolocation=(), microphone=()';
  assert.equal(await permissions('/card'), `${others}, payment=(self "${world.sandbox.origin}")`);
  for (const path of ['/', '/card.html', '/return.html', '/pos', '/operator', '/healthz', '/api/nothing']) {
    assert.equal(await permissions(path), `${others}, payment=()`, path);
  }
});

test('an unsupported method is 405 with the supported ones', async () => {
  const order = await world.buy();
  for (const [method, path, allow] of [
    ['POST', '/', 'GET, HEAD'], ['PUT', '/index.html', 'GET, HEAD'], ['DELETE', '/api/shop/catalog', 'GET, HEAD'],
    ['GET', '/api/shop/orders', 'POST'], ['DELETE', `/api/shop/orders/${order.order}`, 'GET, HEAD'],
    ['GET', `/api/shop/orders/${order.order}/cancel`, 'POST'], ['GET', `/api/shop/orders/${order.order}/retry`, 'POST'],
    ['PUT', '/api/session', 'GET, HEAD, POST, DELETE'], ['PUT', '/api/operator/orders', 'GET, HEAD, POST'], ['GET', '/api/operator/webhooks/evt_1/redeliver', 'POST'], ['PATCH', '/healthz', 'GET, HEAD'],
    ['OPTIONS', '/api/shop/orders', 'POST'], ['POST', '/api/shop/return', 'GET, HEAD'],
  ]) {
    const answer = await world.send(method, path);
    assert.equal(answer.status, 405, `${method} ${path}`);
    assert.equal(answer.headers.allow, allow, `${method} ${path}`);
    assert.equal(answer.body.code, 'method-not-allowed');
  }
  assert.equal((await world.view(order.order)).status, 'awaiting-payment');
});

test('an unknown page is a 404 page for people and a problem document for programs', async () => {
  const program = await world.send('GET', '/no-such-page', { headers: { accept: 'application/json' } });
  assert.equal(program.status, 404);
  assert.equal(program.body.code, 'not-found');
  const person = await world.send('GET', '/no-such-page', { headers: { accept: 'text/html' } });
  assert.equal(person.status, 404);
});

test('every answer of the API has the time, from which pages compute the remaining time of a charge', async () => {
  for (const [method, path] of [['GET', '/api/shop/catalog'], ['GET', '/api/nothing'], ['POST', '/api/session'], ['GET', '/api/pos/terminals/TERM-01/payment-intent']]) {
    const answer = await world.send(method, path);
    const date = answer.headers.date ?? '';
    assert.equal(new Date(date).toUTCString(), date, `${method} ${path}`);
    assert.ok(Math.abs(Date.parse(date) - Date.now()) < 60_000, `${method} ${path}: ${date}`);
  }
});
