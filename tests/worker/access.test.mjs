import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { invoice } from './support/bodies.mjs';
import { cashier, inWorld, operator, startWorld, withPayment } from './support/world.mjs';

const world = await startWorld();
after(() => world.stop());

const own = { origin: world.url };
const NAME = `session-${new URL(world.url).port}`;
const signIn = (token, headers = own) => world.send('POST', '/api/session', { body: { token }, headers });
const create = (headers) =>
  world.send('POST', '/api/operator/orders', { body: invoice, headers: { 'idempotency-key': randomUUID(), ...headers } });
const cookieOf = (answer) => answer.headers['set-cookie'][0].split(';')[0];

test('the operator\'s API needs a token, and refusals do not say why', async () => {
  const order = withPayment(await create(operator));
  for (const [headers, status, code] of [
    [{}, 401, 'unauthenticated'],
    [{ authorization: 'Bearer' }, 401, 'unauthenticated'],
    [{ authorization: `Basic ${Buffer.from(`operator:${secrets.OPERATOR_TOKEN}`).toString('base64')}` }, 401, 'unauthenticated'],
    [{ authorization: 'Bearer wrong-token-of-the-tests-0123456789' }, 401, 'wrong-token'],
    [{ authorization: `Bearer ${secrets.OPERATOR_TOKEN}x` }, 401, 'wrong-token'],
    [{ authorization: `Bearer ${secrets.OPERATOR_TOKEN.slice(1)}` }, 401, 'wrong-token'],
    [{ authorization: `Bearer ${secrets.OPERATOR_TOKEN.toUpperCase()}` }, 401, 'wrong-token'],
    [{ authorization: `Bearer ${secrets.COMPAGO_API_KEY}` }, 401, 'wrong-token'],
    [{ authorization: `Bearer ${secrets.SIGNING_KEY}` }, 401, 'wrong-token'],
    [{ cookie: `${NAME}=${secrets.OPERATOR_TOKEN}` }, 401, 'unauthenticated'],
    [cashier, 403, 'forbidden'],
  ]) {
    for (const answer of [
      await create(headers),
      await world.send('GET', `/api/operator/orders/${order.reference}`, { headers }),
      await world.send('GET', '/api/operator/orders/0000-0000-0000', { headers }),
    ]) {
      assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(headers));
      if (status === 401) assert.equal(answer.headers['www-authenticate'], 'Bearer');
    }
  }
  assert.equal((await world.sandbox.payments()).length, 1);
  assert.equal((await world.send('GET', `/api/operator/orders/${order.reference}`, { headers: { authorization: `bearer  ${secrets.OPERATOR_TOKEN}` } })).status, 200);
});

test('a session is a cookie that no script and no other site can use', async () => {
  const answer = await signIn(secrets.OPERATOR_TOKEN);
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.body.role, 'operator');
  const hours = (Date.parse(answer.body.expiresAt) - Date.now()) / 3_600_000;
  assert.ok(hours > 11.9 && hours <= 12, `${hours} h`);
  const [cookie, ...flags] = answer.headers['set-cookie'][0].split('; ');
  assert.match(cookie, new RegExp(`^${NAME}=[\\w.-]+$`));
  assert.deepEqual(flags.sort(), ['HttpOnly', 'Max-Age=7200', 'Path=/', 'SameSite=Strict']);
  assert.ok(!cookie.includes(secrets.OPERATOR_TOKEN));

  assert.equal((await create({ cookie, ...own })).status, 201);
  for (const origin of [undefined, 'https://evil.example', 'null', `${world.url}.evil.example`, world.url.toUpperCase(), `${world.url}/`]) {
    const refused = await create({ cookie, origin });
    assert.deepEqual([refused.status, refused.body.code], [403, 'foreign-origin'], String(origin));
  }
  const read = (method, headers) => world.send(method, '/api/operator/orders/0000-0000-0000', { headers });
  for (const method of ['GET', 'HEAD']) {
    for (const origin of [undefined, world.url]) {
      assert.equal((await read(method, { cookie, origin })).status, 404, 'reading needs no origin');
    }
    for (const origin of ['https://evil.example', 'null', `${world.url}.evil.example`, `${world.url}/`]) {
      assert.equal((await read(method, { cookie, origin })).status, 403, `${method} ${origin}`);
    }
    const program = { ...operator, origin: 'https://evil.example' };
    assert.equal((await read(method, program)).status, 404, 'a token is no cookie');
  }
});

