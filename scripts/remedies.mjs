// What each setting of the Worker is, and how a person comes by its value.

/**
 * @typedef {object} Setting
 * @property {string} what it is, as the end of a sentence that begins with its name
 * @property {string} remedy what to do where it is missing or cannot be used, as the beginning of a sentence
 * @property {boolean} [isSecret] kept at Cloudflare and in .dev.vars, not in wrangler's file
 */

/** @type {Record<string, Setting>} */
export const settings = {
  COMPAGO_API_KEY: { isSecret: true, what: 'the API key of your Compago account', remedy: 'copy it from app.compago.com, "Configuraciones" > "Desarrollador"' },
  OPERATOR_TOKEN: { isSecret: true, what: "the key that opens the shop's desk", remedy: keepable() },
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
  MODE: { what: "which of Compago's environments it is", remedy: 'write "demo" or "production"' },
  COMPAGO_BASE_URL: { what: "the address of Compago's API", remedy: 'write "https://demo.api.harmony.compago.com/api" for the demo, "https://api.harmony.compago.com/api" for production' },
  CHECKOUT_ORIGINS: { what: "the origins of Compago's payment pages", remedy: 'write "https://app.compago.com"' },
  SHOP_ORIGIN: { what: 'where customers see the shop', remedy: 'write its https origin, such as "https://tienda.example", with nothing behind the host' },
  STAFF_ORIGIN: { what: 'where the desk and the till are', remedy: 'write an https origin, or leave it empty for the shop\'s' },
  EMBED_ORIGINS: { what: 'the origins of your pages on other hosts that sell', remedy: 'write exact https origins with a space between them, or leave it empty' },
  WEBHOOK_URL: { what: 'where your own system is told of payments', remedy: 'write an https address, or leave it empty' },
  SOLE_CHARGER: { what: 'whether nothing else charges the cards that are saved here', remedy: 'write "true" or "false"' },
  RETAIN_DAYS: { what: "for how many days a customer's data is kept at most", remedy: 'write a number from 1 to 365' },
};

/** @type {Record<string, Setting>} what the Worker needs beside settings */
const bindings = {
  SETTINGS: { what: 'the binding of the object that keeps generated secrets', remedy: 'deploy with `npm run deploy`, which adds missing bindings' },
};

/** @param {string} name @returns {Setting} */
export const settingOf = (name) => settings[name] ?? bindings[name] ?? { what: 'a limit', remedy: 'write a whole number, or leave the line out' };

function keepable() {
  return `make one with ${node("crypto.randomBytes(32).toString('hex')")} and keep it in your password manager`;
}

/** @param {string} expression @returns {string} the command that prints it, in every shell */
function node(expression) {
  return `\`node -p "${expression}"\``;
}
