// What Compago's client does with answers that nobody documents. The built package is used: `npm run build` makes it.
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { CompagoError, compago } from '../dist/compago.js';

const ID = '0f0e0d0c-1111-4222-8333-444455556666';
const KEY = 'key-of-the-test-0123456789';

/** A client that is answered so, and what it has sent. @param {() => Response | Promise<Response>} answer */
function answered(answer) {
  const sent = [];
  const fetch = async (url, init) => {
    sent.push({ url, ...init });
    return answer();
  };
  return { sent, client: compago({ apiKey: KEY, environment: 'demo', fetch }) };
}

/** @param {() => Response | Promise<Response>} answer @returns {Promise<CompagoError>} */
async function refusal(answer) {
  const error = await answered(answer).client.oneTimePayments.get({ id: ID }).then(assert.fail, (thrown) => thrown);
  assert.ok(error instanceof CompagoError, String(error));
  assert.ok(!`${error.stack} ${JSON.stringify(error)} ${error.cause}`.includes(KEY), 'the key stands in no error');
  return error;
}

test('the key goes to Compago alone, in its header, and nothing follows a redirect', async () => {
  const { sent, client } = answered(() => Response.json({ status: 'CONFIRMED' }));
  await client.oneTimePayments.get({ id: ID });
  const [{ url, headers, redirect, method, body }] = sent;
  assert.equal(url, `https://demo.api.harmony.compago.com/api/one-time-payment/${ID}`);
  assert.deepEqual([headers['x-api-key'], redirect, method, body], [KEY, 'manual', 'GET', undefined]);
  const moved = await refusal(() => new Response(null, { status: 302, headers: { location: 'https://evil.example' } }));
  assert.equal(moved.code, 'redirect');
});

test('what is no answer may have been carried out, and says so', async () => {
  for (const body of ['', '<html>', '{"status":', '[]', '{"id":"x"}']) {
    assert.deepEqual(await refusal(() => new Response(body)).then(({ code, status }) => [code, status]), ['unreadable', 0], body);
  }
  const cut = await refusal(() => Promise.reject(new TypeError('terminated')));
  assert.deepEqual([cut.code, cut.temporary, cut.cause.message], ['unreachable', true, 'terminated']);
});

test('an answer that does not end is left', async () => {
  let pulled = 0;
  const endless = new ReadableStream({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(2 ** 20));
    },
  });
  const error = await refusal(() => new Response(endless));
  assert.deepEqual([error.code, error.cause.message], ['unreachable', 'the answer is too large']);
  assert.ok(pulled < 30, `${pulled} MiB`);
});

test('an undocumented state is returned as it is', async () => {
  const { client } = answered(() => Response.json({ status: 'REVERSED', expired: null }));
  assert.equal((await client.oneTimePayments.get({ id: ID })).status, 'REVERSED');
});

test('a refusal is reported by its meaning, with how long to wait', async () => {
  const busy = await refusal(() => new Response('', { status: 503, headers: { 'retry-after': '7' } }));
  assert.deepEqual([busy.code, busy.status, busy.temporary, busy.retryAfterMs], ['busy', 503, true, 7_000]);
  const minimum = await refusal(() => Response.json({ message: 'One time payment amount must be at least $10.50.' }, { status: 400 }));
  assert.deepEqual([minimum.code, minimum.minimum, minimum.temporary], ['below-minimum', '10.50', false]);
});

test('an aborted call is not reported as a failure of Compago', async () => {
  const given = new AbortController();
  const { client } = answered(() => {
    given.abort(new Error('the page was left'));
    throw new DOMException('aborted', 'AbortError');
  });
  await assert.rejects(client.oneTimePayments.get({ id: ID }, { signal: given.signal }), /the page was left/);
});

test('a key that no header takes is refused at once, and stands in no error', async () => {
  for (const apiKey of ['', ' ', 'KEY\nLINE', 'KEY…', 'KEY '.repeat(200), undefined]) {
    const error = await Promise.resolve().then(() => compago({ apiKey, environment: 'demo' })).then(assert.fail, (thrown) => thrown);
    assert.deepEqual([error.code, error.temporary, error.cause], ['api-key', false, undefined], String(apiKey));
    assert.ok(!error.stack.includes('KEY'));
  }
  const sent = [];
  const fetch = async (_, { headers }) => sent.push(headers['x-api-key']) && Response.json({ status: 'PENDING' });
  await compago({ apiKey: `${KEY}\n`, environment: 'demo', fetch }).oneTimePayments.get({ id: ID });
  assert.deepEqual(sent, [KEY], 'as a file ends that holds it');
});

