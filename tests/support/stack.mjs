import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { testSiteDir } from '../../scripts/paths.mjs';
import { isFree, nativeSandbox, startSandbox, startWorker } from '../../scripts/processes.mjs';
import { startReceiver } from '../../scripts/receiver.mjs';
import { fetchOnce } from './fetch-once.mjs';
import { siteWith } from './own-shop.mjs';
import { restore } from './stored.mjs';

/** Secrets of a test run: known, so that tests can sign in and look for leaks. */
export const secrets = {
  COMPAGO_API_KEY: 'sandbox-key',
  OPERATOR_TOKEN: 'operator-token-of-the-tests-0123456789',
  CASHIER_TOKEN: 'cashier-token-of-the-tests-0123456789',
  SIGNING_KEY: 'c2lnbmluZy1rZXktb2YtdGhlLXRlc3RzLTAxMjM0NTY3ODk=',
  WEBHOOK_SECRET: 'whsec_d2ViaG9vay1zZWNyZXQtb2YtdGhlLXRlc3RzLTAxMjM0NQ==',
};

/** The built Worker with a clock that `later` puts forward. */
export const movableClock = fileURLToPath(new URL('clock.capnp', import.meta.url));
/** The same over a storage of another time. */
const storedClock = fileURLToPath(new URL('stored.capnp', import.meta.url));

/**
 * The whole on free ports with a data folder of its own: sandbox, built Worker in workerd, receiver.
 * `env` overrides or adds Worker variables; `sandboxArgs` are added to the sandbox's command line; `movable` gives the
 * Worker a clock that `later` puts forward; `site` is another folder of static files than that of the tests' shop, and `shop` has fields
 * that are to be otherwise in the shop's file; `stored` is what an earlier stack has stored: its time stands still until `thaw`.
 *
 * @param {{ env?: Record<string, string>, sandboxArgs?: string[], config?: string, movable?: boolean, site?: string, shop?: Record<string, unknown>,
 *   stored?: import('./stored.mjs').Snapshot }} [options]
 */
