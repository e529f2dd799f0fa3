import path from 'node:path';
import { parseArgs } from 'node:util';
import { readEmbedOrigins } from './embed-origins.mjs';
import { Failure, UsageFailure } from './failure.mjs';
import { documentAt, isPackage, project } from './paths.mjs';
import { shopFolder } from './shop-folder.mjs';

export const help = `npm start -- [options]

Runs the whole on this machine: the Worker and its pages, Compago's stand-in (the sandbox) and a receiver for webhooks.

  --port <n>                    where the Worker and its pages listen (8787)
  --shop <folder>               another shop than the folder shop/ (${documentAt('shop.md')})
  --data <folder>               where orders persist between runs (.data; .data/demo with --demo, .data/live with --live)
  --compago-url <url>           another upstream base URL, ending in /api; then no sandbox is started
  --checkout-origins <origins>  origins a checkout link may point to, separated by commas (the sandbox's)
  --webhook-url <url>           another merchant endpoint; then no receiver is started
  --shop-origin <origin>        where a browser reaches the shop (http://localhost:<port>): a tunnel, so that a phone can try it, or
                                your own dev server that proxies to this one. Every other address is redirected to it
  --staff-origin <origin>       where it reaches the desk and the till (the shop's)
  --embed-origins <origins>     other origins whose pages may order, separated by spaces (none): your own dev server, a blog
                                (${documentAt('embed.md')})
  --demo, --live                Compago's demo or production environment: with COMPAGO_API_KEY, with --shop-origin
                                (an https origin that leads here, for example a tunnel), with webhooks over https or none
  --help                        this text

Each option can also be an environment variable: PORT, SHOP, DATA, COMPAGO_URL, CHECKOUT_ORIGINS, WEBHOOK_URL, SHOP_ORIGIN,
STAFF_ORIGIN, EMBED_ORIGINS, DEMO, LIVE.
Secrets come from COMPAGO_API_KEY, OPERATOR_TOKEN, CASHIER_TOKEN, SIGNING_KEY, WEBHOOK_SECRET; those that are missing
are made once and kept in the data folder. SOLE_CHARGER, RETAIN_DAYS (for how many days a customer's data is kept at most, 30) and
the limits of ${isPackage ? 'wrangler.jsonc' : 'worker/wrangler.toml'} (LIMIT_...) are read from the environment as well.`;

/**
 * Compago's environments (docs.compago.com, read November 2026), each with orders and secrets of its own. The demo's
 * checkout host is not documented.
 */
const environments = {
  demo: {
    data: '.data/demo',
    compagoUrl: 'https://demo.api.harmony.compago.com/api',
    checkoutOrigins: 'https://app.compago.com',
  },
  live: {
    data: '.data/live',
    compagoUrl: 'https://api.harmony.compago.com/api',
    checkoutOrigins: 'https://app.compago.com',
  },
};

/**
 * @typedef {object} StartOptions
 * @property {boolean} help
 * @property {number} port
 * @property {string} shop the folder of the shop, absolute
 * @property {string} data absolute
 * @property {'local' | 'demo' | 'production'} mode
 * @property {string} [compagoUrl] missing: the sandbox
 * @property {string} [checkoutOrigins] missing: the sandbox's
 * @property {string} [webhookUrl] missing: the receiver, which stands in only for local runs
 * @property {string} shopOrigin
 * @property {string} [staffOrigin] missing: the shop's
 * @property {string[]} embedOrigins other origins whose pages may order
 */

/**
 * Reads the command line, then the environment, then the defaults.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {StartOptions}
 */
export function readOptions(args, env) {
  const values = parse(args);
  /** @param {string} name @returns {string | undefined} an empty text counts as not given */
  const text = (name) => String(values[name] ?? env[name.toUpperCase().replaceAll('-', '_')] ?? '') || undefined;
  const flag = (/** @type {string} */ name) => ['true', '1', 'yes'].includes(text(name) ?? '');
  if (flag('demo') && flag('live')) throw new UsageFailure('--demo and --live exclude each other.');

  const port = Number(text('port') ?? 8787);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new UsageFailure('--port must be a number from 1 to 65535.');

  const environment = flag('live') ? environments.live : flag('demo') ? environments.demo : undefined;
  const mode = flag('live') ? 'production' : flag('demo') ? 'demo' : 'local';
  /** @type {StartOptions} */
  const options = {
    help: flag('help'),
    port,
    shop: flag('help') ? '' : shopFolder(text('shop')),
    data: path.resolve(project, text('data') ?? environment?.data ?? '.data'),
    mode,
    compagoUrl: text('compago-url') ?? environment?.compagoUrl,
    checkoutOrigins: text('checkout-origins') ?? environment?.checkoutOrigins,
    webhookUrl: text('webhook-url'),
    shopOrigin: text('shop-origin')?.replace(/\/$/, '') ?? (mode === 'local' ? `http://localhost:${port}` : ''),
    staffOrigin: text('staff-origin')?.replace(/\/$/, ''),
    embedOrigins: readEmbedOrigins(flag('help') ? '' : (text('embed-origins') ?? ''), { name: '--embed-origins', allowLoopback: mode === 'local' }),
  };
  if (!options.help) check(options, env);
  return options;
}

/** @param {string[]} args */
function parse(args) {
  const text = { type: /** @type {const} */ ('string') };
  const flag = { type: /** @type {const} */ ('boolean') };
  const origins = { 'checkout-origins': text, 'shop-origin': text, 'staff-origin': text, 'embed-origins': text };
  const named = { 'compago-url': text, 'webhook-url': text, ...origins };
  try {
    return parseArgs({ args, options: { port: text, shop: text, data: text, ...named, demo: flag, live: flag, help: flag } }).values;
  } catch (error) {
    throw new UsageFailure(`${/** @type {Error} */ (error).message}\nSee \`npm start -- --help\`.`);
  }
}

/** @param {StartOptions} options @param {NodeJS.ProcessEnv} env */
function check({ mode, compagoUrl, checkoutOrigins, webhookUrl, shopOrigin, staffOrigin }, env) {
  if (compagoUrl && !checkoutOrigins) {
    throw new UsageFailure('--compago-url needs --checkout-origins too: the origins its checkout links point to.');
  }
  if (compagoUrl && !env.COMPAGO_API_KEY) {
    throw new Failure('COMPAGO_API_KEY is missing: set it in the environment to talk to Compago.');
  }
  const urls = {
    '--compago-url': compagoUrl,
    '--checkout-origins': checkoutOrigins,
    '--webhook-url': webhookUrl,
    '--shop-origin': shopOrigin,
    '--staff-origin': staffOrigin,
  };
  for (const [name, value] of Object.entries(urls)) {
    for (const url of value?.split(',') ?? []) {
      if (!URL.canParse(url)) throw new UsageFailure(`${name} is missing or not a URL: "${url}".`);
      if (mode !== 'local' && !url.startsWith('https://')) {
        throw new UsageFailure(`With --demo and --live all addresses are https; ${name} is not: "${url}".`);
      }
      if (name.includes('origin') && new URL(url).origin !== url.toLowerCase().replace(/\/$/, '')) {
        throw new UsageFailure(`${name} is no origin such as https://shop.example, with nothing behind the host: "${url}".`);
      }
    }
  }
}
