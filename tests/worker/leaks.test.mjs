// Secrets and personal data must not appear elsewhere. The markers are unique, and each run contains many failures.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { INTENTS, tillOf } from './support/till.mjs';
import { cashier, operator, startWorld } from './support/world.mjs';

const world = await startWorld();
after(() => world.stop());

const personal = ['marker.email@qzx.example', 'Qzxfirst', 'Qzxlast', '5598765432', 'Qzxstreet', 'Qzxcity'];
const secret = ['sandbox-key', secrets.OPERATOR_TOKEN, secrets.CASHIER_TOKEN, secrets.SIGNING_KEY, secrets.WEBHOOK_SECRET.slice(6)];
const upstream = ['QZXUPSTREAM'];
const markers = [...personal, ...secret, ...upstream];

const body = {
  items: [{ sku: 'taza-barro', quantity: 1 }],
  billingInformation: {
    email: personal[0], firstName: personal[1], lastName: personal[2], phoneNumber: personal[3],
    address: { addressLine: `${personal[4]} 9`, city: personal[5], state: 'PUE', zip: '72000' },
  },
};

function assertClean(text, where) {
  for (const marker of markers) assert.ok(!text.toLowerCase().includes(marker.toLowerCase()), `${marker} in ${where}`);
}

/** All answers to the calls of this file, with their headers. */
const seen = [];
/** An answer to the operator that names who bought; the rest of it names nobody. */
const keepDetail = async (answer) => {
  const { status, headers, body } = await answer;
  const { customer, ...rest } = body;
  assert.deepEqual(customer, { name: 'Qzxfirst Qzxlast', email: personal[0], phoneNumber: `+52${personal[3]}` });
  seen.push(`${status} ${JSON.stringify(headers)} ${JSON.stringify(rest)}`);
};
const keep = async (answer) => {
  const { status, headers, text } = await answer;
  seen.push(`${status} ${JSON.stringify(headers)} ${text}`);
  return answer;
};

test('after buying, failing, being refused and being killed, the markers are nowhere', async () => {
  const order = await world.buy({ body });
  const fault = (endpoint, kind) => world.sandbox.fault(`one-time-payment.${endpoint}`, kind);
  const told = { message: `QZXUPSTREAM ${JSON.stringify(body)}` };

  for (const [endpoint, kind] of [
    ['create', { kind: 'refuse', status: 400, body: told }],
    ['create', { kind: 'refuse', status: 401, body: told }],
    ['create', { kind: 'answer', status: 201, body: { redirectUrl: `https://evil.example/QZXUPSTREAM?${personal[0]}` } }],
    ['create', { kind: 'answer', status: 201, body: told, contentType: 'text/html' }],
  ]) {
    await fault(endpoint, kind);
    await keep(world.order({ body }));
  }
  await keep(world.order({ body: { ...body, note: personal[1], items: [{ sku: personal[1], quantity: personal[2] }] } }));
  await keep(world.order({ text: `{"billingInformation": ${JSON.stringify(body)}`, body: undefined, headers: { 'content-type': 'application/json' } }));
  await keep(world.order({ body, headers: { 'idempotency-key': `two words ${personal[0]}` } }));
  for (const headers of [operator, { authorization: `Bearer ${secrets.OPERATOR_TOKEN}x` }, { cookie: `session-${new URL(world.url).port}=${secrets.CASHIER_TOKEN}` }]) {
    await keep(world.invoiceOrder({ ...body, amount: 'x', description: personal[1] }, { headers }));
  }
  await keep(world.send('POST', '/api/session', { body: { token: secrets.COMPAGO_API_KEY }, headers: { origin: world.url } }));
  await keep(world.send('POST', '/api/session', { body: { token: secrets.OPERATOR_TOKEN }, headers: { origin: world.url } }));

  await fault('get', { kind: 'answer', status: 200, body: told });
  await keep(world.send('GET', await world.pay(order.paymentId)));
  await world.untilStatus(order.order, 'paid', { ms: 30_000 });
  await world.untilEvent(order.reference, 'order.paid');
  await keep(world.send('GET', `/api/shop/orders/${order.order}`));
  await keepDetail(world.send('GET', `/api/operator/orders/${order.reference}`, { headers: operator }));
  const open = await world.buy({ body });
  await keepDetail(world.send('GET', `/api/operator/orders/${open.reference}`, { headers: operator }));
  await fault('cancel', { kind: 'answer', status: 200, body: told });
  await keep(world.send('POST', `/api/shop/orders/${open.order}/cancel`));
  await world.restartWorker();
  await keep(world.send('GET', '/healthz'));
  await world.view(open.order);

  for (const answer of seen) assertClean(answer, answer.slice(0, 200));
  assertClean(JSON.stringify(world.receiver.events()), 'a webhook');
  assertClean(JSON.stringify((await world.sandbox.calls()).map(({ path: target }) => target)), 'a URL');
  const payments = await world.sandbox.payments();
  for (const { redirectUrl, homepageUrl, description } of payments) assertClean(`${redirectUrl} ${homepageUrl} ${description}`, 'a URL');
});

