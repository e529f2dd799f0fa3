import assert from 'node:assert/strict';
import http from 'node:http';
import { posix } from 'node:path';
import { assertAnswer, openapi } from '../openapi.mjs';

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {string} text
 * @property {any} body the text parsed as JSON, if it is JSON
 */

/** Header values of every answer. */
const SECURITY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

const routes = Object.keys(openapi.paths).map((path) => ({
  path,
  pattern: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
}));

let lastAddress = 0;

/** An address that no other call of this process uses, so that its limits are unused. */
export function newAddress() {
  lastAddress += 1;
  return `10.${(lastAddress >> 16) & 255}.${(lastAddress >> 8) & 255}.${lastAddress & 255}`;
}

/**
 * A client of the Worker that sends paths unchanged and follows no redirects. It checks the security headers of each answer,
 * and answers of the API against `/openapi.json`.
 *
 * @param {string} origin
 */
export function clientOf(origin) {
  const { host, port } = new URL(origin);
  // A connection for each request: a kept one may be closed by a busy workerd just when the next request is sent on it.
  const agent = new http.Agent({ keepAlive: false, maxSockets: 256 });

  /**
   * @param {string} method
   * @param {string} path with its query, sent unchanged
   * @param {{ body?: unknown, text?: string | Buffer, headers?: Record<string, string | undefined>, ip?: string,
   *   signal?: AbortSignal }} [options]
   *   body is sent as JSON, text unchanged
   * @returns {Promise<Answer>}
   */
  async function send(method, path, { body, text, headers = {}, ip = newAddress(), signal } = {}) {
    const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const sent = {
      host,
      'cf-connecting-ip': ip,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(payload === undefined ? {} : { 'content-length': String(Buffer.byteLength(payload)) }),
      ...headers,
    };
    const answer = await exchange(method, path, sent, payload, signal);
    const [pathname] = path.split('?');
    assertSecured(answer, `${method} ${pathname}`);
    assertUnshared(answer, resolved(pathname), headers.origin, `${method} ${pathname}`);
    if (pathname.startsWith('/api/') || pathname === '/healthz') assertDocumented(method, pathname, answer);
    return answer;
  }

  /** @returns {Promise<Answer>} */
  function exchange(method, path, headers, payload, signal) {
    const known = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
    return new Promise((resolve, reject) => {
      const request = http.request({ host: '127.0.0.1', port, method, path, headers: known, agent, signal });
      request.once('error', reject);
      request.once('response', async (response) => {
        try {
          const chunks = [];
          for await (const chunk of response) chunks.push(chunk);
          const text = Buffer.concat(chunks).toString('utf8');
          const isJson = /^application\/(problem\+)?json/.test(response.headers['content-type'] ?? '') && text !== '';
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined });
        } catch (error) {
          reject(error);
        }
      });
      request.end(payload);
    });
  }

  return { send, close: () => agent.destroy() };
}

/** @param {Answer} answer @param {string} name */
function assertSecured({ headers }, name) {
  for (const [header, value] of Object.entries(SECURITY)) {
    assert.equal(headers[header], value, `${name}: ${header}`);
  }
  assert.match(headers['strict-transport-security'] ?? '', /^max-age=31536000(; includeSubDomains)?$/, name);
}

/** The path as the Worker sees it: its runtime resolves dots, unless they are encoded. @param {string} target */
const resolved = (target) => (/\/\.{1,2}(\/|$)/.test(target) ? posix.normalize(target) : target);

/**
 * Pages of other origins may load what is below `/pkg/`, and read what the shop's API answers to a page that it names.
 *
 * @param {Answer} answer @param {string} pathname @param {string | undefined} origin @param {string} name
 */
function assertUnshared({ headers }, pathname, origin, name) {
  const isPackage = pathname.startsWith('/pkg/');
  assert.equal(headers['cross-origin-resource-policy'], isPackage ? 'cross-origin' : 'same-origin', `${name}: cross-origin-resource-policy`);
  assert.equal(headers['access-control-allow-credentials'], undefined, name);
  const reader = headers['access-control-allow-origin'];
  if (isPackage) assert.equal(reader, '*', name);
  else if (pathname.startsWith('/api/shop/') && origin !== undefined && reader !== undefined) assert.equal(reader, origin, name);
  else assert.deepEqual(Object.keys(headers).filter((header) => header.startsWith('access-control-')), [], name);
}

/** @param {string} method @param {string} pathname @param {Answer} answer */
function assertDocumented(method, pathname, answer) {
  const name = `${method} ${pathname}`;
  assert.equal(answer.headers['cache-control'], 'no-store', `${name}: cache-control`);
  const isAllowed = method === 'OPTIONS' && answer.status === 204;
  if (method === 'HEAD' || isAllowed) return assert.equal(answer.text, '', name);
  const path = routes.find(({ pattern }) => pattern.test(pathname))?.path ?? pathname;
  // A preflight is refused like the request that it is for.
  const asked = method === 'OPTIONS' && answer.status === 403 ? Object.keys(openapi.paths[path])[0].toUpperCase() : method;
  assertAnswer(asked, path, answer.status, answer.body ?? answer.text);
  if (answer.status < 400 || pathname === '/healthz') return;
  assert.match(answer.headers['content-type'] ?? '', /^application\/problem\+json/, name);
  const waits = answer.status === 429 || answer.status === 503;
  if (waits) assert.match(answer.headers['retry-after'] ?? '', /^[1-9][0-9]*$/, `${name}: retry-after`);
}
