// Paths that try to reach something else. They are sent exactly as written: no client normalises them.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startWorld } from './support/world.mjs';

const world = await startWorld();
after(() => world.stop());

const UP = ['..', '%2e%2e', '.%2e', '%2E%2E', '..%2f', '..%5c', '..\\', '....//', '%252e%252e', '..;', '..%00'];

test('nothing outside the site is served', async () => {
  const outside = ['package.json', 'worker/workerd.capnp', 'worker/build/index.js', '.data/secrets.json', '.git/config', 'worker.log', 'Cargo.toml'];
  for (const up of UP) {
    for (const target of outside) {
      for (const depth of [1, 2, 3]) {
        for (const start of ['/', '/img/', '/pkg/']) {
          const path = `${start}${`${up}/`.repeat(depth)}${target}`;
          const answer = await world.send('GET', path);
          assert.ok(answer.status === 404 || answer.status === 400, `${path}: ${answer.status}`);
        }
      }
    }
  }
});

test('folders are not listed', async () => {
  const start = (await world.send('GET', '/index.html')).text;
  for (const path of ['/img', '/img/', '/pkg/', '/lib', '/words/', '/./', '//', '/img//', '/img/.', '/pkg/..%2f', '/.', '/%2e/']) {
    const answer = await world.send('GET', path);
    const isStart = answer.status === 200 && answer.text === start;
    assert.ok(answer.status === 404 || isStart, `${path}: ${answer.status} ${answer.text.slice(0, 80)}`);
    if (!isStart) assert.doesNotMatch(answer.text, /shop\.css"?,|"name":/, path);
  }
});

test('an altered path of the API is not the API', async () => {
  const order = await world.buy();
  const calls = (await world.sandbox.calls()).length;
  for (const path of [
    `/API/shop/orders/${order.order}`, `//api/shop/orders/${order.order}`, `/api//shop/orders/${order.order}`, `/api/shop/orders/${order.order}/`,
    `/api/shop/orders//${order.order}`, `/api/shop/orders/${order.order}/cancel/`, `/api/shop/orders/${order.order};x=1`,
    `/api%2fshop%2forders%2f${order.order}`, `/x/api/shop/orders/${order.order}`, '/api', '/api/', '/api/shop', '/healthz/',
    '/api/operator', '/api/operator/nothing', '/api/operator/reports', '/api/pos', '/api/pos/terminals', '/api/pos/terminals/TERM-01',
  ]) {
    const answer = await world.send('GET', path);
    assert.equal(answer.status, 404, path);
    assert.doesNotMatch(answer.text, new RegExp(order.reference), path);
  }
  for (const path of [`/api/shop/orders/${order.order}/cancel/`, `/api/shop/orders/${order.order}//cancel`, `/%61pi/shop/orders/${order.order}/cancel`]) {
    const answer = await world.send('POST', path);
    assert.ok([404, 405].includes(answer.status), `${path}: ${answer.status}`);
  }
  assert.equal((await world.sandbox.calls()).length, calls);
  assert.equal((await world.view(order.order)).status, 'awaiting-payment');
});

test('long and unusual targets get an answer', async () => {
  for (const path of [`/${'a'.repeat(6_000)}`, `/${'a'.repeat(300)}.js`, `/${'a'.repeat(252)}.js`, `/${'a/'.repeat(2_500)}`, `/${'%C3%B1'.repeat(150)}.png`, `/${'%'.repeat(400)}`, '/%.js', '/a%2.js', '/%zz/a.js', '/img/%', '/%c3%28.js', `/api/shop/orders/${'0'.repeat(6_000)}`, `/api/shop/return?order=${'0'.repeat(6_000)}`, '/%', '/%zz', '/%00.html', '/%ff.js', '/?%', '/index.html?x=../../', '/index.html%00.js']) {
    const answer = await world.send('GET', path);
    assert.ok(answer.status < 500, `${path.slice(0, 40)}: ${answer.status}`);
  }
});
