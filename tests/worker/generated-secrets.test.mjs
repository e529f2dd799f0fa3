// The signing key that the Worker generates where none is configured, and what the operator reads of the secrets.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { cart } from './support/bodies.mjs';
import { cardsOf } from './support/cards.mjs';
import { inFailingStack } from './support/failing.mjs';
import { FAILURE, GENERATED, HOUR, ROTATE, delivered, secretOf, settingsOf, verifies, withEndpoint } from './support/generated.mjs';
import { tillOf } from './support/till.mjs';
import { inWorld, operator, withPayment } from './support/world.mjs';

describe('generated secrets', { concurrency: 2 }, () => {
  test('fifty first requests agree on one signing key, which stays', () =>
    inWorld(
      async (world) => {
        const keys = Array.from({ length: 50 }, () => randomUUID());
        const placed = await Promise.all(keys.map((key) => world.order({ key })));
        const orders = placed.map(withPayment);
        assert.equal(new Set(orders.map(({ reference }) => reference)).size, 50);
        const generated = secretOf(await settingsOf(world), 'SIGNING_KEY');
        assert.deepEqual([generated.source, generated.values], ['generated', 1]);
        for (const life of ['the first', 'after a restart']) {
          const seen = await Promise.all(orders.map(({ order }) => world.view(order)));
          assert.deepEqual(seen.map(({ reference }) => reference), orders.map(({ reference }) => reference), life);
          const again = await Promise.all(keys.map((key) => world.order({ key })));
          assert.deepEqual(again.map(({ text }) => text), placed.map(({ text }) => text), life);
          if (life === 'the first') await world.restartWorker();
        }
        assert.equal((await world.sandbox.payments()).length, 50);
        assert.deepEqual(secretOf(await settingsOf(world), 'SIGNING_KEY'), generated);
      },
      { env: { ...GENERATED, WEBHOOK_URL: '' } },
    ));

  test('pages and the health check generate nothing, and a shop whose secrets are configured notes that alone', () =>
    inWorld(
      async (world) => {
        for (const path of ['/healthz', '/', '/operator/', '/api/shop/catalog', '/api/nothing']) await world.send('GET', path);
        assert.equal((await world.counts()).settings?.requests ?? 0, 0);
        for (let times = 0; times < 3; times += 1) {
          const order = await world.buy();
          await world.send('GET', await world.pay(order.paymentId));
          await world.untilEvent(order.reference, 'order.paid');
        }
        assert.equal((await world.counts()).settings.requests, 1, 'an isolate asks once');
        const { secrets: shown } = await settingsOf(world);
        assert.deepEqual(shown.map(({ name, ...rest }) => [name, rest]), [
          ['COMPAGO_API_KEY', { source: 'configured', values: 1 }],
          ['OPERATOR_TOKEN', { source: 'configured', values: 1 }],
          ['CASHIER_TOKEN', { source: 'missing', values: 0 }],
          ['SIGNING_KEY', { source: 'configured', values: 2 }],
          ['WEBHOOK_SECRET', { source: 'configured', values: 1 }],
        ]);
        const { status, body } = await world.send('POST', ROTATE, { headers: operator });
        assert.deepEqual([status, body.code], [409, 'secret-configured']);
        const stored = (await world.dump()).filter(({ binding }) => binding === 'SETTINGS');
        assert.deepEqual(stored.map(({ tables, values }) => [tables.record.map(({ name, json }) => [name, JSON.parse(json)]), values]), [
          [[['generated', { schemaVersion: 1, signingKey: null, webhook: null, configured: { signingKey: true, webhook: true }, revision: 1 }]], {}],
        ]);
      },
      { movable: true, env: { CASHIER_TOKEN: '', SIGNING_KEY: `N3w-key-of-november-2026-0123456789 ${secrets.SIGNING_KEY}` } },
    ));

  test('the settings are those of the Worker, and name no secret', () =>
    inWorld(
      async (world) => {
        await world.order();
        const answer = await world.send('GET', '/api/operator/settings', { headers: { ...operator, host: 'caja.shop.example', 'cf-visitor': '{"scheme":"https"}' } });
        const { version, secrets: shown, checks, ...settings } = answer.body;
        assert.deepEqual(settings, {
          environment: 'local',
          shopOrigin: world.url,
          staffOrigin: 'https://caja.shop.example',
          embedOrigins: ['https://blog.example'],
          compagoBaseUrl: world.variables.COMPAGO_BASE_URL,
          checkoutOrigins: [world.variables.CHECKOUT_ORIGINS],
          webhookUrl: world.variables.WEBHOOK_URL,
          retainDays: 5,
          soleCharger: false,
          limits: { createPerMinute: 7, openPerAddress: 30, openPerNetwork: 300, openPerShop: 20_000, chargePerMinute: 120, failuresPerMinute: 10 },
        });
        assert.equal(version, (await world.send('GET', '/healthz')).body.version);
        assert.ok(Object.values(checks).every(({ status }) => ['ok', 'failed', 'unknown', 'not-configured'].includes(status)), JSON.stringify(checks));
        const [stored] = (await world.dump()).filter(({ binding }) => binding === 'SETTINGS');
        const { signingKey, webhook } = JSON.parse(stored.tables.record[0].json);
        assert.equal(Buffer.from(signingKey.secret, 'base64').length, 32);
        assert.match(webhook.newest.secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
        const hidden = [signingKey.secret, webhook.newest.secret, 'sandbox-key', secrets.OPERATOR_TOKEN, secrets.CASHIER_TOKEN];
        const said = answer.text + (await world.workerLog());
        for (const secret of hidden) assert.ok(!said.includes(secret), 'a secret is shown');
        assert.deepEqual(shown.map(({ source }) => source), ['configured', 'configured', 'configured', 'generated', 'generated']);
      },
      {
        movable: true,
        env: {
          ...GENERATED, EMBED_ORIGINS: 'https://blog.example', RETAIN_DAYS: '5', SOLE_CHARGER: 'false', LIMIT_CREATE_PER_MINUTE: '7',
          STAFF_ORIGIN: 'https://caja.shop.example',
        },
      },
    ));

  for (const how of ['', ' throw']) {
    test(`while the settings object ${how ? 'throws' : 'does not answer'} nothing is made, and no other key either`, () =>
      inFailingStack(
        async (stack) => {
          const place = (key = randomUUID()) => stack.send('POST', '/api/shop/orders', { body: cart, headers: { 'idempotency-key': key } });
          const key = randomUUID();
          await stack.down(`SETTINGS${how}`);
          const session = { body: { token: secrets.OPERATOR_TOKEN }, headers: { origin: stack.url } };
          for (const answer of [await place(key), await stack.send('GET', '/api/operator/orders', { headers: operator }), await stack.send('POST', '/api/session', session)]) {
            assert.deepEqual([answer.status, answer.body.code], [503, 'settings-unavailable']);
          }
          assert.equal(await stack.down(`SETTINGS${how}`), 1, 'a broken object is not called by every request');
          assert.deepEqual(await stack.sandbox.calls(), []);
          for (const path of ['/healthz', '/', '/api/shop/catalog']) assert.equal((await stack.send('GET', path)).status, 200, path);
          const order = `k7q2m9xd3fht${'0'.repeat(26)}`;
          const back = await stack.send('GET', `/api/shop/return?order=${order}`);
          assert.deepEqual([back.status, back.headers.location], [303, `/return.html?order=${order}`], 'a payer is sent on');

          await stack.down();
          await stack.later(FAILURE);
          const placed = await place(key);
          assert.equal(placed.status, 201, placed.text);
          await stack.down(`SETTINGS${how}`);
          await stack.later(2 * HOUR);
          assert.equal((await place(key)).text, placed.text, 'what is known goes on being used');
          assert.equal((await stack.sandbox.payments()).length, 1);
          await stack.restartWorker();
          await stack.down(`SETTINGS${how}`);
          assert.equal((await place(key)).body.code, 'settings-unavailable');
          await stack.down();
          await stack.later(FAILURE);
          assert.equal((await place(key)).text, placed.text, 'it is the same key');
        },
        { env: { ...GENERATED, WEBHOOK_URL: '' } },
      ));
  }

  test('a record that cannot be read is never replaced by another key', () =>
    inFailingStack(
      async (stack) => {
        const { order } = await stack.make();
        await stack.sql({ binding: 'SETTINGS', name: 'settings', sql: "UPDATE record SET json = json_set(json, '$.schemaVersion', 99)" });
        await stack.restartWorker();
        assert.equal((await stack.send('GET', `/api/shop/orders/${order}`)).body.code, 'settings-unavailable');
        await stack.sql({ binding: 'SETTINGS', name: 'settings', sql: "UPDATE record SET json = json_set(json, '$.schemaVersion', 1)" });
        await stack.later(FAILURE);
        assert.equal((await stack.send('GET', `/api/shop/orders/${order}`)).status, 200);
      },
      { env: { ...GENERATED, WEBHOOK_URL: '' } },
    ));

  test('a key that is set later makes what is new, and the generated one keeps what is old', () =>
    withEndpoint(
      async (world, endpoint) => {
        const own = { origin: world.url };
        const signIn = async () => {
          const answer = await world.send('POST', '/api/session', { body: { token: secrets.OPERATOR_TOKEN }, headers: own });
          return { cookie: answer.headers['set-cookie'][0].split(';')[0] };
        };
        const reads = async (session) => (await world.send('GET', '/api/operator/orders', { headers: session })).status;
        const [cards, till] = [cardsOf(world), tillOf(world)];
        const keys = { order: randomUUID(), charge: randomUUID(), card: randomUUID() };
        const shown = await world.send('POST', ROTATE, { headers: operator });
        const placed = await world.order({ key: keys.order });
        const before = { order: withPayment(placed), card: await cards.save({}, { key: keys.card }), charge: await till.charge({}, { key: keys.charge }), session: await signIn() };
        const paid = await world.buy();
        await world.send('GET', await world.pay(paid.paymentId));
        await delivered(endpoint, 'order.paid', paid.reference);

        Object.assign(world.variables, { SIGNING_KEY: 'N3w-key-of-november-2026-0123456789 0ther-key-of-october-2026-012345', WEBHOOK_SECRET: secrets.WEBHOOK_SECRET });
        await world.restartWorker();
        assert.equal((await world.order({ key: keys.order })).text, placed.text);
        assert.equal((await world.order({ key: keys.order, body: { ...cart, metadata: { a: 'b' } } })).body.code, 'idempotency-key-reused');
        assert.equal((await cards.save({}, { key: keys.card })).text, before.card.text);
        assert.equal((await till.charge({}, { key: keys.charge })).text, before.charge.text);
        assert.equal((await world.send('GET', `/api/shop/cards/${before.card.body.card}`)).status, 200);
        assert.equal((await world.view(paid.order)).status, 'paid', 'the receipt');
        assert.equal(await reads(before.session), 200);
        const [later, session] = [await world.buy(), await signIn()];
        await world.send('GET', await world.pay(before.order.paymentId));
        const event = await delivered(endpoint, 'order.paid', before.order.reference);
        assert.equal((await world.view(before.order.order)).status, 'paid');
        const { body } = await world.send('GET', '/api/operator/settings', { headers: operator });
        assert.deepEqual([secretOf(body, 'SIGNING_KEY').source, secretOf(body, 'SIGNING_KEY').values], ['configured', 3]);
        assert.deepEqual([secretOf(body, 'WEBHOOK_SECRET').source, secretOf(body, 'WEBHOOK_SECRET').values], ['configured', 2]);

        // The generated key does not take over from one that is removed: it does not know what that has made.
        const { SIGNING_KEY } = world.variables;
        world.variables.SIGNING_KEY = '';
        await world.restartWorker();
        for (const answer of [await world.send('GET', `/api/shop/orders/${before.order.order}`), await world.order({ key: keys.order })]) {
          assert.deepEqual([answer.status, answer.body.code], [503, 'misconfigured']);
        }
        world.variables.SIGNING_KEY = SIGNING_KEY;
        await world.restartWorker();
        for (const { order } of [before.order, later]) assert.equal((await world.send('GET', `/api/shop/orders/${order}`)).status, 200);
        assert.deepEqual([await reads(before.session), await reads(session)], [200, 200]);
        assert.ok(verifies(event, secrets.WEBHOOK_SECRET) && verifies(event, shown.body.secret), 'both have signed');
        assert.equal((await world.sandbox.payments()).length, 3);
      },
      { env: GENERATED },
    ));

  test('a signing key that was configured and is removed is never replaced by another one', () =>
    inWorld(
      async (world) => {
        const key = randomUUID();
        const placed = await world.order({ key });
        const { order } = withPayment(placed);
        for (const SIGNING_KEY of ['', secrets.SIGNING_KEY]) {
          Object.assign(world.variables, { SIGNING_KEY });
          await world.restartWorker();
          const answers = [await world.order({ key }), await world.send('GET', `/api/shop/orders/${order}`), await world.send('GET', '/api/operator/settings', { headers: { ...operator, 'accept-language': 'en' } })];
          const expected = SIGNING_KEY ? [placed.status, 200, 200] : [503, 503, 503];
          assert.deepEqual(answers.map(({ status }) => status), expected);
          if (SIGNING_KEY) {
            assert.equal(answers[0].text, placed.text);
          } else {
            for (const { body } of answers) assert.equal(body.code, 'misconfigured');
            assert.match(answers[2].body.detail, /SIGNING_KEY .* configure it again/);
          }
          assert.equal((await world.sandbox.payments()).length, 1);
        }
      },
      { movable: true, env: { WEBHOOK_URL: '', WEBHOOK_SECRET: '' } },
    ));

  test('where the signing key is configured, orders are read while the settings object is down, and nothing is made', () =>
    inFailingStack(
      async (stack) => {
        const { order } = await stack.make();
        await stack.restartWorker();
        await stack.down('SETTINGS');
        const statusOf = async (method, path, options) => (await stack.send(method, path, options)).status;
        assert.equal(await statusOf('GET', `/api/shop/orders/${order}`), 200);
        assert.equal(await statusOf('GET', '/api/operator/orders', { headers: operator }), 200);
        const unsure = [
          await stack.send('GET', `/api/shop/orders/k7q2m9xd3fht${'0'.repeat(26)}`),
          await stack.send('GET', '/api/operator/orders', { headers: { cookie: 'session=of-another-key' } }),
          await stack.send('POST', '/api/shop/orders', { body: cart, headers: { 'idempotency-key': randomUUID() } }),
        ];
        assert.deepEqual(unsure.map(({ status, body }) => [status, body.code]), Array(3).fill([503, 'settings-unavailable']));
        assert.equal((await stack.sandbox.payments()).length, 1);
        await stack.down();
        await stack.later(FAILURE);
        assert.equal(await statusOf('GET', `/api/shop/orders/k7q2m9xd3fht${'0'.repeat(26)}`), 404);
      },
      { env: { WEBHOOK_URL: '', WEBHOOK_SECRET: '' } },
    ));

  test('only the operator reads the settings and rotates, and nothing rotates from another site', () =>
    inWorld(
      async (world) => {
        const bearer = (token) => ({ authorization: `Bearer ${token}` });
        const signedIn = await world.send('POST', '/api/session', { body: { token: secrets.OPERATOR_TOKEN }, headers: { origin: world.url } });
        const cookie = signedIn.headers['set-cookie'][0].split(';')[0];
        for (const [method, path] of [['GET', '/api/operator/settings'], ['POST', '/api/operator/settings/check'], ['POST', ROTATE]]) {
          assert.equal((await world.send(method, path)).status, 401, path);
          assert.equal((await world.send(method, path, { headers: bearer(secrets.CASHIER_TOKEN) })).status, 403, path);
          if (method === 'POST') assert.equal((await world.send(method, path, { headers: { cookie, origin: 'https://evil.example' } })).status, 403, path);
        }
        assert.equal((await world.send('GET', ROTATE, { headers: operator })).status, 405);
        assert.equal((await world.send('POST', ROTATE, { headers: { cookie, origin: world.url } })).status, 200);
      },
      { env: { ...GENERATED, WEBHOOK_URL: '' } },
    ));
});
