// A till charges a card at a terminal: the normal course, and authorisation.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { INTENTS, UNKNOWN_ID, tillOf } from './support/till.mjs';
import { cashier, operator, startWorld } from './support/world.mjs';

const world = await startWorld();
const till = tillOf(world);
after(() => world.stop());

const own = { origin: world.url };
/** The number of calls to Compago, except the reads of our own open charges, which are repeated all the time. */
const calls = async () => {
  const own = new Set((await world.sandbox.intents()).filter(({ externalId }) => !externalId.startsWith('other-program')).map(({ id }) => id));
  return (await world.sandbox.calls()).filter(({ endpoint, id }) => endpoint !== 'payment-intent.get' || !own.has(id)).length;
};

test('a card at a terminal: paid within six seconds, shown, and one webhook', async () => {
  const metadata = { waiter: 'Lupe' };
  const charge = await till.charged({ terminalCode: 'TERM-01', reference: 'mesa-4', metadata });
  assert.deepEqual(charge.metadata, metadata);
  assert.match(charge.externalId, /^mesa-4_\d{8}T\d{6}_[0-9a-z]{12}$/);
  assert.equal(charge.deepLink, `compago-pos-app:///charge/payment-intent/${charge.intent}`);
  assert.deepEqual([charge.status, charge.amount, charge.currency, charge.reference], ['waiting', '350.50', 'MXN', 'mesa-4']);
  const minutes = (Date.parse(charge.expiresAt) - Date.now()) / 60_000;
  assert.ok(minutes > 9.9 && minutes <= 10, `${minutes} min`);
  const { externalId, amount, terminalCode } = await till.atCompago(charge.intent);
  assert.deepEqual([externalId, amount, terminalCode], [charge.externalId, 350.5, 'TERM-01']);
  assert.deepEqual((await till.latest('TERM-01')).body, charge, 'another screen goes on from there');

  const since = performance.now();
  await till.tap(charge.intent);
  const paid = await till.untilStatus(charge.intent, 'paid');
  assert.ok(performance.now() - since < 6_000, `${performance.now() - since} ms`);
  assert.deepEqual(paid.card, { network: 'VISA', lastFourDigits: '4242' });
  assert.equal(paid.pollAfterMs, null);
  assert.ok(paid.version > charge.version);
  const event = await till.untilEvent(charge.externalId, 'payment-intent.paid');
  const { intent, reference, card, late } = event.data;
  assert.deepEqual([intent, reference, card, late], [charge.intent, 'mesa-4', paid.card, false]);
  assert.deepEqual(event.data.metadata, metadata);
  assert.equal(till.events(charge.externalId).length, 1);
  assert.deepEqual((await till.latest('TERM-01')).body, paid, 'the last one stays in sight');
});

test('any terminal: the charge is found by its id, and not delayed by others', async () => {
  const [one, other] = await Promise.all([till.charged(), till.charged({ amount: '1' })]);
  assert.deepEqual([one.terminalCode, one.reference, other.amount], [null, null, '1.00']);
  await till.tap(other.intent, { terminalCode: 'TERM-03' });
  await till.untilStatus(other.intent, 'paid');
  assert.equal((await till.view(one.intent)).status, 'waiting');
  assert.equal((await till.cancel(one.intent)).body.status, 'cancelled');
});

test('a declined card may be followed by another one', async () => {
  await world.sandbox.settings({ declinedSummary: true, intentCardFields: false });
  const charge = await till.charged({ terminalCode: 'TERM-02' });
  await world.sandbox.control('POST', `payment-intents/${charge.intent}/decline`);
  await till.untilEvent(charge.externalId, 'payment-intent.paid', { ms: 100 }).then(assert.fail, () => {});
  assert.equal((await till.view(charge.intent)).status, 'waiting');
  await till.tap(charge.intent);
  assert.equal((await till.untilStatus(charge.intent, 'paid')).card, undefined, 'what is not told is not shown');
  await world.sandbox.settings({ declinedSummary: false, intentCardFields: true });
});