test('only what certainly did nothing says that it may be done again', async () => {
  const charge = (answer) => answered(answer).client.paymentMethods.charge({ id: ID, amount: '120.00' }).then(assert.fail, (thrown) => thrown);
  for (const status of [400, 401, 404]) {
    const error = await charge(() => new Response('{}', { status }));
    assert.deepEqual([error.status, error.didNothing], [status, true]);
    assert.match(error.message, /refused/);
  }
  const doubts = [302, 408, 429, 500, 502, 503, 504].map((status) => () => new Response(null, { status }));
  for (const answer of [...doubts, () => new Response('{'), () => Promise.reject(new TypeError('fetch failed'))]) {
    const error = await charge(answer);
    assert.equal(error.didNothing, false, error.code);
    assert.match(error.message, /may have been carried out/);
  }
});

test('an answer is read by what was asked, whatever became of the input since', async () => {
  const input = { id: ID, amount: '120.00' };
  const { client } = answered(() => {
    input.amount = '5.00';
    return Response.json({ id: ID, status: 'CONFIRMED', amount: 120, currency: 'MXN' });
  });
  assert.equal((await client.paymentMethods.charge(input)).amount, '120.00');
});

test('a call leaves nothing on a signal that outlives it, however it ends', async () => {
  const { signal } = new AbortController();
  const during = [];
  const listeners = () => getEventListeners(signal, 'abort').length;
  for (const answer of [() => Response.json({ status: 'PENDING' }), () => new Response('{'), () => Promise.reject(new TypeError('fetch failed'))]) {
    const { client } = answered(() => {
      during.push(listeners());
      return answer();
    });
    await client.oneTimePayments.get({ id: ID }, { signal }).catch(() => {});
    assert.equal(listeners(), 0);
  }
  assert.deepEqual(during, [1, 1, 1]);
});

test('a call is waited for as long as is asked', async () => {
  const fetch = (_, { signal }) =>
    new Promise((answer, refuse) => {
      signal.addEventListener('abort', () => refuse(signal.reason));
      setTimeout(() => answer(Response.json({ status: 'PENDING' })), 200);
    });
  const call = (timeoutMs, options) => compago({ apiKey: KEY, environment: 'demo', timeoutMs, fetch }).oneTimePayments.get({ id: ID }, options);
  await assert.rejects(call(50), { code: 'unreachable', didNothing: false });
  for (const timeoutMs of [5_000, Infinity]) assert.equal((await call(timeoutMs)).status, 'PENDING', String(timeoutMs));
  const since = Date.now();
  await assert.rejects(call(5_000, { signal: AbortSignal.timeout(50) }), { name: 'TimeoutError' });
  await assert.rejects(call(5_000, { signal: AbortSignal.abort(new Error('before')) }), /before/);
  assert.ok(Date.now() - since < 150);
});

test('what is missing is named before anything is sent', async () => {
  assert.throws(() => compago({ environment: 'demo' }), { code: 'api-key' });
  for (const place of [{}, { environment: 'staging' }, { baseUrl: '127.0.0.1:4010/api' }, { baseUrl: '/api' }]) {
    assert.throws(() => compago({ apiKey: KEY, ...place }), { code: 'environment', temporary: false });
  }
  const { sent, client } = answered(() => Response.json({}));
  const error = await client.paymentMethods.charge({ id: ID, amount: 120 }).then(assert.fail, (thrown) => thrown);
  assert.deepEqual([error.code, error.pointer, error.errors[0].code], ['invalid-input', '/amount', 'type-string']);
  assert.deepEqual([error.temporary, error.didNothing], [false, true], 'it is as wrong the next time');
  assert.deepEqual(sent, []);
});

