#!/usr/bin/env node
// npm run deploy: builds and puts the Worker and its pages on Cloudflare.
//
//   npm run deploy                       as worker/wrangler.toml says
//   npm run deploy -- --shop ../my-shop  the site of another shop (environment: SHOP)
//   npm run deploy -- --dry-run          only pack, contact no server
//   npm run deploy -- --var SHOP_ORIGIN:https://shop.example
//
// The Worker's workers.dev address is closed once the shop has a domain: rules of that domain, such as a firewall's, do not hold
// there. `workers_dev` in wrangler.toml says otherwise.

import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, installPackages } from './build.mjs';
import { readEmbedOrigins } from './embed-origins.mjs';
import { Failure, runMain } from './failure.mjs';
import { inRoot, testShopDir } from './paths.mjs';
import { movedTo, workerVariables } from './processes.mjs';
import { rules } from './rules.mjs';
import { run } from './run.mjs';
import { siteOf, takeShop } from './shop-folder.mjs';
import { scriptElements } from './versioned.mjs';

const wrangler = inRoot('node_modules', 'wrangler', 'bin', 'wrangler.js');

/** Turns off wrangler's metrics and, with its banner, the check for a newer version. */
export const quiet = { CI: '1', WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true', WRANGLER_LOG_PATH: inRoot('.build', 'wrangler') };

/** Packs the Worker and the site of the tests' shop as a deployment would, without an account. */
export async function dryRun() {
  return deploy(withSite(await readConfig(), testShopDir), ['--dry-run', '--outdir', inRoot('.build', 'packed')], { env: { ...quiet, SHOP: testShopDir } });
}

/**
 * The configuration as JSON has it.
 *
 * @typedef {{ name?: string, workers_dev?: boolean, assets?: object, vars?: Record<string, unknown>, ratelimits?: { name: string, namespace_id: string }[] }} Config
 */

/** @returns {Promise<Config>} worker/wrangler.toml */
async function readConfig() {
  // Only now: a fresh clone has it since the setup.
  const { experimental_readRawConfig: readRawConfig } = await import('wrangler');
  return readRawConfig({ config: inRoot('worker', 'wrangler.toml') }).rawConfig;
}

/**
 * Runs `wrangler deploy` with a configuration in the folder of wrangler.toml, since its paths are relative to it.
 *
 * @param {Config} config
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} options
 */
async function deploy(config, args, options) {
  const file = inRoot('worker', `.deploy.${process.pid}.json`);
  const remove = () => rmSync(file, { force: true });
  process.once('exit', remove);
  await writeFile(file, JSON.stringify({ ...withOwnLimiters(named(config, args)), workers_dev: opensWorkersDev(config, args) }));
  try {
    return await run(process.execPath, [wrangler, 'deploy', '--config', file, ...args], options);
  } finally {
    remove();
    process.off('exit', remove);
  }
}

/**
 * Limiters with the same id are one in all Workers of an account. Each gets an id that follows from its Worker's name and its own.
 *
 * @param {Config} config
 * @returns {Config}
 */
export function withOwnLimiters({ name = '', ratelimits = [], ...config }) {
  const idOf = (/** @type {string} */ limiter) => createHash('sha256').update(`${name}/${limiter}`).digest().readUIntBE(0, 4) + 1;
  return { name, ...config, ratelimits: ratelimits.map((limiter) => ({ ...limiter, namespace_id: String(idOf(limiter.name)) })) };
}

/** @param {Config} config @param {string[]} args of `wrangler deploy`, of which `--name` goes before the file @returns {Config} */
export function named(config, args) {
  const given = args.map((text, at) => (text === '--name' ? args[at + 1] : /^--name=(.+)$/.exec(text)?.[1])).find(Boolean);
  return given ? { ...config, name: given } : config;
}

/** @param {Config} config @param {string} shop @returns {Config} with the site of that shop; its folders are relative to that of wrangler.toml */
const withSite = (config, shop) => ({ ...config, assets: { ...config.assets, directory: path.relative(inRoot('worker'), siteOf(shop)) } });

/**
 * Fails unless the shop has an https origin: without one each page is answered and each order refused. On workers.dev it has to be this
 * Worker's: after a change of `name`, each page would be redirected to the Worker of the old one.
 *
 * @param {Config} config
 * @param {string[]} args of `wrangler deploy`
 */
export function checkShopOrigin(config, args) {
  const origin = originsOf(config, args).SHOP_ORIGIN;
  if (!origin) {
    throw new Failure(
      'SHOP_ORIGIN is empty, so the Worker would refuse every order: set it in worker/wrangler.toml to where customers will see the shop, ' +
        `without a domain of your own to https://${config.name}.<account>.workers.dev (Cloudflare's dashboard names it under "Workers & Pages").`,
    );
  }
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url?.protocol !== 'https:' || url.origin !== origin.replace(/\/$/, '')) {
    throw new Failure(`SHOP_ORIGIN is "${origin}", which is no https origin such as https://shop.example: set it in worker/wrangler.toml.`);
  }
  for (const [variable, value] of Object.entries(originsOf(config, args))) {
    const other = /^https:\/\/([^./]+)\.[^/]*\.workers\.dev\/?$/i.exec(value ?? '')?.[1];
    if (!other || other.toLowerCase() === config.name) continue;
    throw new Failure(
      `${variable} is "${value}", the address of a Worker named "${other}", and this one is named "${config.name}": its pages would ` +
        'redirect there. Change the name in one of the two, in worker/wrangler.toml.',
    );
  }
}