test('cancelled: at Compago first, one webhook, and idempotent', async () => {
  const charge = await till.charged({ terminalCode: 'TERM-02' });
  const answers = await Promise.all([till.cancel(charge.intent), till.cancel(charge.intent)]);
  for (const { status, body } of answers) assert.deepEqual([status, body.status], [200, 'cancelled']);
  assert.equal((await till.atCompago(charge.intent)).withdrawal, 'cancelled');
  const event = await till.untilEvent(charge.externalId, 'payment-intent.closed');
  assert.equal(event.data.outcome, 'cancelled');
  assert.equal((await till.cancel(charge.intent)).body.status, 'cancelled');
  assert.equal((await till.callsTo('cancel', charge.intent)).length, 1);
});

test('a terminal that Compago does not know: refused, and not listed', async () => {
  const before = await till.charged({ terminalCode: 'TERM-03' });
  await world.sandbox.settings({ terminals: ['TERM-01'] });
  await till.cancel(before.intent);
  const answer = await till.charge({ terminalCode: 'TERM-03' });
  assert.deepEqual([answer.status, answer.body.code], [422, 'terminal-not-found']);
  assert.equal((await till.latest('TERM-03')).body.intent, before.intent);
  await world.sandbox.settings({ terminals: ['TERM-01', 'TERM-02', 'TERM-03'] });
});

test('the till needs a role, and refusals do not say why', async () => {
  const { intent } = await till.charged();
  const before = await calls();
  const routes = [['POST', INTENTS], ['GET', `${INTENTS}/${intent}`], ['POST', `${INTENTS}/${intent}/cancel`], ['GET', `${INTENTS}/${UNKNOWN_ID}`], ['GET', '/api/pos/terminals/TERM-01/payment-intent']];
  for (const [headers, status, code] of [
    [{}, 401, 'unauthenticated'],
    [{ authorization: 'Bearer wrong-token-of-the-tests-0123456789' }, 401, 'wrong-token'],
    [{ authorization: `Bearer ${secrets.COMPAGO_API_KEY}` }, 401, 'wrong-token'],
    [{ cookie: `session-${new URL(world.url).port}=${secrets.CASHIER_TOKEN}`, ...own }, 401, 'unauthenticated'],
  ]) {
    for (const [method, route] of routes) {
      const answer = await world.send(method, route, { headers });
      assert.deepEqual([answer.status, answer.body.code], [status, code], `${method} ${route}`);
    }
  }
  assert.equal(await calls(), before);
});

test('the operator may act as a cashier, and a session of our own page has the role that signed in', async () => {
  const charge = await till.charged({}, { headers: operator });
  assert.equal((await world.send('GET', `${INTENTS}/${charge.intent}`, { headers: operator })).status, 200);
  const signedIn = await world.send('POST', '/api/session', { body: { token: secrets.CASHIER_TOKEN }, headers: own });
  assert.equal(signedIn.body.role, 'cashier');
  const cookie = signedIn.headers['set-cookie'][0].split(';')[0];
  const ofCookie = (origin) => ({ authorization: undefined, cookie, origin });
  const made = await till.charged({}, { headers: ofCookie(world.url) });
  assert.equal((await world.send('GET', `${INTENTS}/${made.intent}`, { headers: { cookie } })).status, 200, 'reading needs no origin');
  for (const origin of [undefined, 'https://evil.example', 'null']) {
    for (const answer of [
      await till.charge({}, { headers: ofCookie(origin) }),
      await world.send('POST', `${INTENTS}/${made.intent}/cancel`, { headers: ofCookie(origin) }),
    ]) {
      assert.deepEqual([answer.status, answer.body.code], [403, 'foreign-origin'], String(origin));
    }
  }
  assert.equal((await till.view(made.intent)).status, 'waiting');
});

