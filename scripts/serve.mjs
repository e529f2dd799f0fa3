// What `npm start` runs, in the repository and in a project that has the npm package: see options.mjs.

import path from 'node:path';
import { takeDataFolder } from './data-folder.mjs';
import { inWords } from './embed-origins.mjs';
import { Failure, runMain } from './failure.mjs';
import { checkConfigured } from './health.mjs';
import { help, readOptions } from './options.mjs';
import { shortPath } from './paths.mjs';
import { freePort, isFree, startSandbox, startWorker } from './processes.mjs';
import { startReceiver } from './receiver.mjs';
import { seconds } from './run.mjs';
import { loadSecrets } from './secrets.mjs';
import { limitVariables, movedTo } from './settings.mjs';
import { siteOf } from './shop-folder.mjs';
import { scriptElement } from './versioned.mjs';

/** @typedef {import('./processes.mjs').Child} Child */

/**
 * What differs between the two.
 *
 * @typedef {object} Variant
 * @property {(shop: string) => Promise<void>} build brings what is run up to date, with the site of that shop
 * @property {(data: string) => import('./processes.mjs').SandboxProgram} sandbox the program, which keeps its state in that folder
 */

/** Everything that has to end with us. @type {{ stop: () => Promise<unknown> }[]} */
const services = [];

/**
 * Runs the whole until it is asked to stop or until a service ends by itself, and ends this process.
 *
 * @param {string[]} args the command line
 * @param {Variant} variant
 */
export async function start(args, variant) {
  const mainAndStop = async () => {
    try {
      await main(args, variant);
    } finally {
      await Promise.all(services.map((service) => service.stop()));
    }
  };
  await runMain(mainAndStop, { endsOnSignals: false });
  // A build that was interrupted may still be going on; with us ends what we started.
  process.exit();
}

/** @param {string[]} args @param {Variant} variant */
async function main(args, variant) {
  const options = readOptions(args, process.env);
  if (options.help) return console.log(help);
  const stopping = untilAskedToStop();
  const fallen = await Promise.race([stopping, serve(options, variant)]);
  if (fallen) throw new Failure(`The ${fallen.name} has ended by itself; its last lines:\n${fallen.lastLines()}`);
}

/** @param {import('./options.mjs').StartOptions} options @param {Variant} variant @returns {Promise<Child>} the first service that ended */
async function serve(options, { build, sandbox }) {
  const since = performance.now();
  const { onSpawn } = await takeDataFolder(options.data, options.port);
  await checkPort(options.port);
  for (const [name, value] of Object.entries(process.env)) {
    const line = value && movedTo(name);
    if (line) console.log(line);
  }
  console.log('Getting ready');
  await build(options.shop);
  // Another start may have taken it meanwhile.
  await checkPort(options.port);
  const { secrets, made } = await loadSecrets(options.data, process.env);
  const running = await startAll(options, { secrets, program: sandbox(options.data), onSpawn });
  printSummary(running, { secrets, made, since, data: options.data });
  return Promise.race(running.children.map((child) => child.exited.then(() => child)));
}

/** @param {number} port */
async function checkPort(port) {
  if (!(await isFree(port))) throw new Failure(`Port ${port} is busy: end what listens there, or choose another, as in \`npm start -- --port ${port + 10}\`.`);
}

/**
 * @param {import('./options.mjs').StartOptions} options
 * @param {{ secrets: Record<string, string>, program: import('./processes.mjs').SandboxProgram, onSpawn: (pid: number) => void }} run
 */
async function startAll({ port, shop, data, mode, compagoUrl, checkoutOrigins, webhookUrl, shopOrigin, staffOrigin, embedOrigins }, { secrets, program, onSpawn }) {
  const log = (/** @type {string} */ name) => path.join(data, 'log', `${name}.log`);
  /** @type {Child[]} */
  const children = [];

  let sandbox;
  if (!compagoUrl) {
    sandbox = await startSandbox({ port: await freePort(port + 1), program, logFile: log('sandbox'), onSpawn });
    children.push(sandbox);
    services.push(sandbox);
  }

  let receiver;
  if (!webhookUrl && mode === 'local') {
    const ledger = path.join(data, 'events.jsonl');
    receiver = await startReceiver({ port: await freePort(port + 2), secret: secrets.WEBHOOK_SECRET ?? '', ledger });
    services.push(receiver);
  }

  const worker = await startWorker({
    port,
    dataDir: data,
    site: siteOf(shop),
    logFile: log('worker'),
    onSpawn,
    variables: {
      ...secrets,
      ...Object.fromEntries(['SOLE_CHARGER', 'RETAIN_DAYS', ...limitVariables].map((name) => [name, process.env[name] ?? ''])),
      MODE: mode,
      COMPAGO_API_KEY: sandbox ? 'sandbox-key' : (process.env.COMPAGO_API_KEY ?? ''),
      COMPAGO_BASE_URL: compagoUrl ?? `${sandbox?.url}/api`,
      CHECKOUT_ORIGINS: checkoutOrigins ?? sandbox?.origin ?? '',
      SHOP_ORIGIN: shopOrigin,
      STAFF_ORIGIN: staffOrigin ?? '',
      EMBED_ORIGINS: embedOrigins.join(' '),
      WEBHOOK_URL: webhookUrl ?? receiver?.webhookUrl ?? '',
    },
  });
  children.push(worker);
  services.push(worker);
  await checkConfigured(worker.url);
  return { children, sandbox, receiver, compagoUrl, webhookUrl, shopOrigin, staffOrigin: staffOrigin ?? shopOrigin, embedOrigins };
}

/**
 * @param {Awaited<ReturnType<typeof startAll>>} running
 * @param {{ secrets: Record<string, string>, made: string[], since: number, data: string }} run
 */
function printSummary({ sandbox, receiver, compagoUrl, webhookUrl, shopOrigin, staffOrigin, embedOrigins }, { secrets, made, since, data }) {
  console.log(`Running after ${seconds(since)}:

  shop      ${shopOrigin}/
  operator  ${staffOrigin}/operator (its key is OPERATOR_TOKEN)
  till      ${staffOrigin}/pos (its key is CASHIER_TOKEN${sandbox ? `; a terminal: ${sandbox.origin}/terminal/TERM-01` : ''})
  Compago   ${sandbox ? `${sandbox.origin}/ (sandbox: no real money)` : compagoUrl}
  webhooks  ${receiver ? `${receiver.url}/events (receiver: each event is printed here)` : (webhookUrl ?? 'none: give --webhook-url')}
  keys      ${shortPath(path.join(data, 'secrets.json'))}
  orders    ${shortPath(data)}/ (kept between runs; the Worker's log is log/worker.log)
`);
  if (embedOrigins.length > 0) {
    console.log(`Pages elsewhere, at ${inWords(embedOrigins)}, load the elements with\n  ${scriptElement(shopOrigin)}\n`);
  }
  const tokens = ['OPERATOR_TOKEN', 'CASHIER_TOKEN'].filter((name) => made.includes(name));
  if (tokens.length > 0) {
    console.log('New tokens, shown this once (kept in secrets.json of the data folder):');
    for (const name of tokens) console.log(`  ${name}=${secrets[name]}`);
    console.log();
  }
  console.log('Ctrl-C ends everything.');
}

/** Resolves when Ctrl-C, a closed terminal or another process asks us to end. */
function untilAskedToStop() {
  const parent = process.ppid;
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve(undefined));
    // npm passes SIGTERM to its shell only; that the shell is gone is all we get to know of it.
    setInterval(() => process.ppid !== parent && resolve(undefined), 500).unref();
  });
}
