// The first steps of a shop, as the operator's API reports them: what was checked, and what to do.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ownFile } from '../support/own-file.mjs';
import { ownPort, secrets } from '../support/stack.mjs';
import { cart } from './support/bodies.mjs';
import { inTurn, startEndpoint } from './support/endpoint.mjs';
import { assertEvent } from './openapi.mjs';
import { until } from './support/until.mjs';
import { inWorld, operator } from './support/world.mjs';

/** @typedef {Parameters<Parameters<typeof inWorld>[0]>[0]} World */

const LIST = 'one-time-payment.list';
const english = { headers: { ...operator, 'accept-language': 'en' } };

/** @param {World} world */
const settings = async (world) => {
  const answer = await world.send('GET', '/api/operator/settings', english);
  assert.equal(answer.status, 200, answer.text);
  return answer.body.checks;
};

/** @param {World} world */
const check = async (world) => {
  const answer = await world.send('POST', '/api/operator/settings/check', english);
  assert.equal(answer.status, 200, answer.text);
  return answer.body.checks;
};

/** @param {Record<string, { status: string, code?: string }>} checks */
const inShort = (checks) => Object.fromEntries(Object.entries(checks).map(([name, { status, code }]) => [name, code ?? status]));

/** What is said of Compago, in English and Spanish. */
const SAID = {
  'key-refused': [
    'Compago refused the API key. Check that COMPAGO_API_KEY is complete, still valid, and of the same environment as COMPAGO_BASE_URL: demo and production have different keys.',
    'Compago rechazó la llave de API. Revisa que COMPAGO_API_KEY esté completa, que siga vigente y que sea del mismo ambiente que COMPAGO_BASE_URL: las llaves de demo y de producción son distintas.',
  ],
  'unexpected-answer': [
    'Compago gave an answer that we did not expect. Check COMPAGO_BASE_URL, or try again in a few minutes.',
    'Compago respondió algo que no esperábamos. Revisa COMPAGO_BASE_URL o vuelve a intentar en unos minutos.',
  ],
  unreachable: [
    'Compago did not answer, or cannot answer now. Try again in a few minutes; if nothing changes, check COMPAGO_BASE_URL.',
    'Compago no respondió o no puede atender ahora. Vuelve a intentar en unos minutos; si sigue igual, revisa COMPAGO_BASE_URL.',
  ],
};

const unchecked = { compago: 'unknown', checkoutOrigin: 'unknown', webhook: 'unknown', shopFile: 'ok', catalog: 'ok', purchase: 'unknown' };