test('a till that fails, is refused and sees a card shows only network and last digits of the card', async () => {
  const till = tillOf(world);
  const first = seen.length;
  const told = { message: `QZXUPSTREAM ${personal[1]}` };
  const fault = (endpoint, kind) => world.sandbox.fault(`payment-intent.${endpoint}`, kind);
  for (const kind of [
    { kind: 'refuse', status: 400, body: told },
    { kind: 'refuse', status: 401, body: told },
    { kind: 'answer', status: 201, body: { ...told, id: personal[1] } },
  ]) {
    await fault('create', kind);
    await keep(till.charge({}));
  }
  await keep(till.charge({ amount: personal[1], reference: personal[4], terminalCode: `${personal[2]} 1`, note: personal[5] }));
  await keep(till.charge({}, { headers: { authorization: `Bearer ${secrets.CASHIER_TOKEN}x` } }));
  await keep(world.send('GET', `${INTENTS}/${personal[1]}`, { headers: cashier }));
  await keep(world.send('POST', '/api/session', { body: { token: secrets.CASHIER_TOKEN }, headers: { origin: world.url } }));

  const charge = (await keep(till.charge({ terminalCode: 'TERM-01' }))).body;
  await fault('cancel', { kind: 'refuse', status: 400, body: told });
  await till.tap(charge.intent);
  const card = { networkType: 'VISA', lastFourDigits: '1111', issuingBank: personal[1], cardholderName: personal[2], number: personal[3] };
  await fault('get', { kind: 'answer', status: 200, body: { id: charge.intent, status: 'CONFIRMED', ...told, paymentSummary: { status: 'SUCCESS', cardInformation: card } } });
  assert.equal((await keep(till.cancel(charge.intent))).body.status, 'paid');
  await keep(till.latest('TERM-01'));
  const event = await till.untilEvent(charge.externalId, 'payment-intent.paid');
  assert.deepEqual(event.data.card, { network: 'VISA', lastFourDigits: '1111' });

  for (const answer of seen.slice(first)) assertClean(answer, answer.slice(0, 200));
  assertClean(JSON.stringify(world.receiver.events()), 'a webhook');
  assertClean(await world.workerLog(), 'the log');
});

test('the log has lines of JSON without markers, order capabilities or payers', async () => {
  const order = await world.buy({ body });
  await world.send('GET', await world.pay(order.paymentId));
  await world.untilEvent(order.reference, 'order.paid');
  const log = await world.workerLog();
  assertClean(log, 'the log');
  assert.ok(!log.includes(order.order), 'an order\'s secret address in the log');
  assert.match(log, /"event":"compago-call"/);
  assert.match(log, /"event":"webhook-sent"/);
  const lines = log.split('\n').filter((line) => line.includes('"event"'));
  for (const line of lines) {
    const { level, event, fields } = JSON.parse(line.slice(line.indexOf('{')));
    assert.match(level, /^(info|warn|error)$/);
    assert.equal(typeof event, 'string');
    assert.equal(typeof fields, 'object');
  }
});
