// Which pages may call the shop's API and read its answers: those of the shop's own origin and of EMBED_ORIGINS.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { openapi } from './openapi.mjs';
import { cart } from './support/bodies.mjs';
import { inFailingStack } from './support/failing.mjs';
import { cashier, inWorld, operator, startWorld } from './support/world.mjs';

const BLOG = 'https://blog.example';
const EMBED_ORIGINS = `${BLOG} https://tienda.example:8443 https://xn--caf-dma.example http://localhost:5173`;
const UNKNOWN = `k7q2m9xd3fht${'0'.repeat(26)}`;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const keyed = () => ({ 'idempotency-key': randomUUID() });

/** Every path of the document, with something for its parameters. */
const paths = Object.entries(openapi.paths).map(([template, operations]) => ({
  path: template.replaceAll(/\{\w+\}/g, UNKNOWN),
  isShops: template.startsWith('/api/shop/'),
  methods: Object.keys(operations).map((method) => method.toUpperCase()),
}));

/** Origins that are on no list, most of them almost. The runtime drops a header without a value, which no browser sends. */
const HOSTILE = [
  'null', '*', 'https://evil.example', 'https://www.blog.example', 'https://example', 'https://blog.example.evil.example', 'https://evil-blog.example',
  'https://blog.exampl', 'https://blog.example2', 'https://blog.example:8443', 'https://blog.example:443', 'https://tienda.example', 'http://blog.example',
  'https://Blog.example', 'HTTPS://blog.example', 'https://blog.example.', 'https://blog.example/', 'https://blog.example/tienda', 'https://blog.example?x',
  'https://blog.example#x', 'https://evil@blog.example', 'https://blog.example@evil.example', 'https://evil.example/https://blog.example', 'blog.example', '//blog.example',
  'https://xn--blg-hoa.example', 'https://caf-dma.example', 'https://blog.example https://tienda.example:8443', 'https://blog.example,https://blog.example',
  'https:// blog.example', 'https://blog.example\thttps://evil.example', 'http://localhost:5174', 'http://127.0.0.1:5173', 'https://localhost:5173',
  'data:', 'file://', 'chrome-extension://abcdefghijklmnop',
];

/** @param {Awaited<ReturnType<typeof world.send>>} answer */
const corsOf = ({ headers }) => Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')));
const READABLE = { 'access-control-allow-origin': BLOG, 'access-control-expose-headers': 'retry-after' };
const ALLOWED = {
  ...READABLE, 'access-control-allow-methods': 'GET, POST', 'access-control-allow-headers': 'content-type, idempotency-key, accept-language',
  'access-control-max-age': '600',
};

/** @param {Awaited<ReturnType<typeof world.send>>} answer @param {string} name */
function assertReadable(answer, name) {
  assert.deepEqual(corsOf(answer), READABLE, name);
  assert.ok(answer.headers.vary?.split(', ').includes('origin'), `${name}: ${answer.headers.vary}`);
}

const world = await startWorld({ movable: true, env: { EMBED_ORIGINS } });
after(() => world.stop());

test('a page on an embed origin sells and follows, and reads every answer', async () => {
  for (const origin of EMBED_ORIGINS.split(' ')) {
    const reads = (answer) => assert.equal(answer.headers['access-control-allow-origin'], origin);
    const catalog = await world.send('GET', '/api/shop/catalog', { headers: { origin } });
    assert.equal(catalog.status, 200);
    reads(catalog);
    const made = await world.order({ headers: { origin } });
    assert.equal(made.status, 201, made.text);
    reads(made);
    for (const [method, path, status] of [
      ['GET', `/api/shop/orders/${made.body.order}`, 200], ['POST', `/api/shop/orders/${made.body.order}/retry`, 409], ['POST', `/api/shop/orders/${made.body.order}/cancel`, 200],
    ]) {
      const answer = await world.send(method, path, { headers: { origin } });
      assert.equal(answer.status, status, path);
      reads(answer);
    }
  }
});