describe('the checks of the settings', { concurrency: 4 }, () => {
  test('reading them asks nobody; a check asks Compago once and sends one test event, and is kept', () =>
    inWorld(async (world) => {
      assert.deepEqual(inShort(await settings(world)), unchecked);
      assert.deepEqual([await world.sandbox.calls(), world.receiver.events()], [[], []]);

      const checked = await check(world);
      assert.deepEqual(inShort(checked), { ...unchecked, compago: 'ok', webhook: 'ok' });
      assert.deepEqual((await world.sandbox.calls()).map(({ method, endpoint }) => `${method} ${endpoint}`), [`GET ${LIST}`]);
      const [event, ...others] = world.receiver.events();
      assert.deepEqual([event.type, event.data, event.environment, others], ['webhook.test', {}, 'local', []]);
      assertEvent({ type: event.type, timestamp: event.timestamp, data: event.data, environment: event.environment });
      assert.deepEqual((await world.send('GET', '/api/operator/webhooks', english)).body.items, [], 'it is in no outbox');

      await world.restartWorker();
      assert.deepEqual(await settings(world), checked);
    }));

  test('a second check within ten seconds is refused and asks nobody', () =>
    inWorld(async (world) => {
      await check(world);
      const again = await world.send('POST', '/api/operator/settings/check', english);
      assert.deepEqual([again.status, again.body.code], [429, 'too-many-requests']);
      assert.ok(Number(again.headers['retry-after']) <= 10, again.headers['retry-after']);
      assert.equal((await world.sandbox.calls()).length, 1);
      await world.later(10_000);
      assert.equal((await check(world)).compago.status, 'ok');
    }, { movable: true }));

  for (const [what, code, fault] of [
    ['401', 'key-refused', { kind: 'refuse', status: 401 }],
    ['a page', 'unexpected-answer', { kind: 'answer', status: 200, body: '<html>' }],
    ['nothing', 'unreachable', { kind: 'lose-answer' }],
    ['503', 'unreachable', { kind: 'refuse', status: 503 }],
  ]) {
    test(`what Compago answers: ${what}`, () =>
      inWorld(async (world) => {
        await world.sandbox.fault(LIST, fault);
        const { compago } = await check(world);
        assert.deepEqual([compago.status, compago.code], ['failed', code]);
        assert.equal(compago.detail, SAID[code][0]);
        const spanish = await world.send('GET', '/api/operator/settings', { headers: { ...operator, 'accept-language': 'es-MX' } });
        assert.equal(spanish.body.checks.compago.detail, SAID[code][1]);
      }));
  }

  test('what the merchant’s backend answers; the test event is not repeated, whatever it answers', async () => {
    const endpoint = await startEndpoint(inTurn(401, [308, { location: '/elsewhere' }], 410, 204), { secret: secrets.WEBHOOK_SECRET, port: await ownPort() });
    try {
      await inWorld(async (world) => {
        for (const [code, status] of [['status', '401'], ['redirect-not-followed', '308'], ['status', '410'], [undefined, '']]) {
          const { webhook } = await check(world);
          assert.deepEqual([webhook.status, webhook.code], [code ? 'failed' : 'ok', code], status);
          assert.ok((webhook.detail ?? '').includes(status ?? ''), webhook.detail);
          await world.later(11_000);
        }
        await world.later(24 * 60 * 60_000);
        assert.deepEqual((await world.alarms()).filter(({ binding }) => binding === 'SETTINGS'), []);
        assert.equal(endpoint.deliveries.length, 4);
        assert.deepEqual(endpoint.deliveries.map(({ refusal }) => refusal), Array(4).fill(undefined), 'each is signed');
        assert.equal(new Set(endpoint.deliveries.map(({ id }) => id)).size, 4, 'each has an id of its own');
      }, { movable: true, env: { WEBHOOK_URL: endpoint.url } });
    } finally {
      await endpoint.stop();
    }
  });

  test('a backend that does not listen, and none at all', async () => {
    await inWorld(async (world) => {
      assert.equal((await check(world)).webhook.code, 'no-connection');
    }, { env: { WEBHOOK_URL: `http://127.0.0.1:${await ownPort()}/` } });
    await inWorld(async (world) => {
      assert.equal((await check(world)).webhook.status, 'not-configured');
    }, { env: { WEBHOOK_URL: '', WEBHOOK_SECRET: '' } });
  });

  test('the first link shows that the checkout origin is right, and the first payment that a purchase works', () =>
    inWorld(async (world) => {
      const order = await world.buy();
      await until('the link', async () => (await settings(world)).checkoutOrigin.status === 'ok');
      assert.equal((await settings(world)).purchase.status, 'unknown');
      await world.send('GET', await world.pay(order.paymentId));
      await world.untilEvent(order.reference, 'order.paid');
      await until('the purchase', async () => (await settings(world)).purchase.status === 'ok');
    }));

  test('a link on another origin is named with its setting, until a later link is accepted', () =>
    inWorld(async (world) => {
      await world.sandbox.settings({ checkoutOrigin: 'https://pay.elsewhere.example' });
      assert.equal((await world.order({ body: cart })).status, 502);
      const { checkoutOrigin } = await until('the refusal', async () => {
        const checks = await settings(world);
        return checks.checkoutOrigin.status === 'failed' && checks;
      });
      assert.equal(checkoutOrigin.code, 'checkout-origin-refused');
      assert.match(checkoutOrigin.detail, /https:\/\/pay\.elsewhere\.example.*CHECKOUT_ORIGINS/s);

      await world.sandbox.settings({ checkoutOrigin: null });
      await world.buy();
      await until('a link that is accepted', async () => (await settings(world)).checkoutOrigin.status === 'ok');
    }));

  test('mistakes of the files are named', async () => {
    const catalog = await ownFile('catalog.json');
    try {
      await catalog.write(catalog.changed(({ items }) => delete items[0].name));
      await inWorld(async (world) => {
        const checks = await settings(world);
        assert.deepEqual(inShort(checks), { ...unchecked, catalog: 'file-unreadable' });
        assert.match(checks.catalog.detail, /^shop\/catalog\.json, item 1 .*name.*\. Correct shop\/catalog\.json and deploy the shop again\.$/);
      }, { site: catalog.site });
    } finally {
      await catalog.remove();
    }
  });

  test('only the operator may', () =>
    inWorld(async (world) => {
      for (const [method, path] of /** @type {const} */ ([['GET', ''], ['POST', '/check']])) {
        assert.equal((await world.send(method, `/api/operator/settings${path}`)).status, 401);
        const cashier = { headers: { authorization: `Bearer ${secrets.CASHIER_TOKEN}` } };
        assert.equal((await world.send(method, `/api/operator/settings${path}`, cashier)).status, 403);
      }
      assert.deepEqual([await world.sandbox.calls(), world.receiver.events()], [[], []]);
    }));
});
