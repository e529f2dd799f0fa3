// What the clients of a shop and of a till send. The built package is used: `npm run build` makes it.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { afterEach, test } from 'node:test';
import { CompagoError, call, createOrder, load, shop, till } from '../dist/node.js';

const real = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = real;
});

const at = { origin: 'https://shop.example' };
const answer = { order: 'abc', reference: 'K7Q2-M9XD-3FHT' };
const SALE = { amount: '350.50' };
/** @param {Promise<unknown>} call @returns {Promise<CompagoError>} */
const refusal = (call) => call.then(assert.fail, (error) => error);

/** What is sent: `{ url, key, authorization, redirect }` each. @param {() => Response | Promise<Response>} [answered] */
function sent(answered = () => Response.json(answer)) {
  const seen = [];
  globalThis.fetch = async (url, { headers, redirect }) => {
    const sentHeaders = new Headers(headers);
    seen.push({ url: String(url), key: sentHeaders.get('idempotency-key'), authorization: sentHeaders.get('authorization'), redirect });
    return answered();
  };
  return seen;
}

/** Every call that has a key, by how it is made under one. */
const keyed = {
  'shop().create': (idempotencyKey) => shop(at).create({}, { idempotencyKey }),
  'till().charge': (idempotencyKey) => till(at).charge(SALE, { idempotencyKey }),
  createOrder: (idempotencyKey) => createOrder({}, idempotencyKey, at),
  call: (idempotencyKey) => call('operator/orders', { ...at, method: 'POST', body: {}, idempotencyKey }),
};

for (const [name, make] of Object.entries(keyed)) {
  test(`${name} answers what the Worker does and the key, which every error has as well`, async () => {
    const seen = sent();
    assert.deepEqual(await make('key-1'), { ...answer, idempotencyKey: 'key-1' });
    const failures = [
      () => Promise.reject(new TypeError('fetch failed')),
      () => new Response('{', { status: 201 }),
      ...[400, 409, 422, 429, 500, 503].map((status) => () => Response.json({ code: 'x' }, { status })),
    ];
    for (const failure of failures) {
      const lost = sent(failure);
      const error = await refusal(make('key-2'));
      assert.ok(error instanceof CompagoError);
      assert.equal(error.idempotencyKey, 'key-2');
      assert.equal(lost[0].key, 'key-2');
    }
    assert.deepEqual(seen.map(({ key }) => key), ['key-1']);
  });
}

test('an order whose answer was lost is repeated under the key that its error has', async () => {
  const lost = sent(() => Promise.reject(new TypeError('terminated')));
  const error = await refusal(shop(at).create({}));
  assert.match(error.idempotencyKey, /^[0-9a-f]{8}-/);
  const seen = sent();
  const { idempotencyKey } = await shop(at).create({}, { idempotencyKey: error.idempotencyKey });
  assert.deepEqual([lost[0].key, seen[0].key], [idempotencyKey, idempotencyKey]);
});

test('an order without a key gets one of its own, and never the text "null", under which all would be one', async () => {
  const seen = sent();
  const kept = [];
  for (const idempotencyKey of [undefined, null, '']) kept.push((await shop(at).create({}, { idempotencyKey })).idempotencyKey);
  assert.deepEqual(seen.map(({ key }) => key), kept);
  for (const key of kept) assert.match(key, /^[0-9a-f]{8}-/);
  assert.equal(new Set(kept).size, 3);
  seen.length = 0;
  for (const key of [undefined, null, '']) assert.deepEqual(await createOrder({}, key, at), answer);
  assert.deepEqual(seen.map(({ key }) => key), [null, null, null], 'and where it must be given, the Worker says that it is missing');
});

test('a card is charged under a key that the caller has, and nothing is sent without one', async () => {
  const seen = sent();
  for (const options of [undefined, {}, { idempotencyKey: undefined }, { idempotencyKey: null }, { idempotencyKey: '' }]) {
    const error = await refusal(till(at).charge(SALE, options));
    assert.deepEqual([error.code, error.didNothing, error.temporary], ['idempotency-key', true, false]);
    assert.match(error.message, /`idempotencyKey`.*randomUUID/);
  }
  const given = await refusal(shop(at).create({}, { signal: AbortSignal.timeout(1_000) }));
  assert.equal(given.code, 'idempotency-key', 'what is given up rejects with the reason of its signal, which has no key');
  assert.deepEqual(seen, []);
  await shop(at).create({}, { signal: AbortSignal.timeout(1_000), idempotencyKey: 'key-1' });
  assert.equal(seen.length, 1);
});

