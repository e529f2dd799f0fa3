import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { checkSignature, startReceiver } from '../../scripts/receiver.mjs';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

test('the example of the Standard Webhooks specification verifies', () => {
  const headers = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  };
  const now = 1_614_265_330_000;
  assert.equal(checkSignature(headers, '{"test": 2432232314}', secret, now), undefined);
  assert.equal(checkSignature(headers, '{"test": 2432232314}', `whsec_AAAA ${secret}`, now), undefined);
  assert.match(checkSignature(headers, '{"test": 2432232315}', secret, now) ?? '', /does not match/);
  assert.match(checkSignature(headers, '{"test": 2432232314}', secret, now + 301_000) ?? '', /too far/);
  assert.match(checkSignature({}, '', secret, now) ?? '', /missing/);
});

test('an event is printed once, also over a restart, and fails on request', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'receiver-'));
  const lines = /** @type {string[]} */ ([]);
  const options = { secret, ledger: path.join(folder, 'events.jsonl'), print: (/** @type {string} */ line) => lines.push(line) };

  let receiver = await startReceiver(options);
  receiver.fail(503, 1);
  assert.equal(await deliver(receiver.webhookUrl), 503);
  assert.equal(await deliver(receiver.webhookUrl), 200);
  await receiver.stop();
  receiver = await startReceiver(options);
  assert.equal(await deliver(receiver.webhookUrl), 200);

  assert.equal(lines.filter((line) => line.includes('order.paid  350.50 MXN  reference K7Q2M9XD3FHT')).length, 1);
  assert.match(lines.at(-1) ?? '', /counted once/);
  assert.equal(receiver.events().length, 1);
  assert.equal(receiver.events()[0]?.tries, 3);
  await receiver.stop();
  await rm(folder, { recursive: true });
});

test('a sender that is killed while it sends ends nothing', async () => {
  let tell = (/** @type {string} */ _line) => {};
  const told = new Promise((resolve) => (tell = resolve));
  const receiver = await startReceiver({ secret, print: (/** @type {string} */ line) => line.includes('could not read') && tell(line) });
  const { hostname, port } = new URL(receiver.url);
  const socket = connect(Number(port), hostname);
  socket.write('POST /webhooks HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"type":');
  // Whoever comes later is answered later: by then the receiver has read what the one before has sent.
  assert.equal(await deliver(receiver.webhookUrl), 200);
  socket.resetAndDestroy();
  assert.match(await told, /could not read POST \/webhooks/);
  assert.equal(await deliver(receiver.webhookUrl), 200);
  await receiver.stop();
});

/** @param {string} url @returns {Promise<number>} the status */
async function deliver(url) {
  const data = { reference: 'K7Q2M9XD3FHT', amount: '350.50', currency: 'MXN' };
  const body = JSON.stringify({ type: 'order.paid', timestamp: '2026-11-20T10:00:00Z', data });
  const timestamp = Math.floor(Date.now() / 1000);
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const mac = createHmac('sha256', key).update(`msg_1.${timestamp}.${body}`).digest('base64');
  const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${mac}` };
  return (await fetch(url, { method: 'POST', headers, body })).status;
}
