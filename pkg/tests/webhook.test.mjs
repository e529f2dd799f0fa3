// What a server may pass for a webhook. The built package is used: `npm run build` makes it.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { CompagoError, verifyWebhook } from '../dist/webhook.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OLDER = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDx2Qe8Yp3+Eg=';
const BODY = '{"type":"order.paid","timestamp":"2026-03-01T18:00:00.000Z","data":{"reference":"K7Q2-M9XD-3FHT"}}';

/** A webhook of so many seconds ago. */
function signed({ body = BODY, ago = 0, secret = SECRET } = {}) {
  const timestamp = String(Math.floor(Date.now() / 1000) - ago);
  const mac = createHmac('sha256', Buffer.from(secret.slice(6), 'base64')).update(`evt_1.${timestamp}.${body}`).digest('base64');
  return { headers: { 'webhook-id': 'evt_1', 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` }, body };
}

/** @returns {Promise<CompagoError>} */
async function refusal(request, secrets = SECRET, options) {
  const error = await verifyWebhook(request, secrets, options).then(assert.fail, (thrown) => thrown);
  assert.ok(error instanceof CompagoError, String(error));
  return error;
}

test('headers and body are taken in each form in which frameworks give them', async () => {
  const { headers, body } = signed();
  const bytes = new TextEncoder().encode(body);
  const apart = new Uint8Array([0, ...bytes]).subarray(1);
  const named = (change) => Object.fromEntries(Object.entries(headers).map(change));
  const capitals = named(([name, value]) => [name.replace(/\b\w/g, (letter) => letter.toUpperCase()), value]);
  const requests = [
    new Request('https://shop.example/hooks', { method: 'POST', headers, body }),
    ...[body, bytes, apart, bytes.buffer, Buffer.from(body)].map((one) => ({ headers, body: one })),
    ...[new Headers(headers), capitals, named(([name, value]) => [name, [value]])].map((some) => ({ headers: some, body })),
  ];
  for (const [index, request] of requests.entries()) assert.equal((await verifyWebhook(request, SECRET)).id, 'evt_1', String(index));
});

test('a body that was parsed, or read before, is said to be so, and the webhook comes again', async () => {
  const { headers, body } = signed();
  const used = new Request('https://shop.example/hooks', { method: 'POST', headers, body });
  await used.text();
  for (const request of [{ headers, body: JSON.parse(body) }, { headers, body: undefined }, { headers, body: new Blob([body]).stream() }, used]) {
    const error = await refusal(request);
    assert.deepEqual([error.code, error.status], ['webhook-body', 500]);
    assert.match(error.message, /^Pass a Request.* raw body/);
  }
});

test("a framework's own request is refused by its name", async () => {
  const { headers, body } = signed();
  const parsed = JSON.parse(body);
  const node = { headers, rawHeaders: ['webhook-id', 'evt_1'] };
  const fetched = new Request('https://shop.example/hooks', { method: 'POST', headers, body });
  for (const [name, request, way] of [
    ['Express with express.json()', { ...node, body: parsed }, /Express.*express\.raw/],
    ['Express without a parser', { ...node, body: undefined }, /Express.*express\.raw/],
    ['Fastify', { headers, body: parsed, raw: node }, /Fastify.*parseAs/],
    ['Koa', { req: node, res: {}, headers, body: parsed }, /Koa.*ctx\.req/],
    ["Hono's c.req", { raw: fetched, header: () => ({}), arrayBuffer: () => fetched.arrayBuffer() }, /Hono.*c\.req\.raw/],
    ["Hono's c", { req: { raw: fetched }, header: () => {} }, /Hono.*c\.req\.raw/],
    ['Nitro', { node: { req: node }, headers: new Headers(headers) }, /Nitro.*readRawBody/],
    ['h3 2', { req: fetched, headers: fetched.headers }, /event\.req/],
    ['a body alone', { body }, /`\{ headers, body \}`/],
    ['text', body, /`\{ headers, body \}`/],
    ['nothing', undefined, /`\{ headers, body \}`/],
    ['null', null, /`\{ headers, body \}`/],
    ['headers that are none', { headers: null, body }, /`\{ headers, body \}`/],
  ]) {
    const error = await refusal(request);
    assert.deepEqual([error.code, error.status, error.temporary], ['webhook-body', 500, true], name);
    assert.match(error.message, way, name);
  }
  const raw = { ...node, body: Buffer.from(body) };
  assert.equal((await verifyWebhook(raw, SECRET)).id, 'evt_1', 'behind express.raw the body is the raw one');
  assert.equal((await verifyWebhook({ ...raw, rawHeaders: undefined, raw: node }, SECRET)).id, 'evt_1', 'and behind a raw parser of Fastify');
});

test('a secret may come without its sign', async () => {
  assert.equal((await verifyWebhook(signed(), SECRET.slice('whsec_'.length))).id, 'evt_1');
  assert.equal((await verifyWebhook(signed({ secret: OLDER }), [SECRET.slice(6), OLDER.slice(6)])).id, 'evt_1');
});

test('bytes of another realm are bytes', async () => {
  const { headers, body } = signed();
  const bytes = runInNewContext('new Uint8Array(given).buffer', { given: [...Buffer.from(body)] });
  assert.ok(!(bytes instanceof ArrayBuffer));
  assert.equal((await verifyWebhook({ headers, body: bytes }, SECRET)).id, 'evt_1');
});

test('a secret that is none is the server\'s own fault, and is not shown', async () => {
  for (const secrets of [[undefined], '', 'whsec_short', 'plain-text-secret', [SECRET, SECRET, SECRET]]) {
    const error = await refusal(signed(), secrets);
    assert.deepEqual([error.code, error.status], ['webhook-secret', 500]);
    assert.match(error.message, /^Pass the secret/);
    assert.doesNotMatch(error.stack, /whsec_(short|Mf)|plain-text/);
  }
});

test('what was signed by somebody else, long ago, in the future or for another body is refused', async () => {
  const altered = { ...signed(), body: BODY.replace('paid', 'held') };
  const bare = { headers: {}, body: BODY };
  const changed = (name, value) => ({ headers: { ...signed().headers, [name]: value }, body: BODY });
  const sentences = new Set();
  for (const [request, code, why] of [
    [signed({ secret: OLDER }), 'webhook-signature', /No signature matches.*`WEBHOOK_SECRET`/],
    [altered, 'webhook-signature', /to the byte/],
    [signed({ ago: 301 }), 'webhook-too-old', /this server's clock \(20\d\d-.*Z\).*more than 300 s ago/],
    [signed({ ago: -302 }), 'webhook-too-new', /this server's clock \(20\d\d-.*Z\).*in the future/],
    [bare, 'webhook-header-missing', /missing/],
    [changed('webhook-timestamp', 'yesterday'), 'webhook-timestamp', /`webhook-timestamp`/],
    [changed('webhook-id', 'x'.repeat(300)), 'webhook-id', /`webhook-id`/],
    [changed('webhook-signature', 'v2,abc'), 'webhook-signature-missing', /`webhook-signature`.*v1/],
  ]) {
    const error = await refusal(request);
    assert.deepEqual([error.code, error.status], [code, 401]);
    assert.match(error.message, why);
    sentences.add(error.message.replace(/\(.*\)/, ''));
  }
  assert.equal(sentences.size, 7, 'each has a sentence of its own');
  assert.equal((await verifyWebhook(signed({ secret: OLDER }), [SECRET, OLDER])).type, 'order.paid');
});

test('no tolerance makes an old webhook good by its form', async () => {
  for (const toleranceSeconds of [-1, NaN, 0, 3_599]) {
    assert.equal((await refusal(signed({ ago: 3_600 }), SECRET, { toleranceSeconds })).code, 'webhook-too-old', String(toleranceSeconds));
  }
  assert.equal((await verifyWebhook(signed({ ago: 3_600 }), SECRET, { toleranceSeconds: 7_200 })).id, 'evt_1');
});

test('the id is the one that was signed', async () => {
  assert.equal((await verifyWebhook(signed({ body: '{"id":"another","type":"order.paid"}' }), SECRET)).id, 'evt_1');
});