test('the key is sent over https, or to this machine, wherever a baseUrl points', async () => {
  const sent = [];
  const fetch = async (url) => sent.push(String(url)) && Response.json({ status: 'PENDING' });
  const read = (baseUrl) => compago({ apiKey: KEY, baseUrl, fetch }).oneTimePayments.get({ id: ID });
  for (const baseUrl of [
    'http://api.harmony.compago.com/api', 'HTTP://proxy.example/api', 'http://192.168.1.5:4010/api', 'http://127.0.0.2/api', 'http://0.0.0.0/api',
    'http://localhost.proxy.example/api', 'http://127.0.0.1.nip.io/api', 'http://localhost@proxy.example/api', 'http://[::2]/api', 'http://localhost./api',
    'http:\\\\proxy.example\\api', 'ftp://localhost/api', 'ws://localhost/api', 'file:///api', '127.0.0.1:4010/api', 'localhost:4010/api', new URL('http://proxy.example/api'),
    'https://user:password@proxy.example/api', 'https://proxy.example/api?x=1', 'https://proxy.example/api#x',
  ]) {
    const isNone = /^127/.test(String(baseUrl));
    assert.throws(() => read(baseUrl), { code: isNone ? 'environment' : 'base-url', temporary: false, didNothing: true }, String(baseUrl));
  }
  assert.deepEqual(sent, []);
  const targets = [];
  for (const [baseUrl, base] of [
    ['https://proxy.example/api/', 'https://proxy.example/api'],
    ['http://localhost:4010/api', 'http://localhost:4010/api'],
    ['http://127.0.0.1:4010/api//', 'http://127.0.0.1:4010/api'],
    ['http://[::1]:4010/api', 'http://[::1]:4010/api'],
    [new URL('https://proxy.example'), 'https://proxy.example'],
  ]) {
    await read(baseUrl);
    targets.push(`${base}/one-time-payment/${ID}`);
  }
  assert.deepEqual(sent, targets);
});

test("a base without a path is refused at Compago's own hosts, and named elsewhere when nothing is found there", async () => {
  for (const host of ['demo.api.harmony.compago.com', 'api.harmony.compago.com']) {
    assert.throws(() => compago({ apiKey: KEY, baseUrl: `https://${host}/` }), { code: 'base-url', temporary: false, message: /`\/api`/ });
    compago({ apiKey: KEY, baseUrl: `https://${host}/api` });
  }
  const fetch = async () => Response.json({}, { status: 404 });
  for (const [baseUrl, hint] of [['http://localhost:8788', true], ['http://localhost:8788/', true], ['http://localhost:8788/api', false]]) {
    const error = await compago({ apiKey: KEY, baseUrl, fetch }).oneTimePayments.get({ id: ID }).then(assert.fail, (thrown) => thrown);
    assert.deepEqual([error.code, error.message.includes('`/api`')], ['not-found', hint], baseUrl);
  }
});

test('what creating answers has the candidate of its id', async () => {
  const input = {
    amount: '350.50', description: 'Café', externalId: 'a-1', redirectUrl: 'https://shop.example/return', homepageUrl: 'https://shop.example/',
    billingInformation: {
      email: 'ana@example.com', firstName: 'Ana', lastName: 'Ruiz', phoneNumber: '5512340000',
      address: { addressLine: 'Calle 5 10', city: 'Puebla', state: 'PUE', zip: '72000' },
    },
  };
  for (const [checkoutUrl, id] of [[`https://app.compago.com/checkout/otp/${ID}`, ID], ['https://app.compago.com/pay', null]]) {
    const { client } = answered(() => Response.json({ redirectUrl: checkoutUrl }, { status: 201 }));
    assert.deepEqual(await client.oneTimePayments.create(input), { checkoutUrl, id });
  }
});

test('a base that reads differently each time is read once', async () => {
  const sent = [];
  const fetch = async (url) => sent.push(String(url)) && Response.json({ status: 'PENDING' });
  let reads = 0;
  const baseUrl = { toString: () => (reads++ === 0 ? 'https://proxy.example/api' : 'http://evil.example/api') };
  await compago({ apiKey: KEY, baseUrl, fetch }).oneTimePayments.get({ id: ID });
  assert.deepEqual([reads, sent], [1, [`https://proxy.example/api/one-time-payment/${ID}`]]);
});
