// How a session starts, continues and ends, and what is logged.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { invoice } from './support/bodies.mjs';
import { newAddress } from './support/client.mjs';
import { deskOf } from './support/desk.mjs';
import { inFailingStack } from './support/failing.mjs';
import { cashier, inWorld, operator } from './support/world.mjs';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What a browser does with a world's session. */
function browserOf(world) {
  const own = { origin: world.url };
  const cookieOf = (answer) => answer.headers['set-cookie']?.[0].split(';')[0];
  return {
    own,
    cookieOf,
    signIn: async (token = secrets.OPERATOR_TOKEN, headers = {}) =>
      cookieOf(await world.send('POST', '/api/session', { body: { token }, headers: { ...own, ...headers } })),
    signOut: (cookie, headers = own) => world.send('DELETE', '/api/session', { headers: { cookie, ...headers } }),
    read: (cookie, headers = {}) => world.send('GET', '/api/operator/orders', { headers: { cookie, ...headers } }),
    latest: (cookie) => world.send('GET', '/api/pos/terminals/TERM-01/payment-intent', { headers: { cookie } }),
  };
}

describe('sessions', { concurrency: true }, () => {
  test('signing out ends the session, for every copy of its cookie', () =>
    inWorld(async (world) => {
      const { signIn, signOut, read, own } = browserOf(world);
      const [cookie, other] = [await signIn(), await signIn()];
      assert.equal((await read(cookie)).status, 200);
      assert.equal((await signOut(cookie, { origin: 'https://evil.example' })).status, 403);
      assert.equal((await read(cookie)).status, 200, 'nobody else ends it');

      const answer = await signOut(cookie);
      assert.deepEqual([answer.status, answer.headers['clear-site-data']], [204, '"cache"']);
      const refused = await read(cookie);
      assert.deepEqual([refused.status, refused.body.code], [401, 'unauthenticated']);
      await world.restartWorker();
      assert.equal((await read(cookie)).status, 401, 'also after a restart');
      assert.equal((await read(other)).status, 200, 'the other session goes on');
      for (const again of [cookie, undefined, 'session-1=x']) assert.equal((await signOut(again)).status, 204);
      assert.equal((await world.send('POST', '/api/operator/index', { headers: { cookie, ...own } })).status, 401);
    }));

  test('signing in anew ends the session before', () =>
    inWorld(async (world) => {
      const { signIn, read, latest } = browserOf(world);
      const before = await signIn();
      const next = await signIn(secrets.CASHIER_TOKEN, { cookie: before });
      assert.equal((await read(before)).status, 401);
      assert.equal((await latest(next)).status, 404);
      assert.equal((await read(next)).body.code, 'forbidden');
    }));

  test('an operator\'s session ends after two hours without use, and after twelve in any case; a cashier\'s after twelve', () =>
    inWorld(
      async (world) => {
        const { signIn, read, latest, cookieOf } = browserOf(world);
        let [operators, idle] = [await signIn(), await signIn()];
        const cashiers = await signIn(secrets.CASHIER_TOKEN);
        const begun = operators;
        assert.equal(cookieOf(await read(operators)), undefined, 'no new cookie with every answer');
        for (let hours = 1; hours < 12; hours += 1) {
          await world.later(HOUR);
          const answer = await read(operators);
          assert.equal(answer.status, 200, `after ${hours} h`);
          operators = cookieOf(answer) ?? operators;
          assert.equal((await read(idle)).status, hours < 2 ? 200 : 401, `idle for ${hours} h`);
          assert.equal((await read(begun)).status, hours < 2 ? 200 : 401, 'a cookie that was not renewed');
          assert.equal((await latest(cashiers)).status, 404, `a till after ${hours} h`);
        }
        assert.notEqual(operators, begun);
        await world.later(HOUR + 1_000);
        for (const cookie of [operators, cashiers]) assert.equal((await latest(cookie)).status, 401, 'after twelve hours');
      },
      { movable: true },
    ));

  test('signing out ends renewed cookies as well, and leaves nothing stored', () =>
    inWorld(
      async (world) => {
        const { signIn, signOut, read, cookieOf } = browserOf(world);
        const begun = await signIn();
        const id = begun.split('.')[2];
        await world.later(30 * MINUTE);
        const renewed = cookieOf(await read(begun));
        assert.equal(renewed.split('.')[2], id, 'the same session');
        await signOut(begun);
        assert.equal((await read(renewed)).status, 401);
        const stored = () => world.sql({ binding: 'SESSIONS', name: id, sql: "SELECT name FROM sqlite_master WHERE name = '_cf_KV'" });
        assert.equal((await stored()).length, 1);
        await world.later(12 * HOUR);
        assert.equal((await stored()).length, 0, 'forgotten when the cookie is over');
      },
      { movable: true },
    ));

  test('a token is rotated in two steps, and its sessions end with it', () => {
    const newer = 'operator-token-of-the-tests-9876543210';
    return inWorld(
      async (world) => {
        const { signIn, read } = browserOf(world);
        const call = (token) => world.send('GET', '/api/operator/orders', { headers: { authorization: `Bearer ${token}` } });
        const tokens = [newer, secrets.OPERATOR_TOKEN];
        const [ofNewer, ofOlder] = [await signIn(newer), await signIn(secrets.OPERATOR_TOKEN)];
        for (const cookie of [ofNewer, ofOlder]) assert.equal((await read(cookie)).status, 200);
        for (const token of tokens) assert.equal((await call(token)).status, 200);
        assert.deepEqual((await call(tokens.join(' '))).body.code, 'wrong-token', 'both together are none');

        world.variables.OPERATOR_TOKEN = newer;
        await world.restartWorker();
        assert.deepEqual([(await read(ofNewer)).status, (await read(ofOlder)).status], [200, 401]);
        assert.deepEqual([(await call(newer)).status, (await call(secrets.OPERATOR_TOKEN)).status], [200, 401]);
      },
      { env: { OPERATOR_TOKEN: `${newer} ${secrets.OPERATOR_TOKEN}` } },
    );
  });

  test('access is denied while it is unknown whether the session was ended', () =>
    inFailingStack(async (stack) => {
      const { signIn, signOut, read } = browserOf(stack);
      const cookie = await signIn();
      await stack.down('SESSIONS');
      assert.equal((await read(cookie)).status, 500);
      const answer = await signOut(cookie);
      assert.deepEqual([answer.status, answer.headers['set-cookie']], [500, undefined], 'not signed out, and not said so');
      assert.equal((await stack.send('GET', '/api/operator/orders', { headers: operator })).status, 200, 'a token needs no session');
      await stack.down();
      assert.equal((await read(cookie)).status, 200);
    }));

  test('Sec-Fetch-Site: our own page, or an address that a person typed', () =>
    inWorld(async (world) => {
      const { signIn, read, own } = browserOf(world);
      const cookie = await signIn(undefined, { 'sec-fetch-site': 'same-origin' });
      for (const [site, status] of [['same-origin', 200], ['none', 200], ['same-site', 403], ['cross-site', 403], ['', 403], ['Same-Origin', 403]]) {
        const answer = await read(cookie, { 'sec-fetch-site': site });
        assert.equal(answer.status, status, site);
        if (status === 403) assert.equal(answer.body.code, 'foreign-origin');
      }
      const make = (headers) => world.send('POST', '/api/operator/orders', { body: invoice, headers: { cookie, 'idempotency-key': randomUUID(), ...headers } });
      for (const [headers, status] of [
        [{ ...own, 'sec-fetch-site': 'same-origin' }, 201], [{ ...own, 'sec-fetch-site': 'none' }, 403], [{ ...own, 'sec-fetch-site': 'same-site' }, 403],
        [{ 'sec-fetch-site': 'same-origin' }, 403], [own, 201],
      ]) {
        assert.equal((await make(headers)).status, status, JSON.stringify(headers));
      }
      for (const site of ['none', 'same-site', 'cross-site']) {
        assert.equal(await signIn(undefined, { 'sec-fetch-site': site }), undefined, `nobody signs in from ${site}`);
      }
      const program = await world.send('GET', '/api/operator/orders', { headers: { ...operator, 'sec-fetch-site': 'cross-site' } });
      assert.equal(program.status, 200, 'no cookie authorises this');
    }));

  test('on http://localhost the cookie has another name and no Secure, which WebKit refuses there', () =>
    inWorld(async (world) => {
      const { signOut, cookieOf } = browserOf(world);
      const { port } = new URL(world.url);
      const answer = await world.send('POST', '/api/session', { body: { token: secrets.OPERATOR_TOKEN }, headers: { origin: world.url } });
      const [cookie, ...flags] = answer.headers['set-cookie'][0].split('; ');
      assert.match(cookie, new RegExp(`^session-${port}=v2\\.operator\\.`));
      assert.deepEqual(flags.sort(), ['HttpOnly', 'Max-Age=7200', 'Path=/', 'SameSite=Strict']);
      assert.equal((await signOut(cookieOf(answer))).headers['set-cookie'][0], `session-${port}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict`);
    }));

  test('sign-ins, refusals and changes are logged, without secrets', () =>
    inWorld(async (world) => {
      const { signIn, signOut, own } = browserOf(world);
      const ip = newAddress();
      const send = (method, path, headers, body) => world.send(method, path, { headers, body, ip });
      const cookie = await signIn();
      await send('POST', '/api/session', own, { token: 'wrong-token-of-the-tests-0123456789' });
      await send('GET', '/api/operator/orders', { authorization: 'Bearer wrong-bearer-of-the-tests-0123456789' });
      await send('GET', '/api/operator/orders', cashier);
      await send('POST', '/api/shop/orders', { origin: 'https://evil.example' });
      const made = await world.send('POST', '/api/operator/orders', { body: invoice, headers: { cookie, ...own, 'idempotency-key': randomUUID() } });
      const id = new URL(made.body.checkoutUrl).pathname.split('/').at(-1);
      // Until the operator's index lists the order, cancelling reads the payment itself, within three seconds of the order's read.
      await deskOf(world).untilOrder(made.body.reference, 'awaiting-payment');
      await send('POST', `/api/operator/one-time-payments/${id}/cancel`, operator);
      await send('POST', '/api/operator/webhooks/evt_marker-of-the-path_order-paid_1/redeliver', operator);
      await signOut(cookie);
      await world.send('GET', '/api/operator/orders', { headers: { cookie } });
      for (let times = 0; times < 30; times += 1) await send('POST', '/api/session', own, { token: `wrong-token-number-${times}` });

      const log = await world.workerLog();
      const lines = log.split('\n').flatMap((line) => line.match(/\{"level".*\}$/) ?? []).map((line) => JSON.parse(line));
      const of = (event) => lines.filter((line) => line.event === event).map(({ fields }) => fields);
      assert.deepEqual(of('sign-in').map(({ role }) => role), ['operator']);
      assert.deepEqual(of('sign-out').map(({ role }) => role), ['operator']);
      assert.deepEqual(of('ended-session-used').map(({ role }) => role), ['operator']);
      assert.deepEqual(of('authentication-failed').slice(0, 2).map(({ route }) => route), ['signIn', 'operatorOrders']);
      assert.deepEqual(of('authorization-failed').map(({ route }) => route), ['operatorOrders']);
      assert.deepEqual(of('origin-refused').map(({ route }) => route), ['createOrder']);
      assert.ok(of('rate-limited').length > 0 && of('rate-limited').every(({ route }) => route === 'signIn'));
      const clients = new Set([...of('authentication-failed'), ...of('origin-refused'), ...of('rate-limited')].map(({ client }) => client));
      assert.equal(clients.size, 1, 'lines of one client can be put together');
      assert.match([...clients][0], /^[0-9a-z]{16}$/);
      assert.deepEqual(of('staff-action').map(({ client, ...told }) => told), [
        { role: 'operator', by: 'session', route: 'createOperatorOrder', subject: made.body.reference, status: 201 },
        { role: 'operator', by: 'token', route: 'cancelOneTimePayment', subject: id, status: 200 },
        { role: 'operator', by: 'token', route: 'redeliver', status: 404 },
      ]);
      for (const secret of [
        ...Object.values(secrets), 'wrong-token', 'wrong-bearer', 'evil.example', 'marker-of-the-path', cookie.split('=')[1], cookie.split('.').at(-1), ip,
        invoice.billingInformation.email, invoice.billingInformation.phoneNumber, made.body.order.slice(12),
      ]) {
        assert.ok(secret && !log.includes(secret), secret);
      }
    }));
});
