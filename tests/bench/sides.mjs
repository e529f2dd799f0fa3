// The two sides of a comparison in bare workerd: the Worker, and the same work written by hand in JavaScript.

import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Failure } from '../../scripts/failure.mjs';
import { inRoot, testSiteDir } from '../../scripts/paths.mjs';
import { startWorker } from '../../scripts/processes.mjs';
import { startStack } from '../support/stack.mjs';

/** How many requests are sent at once. */
export const CONNECTIONS = 16;

/** The defaults, which only the Worker knows. */
const LIMITS = { LIMIT_CREATE_PER_MINUTE: '20', LIMIT_OPEN_PER_ADDRESS: '30', LIMIT_OPEN_PER_SHOP: '20000' };

const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** @typedef {{ name: string, port: number, pid: number }} Side */
/** @typedef {{ method?: string, path: string, headers?: Record<string, string>, body?: string }} Sent */
/** @typedef {{ status: number, headers: http.IncomingHttpHeaders, text: string }} Answer */

/**
 * Runs a comparison with both sides, which have the same variables and call the same sandbox.
 *
 * @template T
 * @param {(sides: { ours: Side, byHand: Side }) => Promise<T>} compare
 * @returns {Promise<T>}
 */
export async function withSides(compare) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'compago-edge-bench-'));
  const stack = await startStack({ env: LIMITS });
  try {
    const byHand = await startWorker({ dataDir, variables: stack.variables, config: inRoot('tests', 'bench', 'by-hand.capnp'), site: testSiteDir, logFile: path.join(dataDir, 'worker.log') });
    try {
      const ours = { name: 'Worker', port: Number(new URL(stack.url).port), pid: stack.workerPid() ?? 0 };
      return await compare({ ours, byHand: { name: 'by hand', port: byHand.port, pid: byHand.pid ?? 0 } });
    } finally {
      await byHand.stop();
    }
  } finally {
    agent.destroy();
    await stack.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/**
 * Sends `count` requests, {@link CONNECTIONS} of them at once.
 *
 * @param {Side} side @param {number} count @param {(index: number) => Sent} request @param {number} status that each must have
 * @returns {Promise<Answer[]>}
 */
export async function sendAll(side, count, request, status) {
  /** @type {Answer[]} */
  const answers = [];
  let sent = 0;
  const one = async () => {
    while (sent < count) {
      const index = sent;
      sent += 1;
      answers[index] = await exchange(side, request(index));
      if (answers[index].status !== status) throw new Failure(`${side.name} answered ${answers[index].status}: ${answers[index].text}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
  return answers;
}

/**
 * The comparison is fair only while both say the same: the same headers, and the same fields with values of one form.
 *
 * @param {Answer} mine @param {Answer} other
 */
export function checkAlike(mine, other) {
  const form = (/** @type {Answer} */ { status, headers, text }) => ({ status, headers: withoutDate(headers), body: formOf(text) });
  if (isDeepStrictEqual(form(mine), form(other))) return;
  throw new Failure(`The two sides do not answer alike:\n${JSON.stringify([form(mine), form(other)], null, 2)}`);
}

/** @param {http.IncomingHttpHeaders} headers */
const withoutDate = ({ date, 'content-length': length, location, ...rest }) => ({ ...rest, location: typeof location });

/** @param {string} text JSON, or nothing */
const formOf = (text) => text && Object.fromEntries(Object.entries(JSON.parse(text)).map(([name, value]) => [name, typeof value]));

/** @param {{ port: number }} side @param {Sent} sent @param {http.Agent} [through] whose connections are used @returns {Promise<Answer>} */
export function exchange(side, sent, through = agent) {
  const { method = 'GET', path, headers = {}, body } = sent;
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port: side.port, method, path, agent: through, headers: { host: `localhost:${side.port}`, ...headers } });
    // workerd may close a kept connection just when it is used again: then it answers nothing.
    request.once('error', (error) => (request.reusedSocket ? resolve(exchange(side, sent, through)) : reject(error)));
    request.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => (text += part));
      response.once('error', reject);
      response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.end(body);
  });
}