export async function startStack({ env = {}, sandboxArgs = [], movable = false, config = movable ? movableClock : undefined, site, shop, stored } = {}) {
  let ahead = stored ? stored.at - Date.now() : 0;
  let stillAt = 0;
  const dataDir = await mkdtemp(path.join(tmpdir(), 'compago-edge-'));
  const logFile = path.join(dataDir, 'worker.log');
  site ??= shop ? await siteWith(shop, dataDir) : testSiteDir;
  const port = await ownPort();
  const restored = stored ? await restore(stored, dataDir, ahead) : [];
  const sandbox = await startSandbox({ program: nativeSandbox([...sandboxArgs, ...restored]) });
  const receiver = await startReceiver({ secret: secrets.WEBHOOK_SECRET, print: () => {}, now: () => Date.now() + ahead });
  const variables = {
    ...secrets,
    MODE: 'local',
    COMPAGO_BASE_URL: `${sandbox.url}/api`,
    CHECKOUT_ORIGINS: sandbox.origin,
    SHOP_ORIGIN: `http://localhost:${port}`,
    WEBHOOK_URL: receiver.webhookUrl,
    ...env,
  };
  let build = stored ? storedClock : config;
  const start = () => startWorker({ port, dataDir, variables, logFile, config: build, site });
  /** Asks the clock of a `movable` stack. @param {string} path @param {string} [body] */
  const ask = async (path, body) => {
    const answer = await fetchOnce(`http://127.0.0.1:${port}${path}`, { method: 'POST', body });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer;
  };
  const setClock = () => ask('/_clock', String(ahead));
  /** @param {{ at: number, id?: string }} event the id is that of the object whose alarm fires */
  const moveTo = async ({ at, id }) => {
    stillAt = Math.max(stillAt, at);
    // Compago's clock goes on by itself.
    const behind = stillAt - Date.now() - ahead;
    ahead += behind;
    await sandboxControl(sandbox.url).advance(behind);
    await ask('/_move', JSON.stringify({ at: stillAt, id }));
  };
  let worker = await start().catch(async (error) => {
    await Promise.all([sandbox.stop(), receiver.stop()]);
    throw error;
  });
  if (stored) await ask('/_freeze', String(stored.at));

  return {
    /** Where the Worker and its pages are, as the browser sees them. */
    url: worker.url,
    receiver,
    variables,
    sandbox: { ...sandbox, ...sandboxControl(sandbox.url) },
    /** The process of workerd, as long as it is not started again. */
    workerPid: () => worker.pid,
    /** Ends workerd with SIGKILL, as a power cut would. */
    killWorker: () => worker.kill('SIGKILL'),
    /** Starts workerd again on the same port and data; ends a running one first. @param {string} [next] another configuration from then on */
    restartWorker: async (next = build) => {
      await worker.kill('SIGKILL');
      build = next;
      worker = await start();
      if (ahead !== 0) await setClock();
    },
    /**
     * Lets time pass, for the Worker, Compago and the merchant's backend: alarms ring, after what is done at Compago at that time.
     * @param {number} ms @param {() => Promise<unknown>} [atCompago]
     */
    later: async (ms, atCompago = async () => {}) => {
      await ask('/_hold');
      ahead += ms;
      await sandboxControl(sandbox.url).advance(ms);
      await atCompago();
      await setClock();
    },
    /** Lets time go on over what an earlier stack has stored: until then it stands still, so that nothing is due. */
    thaw: setClock,
    /** The hourly schedule runs at three o'clock in Mexico City; of a `movable` stack. */
    night: () => ask('/_night'),
    /** The hourly schedule runs at that time, or at noon in Mexico City; of a `movable` stack. @param {string} [at] */
    hour: (at = '') => ask('/_hour', at),
    /** Stops the clock of a `movable` stack that has done nothing yet, at a time in milliseconds since 1970. @param {number} at */
    standStill: async (at) => {
      await ask('/_still', String(at));
      await moveTo({ at });
    },
    /** The time at which the clock stands still. */
    now: () => stillAt,
    /**
     * What happens next at a clock that stands still, once nothing more happens at its time: an alarm, with the object's id, or a wait that ends.
     * `answering` is the number of requests that are being answered.
     *
     * @returns {Promise<{ answering: number, next?: { at: number, id?: string } }>}
     */
    next: async () => {
      const { answering, alarms, waitsUntil } = await (await ask('/_quiet')).json();
      const waits = waitsUntil === null ? [] : [{ at: waitsUntil, id: '' }];
      const [next] = [...waits, ...alarms].sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
      return { answering, next };
    },
    /** Moves the clock that stands still; then an alarm fires, or waits end. */
    moveTo,
    /** Every alarm fires now, due or not; of a `movable` stack. */
    ring: () => ask('/_ring'),
    /** Which objects keep an alarm; of a `movable` stack. @returns {Promise<{ binding: string, at: number }[]>} */
    alarms: async () => (await ask('/_alarms')).json(),
    /** Takes all objects of a binding down, or none; of a `movable` stack. With ` throw` behind it they throw. @param {string} [binding] @returns {Promise<number>} how often
     * those that were down have been asked */
    down: async (binding = '') => {
      const answer = await ask('/_down', binding);
      return /** @type {Promise<number>} */ (answer.json());
    },
    /** Lets calls of the Worker to objects fail on the way; of a `movable` stack. @param {{ binding: string, error: object, times: number }} calls
     * @returns {Promise<number>} how many of those before were still to fail */
    flaky: async (calls) => {
      const answer = await ask('/_flaky', JSON.stringify(calls));
      return /** @type {Promise<number>} */ (answer.json());
    },
    /** Has objects answer later; of a `movable` stack. @param {{ binding: string, ms: number }} objects */
    slow: (objects) => ask('/_slow', JSON.stringify(objects)),
    /** Asks an object, as the Worker does; of a `movable` stack. @param {{ binding: string, name: string, question: string }} asked */
    ask: (asked) => fetchOnce(`http://127.0.0.1:${port}/_ask`, { method: 'POST', body: JSON.stringify(asked) }),
    /** Changes or reads what an object stores; of a `movable` stack. @param {{ binding: string, name: string, sql: string }} change */
    sql: async (change) => {
      const answer = await ask('/_sql', JSON.stringify(change));
      return /** @type {Promise<any[]>} */ (answer.json());
    },
    /** All that the objects store; of a `movable` stack. @returns {Promise<{ binding: string, tables: Record<string, any[]>, values: Record<string, unknown> }[]>} */
    dump: async () => (await ask('/_dump')).json(),
    /** What the objects have cost since this was last called, by class; of a `movable` stack. */
    counts: async () => {
      const answer = await ask('/_counts');
      return /** @type {Promise<import('./count.js').Counts>} */ (answer.json());
    },
    /** Where the Worker's objects are stored. */
    objects: path.join(dataDir, 'objects'),
    /** @returns {Promise<string>} all that workerd has written, over all its lives */
    workerLog: () => readFile(logFile, 'utf8'),
    stop: async () => {
      await Promise.all([worker.stop(), sandbox.stop(), receiver.stop()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * A port for something that is stopped and started again, or that has to know its port beforehand. It lies below the
 * range from which systems hand out free ports, so that no other stack is given it meanwhile.
 *
 * @returns {Promise<number>}
 */
export async function ownPort() {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

/**
 * The sandbox's control API, `/_sandbox/`.
 *
 * @param {string} url
 */
function sandboxControl(url) {
  /** @param {string} method @param {string} pathname @param {unknown} [body] */
  const control = async (method, pathname, body) => {
    const response = await fetch(`${url}/_sandbox/${pathname}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`sandbox: ${method} ${pathname} answered ${response.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    control,
    /** @param {number} advanceMs */
    advance: (advanceMs) => control('POST', 'clock', { advanceMs }),
    payments: async () => (await control('GET', 'state')).payments,
    intents: async () => (await control('GET', 'state')).intents,
    /** @param {string} id @param {'pay' | 'decline' | 'cancel'} act */
    act: (id, act) => control('POST', `one-time-payments/${id}/${act}`),
    /** @param {string} endpoint @param {object} fault @param {number} [count] @param {string} [id] only calls that name it */
    fault: (endpoint, fault, count = 1, id) => control('POST', 'faults', { endpoint, id, count, fault }),
    clearFaults: () => control('DELETE', 'faults'),
    calls: async () => (await control('GET', 'calls')).calls,
    clearCalls: () => control('DELETE', 'calls'),
    /** @param {object} settings */
    settings: (settings) => control('PUT', 'settings', settings),
  };
}
