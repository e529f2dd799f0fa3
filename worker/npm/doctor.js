// compago-edge-worker doctor: explains what a shop on the internet says of its settings at /healthz.

import { Failure } from '../../scripts/failure.mjs';
import { complaintsOfFiles, healthOf } from '../../scripts/health.mjs';
import { settingOf } from '../../scripts/settings.mjs';
import { manifest } from './manifest.js';

/** @typedef {import('../../scripts/health.mjs').Health} Health */

/** How long the shop may take to answer. */
const TIMEOUT_MS = 15_000;

/** What a person can do about each reason for which there is no answer, by the code of the system or of Node. */
const unreachable = new Map([
  ['ENOTFOUND', 'there is no host of that name. Check the spelling; a domain that was attached just now may take some minutes'],
  ['EAI_AGAIN', 'the name cannot be looked up at the moment. Check the connection of this computer'],
  ['ECONNREFUSED', 'nothing listens there. Check the address, or start the shop'],
  ['ECONNRESET', 'the connection was cut. Try again; a domain that was attached just now may take some minutes'],
  ['UND_ERR_CONNECT_TIMEOUT', 'no connection within 10 seconds. Check the address and the connection of this computer'],
]);

/**
 * Prints what is wrong and what to do.
 *
 * @param {string} given the address of the shop
 * @param {number} [timeoutMs]
 * @throws {Failure} if the shop cannot take orders, or nothing can be learnt of it
 */
export async function examine(given, timeoutMs = TIMEOUT_MS) {
  const origin = originOf(given);
  const health = await ask(origin, timeoutMs);
  const { version, environment } = health;
  console.log(`${origin} runs compago-edge-worker ${version ?? 'of an unknown version'}${environment ? `, environment ${environment}` : ''}.`);
  const note = noteOnVersion(version);
  if (note) console.log(note);
  if (health.status !== 'ok') throw new Failure(`It cannot take orders:\n\n${findings(health).join('\n\n')}`);
  console.log(`All settings are there, and shop.json and catalog.json have no mistakes.${environment === 'production' ? '' : ' No real money moves in this environment.'}`);
  console.log(`Whether the key works, webhooks arrive and a purchase comes to its end is shown at ${origin}/operator, under the settings.`);
}

/** @param {string} given without a scheme it is https, and http on this machine @returns {string} */
function originOf(given) {
  const scheme = /^(localhost|127\.0\.0\.1)([:/]|$)/.test(given) ? 'http' : 'https';
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `${scheme}://${given}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !url.username) return url.origin;
  throw new Failure(`"${given}" is no address of a shop: give one such as https://tienda.example.`);
}

/** @param {string} origin @param {number} timeoutMs @returns {Promise<Health>} */
async function ask(origin, timeoutMs) {
  const url = `${origin}/healthz`;
  const answer = await fetch(url, { redirect: 'manual', headers: { 'accept-language': 'en' }, signal: AbortSignal.timeout(timeoutMs) }).catch((error) => {
    throw new Failure(`${origin} cannot be reached: ${reasonOf(error, timeoutMs)}.`);
  });
  const location = answer.headers.get('location');
  if (answer.status >= 300 && answer.status < 400 && location) {
    throw new Failure(`${url} redirects to ${new URL(location, url).origin}, and the Worker redirects no /healthz: give the address at which the shop itself answers.`);
  }
  const health = healthOf(await answer.text().catch(() => ''));
  if (health) return health;
  throw new Failure(`${url} answers ${answer.status}, and not as this Worker does: ${otherServer(answer)}.`);
}

/** @param {unknown} error of fetch @param {number} timeoutMs @returns {string} */
function reasonOf(error, timeoutMs) {
  const { name, cause, message } = /** @type {Error & { cause?: NodeJS.ErrnoException }} */ (error);
  if (cause?.message === 'bad port') return 'browsers and this command refuse its port. Check the number behind the colon';
  if (name === 'TimeoutError') return `it has not answered within ${timeoutMs / 1000} seconds`;
  const code = cause?.code ?? '';
  const isCertificate = /CERT|SSL|TLS|ALTNAME|SIGNATURE|ISSUER/.test(code);
  if (isCertificate) return `its certificate is not accepted (${code}). A domain that was attached just now has one after some minutes`;
  return unreachable.get(code) ?? (cause?.message || message);
}

/** @param {Response} answer @returns {string} what it may be, and what to do */
function otherServer({ status }) {
  if (status === 404) return 'no shop is deployed there. Check the address that `npm run deploy` has printed, and that the domain leads to this Worker';
  if (status === 401 || status === 403) return 'something before the Worker, such as a firewall or Cloudflare Access, refuses. Let /healthz through, or look at the shop from where it is let in';
  if (status >= 500) return 'the Worker has failed, or Cloudflare does not reach it. See its log in Cloudflare\'s dashboard, and deploy again with `npm run deploy`';
  return 'another site is there. Check the address, and that the domain leads to this Worker';
}

/** @param {string | undefined} deployed @returns {string | undefined} what to do if that is not the version of this command */
function noteOnVersion(deployed) {
  const { version: own } = manifest;
  if (!deployed || deployed === own) return undefined;
  return `This command is of version ${own}: \`npm run deploy\` puts that there; \`npm update compago-edge-worker\` brings a newer one here.`;
}

/** @param {Health} health @returns {string[]} each a setting or a mistake in a file, with what to do */
function findings(health) {
  const { missing, malformed, reasons = {}, environment } = health;
  const one = (/** @type {string} */ name, /** @type {string} */ problem) => {
    const { what, remedy, isSecret } = settingOf(name);
    return `${name} ${problem}\n  It is ${what}.\n  To mend it: ${remedy}.\n  ${placeOf(isSecret === true, environment)}`;
  };
  return [
    ...missing.map((name) => one(name, 'is missing.')),
    ...malformed.map((name) => one(name, reasons[name] ? `cannot be used: ${reasons[name]}.` : 'cannot be used as it is.')),
    ...complaintsOfFiles(health),
  ];
}

/** @param {boolean} isSecret @param {string | undefined} environment @returns {string} where a person sets it */
function placeOf(isSecret, environment) {
  if (environment === 'local') return 'In a run on your computer, `npm start` sets it: its options are listed by `npm start -- --help`.';
  const deploy = `then \`npm run deploy -- --env ${environment === 'production' ? 'production' : 'demo'}\``;
  if (!isSecret) return `It is set in wrangler.jsonc${environment ? `, under env.${environment}.vars` : ', under the vars of its environment'}; ${deploy}.`;
  return `It is a secret: set it in .dev.vars${environment ? `.${environment}` : '.demo or .dev.vars.production'}; ${deploy}.`;
}
