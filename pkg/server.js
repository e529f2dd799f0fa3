// Compago's own calls, for servers.
import { headerValue, isPrivate, misuse, overHttps } from './misuse.js';
import { snapshot } from './snapshot.js';
import { CompagoError } from './status.js';
import { limited, waitAsked } from './waits.js';

const HOSTS = {
  production: 'https://api.harmony.compago.com/api',
  demo: 'https://demo.api.harmony.compago.com/api',
};

/** The longest answer that is read. */
const MAX_BYTES = 16 * 2 ** 20;

export function serverOf(engine) {
  /** Returns a client of Compago's API. The key is sent to Compago alone, and is in no error. */
  const compago = (options = {}) => {
    const { apiKey, environment, baseUrl = HOSTS[environment], fetch: send = globalThis.fetch, language = 'en', timeoutMs = 10_000 } = options;
    const keyless = 'Pass `apiKey`, from app.compago.com, Configuraciones > Desarrollador.';
    const key = headerValue(apiKey, 'api-key', keyless);
    if (!key) throw misuse('api-key', keyless);
    const base = baseOf(baseUrl);

    const call = async (name, given, { signal } = {}) => {
      await engine.load();
      const { prepare, read } = engine.exports;
      const input = snapshot(given);
      const { method, target, body, errors } = prepare(name, input, language);
      if (errors) throw misuse(errors.length > 0 ? 'invalid-input' : 'unknown-call', errors[0]?.detail, errors);
      const limit = limited(timeoutMs, signal);
      let response;
      let bytes;
      try {
        signal?.throwIfAborted();
        response = await send(base + target, {
          method,
          headers: { accept: 'application/json', 'x-api-key': key, ...(body !== undefined && { 'content-type': 'application/json' }) },
          body,
          // A redirect could take the key elsewhere.
          redirect: 'manual',
          signal: limit.signal,
        });
        bytes = await bounded(response);
      } catch (cause) {
        signal?.throwIfAborted();
        throw new CompagoError({ code: 'unreachable', detail: 'Compago did not answer: the call may have been carried out.' }, 0, null, cause);
      } finally {
        limit.end();
      }
      const retryAfter = response.headers.get('retry-after');
      const asked = waitAsked(retryAfter);
      // As the core counts them: whole seconds of 32 bits.
      const seconds = asked === undefined ? undefined : Math.min(Math.ceil(asked / 1000), 2 ** 32 - 1);
      // A browser-like fetch hides a redirect behind the status 0.
      const outcome = read(name, input, response.status || 302, seconds, bytes);
      if (outcome?.answer) return outcome.answer;
      if (outcome) {
        const { refusal: code, minimum, didNothing } = outcome;
        const elsewhere = code === 'not-found' && pathless(base) ? ` ${pathMissing}` : '';
        const detail = didNothing ? `Compago refused: ${code}.${elsewhere}` : `Compago gave no clear answer (${code}): the call may have been carried out.`;
        throw new CompagoError({ code, minimum, didNothing, detail }, response.status, retryAfter);
      }
      throw new CompagoError({ code: 'unreadable', detail: 'The answer does not belong to this call, which may have been carried out.' }, 0);
    };
    const named = (resource, ...verbs) =>
      Object.fromEntries(verbs.map((verb) => [verb, (input = {}, more) => call(`${resource}.${verb}`, input, more)]));
    return {
      oneTimePayments: named('one-time-payment', 'create', 'get', 'list', 'cancel'),
      paymentIntents: named('payment-intent', 'create', 'get', 'cancel'),
      paymentMethods: named('payment-method', 'create', 'get', 'list', 'revoke', 'charge', 'payments', 'payment', 'refund'),
    };
  };

  return { compago, load: (source) => engine.load(source) };
}

/** Returns the base URL without trailing slashes. The key is sent over https only, or to this machine, as by the Worker. */
function baseOf(given) {
  let url;
  try {
    url = new URL(given);
  } catch {
    throw misuse('environment', "Pass `environment`, 'demo' or 'production', or a `baseUrl`.");
  }
  if (!isPrivate(url)) throw misuse('base-url', `Pass a \`baseUrl\` ${overHttps}: the key is sent there.`);
  if (url.username || url.password || url.search || url.hash)
    throw misuse('base-url', 'Pass a `baseUrl` without user name, password, query and fragment.');
  const base = url.href.replace(/\/+$/, '');
  if (Object.values(HOSTS).some((host) => new URL(host).host === url.host) && pathless(base)) throw misuse('base-url', pathMissing);
  return base;
}

/** On other hosts than Compago's own the API may be at any path. */
const pathless = (base) => new URL(base).pathname === '/';
const pathMissing = "The `baseUrl` has no path: Compago's API is below `/api`, such as https://demo.api.harmony.compago.com/api.";

/** Returns the bytes of a body, up to the limit. */
async function bounded({ body }) {
  const reader = body?.getReader();
  const chunks = [];
  for (let size = 0; reader; ) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > MAX_BYTES) {
      await reader.cancel();
      throw new RangeError('the answer is too large');
    }
    chunks.push(value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
