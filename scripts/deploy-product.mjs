// What a version of the Worker needs beside its code: classes of Durable Objects, their bindings and limiters. A merchant's file was written for
// the version of that day, so a later one brings what it has added.

/**
 * @typedef {{ tag: string }} Migration
 * @typedef {{ name: string }} Named
 * @typedef {{ migrations?: Migration[], compatibility_date?: string, durable_objects?: { bindings?: Named[] }, ratelimits?: Named[] }} NeedsPart
 * @typedef {NeedsPart & { env?: Record<string, NeedsPart> }} Needs
 */

/**
 * @template {import('./deploy-settings.mjs').Config & Needs} T
 * @param {T} config a merchant's
 * @param {Needs} product what the installed version needs, in one environment or at its top
 * @param {string} [environment] of the merchant's that is deployed
 * @returns {{ config: T, added: string[] }} the merchant's with what it lacks, and the names of that
 */
export function withProduct(config, product, environment) {
  const needed = { ...product, ...Object.values(product.env ?? {})[0] };
  const own = environment ? (config.env?.[environment] ?? {}) : config;
  const bindings = missing(own.durable_objects?.bindings, needed.durable_objects?.bindings);
  const limiters = missing(own.ratelimits, needed.ratelimits);
  const migrations = missing(config.migrations, product.migrations, 'tag');
  const bound = {
    durable_objects: { ...own.durable_objects, bindings: [...(own.durable_objects?.bindings ?? []), ...bindings] },
    ratelimits: [...(own.ratelimits ?? []), ...limiters],
  };
  const top = {
    ...config,
    migrations: [...(config.migrations ?? []), ...migrations],
    compatibility_date: [config.compatibility_date ?? '', product.compatibility_date ?? ''].sort().at(-1),
  };
  const added = [...migrations.map(({ tag }) => tag), ...[...bindings, ...limiters].map(({ name }) => name)];
  return { config: environment ? { ...top, env: { ...config.env, [environment]: { ...own, ...bound } } } : { ...top, ...bound }, added };
}

/**
 * @template {Record<string, any>} T
 * @param {T[]} [own]
 * @param {T[]} [needed]
 * @param {string} [key] what they are known by
 * @returns {T[]} those that are needed and not there
 */
const missing = (own = [], needed = [], key = 'name') => needed.filter((one) => !own.some((each) => each[key] === one[key]));
