// Every setting of the Worker: what it is, and how a person comes by its value.

import { documentAt } from './paths.mjs';

/**
 * @typedef {object} Setting
 * @property {string} what it is, as the end of a sentence that begins with its name
 * @property {string} remedy what to do where it is missing or cannot be used, as the beginning of a sentence
 * @property {boolean} [isSecret] nobody else may know it: kept at Cloudflare and in .dev.vars, not in wrangler's file
 * @property {boolean} [isRequired] only a person can give it: without it there are no orders, or nobody sees them
 * @property {boolean} [isAddress] one, or several
 * @property {boolean} [isLimit] how much visitors and tills may cause; each has a default
 * @property {(text: string) => boolean} [accepts] whether the Worker takes a text for it that is not empty; said of those that nothing else judges
 */

/** @param {number} most @param {string} [otherwise] @returns {Pick<Setting, 'remedy' | 'accepts'>} of a whole number from 1 */
const upTo = (most, otherwise = ', or leave the line out') => ({
  remedy: `write a whole number from 1 to ${most}${otherwise}`,
  accepts: (text) => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= most,
});
const rate = upTo(1000);
const open = upTo(100_000);

/**
 * By the name of the secret or variable. One that is not set reaches the Worker as an empty text.
 *
 * @type {Record<string, Setting>}
 */
export const settings = {
  MODE: { isRequired: true, what: "which of Compago's environments it is", remedy: 'write "demo" or "production"' },
  COMPAGO_BASE_URL: {
    isRequired: true,
    isAddress: true,
    what: "the address of Compago's API",
    remedy: 'write "https://demo.api.harmony.compago.com/api" for the demo, "https://api.harmony.compago.com/api" for production',
  },
  CHECKOUT_ORIGINS: { isRequired: true, isAddress: true, what: "the origins of Compago's payment pages", remedy: 'write "https://app.compago.com"' },
  SHOP_ORIGIN: { isAddress: true, what: 'where customers see the shop', remedy: 'write its https origin, such as "https://tienda.example", with nothing behind the host' },
  STAFF_ORIGIN: { isAddress: true, what: 'where the desk and the till are', remedy: "write an https origin, or leave it empty for the shop's" },
  EMBED_ORIGINS: { isAddress: true, what: 'the origins of your pages on other hosts that sell', remedy: 'write exact https origins with a space between them, or leave it empty' },
  WEBHOOK_URL: { isAddress: true, what: 'where your own system is notified of payments', remedy: 'write an https address, or leave it empty', accepts: (text) => URL.canParse(text) && text.startsWith('https://') },
  SOLE_CHARGER: { what: 'whether nothing else charges the cards that are saved here', remedy: 'write "true" or "false"', accepts: (text) => ['true', 'false'].includes(text) },
  RETAIN_DAYS: { what: "for how many days a customer's data is kept at most", ...upTo(365, '') },
  LIMIT_CREATE_PER_MINUTE: { isLimit: true, what: 'how many orders and other attempts one address may make in a minute', ...rate },
  LIMIT_OPEN_PER_ADDRESS: { isLimit: true, what: 'how many unpaid payment links of one address can be open at once', ...open },
  LIMIT_OPEN_PER_NETWORK: { isLimit: true, what: 'how many unpaid payment links of one network can be open at once', ...open },
  LIMIT_OPEN_PER_SHOP: { isLimit: true, what: 'how many unpaid payment links of the shop can be open at once', ...open },
  LIMIT_CHARGE_PER_MINUTE: { isLimit: true, what: 'how many charges at terminals there may be in a minute, for each of the two roles', ...rate },
  LIMIT_FAILURES_PER_MINUTE: { isLimit: true, what: 'how many wrong tokens one address may send in a minute', ...rate },
  COMPAGO_API_KEY: {
    isSecret: true,
    isRequired: true,
    what: 'the API key of your Compago account',
    remedy: 'copy it from app.compago.com, "Configuraciones" > "Desarrollador"',
  },
  OPERATOR_TOKEN: { isSecret: true, isRequired: true, what: "the key that opens the shop's desk", remedy: keepable() },
  CASHIER_TOKEN: { isSecret: true, what: 'the key that opens the till; without one there is no till', remedy: `leave it out, or ${keepable()}` },
  SIGNING_KEY: {
    isSecret: true,
    what: 'what addresses of orders and sessions are signed with',
    remedy: `leave it out, or make one with ${node("crypto.randomBytes(48).toString('base64')")}`,
  },
  WEBHOOK_SECRET: {
    isSecret: true,
    what: 'what webhooks are signed with',
    remedy: `leave it out, or make one with ${node("'whsec_' + crypto.randomBytes(32).toString('base64')")}`,
  },
};

/** What the Worker once read from variables, by the field of the shop's file where it is now. */
const moved = new Map([['SHOP_ZONE', 'timeZone'], ['LINK_MINUTES', 'linkMinutes']]);

/** @param {(setting: Setting) => boolean | undefined} [has] @returns {string[]} the names of those settings */
const named = (has = () => true) => Object.keys(settings).filter((name) => settings[name] && has(settings[name]));

/** Every secret and variable the Worker reads. */
export const workerVariables = named();
export const secretVariables = named(({ isSecret }) => isSecret);
export const limitVariables = named(({ isLimit }) => isLimit);
export const addressVariables = named(({ isAddress }) => isAddress);

/** What only a person can give, as a secret and in wrangler's file. */
export const requiredSecrets = named(({ isSecret, isRequired }) => isSecret && isRequired);
export const requiredVariables = named(({ isSecret, isRequired }) => !isSecret && isRequired);

/** @type {Record<string, Setting>} what the Worker needs beside settings */
const bindings = {
  SETTINGS: { what: 'the binding of the object that keeps generated secrets', remedy: 'deploy with `npm run deploy`, which adds missing bindings' },
};

/** @param {string} name @returns {Setting} of a Worker that may be newer than this */
export const settingOf = (name) =>
  settings[name] ?? bindings[name] ?? { what: 'a setting that this version of the command does not know', remedy: 'bring the command to the version of the Worker' };

/** @param {string} name of a variable that is set @returns {string | undefined} where to write it instead, if it has moved to the shop's file */
export const movedTo = (name) =>
  moved.has(name) ? `The Worker reads ${name} no more: write ${moved.get(name)} in the shop's file instead (${documentAt('shop.md')}).` : undefined;

function keepable() {
  return `make one with ${node("crypto.randomBytes(32).toString('hex')")} and keep it in your password manager`;
}

/** @param {string} expression @returns {string} the command that prints it, in every shell */
function node(expression) {
  return `\`node -p "${expression}"\``;
}
