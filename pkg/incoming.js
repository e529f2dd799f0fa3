// Reads the headers and the raw body of a request of any framework.
import { CompagoError } from './status.js';

/** Returns `{ body, header }`: the bytes, and a function that reads a header. Request objects of frameworks are refused with advice. */
export async function incomingOf(request) {
  const { headers } = request ?? {};
  const body = await bytesOf(request);
  if (typeof headers !== 'object' || headers === null) throw refusal(request);
  return { body, header: (name) => headerOf(headers, name) };
}

/** Header names are case-insensitive. Of several values, which Node passes as a list, each may be the matching signature. */
function headerOf(headers, name) {
  if (typeof headers.get === 'function') return headers.get(name) ?? undefined;
  const [, value] = Object.entries(headers).find(([key]) => key.toLowerCase() === name) ?? [];
  return value === undefined ? undefined : [value].flat().join(' ');
}

async function bytesOf(request) {
  if (!request || frameworkOf(request) === 'hono') throw refusal(request);
  let body;
  try {
    body = typeof request.arrayBuffer === 'function' ? await request.arrayBuffer() : request.body;
  } catch (cause) {
    throw refusal(request, cause);
  }
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (Object.prototype.toString.call(body) === '[object ArrayBuffer]') return new Uint8Array(body);
  throw refusal(request);
}

/** A mistake in the server: with status 500 the webhook is delivered again. */
function refusal(request, cause) {
  const detail = ways[frameworkOf(request)] ?? passRaw;
  return new CompagoError({ code: 'webhook-body', detail }, 500, null, cause);
}

/** Returns the framework of a request object, or undefined. */
function frameworkOf(request) {
  if (typeof request?.header === 'function' && typeof request.raw?.arrayBuffer === 'function') return 'hono';
  if (typeof request?.req?.raw?.arrayBuffer === 'function') return 'hono';
  if (request?.raw?.rawHeaders) return 'fastify';
  if (request?.node?.req || typeof request?.req?.arrayBuffer === 'function') return 'nitro';
  if (request?.req?.rawHeaders && request.res) return 'koa';
  if (request?.rawHeaders) return 'node';
  return undefined;
}

const passRaw =
  'Pass a Request, or `{ headers, body }` with the raw body as text or bytes: a body that was parsed and serialized again has another signature.';
const ways = {
  hono: `This is Hono's context: pass \`c.req.raw\`. ${passRaw}`,
  fastify: `This is Fastify's request with a parsed body: give the route a parser with \`parseAs: 'buffer'\` that leaves the body as it is. ${passRaw}`,
  nitro: `This is an event of Nitro: pass \`{ headers: getHeaders(event), body: await readRawBody(event) }\`, with h3 2 \`event.req\`. ${passRaw}`,
  koa: `This is Koa's context: pass \`{ headers: ctx.headers, body: await text(ctx.req) }\`, with \`text\` of node:stream/consumers. ${passRaw}`,
  node: `This is the request of Express or of Node with no raw body: put \`express.raw({ type: 'application/json' })\` before the route, and no \`express.json()\`, and pass \`{ headers: req.headers, body: req.body }\`. ${passRaw}`,
};
