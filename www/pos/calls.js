// The till's calls of the Worker, and the time as the Worker has it.
import { call, versions } from '/pkg/status.js';
import { language } from '/lib/words.js';

/** How far the Worker's clock is ahead of this device's. */
let ahead = 0;
let lastAnswer = Date.now();

/** Now, by the Worker's clock: the time left must not depend on how a tablet's clock was set. */
export const now = () => Date.now() + ahead;

/** When the Worker last answered, by this device's clock. */
export const heardAt = () => lastAnswer;

export const signIn = (token) => ask('session', { method: 'POST', body: { token } });
export const signOut = () => ask('session', { method: 'DELETE' });
export const create = ({ key, body }, options) =>
  ask('pos/payment-intents', { ...options, method: 'POST', body, headers: { 'idempotency-key': key } });
export const cancel = (intent, options) =>
  ask(`pos/payment-intents/${encodeURIComponent(intent)}/cancel`, { ...options, method: 'POST' });
const ofTerminal = (code, options) => ask(`pos/terminals/${encodeURIComponent(code)}/payment-intent`, options);
const byId = (intent, options) => ask(`pos/payment-intents/${encodeURIComponent(intent)}`, options);

/** Each new version of a charge, asked for by its id, or by its terminal while nobody knows the id. */
export const follow = ({ intent, terminalCode }, options) =>
  versions((more) => (intent ? byId(intent, more) : ofTerminal(terminalCode, more)), { slowestMs: 5000, ...options });

/** The current or last charge of a terminal, as soon as the Worker answers; undefined if it never had one. */
export async function latestOf(terminalCode, options) {
  try {
    for await (const charge of follow({ terminalCode }, options)) return charge;
  } catch (error) {
    if (error.status !== 404) throw error;
  }
  return undefined;
}

const ask = (path, options) => call(path, { language: language(), onResponse: heard, ...options });

/** The Date header counts whole seconds and tells nothing of the way here: small differences are none. */
function heard(response) {
  lastAnswer = Date.now();
  const difference = Date.parse(response.headers.get('date')) + 500 - Date.now();
  if (Math.abs(difference - ahead) > 1500) ahead = difference;
}
