// The till's calls of the Worker, and the Worker's clock.
import { call, versions } from '/pkg/status.js';
import { language } from '/lib/words.js';
import { serverClock } from './server-clock.js';

const clock = serverClock(() => performance.now());
let lastAnswer = Date.now();

/** The Worker's time; undefined before its first answer. */
export const now = clock.now;

/** The time of the Worker's last answer. */
export const heardAt = () => lastAnswer;

export const signIn = (token) => send('session', { method: 'POST', body: { token } });
/** Reads the session. */
export const readSession = () => send('session');
export const signOut = () => send('session', { method: 'DELETE' });
export const create = ({ key, body }, options) =>
  send('pos/payment-intents', { ...options, method: 'POST', body, headers: { 'idempotency-key': key } });
export const cancel = (intent, options) =>
  send(`pos/payment-intents/${encodeURIComponent(intent)}/cancel`, { ...options, method: 'POST' });
const ofTerminal = (code, options) => send(`pos/terminals/${encodeURIComponent(code)}/payment-intent`, options);
const byId = (intent, options) => send(`pos/payment-intents/${encodeURIComponent(intent)}`, options);

/** Polls a charge by its id, or by its terminal while the id is unknown, and yields each new version. */
export const follow = ({ intent, terminalCode }, options) =>
  versions((more) => (intent ? byId(intent, more) : ofTerminal(terminalCode, more)), { slowestMs: 5000, ...options });

/** Resolves to the current or last charge of a terminal, undefined if it never had one. */
export async function latestOf(terminalCode, options) {
  try {
    for await (const charge of follow({ terminalCode }, options)) return charge;
  } catch (error) {
    if (error.status !== 404) throw error;
  }
  return undefined;
}

const send = (path, options) => call(path, { language: language(), onResponse: heard, ...options });

function heard(response) {
  clock.hear(response.headers.get('date'));
  lastAnswer = clock.now() ?? Date.now();
}
