// Shops whose secrets the Worker generates.
import assert from 'node:assert/strict';
import { checkSignature } from '../../../scripts/receiver.mjs';
import { ownPort, secrets } from '../../support/stack.mjs';
import { inTurn, startEndpoint } from './endpoint.mjs';
import { until } from './until.mjs';
import { inWorld, operator } from './world.mjs';

export const HOUR = 60 * 60_000;
/** For longer than a failure of the settings object is remembered. */
export const FAILURE = 11_000;
export const ROTATE = '/api/operator/settings/webhook-secret/rotate';
export const GENERATED = { SIGNING_KEY: '', WEBHOOK_SECRET: '' };

export const settingsOf = async (world) => {
  const answer = await world.send('GET', '/api/operator/settings', { headers: operator });
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
};

/** @param {any} settings @param {string} name */
export const secretOf = (settings, name) => settings.secrets.find((secret) => secret.name === name);

/** Whether the secret verifies a delivery. @param {import('./endpoint.mjs').Delivery} delivery @param {string} secret */
export const verifies = ({ headers, text }, secret) => checkSignature(headers, text, secret, 1_000 * Number(headers['webhook-timestamp'])) === undefined;

/** Runs a test with an endpoint that takes every webhook. */
export async function withEndpoint(act, options, answer = inTurn(204)) {
  const endpoint = await startEndpoint(answer, { secret: secrets.WEBHOOK_SECRET, port: await ownPort() });
  const { run = inWorld, env, ...rest } = options;
  try {
    await run((world) => act(world, endpoint), { movable: true, ...rest, env: { WEBHOOK_URL: endpoint.url, ...env } });
  } finally {
    await endpoint.stop();
  }
}

/** @param {Awaited<ReturnType<typeof startEndpoint>>} endpoint @param {string} type @param {string} reference */
export const delivered = ({ deliveries }, type, reference) =>
  until(`${type} of ${reference}`, () => deliveries.find(({ body }) => body.type === type && body.data.reference === reference));
