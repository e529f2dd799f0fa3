// Every secret is rotated with orders in flight: first the newer beside the older, then the newer alone.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { describe, test } from 'node:test';
import { checkSignature } from '../../scripts/receiver.mjs';
import { ownPort, secrets } from '../support/stack.mjs';
import { inTurn, startEndpoint } from './support/endpoint.mjs';
import { INTENTS } from './support/till.mjs';
import { until } from './support/until.mjs';
import { inWorld, withPayment } from './support/world.mjs';

const POLLED = 15 * 60_000;
const next = {
  COMPAGO_API_KEY: 'n3w-key-at-compago-of-november',
  OPERATOR_TOKEN: 'n3w-operator-token-of-november-0123456789',
  CASHIER_TOKEN: 'n3w-cashier-token-of-november-0123456789',
  SIGNING_KEY: 'N3w-signing-key-of-november-2026-0123456789',
  WEBHOOK_SECRET: 'whsec_bmV3LXNlY3JldC1vZi10aGUtdGVzdHMtMDEyMzQ1Njc4OQ==',
};

const bearer = (token) => ({ authorization: `Bearer ${token}` });

/** Whether a secret, or one of several, verifies a delivery. */
const verifies = ({ headers, text }, secret) => checkSignature(headers, text, secret, 1_000 * Number(headers['webhook-timestamp'])) === undefined;

/** What a client sees of what was made before, by the secrets that it has. */
async function seenBy(world, before, { operatorToken = secrets.OPERATOR_TOKEN, cashierToken = secrets.CASHIER_TOKEN } = {}) {
  const status = async (path, headers = {}) => (await world.send('GET', path, { headers })).status;
  return {
    order: await status(`/api/shop/orders/${before.order.order}`),
    operator: await status('/api/operator/orders', bearer(operatorToken)),
    cashier: await status(`${INTENTS}/${before.charge.intent}`, bearer(cashierToken)),
    operatorSession: await status('/api/operator/orders', { cookie: before.operatorSession }),
    cashierSession: await status(`${INTENTS}/${before.charge.intent}`, { cookie: before.cashierSession }),
  };
}

const ALL = { order: 200, operator: 200, cashier: 200, operatorSession: 200, cashierSession: 200 };

/** What ends once the older value is removed: for programs and sessions that still use it, and for links that it made. */
const rows = [
  { name: 'COMPAGO_API_KEY', isOne: true, ends: {} },
  { name: 'OPERATOR_TOKEN', ends: { operator: 401, operatorSession: 401 } },
  { name: 'CASHIER_TOKEN', ends: { cashier: 401, cashierSession: 401 } },
  { name: 'SIGNING_KEY', ends: { order: 404, operatorSession: 401, cashierSession: 401 } },
  { name: 'WEBHOOK_SECRET', ends: {} },
];

describe('rotations', { concurrency: 2 }, () => {
  for (const { name, isOne = false, ends } of rows) {
    test(`${name} is rotated with orders in flight`, async (context) => {
      const endpoint = await startEndpoint(inTurn(204), { secret: secrets.WEBHOOK_SECRET, port: await ownPort() });
      context.after(() => endpoint.stop());
      await inWorld(async (world) => {
        const signIn = async (token) => (await world.send('POST', '/api/session', { body: { token }, headers: { origin: world.url } })).headers['set-cookie'][0].split(';')[0];
        const key = randomUUID();
        const placed = await world.order({ key });
        const charge = await world.send('POST', INTENTS, { body: { amount: '350.50' }, headers: { ...bearer(secrets.CASHIER_TOKEN), 'idempotency-key': randomUUID() } });
        const before = {
          order: withPayment(placed),
          last: await world.buy(),
          charge: charge.body,
          operatorSession: await signIn(secrets.OPERATOR_TOKEN),
          cashierSession: await signIn(secrets.CASHIER_TOKEN),
        };
        /** Pays without the payer's browser, and returns the one webhook that says so. */
        const payFor = async ({ reference, paymentId }) => {
          await world.sandbox.act(paymentId, 'pay');
          const token = world.variables.OPERATOR_TOKEN.split(' ')[0];
          assert.equal((await world.send('GET', `/api/operator/orders/${reference}`, { headers: bearer(token) })).status, 200, 'its object is awake');
          await world.later(POLLED);
          const paid = () => endpoint.deliveries.filter(({ body }) => body.type === 'order.paid' && body.data.reference === reference);
          const delivery = await until(`order.paid of ${reference}`, () => paid()[0]);
          assert.deepEqual([paid().length, verifies(delivery, `${secrets.WEBHOOK_SECRET} ${next.WEBHOOK_SECRET}`)], [1, true]);
          return delivery;
        };

        if (isOne) {
          // Compago takes the older key and the newer one for a while; the Worker has one of them.
          const compago = await startCompago(world.sandbox.url, [secrets.COMPAGO_API_KEY, next.COMPAGO_API_KEY]);
          context.after(() => compago.stop());
          world.variables.COMPAGO_BASE_URL = `${compago.url}/api`;
        }
        world.variables[name] = isOne ? next[name] : `${next[name]} ${secrets[name]}`;
        await world.restartWorker();
        assert.deepEqual(await seenBy(world, before), ALL);
        const newest = { operatorToken: world.variables.OPERATOR_TOKEN.split(' ')[0], cashierToken: world.variables.CASHIER_TOKEN.split(' ')[0] };
        assert.deepEqual(await seenBy(world, before, newest), ALL);
        assert.equal((await world.order({ key })).text, placed.text);
        const during = await payFor(before.order);
        const middle = await world.buy();

        world.variables[name] = next[name];
        await world.restartWorker();
        assert.deepEqual(await seenBy(world, before), { ...ALL, ...ends });
        const after = [await payFor(before.last), await payFor(middle), await payFor(await world.buy())];
        assert.equal((await world.sandbox.payments()).length, 4, 'each order has one payment');
        if (name === 'WEBHOOK_SECRET') {
          for (const secret of [secrets[name], next[name]]) assert.ok(verifies(during, secret));
          for (const delivery of after) assert.deepEqual([verifies(delivery, secrets[name]), verifies(delivery, next[name])], [false, true]);
        }
      }, { movable: true, env: { WEBHOOK_URL: endpoint.url } });
    });
  }
});

/** Compago with several keys: what comes with one of them goes on to the sandbox with the key that it knows. @param {string} url @param {string[]} keys */
async function startCompago(url, keys) {
  const server = http.createServer((request, response) => {
    const headers = { ...request.headers, host: new URL(url).host };
    if (keys.includes(String(headers['x-api-key']))) headers['x-api-key'] = secrets.COMPAGO_API_KEY;
    const onward = http.request(`${url}${request.url}`, { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.once('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