test('an altered cookie, another role\'s, or two of them are refused', async () => {
  const sealed = cookieOf(await signIn(secrets.CASHIER_TOKEN)).slice(`${NAME}=`.length);
  const refusal = async (cookie) => (await create({ cookie, ...own })).body.code;
  assert.equal(await refusal(`${NAME}=${sealed}`), 'forbidden', 'a cashier is a cashier');
  const [version, role, id, expiry, idle, tag] = sealed.split('.');
  for (const forged of [
    [version, 'operator', id, expiry, idle, tag], [version, role, id, String(Number(expiry) + 1), idle, tag], [version, role, id, expiry, String(Number(idle) + 1), tag],
    [version, role, `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`, expiry, idle, tag], [version, role, id, expiry, idle, `${tag.slice(0, -1)}${tag.endsWith('0') ? '1' : '0'}`],
    [version, 'operator', id, expiry, idle, ''], [version, 'operator', id, '9999999999999', '9999999999999', 'x'],
  ]) {
    assert.equal(await refusal(`${NAME}=${forged.join('.')}`), 'unauthenticated', forged.join('.'));
  }
  const good = cookieOf(await signIn(secrets.OPERATOR_TOKEN));
  assert.equal(await refusal(`${good}; ${NAME}=planted`), 'unauthenticated');
  assert.equal(await refusal(`session=${good.split('=')[1]}`), 'unauthenticated');
  assert.equal((await create({ cookie: `theme=dark; ${good}`, ...own })).status, 201);
});

test('signing in needs the right token and our own page', async () => {
  for (const token of ['', 'wrong-token-of-the-tests-0123456789', secrets.COMPAGO_API_KEY, `${secrets.CASHIER_TOKEN} x`]) {
    const answer = await signIn(token);
    assert.deepEqual([answer.status, answer.body.code], [401, 'wrong-token'], token);
    assert.equal(answer.headers['set-cookie'], undefined);
  }
  for (const origin of [undefined, 'https://evil.example', 'null']) {
    assert.equal((await signIn(secrets.OPERATOR_TOKEN, { origin })).status, 403, String(origin));
  }
  for (const token of [null, 7, [secrets.OPERATOR_TOKEN], { token: secrets.OPERATOR_TOKEN }]) {
    assert.notEqual((await signIn(token)).status, 200, JSON.stringify(token));
  }
});

test('signing out clears the cookie, from our own page only', async () => {
  assert.equal((await world.send('DELETE', '/api/session', { headers: { origin: 'https://evil.example' } })).status, 403);
  const answer = await world.send('DELETE', '/api/session', { headers: own });
  assert.equal(answer.status, 204);
  assert.equal(answer.headers['set-cookie'][0], `${NAME}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict`);
});

test('a page of another origin cannot order, retry or cancel in a payer\'s name', async () => {
  const order = await world.buy({ headers: own });
  for (const origin of ['https://evil.example', 'null']) {
    assert.equal((await world.order({ headers: { origin } })).status, 403, origin);
    for (const act of ['cancel', 'retry']) {
      const answer = await world.send('POST', `/api/shop/orders/${order.order}/${act}`, { headers: { origin } });
      assert.deepEqual([answer.status, answer.body.code], [403, 'foreign-origin'], `${act} ${origin}`);
    }
  }
  assert.equal((await world.view(order.order)).status, 'awaiting-payment');
});

test('a role without a token does not exist', () =>
  inWorld(
    async (bare) => {
      assert.equal((await bare.send('GET', '/healthz')).status, 200, 'a shop needs no roles');
      for (const token of ['', ' ', 'undefined', 'null', secrets.OPERATOR_TOKEN]) {
        const answer = await bare.send('GET', '/api/operator/orders/0000-0000-0000', { headers: { authorization: `Bearer ${token}` } });
        assert.equal(answer.status, 401, token);
        const session = await bare.send('POST', '/api/session', { body: { token }, headers: { origin: bare.url } });
        assert.equal(session.status, 401, token);
      }
      await bare.buy();
    },
    { env: { OPERATOR_TOKEN: '', CASHIER_TOKEN: '' } },
  ));