test('a body that is refused before it is sent keeps its key', async () => {
  await load();
  const seen = sent();
  for (const [made, code] of [
    [shop(at).create({ items: [] }, { idempotencyKey: 'key-1' }), 'items-empty'],
    [till(at).charge({ amount: '-1' }, { idempotencyKey: 'key-1' }), 'amount-format'],
  ]) {
    const error = await refusal(made);
    assert.deepEqual([error.code, error.errors[0].code, error.idempotencyKey, error.didNothing], ['invalid-body', code, 'key-1', true]);
  }
  assert.deepEqual(seen, []);
});

const open = [
  'http://shop.example', 'HTTP://shop.example', 'http://192.168.1.5:8787', 'http://localhost.shop.example', 'http://127.0.0.1.nip.io',
  'http://localhost@shop.example', 'http://127.0.0.2', 'http://[::2]', 'http://0.0.0.0', 'http://localhost.', 'ftp://localhost', 'shop.example', '', undefined,
];
const closed = ['https://shop.example', 'https://shop.example:8443', 'http://localhost:8787', 'http://127.0.0.1:8787', 'http://[::1]:8787'];

test('a token is sent over https, or to this machine, and follows no redirect', async () => {
  const seen = sent();
  const calls = (origin, token) => {
    const client = till({ origin, token });
    return [client.charge(SALE, { idempotencyKey: 'key-1' }), client.status('id'), client.current('T-1'), client.cancel('id'), client.follow('id').next()];
  };
  for (const origin of open) {
    for (const made of calls(origin, 'cashier-token-1')) {
      const error = await refusal(made);
      assert.deepEqual([error.code, error.didNothing, error.temporary], ['origin', true, false], String(origin));
    }
  }
  const moved = till({ origin: 'https://shop.example', token: 'cashier-token-1' });
  assert.equal((await refusal(moved.status('id', { origin: 'http://shop.example' }))).code, 'origin', 'nor by an option of one call');
  assert.deepEqual(seen, []);
  for (const origin of closed) await Promise.all(calls(origin, ' cashier-token-1\n'));
  assert.equal(seen.length, 5 * closed.length);
  for (const { authorization, redirect } of seen) assert.deepEqual([authorization, redirect], ['Bearer cashier-token-1', 'manual']);
  seen.length = 0;
  await till({ origin: 'http://192.168.1.5:8787' }).status('id');
  assert.deepEqual([seen[0].authorization, seen[0].redirect], [null, undefined], 'a page that has signed in needs no token');
});

test('an origin that reads differently each time is read once', async () => {
  const seen = sent();
  let reads = 0;
  const origin = { toString: () => (reads++ === 0 ? 'https://shop.example' : 'http://evil.example') };
  await till({ origin, token: 'cashier-token-1' }).status('id');
  assert.deepEqual([reads, seen[0].url], [1, 'https://shop.example/api/pos/payment-intents/id']);
});

test('a redirect takes a token nowhere', async (t) => {
  const servers = [];
  const listen = async (handle) => {
    const server = createServer(handle).listen(0, '127.0.0.1');
    servers.push(server);
    await new Promise((listening) => server.once('listening', listening));
    return `http://127.0.0.1:${server.address().port}`;
  };
  t.after(() => servers.forEach((server) => server.close()));
  let stolen = 0;
  const thief = await listen((request, response) => {
    stolen += 1;
    response.end('{}');
  });
  for (const status of [301, 302, 303, 307, 308]) {
    const origin = await listen((request, response) => response.writeHead(status, { location: `${thief}/` }).end());
    const error = await refusal(till({ origin, token: 'cashier-token-1' }).charge(SALE, { idempotencyKey: 'key-1' }));
    assert.deepEqual([error.status, error.temporary, error.didNothing], [status, false, false]);
  }
  assert.equal(stolen, 0);
});

