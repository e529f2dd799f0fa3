// What holds for one deployment: wrangler's file, one of its environments, the command line and, in Workers Builds, the name of the Worker
// there, as wrangler itself joins them.

import { createHash } from 'node:crypto';
import path from 'node:path';
import { partsOf, typedOf, valueOf, valuesOf } from './command-line.mjs';
import { Failure, UsageFailure } from './failure.mjs';
import { shortPath } from './paths.mjs';

/** @typedef {{ name: string, namespace_id: string }} Limiter */

/**
 * What wrangler's file says at its top or in one of its environments; only what is looked at here.
 *
 * @typedef {{ name?: string, account_id?: string, workers_dev?: boolean, routes?: unknown[], route?: unknown, assets?: { directory?: string },
 *   vars?: Record<string, unknown>, ratelimits?: Limiter[] }} Part
 * @typedef {Part & { env?: Record<string, Part> }} Config wrangler's file as JSON
 */

/**
 * @typedef {object} Settings
 * @property {string} file wrangler's file as a person would type it
 * @property {string} [environment] that of the file's environments which is deployed
 * @property {string} name of the Worker
 * @property {string} [accountId]
 * @property {boolean} [workersDev] as the file says it
 * @property {boolean} hasRoutes
 * @property {Record<string, string>} vars
 * @property {Limiter[]} limiters
 */

/** @param {string} file @returns {Promise<Config>} */
export async function readConfig(file) {
  // Only now: a fresh clone has it since the setup.
  const { experimental_readRawConfig: readRawConfig } = await import('wrangler');
  try {
    return readRawConfig({ config: file }).rawConfig;
  } catch (error) {
    throw failureOf(error, file);
  }
}

/** @typedef {{ line: number, column: number }} Place from 1, and from 0 */

/** @param {unknown} error of wrangler @param {string} file @returns {unknown} in one sentence, where a person can mend it */
function failureOf(error, file) {
  if (!(error instanceof Error) || error.name !== 'ParseError') return error;
  const { location, message } = /** @type {Error & { location?: Place }} */ (error);
  if (!location) return new Failure(`${message}.`);
  // The reasons of JSON are one word, such as "CommaExpected".
  const reason = /^[A-Z][a-z]+(?:[A-Z][a-z]+)+$/.test(message) ? message.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase() : message.split('\n')[0];
  return new Failure(`${shortPath(file)} cannot be read, line ${location.line}, column ${location.column + 1}: ${reason}.`);
}

/**
 * Takes `--env <name>` out of a command line.
 *
 * @param {Config} config
 * @param {string} file as a person would type it
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env whose `CLOUDFLARE_ENV` it goes before, as with wrangler
 * @returns {{ environment: string | undefined, rest: string[] }} the environment `demo` unless another is named; none if the file has none
 */
export function takeEnvironment(config, file, args, env) {
  const names = Object.keys(config.env ?? {});
  const parts = partsOf(args);
  const rest = typedOf(parts, 'env');
  const environment = valueOf(parts, 'env') ?? (env.CLOUDFLARE_ENV || (names.includes('demo') ? 'demo' : undefined));
  if (environment === undefined ? names.length === 0 : names.includes(environment)) return { environment, rest };
  if (names.length === 0) throw new UsageFailure(`${file} has no environments: leave out --env.`);
  throw new UsageFailure(`--env names no environment of ${file}: it has ${names.join(' and ')}.`);
}

/**
 * @param {Config} config
 * @param {{ file: string, environment?: string, args?: string[], env?: NodeJS.ProcessEnv }} run args: those of `wrangler deploy`
 * @returns {Settings}
 */
export function settingsOf(config, { file, environment, args = [], env = {} }) {
  const own = ownPart(config, environment);
  const parts = partsOf(args);
  const name = own.name ?? (environment ? `${config.name}-${environment}` : config.name) ?? '';
  return {
    file,
    environment,
    name: env.WRANGLER_CI_OVERRIDE_NAME || valueOf(parts, 'name') || name,
    accountId: env.CLOUDFLARE_ACCOUNT_ID || own.account_id || config.account_id,
    workersDev: own.workers_dev ?? config.workers_dev,
    hasRoutes: [own.route ?? own.routes ?? config.route ?? config.routes ?? []].flat().length > 0,
    vars: { ...textsOf(own.vars), ...variablesOf(valuesOf(parts, 'var')) },
    limiters: own.ratelimits ?? [],
  };
}

/**
 * @param {Config} config
 * @param {Settings} settings
 * @param {string} site the folder of the static files, relative to that of wrangler's file
 * @returns {Config} what wrangler is given: its file with these settings
 */
export function configWith(config, { environment, name, workersDev, vars, limiters }, site) {
  const own = ownPart(config, environment);
  const changed = {
    name,
    workers_dev: opensWorkersDev({ workersDev, vars }),
    vars: { ...own.vars, ...vars },
    ratelimits: limiters.map((limiter) => ({ ...limiter, namespace_id: limiterId(name, limiter) })),
    assets: { ...(own.assets ?? config.assets), directory: site },
  };
  if (!environment) return { ...config, ...changed };
  return { ...config, env: { ...config.env, [environment]: { ...own, ...changed } } };
}

/**
 * Whether the Worker's workers.dev address is to be open: as the file says, else while the shop has no domain, whose rules, such as a
 * firewall's, do not hold there.
 *
 * @param {Pick<Settings, 'workersDev' | 'vars'>} settings
 * @returns {boolean}
 */
export function opensWorkersDev({ workersDev, vars }) {
  if (workersDev !== undefined) return workersDev;
  return !vars.SHOP_ORIGIN || [vars.SHOP_ORIGIN, vars.STAFF_ORIGIN].some((origin) => /\.workers\.dev\/?$/i.test(origin ?? ''));
}

/**
 * Limiters with the same id are one in all Workers of an account. Each gets an id that follows from its Worker's name and its own.
 *
 * @param {string} worker
 * @param {Limiter} limiter
 * @returns {string}
 */
const limiterId = (worker, { name }) => String(createHash('sha256').update(`${worker}/${name}`).digest().readUIntBE(0, 4) + 1);

/** @param {Config} config @param {string} [environment] @returns {Part} what does not pass from the top to an environment, and what goes before it */
const ownPart = (config, environment) => (environment ? (config.env?.[environment] ?? {}) : config);

/** @param {Record<string, unknown>} [vars] @returns {Record<string, string>} */
const textsOf = (vars = {}) => Object.fromEntries(Object.entries(vars).map(([name, value]) => [name, String(value)]));

/** @param {string[]} given each `NAME:value` @returns {Record<string, string>} of which the last of a name holds */
const variablesOf = (given) => Object.fromEntries(given.map((text) => text.split(/:(.*)/s)).map(([name, value = '']) => [name, value]));

/** @param {string} configFile @param {string} site both absolute @returns {string} the site's folder as wrangler's file names it */
export const siteFrom = (configFile, site) => path.relative(path.dirname(configFile), site) || '.';
