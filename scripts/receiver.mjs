// The merchant's backend of `npm start` and of the tests: it checks the signature of every webhook (Standard Webhooks
// 1.0, with nothing of this project's own code), keeps a ledger and prints one line per event.
//
//   POST /webhooks   where the Worker delivers
//   GET  /events     the ledger: [{ id, type, timestamp, data, environment, receivedAt, tries }]
//   POST /fail       { status, count }: answer the next deliveries with that status

import { createHmac, timingSafeEqual } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/** @typedef {{ id: string, type: string, timestamp: string, data: any, environment?: string, receivedAt: string, tries: number }} Received
 *   tries counts every verified delivery of the event, also those that failed on request */

/** How far the sender's clock may be from ours, as the specification advises. */
const TOLERANCE_SECONDS = 300;

/**
 * @param {{ port?: number, secret: string, ledger?: string, print?: (line: string) => void, now?: () => number }} options
 *   port 0 is any free one; secret may be several, separated by spaces, while rotating; ledger is a file that makes
 *   a repeated event known after a restart as well; now is the clock by which a signature is young enough
 */
export async function startReceiver({ port = 0, secret, ledger, print = console.log, now = Date.now }) {
  const events = readLedger(ledger);
  const tries = new Map([...events].map(([id, event]) => [id, event.tries]));
  const failure = { status: 503, count: 0 };

  /** @param {import('node:http').IncomingHttpHeaders} headers @param {string} body @returns {number} the status */
  function receive(headers, body) {
    const refusal = checkSignature(headers, body, secret, now());
    if (refusal) {
      print(`receiver: refused a webhook: ${refusal}`);
      return 401;
    }
    const id = String(headers['webhook-id']);
    tries.set(id, (tries.get(id) ?? 0) + 1);
    if (failure.count > 0) {
      failure.count -= 1;
      return failure.status;
    }
    const known = events.get(id);
    if (known) {
      known.tries = tries.get(id);
      print(`receiver: ${known.type} again (${id}), counted once`);
      return 200;
    }
    const { type, timestamp, data, environment } = JSON.parse(body);
    const event = { id, type, timestamp, data, environment, receivedAt: new Date().toISOString(), tries: tries.get(id) };
    events.set(id, event);
    if (ledger) appendFileSync(ledger, `${JSON.stringify(event)}\n`);
    print(describe(event));
    return 200;
  }

  const server = createServer(async (request, response) => {
    const call = `${request.method} ${request.url}`;
    try {
      const body = await readBody(request);
      if (call === 'POST /webhooks') return response.writeHead(receive(request.headers, body)).end();
      if (call === 'GET /events') return sendJson(response, [...events.values()]);
      if (call === 'POST /fail') return sendJson(response, Object.assign(failure, JSON.parse(body)));
      response.writeHead(404).end();
    } catch (error) {
      print(`receiver: could not read ${call}: ${/** @type {Error} */ (error).message}`);
      response.writeHead(400).end();
    }
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());

  return {
    url: `http://127.0.0.1:${address.port}`,
    webhookUrl: `http://127.0.0.1:${address.port}/webhooks`,
    events: () => [...events.values()],
    /** @param {number} status @param {number} count of the next deliveries that get it */
    fail: (status, count) => void Object.assign(failure, { status, count }),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * Standard Webhooks 1.0: HMAC-SHA256 over "id.timestamp.body", any of the given signatures and secrets may match.
 *
 * @param {import('node:http').IncomingHttpHeaders} headers
 * @param {string} body as it was received
 * @param {string} secrets `whsec_` and base64, several separated by spaces
 * @param {number} now in milliseconds
 * @returns {string | undefined} why it is refused
 */
export function checkSignature(headers, body, secrets, now) {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => headers[name]);
  if (!id || !timestamp || !signatures) return 'a webhook header is missing';
  if (!(Math.abs(now / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS)) return 'its time is too far from now';
  const given = String(signatures)
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice(3), 'base64'));
  const expected = secrets.split(/\s+/).map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    return createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  });
  const matches = expected.some((mac) => given.some((other) => other.length === mac.length && timingSafeEqual(other, mac)));
  return matches ? undefined : 'the signature does not match';
}

/** @param {Received} event */
function describe({ id, type, data, environment }) {
  const amount = data?.amount === undefined ? '' : `  ${data.amount} ${data.currency ?? ''}`;
  const reference = data?.reference === undefined ? '' : `  reference ${data.reference}`;
  // What a shop has to look at before it delivers anything: only "production" is money.
  const where = environment === undefined ? '' : `  ${environment}`;
  return `receiver: ${type}${amount}${reference}${where}  (${id}, signature verified)`;
}

/** @param {string | undefined} file @returns {Map<string, Received>} */
function readLedger(file) {
  if (!file || !existsSync(file)) return new Map();
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return new Map(lines.map((line) => JSON.parse(line)).map((event) => [event.id, event]));
}

/** @param {import('node:http').IncomingMessage} request */
async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** @param {import('node:http').ServerResponse} response @param {unknown} value */
function sendJson(response, value) {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
