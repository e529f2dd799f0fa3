// Responses other than files of the site are not cached, and declare what they depend on.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openapi } from './openapi.mjs';
import { cardsOf } from './support/cards.mjs';
import { newAddress } from './support/client.mjs';
import { paymentsOf } from './support/payments.mjs';
import { tillOf } from './support/till.mjs';
import { cashier, operator, startWorld } from './support/world.mjs';
import { fetchOnce } from '../support/fetch-once.mjs';

const world = await startWorld();
after(() => world.stop());

/** As a browser asks for a page, and as programs ask. */
const ACCEPTS = ['text/html,application/xhtml+xml,*/*;q=0.8', 'application/json', '*/*'];

/** @param {string} method @param {string} path @param {Record<string, string>} [headers] */
async function ask(method, path, headers = {}) {
  const answer = await fetchOnce(world.url + path, { method, headers: { 'cf-connecting-ip': newAddress(), ...headers } });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** @param {Awaited<ReturnType<typeof ask>>} answer @param {string} where */
function assertUnkept({ status, headers }, where) {
  assert.equal(headers.get('cache-control'), 'no-store', where);
  for (const name of ['etag', 'last-modified', 'expires', 'age']) assert.equal(headers.get(name), null, `${where}: ${name}`);
  const vary = (headers.get('vary') ?? '').toLowerCase().split(/, */);
  if (/^application\/problem\+json/.test(headers.get('content-type') ?? '')) {
    assert.ok(vary.includes('accept-language'), `${where}: vary ${vary}`);
    assert.ok(headers.get('content-language'), where);
  }
  if (status === 404) for (const name of ['accept', 'accept-language']) assert.ok(vary.includes(name), `${where}: vary ${vary}`);
}

test('every route of the API, for every answer and every client', async () => {
  const [order, card, charge, [payment]] = await Promise.all([
    world.buy(), cardsOf(world).active(), tillOf(world).charged({ terminalCode: 'TERM-01' }), paymentsOf(world).seed({ count: 1, days: 1 }),
  ]);
  const { payment: charged } = await cardsOf(world).charged(card.id);
  const known = {
    order: order.order, reference: order.reference, intent: charge.intent, terminalCode: 'TERM-01', card: card.card, paymentId: charged,
    id: undefined, kind: 'order', key: order.reference.replaceAll('-', ''),
  };
  const ids = (path) => (path.includes('one-time-payments') ? payment : path.includes('payment-methods') ? card.id : 'evt_1');
  const seen = new Set();
  for (const [template, operations] of Object.entries(openapi.paths)) {
    const paths = ['x', null].map((value) => template.replaceAll(/\{(\w+)\}/g, (_, name) => value ?? known[name] ?? ids(template)));
    const methods = [...Object.keys(operations).map((method) => method.toUpperCase()), 'PATCH'];
    for (const path of new Set(paths)) {
      for (const method of methods) {
        for (const [at, accept] of ACCEPTS.entries()) {
          for (const who of [{}, cashier, operator]) {
            // What changes something is asked for without what it needs.
            const headers = { ...who, accept, 'accept-language': at === 0 ? 'es-MX' : 'en', origin: method === 'GET' ? undefined : 'https://other.example' };
            const answer = await ask(method, path, JSON.parse(JSON.stringify(headers)));
            assertUnkept(answer, `${method} ${path} as ${accept}: ${answer.status}`);
            seen.add(answer.status);
          }
        }
      }
    }
  }
  for (const status of [200, 303, 401, 403, 404, 405]) assert.ok(seen.has(status), `no answer was ${status}`);
});

test('not found, as a page and as a problem document', async () => {
  for (const path of ['/no-such-page', '/no/such/', '/none.js', '/img/none.png', '/nothing.exe', '/api', '/api/', '/api/nothing', '/api/shop/orders/x', '/api/operator/nothing']) {
    for (const accept of ACCEPTS) {
      for (const language of ['es-MX', 'en']) {
        const where = `${path} as ${accept} in ${language}`;
        const answer = await ask('GET', path, { accept, 'accept-language': language, 'if-none-match': '*' });
        assert.equal(answer.status, 404, where);
        assertUnkept(answer, where);
        const isPage = accept.startsWith('text/html');
        assert.match(answer.headers.get('content-type') ?? '', isPage ? /^text\/html/ : /^application\/problem\+json/, where);
        if (isPage) assert.match(answer.text, /<html/, where);
        else assert.equal(JSON.parse(answer.text).code, 'not-found', where);
      }
    }
  }
});