test('an id that this Worker did not create is unknown, without a call to Compago', async () => {
  const { intent } = await till.charged();
  const { id: foreign } = await (await fetch(`${world.variables.COMPAGO_BASE_URL}/payment-intent`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'sandbox-key' },
    body: JSON.stringify({ amount: 20, currency: 'MXN', externalId: 'other-program-1' }),
  })).json();
  const before = await calls();
  for (const id of [foreign, UNKNOWN_ID, 'x', `${intent}x`, intent.slice(1), intent.replaceAll('-', ''), `%20${intent}`, `${intent}%00`, '%2e%2e', '..%2f', 'é', '%c3%a9']) {
    const target = encodeURI(decodeURI(id));
    for (const [method, route] of [['GET', `${INTENTS}/${target}`], ['POST', `${INTENTS}/${target}/cancel`]]) {
      const answer = await world.send(method, route, { headers: cashier });
      assert.deepEqual([answer.status, answer.body.code], [404, 'not-found'], route);
    }
  }
  assert.equal(await calls(), before);
  assert.equal((await till.atCompago(foreign)).status, 'PENDING');
  assert.equal((await till.view(intent.toUpperCase())).intent, intent, 'two spellings are one id');
});

test('a terminal that was never charged stores nothing, even when it is asked', async () => {
  const folder = path.join(world.objects, 'compago-edge-terminals');
  const stored = async () => {
    const names = await readdir(folder);
    // The files beside a database come and go with the object.
    const read = (/** @type {string} */ name) => readFile(path.join(folder, name)).catch(() => Buffer.of());
    const files = await Promise.all(names.filter((name) => !name.startsWith('metadata')).map(read));
    return files.filter((file) => file.includes('CREATE TABLE')).length;
  };
  const before = await stored();
  for (const code of ['TERM-77', 'term-01', 'TERM-01x', '.', '..', '%2e', 'TERM%2001', 'TERM-01%00', '-', 'a'.repeat(41), '%F0%9F%92%B3']) {
    const answer = await till.latest(code);
    assert.deepEqual([answer.status, answer.body.code], [404, 'not-found'], code);
  }
  assert.equal(await stored(), before);
  await till.charged({ terminalCode: 'TERM-01' });
  assert.ok((await stored()) > 0, 'the file of a charge is known by its tables');
});

test('all problems of a charge are reported, and nothing is created', async () => {
  const before = await calls();
  for (const [body, ...told] of [
    [{ amount: undefined }, '/amount required'],
    [{ amount: 350.5 }, '/amount type-string'],
    [{ amount: '0' }, '/amount amount-range'],
    [{ amount: '1.001', terminalCode: '../x', reference: 'mesa 4', takeOver: 'yes', tip: '5' },
      '/amount amount-decimals', '/reference word-format', '/takeOver type-boolean', '/terminalCode word-format', '/tip unknown-field'],
    [{ amount: '1', terminalCode: 'a'.repeat(41), reference: 'a'.repeat(33) }, '/reference too-long', '/terminalCode too-long'],
  ]) {
    const answer = await till.charge(body);
    assert.deepEqual([answer.status, answer.body.code], [400, 'invalid-body'], answer.text);
    assert.deepEqual(answer.body.errors.map(({ pointer, code }) => `${pointer} ${code}`).sort(), told);
  }
  assert.equal((await till.charge({}, { text: '[]', body: undefined, headers: { 'content-type': 'application/json' } })).status, 400);
  assert.equal((await till.charge({}, { text: 'amount=1', body: undefined, headers: { 'content-type': 'text/plain' } })).status, 415);
  assert.equal((await till.charge({ reference: 'a'.repeat(20_000) })).status, 413);
  assert.equal((await till.charge({}, { headers: { 'idempotency-key': undefined } })).body.code, 'idempotency-key-missing');
  for (const [method, route] of [['GET', INTENTS], ['DELETE', `${INTENTS}/${UNKNOWN_ID}`], ['GET', `${INTENTS}/${UNKNOWN_ID}/cancel`], ['POST', '/api/pos/terminals/TERM-01/payment-intent']]) {
    assert.equal((await world.send(method, route, { headers: cashier })).status, 405, `${method} ${route}`);
  }
  assert.equal(await calls(), before);
});

test('refusals are in the cashier\'s language', async () => {
  await till.charged({ terminalCode: 'TERM-02' });
  const answer = await till.charge({ terminalCode: 'TERM-02' }, { headers: { 'accept-language': 'es-MX' } });
  assert.equal(answer.headers['content-language'], 'es-MX');
  assert.match(answer.body.detail, /Mira la terminal/);
});