test('of every path of the document, the shop\'s alone are readable elsewhere, whatever they answer', async () => {
  assert.ok(paths.filter(({ isShops }) => isShops).length >= 7 && paths.length > 30);
  for (const { path, isShops, methods } of paths) {
    const preflight = await world.send('OPTIONS', path, { headers: { origin: BLOG, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' } });
    if (isShops) {
      assert.deepEqual([preflight.status, corsOf(preflight), preflight.headers.vary], [204, ALLOWED, 'origin'], path);
      assert.equal((await world.send('OPTIONS', path)).status, 405, `${path}: without an origin it is a method like any other`);
      assert.equal((await world.send('OPTIONS', path, { headers: { origin: world.url } })).status, 405, `${path}: from the shop as well`);
    } else {
      assert.deepEqual([preflight.status, corsOf(preflight)], [405, {}], path);
    }
    for (const method of METHODS) {
      for (const headers of isShops ? [{}] : [{}, operator, cashier]) {
        const answer = await world.send(method, path, { headers: { origin: BLOG, ...headers } });
        const name = `${method} ${path} ${answer.status}`;
        if (isShops) assertReadable(answer, name);
        else assert.deepEqual(corsOf(answer), {}, name);
        const isKnown = methods.includes(method === 'HEAD' ? 'GET' : method);
        assert.equal(answer.status === 405, !isKnown, name);
      }
    }
  }
  for (const path of ['/api/shop/nothing', '/api/shop/orders/a/b/c', '/api/shop/']) {
    const answer = await world.send('GET', path, { headers: { origin: BLOG } });
    assert.equal(answer.status, 404, path);
    assertReadable(answer, path);
  }
  for (const path of ['/', '/return.html', '/catalog.json', '/openapi.json', '/api/shopping', '/api/nothing', '/operator', '/words/en.js']) {
    assert.deepEqual(corsOf(await world.send('GET', path, { headers: { origin: BLOG } })), {}, path);
  }
});

test('a session is of no use to a page elsewhere', async () => {
  const signedIn = await world.send('POST', '/api/session', { body: { token: world.variables.OPERATOR_TOKEN }, headers: { origin: world.url } });
  const cookie = signedIn.headers['set-cookie']?.[0].split(';')[0];
  assert.equal((await world.send('GET', '/api/operator/orders', { headers: { cookie } })).status, 200);
  for (const [method, path] of [['GET', '/api/operator/orders'], ['POST', '/api/operator/orders'], ['GET', '/api/session'], ['DELETE', '/api/session']]) {
    const answer = await world.send(method, path, { headers: { cookie, origin: BLOG } });
    assert.deepEqual([answer.status, answer.body.code, corsOf(answer)], [403, 'foreign-origin', {}], `${method} ${path}`);
    assert.match(answer.body.detail, new RegExp(`a page of ${world.url}$`));
    assert.doesNotMatch(answer.body.detail, /EMBED_ORIGINS/, 'which helps shop pages alone');
  }
});

test('any other origin is refused before anything is read, made or asked, and cannot read why', async () => {
  const { order } = await world.buy();
  for (let times = 0; times < 3; times += 1) await world.later(5_000);
  await world.counts();
  await world.sandbox.clearCalls();
  const requests = [
    ['OPTIONS', '/api/shop/orders'], ['POST', '/api/shop/orders', cart], ['POST', '/api/shop/orders', {}], ['POST', `/api/shop/orders/${order}/retry`],
    ['POST', `/api/shop/orders/${order}/cancel`], ['GET', `/api/shop/orders/${order}`], ['HEAD', `/api/shop/orders/${order}`], ['GET', `/api/shop/orders/${UNKNOWN}`],
    ['GET', '/api/shop/catalog'], ['GET', `/api/shop/cards/${UNKNOWN}`], ['PUT', '/api/shop/orders'], ['DELETE', `/api/shop/orders/${order}`], ['POST', '/api/shop/catalog'],
    ['POST', '/api/shop/return'], ['GET', '/api/shop/nothing'], ['POST', '/api/shop/orders/a/b/c'], ['GET', '/api/shop/'],
  ];
  for (const origin of HOSTILE) {
    for (const [method, path, body] of requests) {
      const answer = await world.send(method, path, { body, headers: { ...keyed(), origin } });
      const name = `${method} ${path} from ${JSON.stringify(origin)}`;
      assert.deepEqual([answer.status, corsOf(answer)], [403, {}], name);
      if (method === 'HEAD') continue;
      assert.equal(answer.body.code, 'foreign-origin', name);
      assert.match(answer.body.detail, /EMBED_ORIGINS/);
      assert.ok(answer.body.detail.endsWith(world.url), answer.body.detail);
    }
    const back = await world.send('GET', `/api/shop/return?order=${UNKNOWN}`, { headers: { origin } });
    assert.deepEqual([back.status, corsOf(back)], [303, {}], 'a payer who returns is always sent on');
  }
  const twice = await world.send('GET', '/api/shop/catalog', { headers: /** @type {any} */ ({ origin: [BLOG, 'https://evil.example'] }) });
  assert.deepEqual([twice.status, corsOf(twice)], [403, {}], 'two headers');
  assert.deepEqual(Object.keys(await world.counts()), []);
  assert.deepEqual(await world.sandbox.calls(), []);
  const spanish = await world.send('GET', '/api/shop/catalog', { headers: { origin: 'null', 'accept-language': 'es-MX' } });
  assert.match(spanish.body.detail, /EMBED_ORIGINS no incluye .* una página de http:\/\/localhost:\d+$/);
  for (const origin of [undefined, world.url]) assert.equal((await world.send('GET', '/api/shop/catalog', { headers: { origin } })).status, 200);
});

describe('refusals of every kind are readable on an embed origin', { concurrency: true }, () => {
  const origin = BLOG;
  const SHOP = 'https://shop.example';
  /** @param {any} answer @param {unknown[]} expected */
  const refused = (answer, expected) => {
    assert.deepEqual([answer.status, answer.body.code], expected, answer.text);
    assertReadable(answer, String(expected));
  };

  test('by host, scheme and body', () =>
    inWorld(
      async (own) => {
        const https = { host: 'shop.example', 'x-forwarded-proto': 'https', origin };
        refused(await own.order({ headers: { ...https, host: 'www.shop.example' } }), [421, 'wrong-host']);
        refused(await own.order({ headers: { ...https, 'x-forwarded-proto': 'http' } }), [403, 'https-required']);
        for (const wrong of [{ host: 'www.shop.example' }, { host: 'shop.example' }]) {
          const preflight = await own.send('OPTIONS', '/api/shop/orders', { headers: { ...wrong, origin } });
          assert.deepEqual([preflight.status, corsOf(preflight)], [204, ALLOWED], 'or no page could read why it is refused');
        }
        const evil = await own.order({ headers: { ...https, host: 'www.shop.example', origin: 'https://evil.example' } });
        assert.deepEqual([evil.status, corsOf(evil)], [421, {}], 'the host comes before the origin');
        const json = { ...https, ...keyed(), 'content-type': 'application/json' };
        refused(await own.send('POST', '/api/shop/orders', { headers: json, text: '{' }), [400, 'not-json']);
        refused(await own.send('POST', '/api/shop/orders', { headers: json, text: '{}' }), [400, 'invalid-body']);
        refused(await own.send('POST', '/api/shop/orders', { headers: json, text: `"${'x'.repeat(17_000)}"` }), [413, 'body-too-large']);
        refused(await own.send('POST', '/api/shop/orders', { headers: { ...json, 'content-type': 'text/plain' }, text: '{}' }), [415, 'unsupported-media-type']);
        refused(await own.send('POST', '/api/shop/orders', { headers: https, body: cart }), [400, 'idempotency-key-missing']);
        const [key, ip] = [randomUUID(), '10.9.9.9'];
        assert.equal((await own.order({ headers: https, key, ip })).status, 201);
        refused(await own.order({ headers: https, key, ip, body: { ...cart, ttlMinutes: 30 } }), [422, 'idempotency-key-reused']);
        const busy = await own.order({ headers: https, ip });
        refused(busy, [429, 'too-many-open-links']);
        assert.match(busy.headers['retry-after'] ?? '', /^\d+$/);
        await own.sandbox.fault('one-time-payment.create', { kind: 'refuse', status: 401, body: {} }, 1);
        refused(await own.order({ headers: https }), [502, 'provider-refused']);
      },
      { env: { EMBED_ORIGINS, SHOP_ORIGIN: SHOP, LIMIT_OPEN_PER_ADDRESS: '1' } },
    ));

  test('by objects that fail', () =>
    inFailingStack(
      async (stack) => {
        const { order } = await stack.make();
        await stack.down('ORDERS throw');
        refused(await stack.send('GET', `/api/shop/orders/${order}`, { headers: { origin } }), [500, 'internal']);
      },
      { env: { EMBED_ORIGINS } },
    ));

  for (const [what, env] of Object.entries({
    'a missing setting': { COMPAGO_API_KEY: '' }, 'the origin of the staff among them': { STAFF_ORIGIN: 'https://caja.shop.example', EMBED_ORIGINS: `${EMBED_ORIGINS} https://caja.shop.example` },
    'another malformed one': { RETAIN_DAYS: 'many' }, 'a malformed entry': { EMBED_ORIGINS: `${EMBED_ORIGINS} *` },
  })) {
    test(`by ${what}`, () =>
      inWorld(
        async (own) => {
          refused(await own.order({ headers: { origin } }), [503, 'misconfigured']);
          refused(await own.send('GET', `/api/shop/orders/${UNKNOWN}`, { headers: { origin } }), [503, 'misconfigured']);
          const preflight = await own.send('OPTIONS', '/api/shop/orders', { headers: { origin } });
          assert.deepEqual([preflight.status, corsOf(preflight)], [204, ALLOWED]);
          const evil = await own.order({ headers: { origin: 'https://evil.example' } });
          assert.deepEqual([evil.status, corsOf(evil)], [403, {}]);
        },
        { env: { EMBED_ORIGINS, ...env } },
      ));
  }
});

test('without a valid origin of the shop, no page elsewhere can read that the shop is misconfigured', async () => {
  for (const SHOP_ORIGIN of ['', 'https://shop.example/tienda']) {
    await inWorld(
      async (own) => {
        for (const origin of [BLOG, 'https://evil.example']) {
          const answer = await own.order({ headers: { origin } });
          assert.deepEqual([answer.status, answer.body.code, corsOf(answer)], [503, 'misconfigured', {}]);
          const preflight = await own.send('OPTIONS', '/api/shop/orders', { headers: { origin, 'access-control-request-method': 'POST' } });
          assert.deepEqual([preflight.status, corsOf(preflight)], [405, {}]);
        }
      },
      { env: { EMBED_ORIGINS, SHOP_ORIGIN } },
    );
  }
});

test('a page elsewhere leaves a line in the log only for what would change something, so that no site fills it by reading', () =>
  inWorld(
    async (own) => {
      const origin = 'https://evil.example';
      const announced = (method) => ({ origin, 'access-control-request-method': method });
      for (const [method, path] of [['GET', '/api/shop/catalog'], ['HEAD', '/api/shop/catalog'], ['GET', `/api/shop/orders/${UNKNOWN}`], ['GET', '/api/shop/nothing']]) {
        assert.equal((await own.send(method, path, { headers: { origin } })).status, 403);
      }
      for (const headers of [announced('GET'), { origin }]) assert.equal((await own.send('OPTIONS', '/api/shop/catalog', { headers })).status, 403);
      for (const [path, headers, method = 'POST'] of [
        ['/api/shop/orders', { origin }], [`/api/shop/orders/${UNKNOWN}/cancel`, { origin }], ['/api/shop/nothing', { origin }], ['/api/shop/orders', announced('POST'), 'OPTIONS'],
      ]) assert.equal((await own.send(method, path, { headers })).status, 403);
      const lines = (await own.workerLog()).split('\n').filter((line) => line.includes('origin-refused'));
      assert.deepEqual(lines.map((line) => /"route":"(\w+)"/.exec(line)?.[1]), ['createOrder', 'cancelOrder', 'unknown', 'preflight'], lines.join('\n'));
      assert.ok(!lines.join('').includes('evil'));
    },
    { env: { EMBED_ORIGINS } },
  ));

describe('EMBED_ORIGINS', { concurrency: 4 }, () => {
  for (const [value, entry] of Object.entries({
    '*': 1, null: 1, [`${BLOG} *`]: 2, [`${BLOG} https://*.example`]: 2, [`${BLOG} https://tienda.example/ruta https://c.example`]: 2, 'http://blog.example': 1, 'blog.example': 1,
    [`${BLOG}, ${BLOG}?x`]: 2, 'https://evil@blog.example': 1, 'https://blog.example.': 1, 'https://203.0.113.7': 1, 'https://café.example': 1,
  })) {
    test(`"${value}" is malformed, which /healthz says by the number of the entry`, () =>
      inWorld(
        async (own) => {
          const { body, text } = await own.send('GET', '/healthz');
          assert.deepEqual([body.status, body.missing, body.malformed], ['misconfigured', [], ['EMBED_ORIGINS']]);
          assert.match(body.reasons.EMBED_ORIGINS, new RegExp(`^entry ${entry}: `));
          assert.ok(!text.includes('blog') && !text.includes('tienda'), 'never a value');
        },
        { env: { EMBED_ORIGINS: value } },
      ));
  }

  test('does not hold the origin of the staff in any spelling, which would make a page there one that sells', () =>
    inWorld(
      async (own) => {
        const { body, text } = await own.send('GET', '/healthz');
        assert.deepEqual([body.status, body.malformed, body.reasons], ['misconfigured', ['EMBED_ORIGINS'], { EMBED_ORIGINS: 'entry 2: it is STAFF_ORIGIN' }], text);
        assert.equal((await own.send('GET', '/api/shop/catalog', { headers: { origin: 'https://caja.shop.example' } })).status, 403);
      },
      { env: { STAFF_ORIGIN: 'https://caja.shop.example', EMBED_ORIGINS: `${BLOG} HTTPS://Caja.shop.example:443/` } },
    ));

  test('is a list of origins that browsers may write otherwise; loopback is for one\'s own machine', () =>
    inWorld(
      async (own) => {
        assert.equal((await own.send('GET', '/healthz')).status, 200);
        for (const origin of [BLOG, 'https://tienda.example', 'http://127.0.0.1:5173']) {
          assert.equal((await own.send('GET', '/api/shop/catalog', { headers: { origin } })).status, 200, origin);
        }
      },
      { env: { EMBED_ORIGINS: '  https://Blog.example/  HTTPS://tienda.example:443\thttp://127.0.0.1:5173 ' } },
    ));

  test('holds no loopback in production', () =>
    inWorld(
      async (own) => assert.ok((await own.send('GET', '/healthz')).body.malformed.includes('EMBED_ORIGINS')),
      { env: { MODE: 'demo', EMBED_ORIGINS: 'http://localhost:5173' } },
    ));

  test('need not be there', () =>
    inWorld(async (own) => {
      for (const [method, path] of [['OPTIONS', '/api/shop/orders'], ['GET', '/api/shop/catalog']]) {
        const answer = await own.send(method, path, { headers: { origin: BLOG } });
        assert.deepEqual([answer.status, corsOf(answer)], [403, {}]);
      }
    }));
});
