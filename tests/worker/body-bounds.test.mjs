// Bodies that are declared but do not arrive: refused at once because of the declaration, or after a time limit.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import net from 'node:net';
import { after, describe, test } from 'node:test';
import { METHODS, UNKNOWN_ID } from './support/cards.mjs';
import { newAddress } from './support/client.mjs';
import { INTENTS } from './support/till.mjs';
import { operator, startWorld } from './support/world.mjs';

const world = await startWorld();
after(() => world.stop());

const { host, port } = new URL(world.url);

/** Every route that reads a body. */
const ROUTES = [
  '/api/shop/orders', '/api/operator/orders', INTENTS, METHODS, `${METHODS}/${UNKNOWN_ID}/payments`,
  `${METHODS}/${UNKNOWN_ID}/payments/${UNKNOWN_ID}/refund`, '/api/session',
];

/**
 * Sends a request as it is written here, and leaves the connection open. Resolves to the status, the code and how long it took.
 *
 * @param {string} path @param {Record<string, string>} headers @param {string} body what is sent of it
 */
function sendRaw(path, headers, body) {
  const lines = Object.entries({
    Host: host, Origin: world.url, 'CF-Connecting-IP': newAddress(), 'Content-Type': 'application/json', Authorization: operator.authorization,
    'Idempotency-Key': randomUUID(), ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const socket = net.connect(Number(port), '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8');
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`closed after ${JSON.stringify(text)}`)));
    socket.on('data', (chunk) => {
      text += chunk;
      const code = /"code":"([a-z-]+)"/.exec(text)?.[1];
      if (code === undefined) return;
      resolve({ told: [Number(text.slice(9, 12)), code], ms: performance.now() - began, text });
      socket.destroy();
    });
    socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
  });
}

test('a declared length above the limit is refused before any of the body has arrived, however large the number', async () => {
  const lengths = ['16385', '0000016385', '4294967295', '4294967296', '4294967300', '18446744073709551617', `1${'0'.repeat(40)}`];
  for (const path of ROUTES) {
    // A page may sign in a few times a minute, from one address: each of these has its own.
    const answers = await Promise.all(lengths.map((length) => sendRaw(path, { 'Content-Length': length }, '')));
    for (const { told, ms } of answers) {
      assert.deepEqual(told, [413, 'body-too-large'], path);
      assert.ok(ms < 8_000, `${path} took ${ms} ms`);
    }
  }
});

test('a body of another length than declared is read up to its declared length', async () => {
  const body = JSON.stringify({ token: 'x' });
  assert.deepEqual((await sendRaw('/api/session', { 'Content-Length': String(body.length) }, `${body}GET /`)).told, [401, 'wrong-token']);
  assert.deepEqual((await sendRaw('/api/session', { 'Content-Length': String(body.length - 1) }, body)).told, [400, 'not-json']);
});

describe('an incomplete body', { concurrency: true }, () => {
  for (const path of ROUTES) {
    test(`is waited for 10 seconds at ${path}`, async () => {
      const answers = await Promise.all([
        sendRaw(path, { 'Content-Length': '100', 'Accept-Language': 'es-MX' }, '{"items":['),
        sendRaw(path, { 'Content-Length': '16384' }, ''),
        sendRaw(path, { 'Transfer-Encoding': 'chunked' }, '5\r\n{"a":\r\n'),
      ]);
      for (const { told, ms, text } of answers) {
        assert.deepEqual(told, [408, 'body-incomplete'], path);
        assert.ok(ms > 9_000, `${path} was given ${ms} ms`);
        assert.match(text, /cache-control: no-store/i);
      }
      assert.match(answers[0].text, /El cuerpo no llegó completo en 10 segundos/);
    });
  }

  test('delays no one else', async () => {
    const open = Array.from({ length: 60 }, () => sendRaw('/api/shop/orders', { 'Content-Length': '100' }, '{'));
    const order = await world.buy();
    assert.equal((await world.view(order.order)).status, 'awaiting-payment');
    for (const { told } of await Promise.all(open)) assert.deepEqual(told, [408, 'body-incomplete']);
    assert.equal((await world.sandbox.payments()).length, 1, 'nothing was made of a body that never came');
  });
});
