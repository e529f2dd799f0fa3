// What stops a deployment: variables with which the Worker would refuse every order, or send its visitors elsewhere.

import { readEmbedOrigins } from './embed-origins.mjs';
import { Failure } from './failure.mjs';
import { rules } from './rules.mjs';
import { addressVariables, movedTo, requiredVariables, settingOf, workerVariables } from './settings.mjs';

/** @typedef {import('./deploy-settings.mjs').Settings} Settings */

/** Compago's hosts by the environment that they are. */
const modeOfHost = new Map([['demo.api.harmony.compago.com', 'demo'], ['api.harmony.compago.com', 'production']]);

/**
 * Fails where a setting is empty that must not be, or still the one of an example: nobody's addresses (RFC 2606), or one in angle brackets.
 *
 * @param {Settings} settings
 */
export function checkPlaceholders({ file, vars }) {
  const empty = requiredVariables.filter((name) => !vars[name]);
  if (empty.length > 0) throw new Failure(`${empty.join(' and ')} must not be empty: set ${empty.length > 1 ? 'them' : 'it'} in ${file}.`);
  for (const name of addressVariables) {
    const placeholder = (vars[name] ?? '').split(/[\s,]+/).find((value) => value.includes('<') || isReserved(value));
    if (placeholder) throw new Failure(`${name} is "${placeholder}", the address of an example: set your own in ${file}, or leave it empty.`);
  }
}

/** @param {string} address @returns {boolean} whether its host is one that is reserved for examples and tests */
export const isReserved = (address) =>
  URL.canParse(address) && /(?:^|\.)(?:example|invalid|test|example\.(?:com|net|org))$/.test(new URL(address).hostname);

/**
 * Fails where a number, a choice or an address is one that the Worker refuses, and every order with it.
 *
 * @param {Settings} settings
 */
export function checkValues({ file, vars }) {
  for (const [name, value] of Object.entries(vars)) {
    const { accepts, remedy } = settingOf(name);
    if (value && accepts && !accepts(value)) throw new Failure(`${name} is "${value}": ${remedy} in ${file}.`);
  }
}

/**
 * Fails where real orders would be paid with test money, or the other way round.
 *
 * @param {Settings} settings
 */
export function checkMode({ file, vars }) {
  if (!['demo', 'production'].includes(vars.MODE ?? '')) throw new Failure(`MODE is "${vars.MODE}": set "demo" or "production" in ${file}.`);
  const host = URL.canParse(vars.COMPAGO_BASE_URL ?? '') ? new URL(vars.COMPAGO_BASE_URL ?? '').hostname : '';
  const mode = modeOfHost.get(host);
  if (mode && mode !== vars.MODE) throw new Failure(`MODE is "${vars.MODE}" and COMPAGO_BASE_URL is Compago's ${mode} environment: change one of the two in ${file}.`);
}

/**
 * Fails unless the shop's origin is an https origin: with any other each page is answered and each order refused. On workers.dev it has to
 * be this Worker's: after a change of the name, each page would be redirected to the Worker of the old one.
 *
 * @param {Settings} settings
 */
export function checkOrigins({ file, name, vars }) {
  const { SHOP_ORIGIN = '', STAFF_ORIGIN = '' } = vars;
  for (const [variable, value] of Object.entries({ SHOP_ORIGIN, STAFF_ORIGIN })) {
    if (!value) continue;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (url?.protocol !== 'https:' || url.origin !== value.toLowerCase().replace(/\/$/, '')) {
      throw new Failure(`${variable} is "${value}", which is no https origin such as https://shop.example: set it in ${file}.`);
    }
    const other = /^https:\/\/([^./]+)\.[^/]*\.workers\.dev\/?$/i.exec(value)?.[1];
    if (!other || other.toLowerCase() === name) continue;
    throw new Failure(
      `${variable} is "${value}", the address of a Worker named "${other}", and this one is named "${name}": its pages would ` +
        `redirect there. Change the name in one of the two, in ${file}.`,
    );
  }
}

/**
 * Fails unless each of the other origins whose pages may order is one, and not that of the staff: with a malformed one the Worker refuses
 * every order.
 *
 * @param {Settings} settings
 */
export function checkEmbedOrigins({ file, vars }) {
  const { STAFF_ORIGIN = '', EMBED_ORIGINS = '' } = vars;
  const name = `EMBED_ORIGINS (${file})`;
  const staff = URL.canParse(STAFF_ORIGIN) ? new URL(STAFF_ORIGIN).origin : undefined;
  for (const origin of readEmbedOrigins(EMBED_ORIGINS, { name })) {
    if (origin === staff) throw new Failure(`${name} has "${origin}", which is STAFF_ORIGIN.`);
  }
}

/**
 * Fails for those that pass {@link checkEmbedOrigins} and that the Worker's own rule refuses. The package has to be built.
 *
 * @param {Settings} settings
 */
export async function checkEmbedOriginsByRule({ file, vars }) {
  const mistakes = (await rules()).originMistakes(vars.EMBED_ORIGINS ?? '');
  if (mistakes.length > 0) throw new Failure(`The Worker would refuse EMBED_ORIGINS (${file}): ${mistakes.join('; ')}.`);
}

/**
 * Returns the variables that are set but that the Worker does not read, such as a limit whose name is misspelt: its default would apply
 * silently.
 *
 * @param {Settings} settings
 * @returns {string[]} a line for each
 */
export function unreadVariables({ file, vars }) {
  const unread = Object.keys(vars).filter((name) => !workerVariables.includes(name));
  return unread.map((name) => movedTo(name) ?? `The Worker reads no variable ${name}: check its name in ${file}.`);
}
