// What Cloudflare says about an account and a Worker, by wrangler's documented commands and one call of Cloudflare's API that has none.

import { Failure } from './failure.mjs';
import { inPackage, inProject } from './paths.mjs';
import { run } from './run.mjs';

export const wrangler = inPackage('wrangler', 'bin', 'wrangler.js');

/** Turns off wrangler's metrics and, with its banner, the check for a newer version. */
export const quiet = { CI: '1', WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true', WRANGLER_LOG_PATH: inProject('.build', 'wrangler') };

/** How long Cloudflare may take to answer. */
const TIMEOUT_MS = 20_000;

/** Cloudflare's code for an account that has no name on workers.dev yet. */
const NO_SUBDOMAIN = 10_007;

/** @typedef {{ token?: string, key?: string, email?: string }} Credentials those that wrangler uses */

/** @returns {Promise<Credentials>} */
export async function signedIn() {
  try {
    return await wranglerJson(['auth', 'token', '--json']);
  } catch (error) {
    if (!(error instanceof Failure) || !/not logged in/i.test(error.message)) throw error;
    throw new Failure('Wrangler is not signed in to Cloudflare: run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.');
  }
}

/** @returns {Promise<string>} the account of somebody who has named none, as wrangler chooses it */
export async function onlyAccount() {
  const { accounts = [] } = await wranglerJson(['whoami', '--json']);
  if (accounts.length === 1) return accounts[0].id;
  const named = accounts.map((/** @type {{ id: string, name: string }} */ { id, name }) => `${name} (${id})`).join(', ');
  throw new Failure(
    named
      ? `You have several accounts at Cloudflare: ${named}. Name one as "account_id" in wrangler's file, or in CLOUDFLARE_ACCOUNT_ID.`
      : 'The token of Cloudflare does not say which account it is for: set CLOUDFLARE_ACCOUNT_ID.',
  );
}

/**
 * Finds where a Worker answers without a domain.
 *
 * @param {string} name of the Worker
 * @param {string} account
 * @param {Credentials} credentials
 * @returns {Promise<string>} an origin
 */
export async function workersDevOrigin(name, account, credentials) {
  const { success, result, errors = [] } = await callApi(`/accounts/${account}/workers/subdomain`, credentials);
  if (success && result?.subdomain) return `https://${name}.${result.subdomain}.workers.dev`;
  if (success || errors.some(({ code }) => code === NO_SUBDOMAIN)) {
    throw new Failure(
      `SHOP_ORIGIN is empty, and your account has no name on workers.dev yet: choose one at https://dash.cloudflare.com/${account}/workers/onboarding, and deploy again.`,
    );
  }
  throw new Failure(`SHOP_ORIGIN is empty, and Cloudflare does not say your account's name on workers.dev (${errors.map(({ message }) => message).join('; ')}): set SHOP_ORIGIN.`);
}

/**
 * @param {string} configFile wrangler's, with the Worker's name
 * @param {string | undefined} environment
 * @param {string} account
 * @returns {Promise<string[]>} the names of the secrets that the Worker has; none if there is no such Worker
 */
export async function secretNames(configFile, environment, account) {
  const selected = environment ? ['--env', environment] : [];
  try {
    const secrets = await wranglerJson(['secret', 'list', '--format', 'json', '--config', configFile, ...selected], { CLOUDFLARE_ACCOUNT_ID: account });
    return secrets.map((/** @type {{ name: string }} */ { name }) => name);
  } catch (error) {
    if (error instanceof Failure && /Worker ".*" (?:\(env: .*\) )?not found/.test(error.message)) return [];
    throw error;
  }
}

/** @param {string[]} args of a command of wrangler that writes JSON @param {Record<string, string>} [env] */
async function wranglerJson(args, env) {
  return JSON.parse(await run(process.execPath, [wrangler, ...args], { env: { ...quiet, ...env }, answer: 'stdout' }));
}

/** @typedef {{ success?: boolean, result?: { subdomain?: string }, errors?: { code: number, message: string }[] }} ApiAnswer */

/** @param {string} path @param {Credentials} credentials @returns {Promise<ApiAnswer>} */
async function callApi(path, { token, key, email }) {
  const base = process.env.CLOUDFLARE_API_BASE_URL || 'https://api.cloudflare.com/client/v4';
  /** @type {Record<string, string>} */
  const headers = token ? { Authorization: `Bearer ${token}` } : { 'X-Auth-Key': key ?? '', 'X-Auth-Email': email ?? '' };
  try {
    const answer = await fetch(base + path, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return await answer.json();
  } catch (error) {
    return { errors: [{ code: 0, message: /** @type {Error} */ (error).message }] };
  }
}
