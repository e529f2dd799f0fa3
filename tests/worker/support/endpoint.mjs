import { createServer } from 'node:http';
import { checkSignature } from '../../../scripts/receiver.mjs';

/**
 * A merchant's endpoint that answers as given, and records every delivery with the result of verifying its signature.
 *
 * @param {(delivery: Delivery, response: import('node:http').ServerResponse) => void | Promise<void>} answer
 * @param {{ secret: string, port?: number }} options
 *
 * @typedef {{ id: string, at: number, path: string, body: any, text: string, headers: import('node:http').IncomingHttpHeaders,
 *   refusal: string | undefined }} Delivery refusal is the reason of an invalid signature
 */
export async function startEndpoint(answer, { secret, port = 0 }) {
  /** @type {Delivery[]} */
  const deliveries = [];
  const server = createServer(async (request, response) => {
    const text = await bodyOf(request);
    // The sender was killed before it had sent all of it.
    if (text === undefined) return;
    const delivery = {
      id: String(request.headers['webhook-id']),
      at: Date.now(),
      path: request.url ?? '',
      body: JSON.parse(text),
      text,
      headers: request.headers,
      refusal: checkSignature(request.headers, text, secret, Date.now()),
    };
    deliveries.push(delivery);
    await answer(delivery, response);
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve(undefined)));
  const { port: bound } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${bound}/hooks`,
    deliveries,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** @param {import('node:http').IncomingMessage} request @returns {Promise<string | undefined>} the whole body, or none */
async function bodyOf(request) {
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Answers one status after the other, the last one for ever. @param {(number | [number, Record<string, string>])[]} answers */
export function inTurn(...answers) {
  let next = 0;
  return (/** @type {unknown} */ _delivery, /** @type {import('node:http').ServerResponse} */ response) => {
    const turn = answers[Math.min(next, answers.length - 1)];
    next += 1;
    const [status, headers] = Array.isArray(turn) ? turn : [turn, {}];
    response.writeHead(status, headers).end();
  };
}