test('an origin that is missing or none is an error of its own, and asks for no patience', async (t) => {
  const seen = sent();
  const wrong = [undefined, null, '', 'shop.example', '/shop', 'file:///shop', 'https://ana:secret@shop.example', 'https://:secret@shop.example', 'https://shop.example?a', 'https://shop.example#a', 'http://[', {}, 7];
  for (const origin of wrong) {
    for (const made of [shop({ origin }).catalog(), shop({ origin }).retry('abc'), till({ origin }).status('id'), call('x', { origin })]) {
      const error = await refusal(made);
      assert.ok(error instanceof CompagoError);
      assert.deepEqual([error.code, error.temporary, error.didNothing, error.status], ['origin', false, true, 400], String(origin));
      assert.match(error.message, /`origin`/);
    }
    await assert.rejects(shop({ origin }).follow('abc').next(), { code: 'origin' }, 'nor is it asked again and again');
  }
  assert.deepEqual(seen, []);
  for (const origin of ['https://shop.example', 'https://shop.example/', new URL('https://shop.example')]) await shop({ origin }).catalog();
  assert.deepEqual(seen.map(({ url }) => url), Array(3).fill('https://shop.example/api/shop/catalog'));
  await till({ origin: new URL('https://shop.example'), token: 'cashier-token-1' }).status('id');
  assert.equal(seen.at(-1).authorization, 'Bearer cashier-token-1');
  for (const href of ['https://shop.example/a?b#c', 'file:///index.html']) {
    inPage(t, href);
    const asked = shop().catalog();
    if (href.startsWith('https')) await asked;
    else await assert.rejects(asked, { code: 'origin' });
  }
  assert.equal(seen.at(-1).url, 'https://shop.example/api/shop/catalog', "a page's own origin");
  inPage(t, 'about:srcdoc', 'https://shop.example/frame.html');
  await shop().catalog();
  assert.equal(seen.at(-1).url, '/api/shop/catalog', 'that of the page around a frame without an address');
});

test("a page's <base> takes neither an order nor a token to another origin", async (t) => {
  const seen = sent();
  inPage(t, 'https://shop.example/buy', 'https://cdn.example/assets/');
  await createOrder({}, 'key-1');
  const tills = [till({ token: 'cashier-token-1' }), till({ origin: '', token: 'cashier-token-1' })];
  for (const client of tills) await client.status('id');
  assert.deepEqual(seen.map(({ url }) => new URL(url).origin), Array(3).fill('https://shop.example'));
  seen.length = 0;
  for (const [href, base] of [['http://shop.example/', 'https://cdn.example/'], ['about:srcdoc', 'https://shop.example/'], ['file:///x.html', 'https://shop.example/']]) {
    inPage(t, href, base);
    await assert.rejects(till({ token: 'cashier-token-1' }).status('id'), { code: 'origin', didNothing: true }, href);
  }
  assert.deepEqual(seen, []);
});

/** As in a page at `href`. @param {import('node:test').TestContext} t @param {string} href @param {string} [baseURI] */
function inPage(t, href, baseURI = href) {
  globalThis.location = /** @type {any} */ (new URL(href));
  globalThis.document = /** @type {any} */ ({ baseURI, addEventListener() {}, removeEventListener() {} });
  t.after(() => {
    delete globalThis.location;
    delete globalThis.document;
  });
}

test("a call's own language is also that of what is refused before it is sent", async () => {
  await load();
  const seen = sent();
  const key = { idempotencyKey: 'key-1' };
  for (const [own, client, english] of [['en', undefined, true], ['en', 'es-MX', true], ['es-MX', 'en', false], [undefined, 'en', true], [undefined, undefined, false]]) {
    const options = { ...key, ...(own && { language: own }) };
    const order = await refusal(shop({ ...at, language: client }).create({ items: [] }, options));
    const charge = await refusal(till({ ...at, language: client }).charge({}, options));
    assert.equal(order.message.includes('Add at least one product.'), english, `${own} ${client}: ${order.message}`);
    assert.equal(charge.message.includes('Enter the amount'), english, `${own} ${client}: ${charge.message}`);
  }
  assert.deepEqual(seen, []);
});

test('the message of a body that is refused says how many problems it has, and which is the first', async () => {
  await load();
  const errors = [{ pointer: '/amount', code: 'required', detail: 'Add this.' }, { pointer: '', code: 'type-object', detail: 'No object.' }];
  for (const [all, message] of [
    [errors, '2 problems; /amount: Add this.'],
    [errors.slice(0, 1), '/amount: Add this.'],
    [errors.slice(1), 'No object.'],
    [[], 'Look at the fields.'],
  ]) {
    sent(() => Response.json({ code: 'invalid-body', detail: 'Look at the fields.', errors: all }, { status: 400 }));
    assert.equal((await refusal(call('x', at))).message, message);
  }
  const { message } = await refusal(shop({ ...at, language: 'en' }).create({ items: [] }));
  assert.match(message, /^2 problems; \/items: Add at least one product\.$/);
});

test('a token that no header takes is refused at once, and stands in no error', () => {
  for (const token of ['TOKEN\nLINE', 'TOKEN…', 'TOKEN '.repeat(200)]) {
    assert.throws(() => till({ origin: 'https://shop.example', token }), (error) => error.code === 'token' && !`${error.stack}`.includes('TOKEN'));
  }
});