/**
 * Fails unless each of the other origins whose pages may order is one, and not that of the staff: with a malformed one the Worker refuses every order.
 *
 * @param {Config} config
 * @param {string[]} args of `wrangler deploy`
 */
export function checkEmbedOrigins(config, args) {
  const name = 'EMBED_ORIGINS (worker/wrangler.toml)';
  const { STAFF_ORIGIN = '' } = originsOf(config, args);
  const staff = URL.canParse(STAFF_ORIGIN) ? new URL(STAFF_ORIGIN).origin : undefined;
  for (const origin of readEmbedOrigins(variableOf('EMBED_ORIGINS', config, args) ?? '', { name })) {
    if (origin === staff) throw new Failure(`${name} has "${origin}", which is STAFF_ORIGIN.`);
  }
}

/**
 * Fails for those that pass {@link checkEmbedOrigins} and that the Worker's own rule refuses. The package has to be built.
 *
 * @param {Config} config
 * @param {string[]} args of `wrangler deploy`
 */
export async function checkEmbedOriginsByRule(config, args) {
  const mistakes = (await rules()).originMistakes(variableOf('EMBED_ORIGINS', config, args) ?? '');
  if (mistakes.length > 0) throw new Failure(`The Worker would refuse EMBED_ORIGINS (worker/wrangler.toml): ${mistakes.join('; ')}.`);
}

/**
 * Whether the workers.dev address is to be open: as wrangler.toml says, else while the shop has no domain.
 *
 * @param {Config} config
 * @param {string[]} args of `wrangler deploy`
 * @returns {boolean}
 */
export function opensWorkersDev(config, args) {
  if (config.workers_dev !== undefined) return config.workers_dev;
  const { SHOP_ORIGIN, STAFF_ORIGIN } = originsOf(config, args);
  return !SHOP_ORIGIN || [SHOP_ORIGIN, STAFF_ORIGIN].some((origin) => /\.workers\.dev\/?$/i.test(origin ?? ''));
}

/**
 * Returns the variables that are set but that the Worker does not read, such as a limit whose name is misspelt: its default would apply
 * silently.
 *
 * @param {Config} config
 * @param {string[]} args of `wrangler deploy`
 * @returns {string[]} a line for each
 */
export function unreadVariables({ vars = {} }, args) {
  const given = args.flatMap((text) => [...text.matchAll(/^(?:--var=)?([A-Z_]+):/g)].map(([, name]) => name));
  const unread = [...Object.keys(vars), ...given].filter((name) => !workerVariables.includes(name));
  return unread.map((name) => movedTo(name) ?? `The Worker reads no variable ${name}: check its name in worker/wrangler.toml.`);
}

/** @param {Config} config @param {string[]} args of `wrangler deploy` @returns {{ SHOP_ORIGIN?: string, STAFF_ORIGIN?: string }} */
const originsOf = (config, args) => ({ SHOP_ORIGIN: variableOf('SHOP_ORIGIN', config, args), STAFF_ORIGIN: variableOf('STAFF_ORIGIN', config, args) });

/**
 * @param {string} name
 * @param {Config} config
 * @param {string[]} args of `wrangler deploy`, of which `--var` goes before the file
 * @returns {string | undefined}
 */
function variableOf(name, { vars = {} }, args) {
  const given = args.map((text) => new RegExp(`^(?:--var=)?${name}:(.*)$`).exec(text)?.[1]).filter((value) => value !== undefined);
  return given.at(-1) ?? /** @type {Record<string, string>} */ (vars)[name];
}

async function main() {
  const { shop, rest: args } = takeShop(process.argv.slice(2), process.env);
  const isDry = args.some((text) => /^--dry-?[rR]un(=true)?$/.test(text));
  await installPackages();
  const config = withSite(await readConfig(), shop);
  if (!isDry) checkShopOrigin(named(config, args), args);
  checkEmbedOrigins(config, args);
  for (const line of unreadVariables(config, args)) console.log(line);
  await build(['package', 'site', 'worker'], shop);
  await checkEmbedOriginsByRule(config, args);
  await deploy(config, args, { show: true, env: { ...(isDry && quiet), SHOP: shop } });
  const origin = originsOf(config, args).SHOP_ORIGIN?.replace(/\/$/, '');
  if (origin) console.log(`Pages on other origins load the elements with one of these (docs/embed.md)\n${await scriptElements(origin, siteOf(shop))}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(main);
