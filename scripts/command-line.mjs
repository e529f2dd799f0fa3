// A command line of ours that goes on to `wrangler deploy`: which text is an option, which its value.

import { parseArgs } from 'node:util';
import { UsageFailure } from './failure.mjs';

/** Those of `wrangler deploy` that take a value, and `--shop`. */
const withValue = [
  ...['shop', 'script', 'name', 'outdir', 'outfile', 'compatibility-date', 'assets', 'site', 'jsx-factory', 'jsx-fragment', 'tsconfig', 'metafile', 'old-asset-ttl'],
  ...['dispatch-namespace', 'containers-rollout', 'tag', 'message', 'secrets-file', 'cwd', 'config', 'env'],
];

/** Those that take all values which follow. */
const withValues = [
  ...['compatibility-flags', 'compatibility-flag', 'site-include', 'site-exclude', 'var', 'define', 'alias', 'triggers', 'schedule', 'schedules'],
  ...['routes', 'route', 'domains', 'domain', 'env-file'],
];

/** By their letter. */
const letters = { c: 'config', e: 'env' };

/** What a value of these looks like. @type {Record<string, string>} */
const examples = { shop: '../my-shop', env: 'production' };

/** @type {Record<string, { type: 'string', short?: string }>} */
const known = Object.fromEntries([
  ...[...withValue, ...withValues].map((name) => [name, { type: 'string' }]),
  ...Object.entries(letters).map(([short, name]) => [name, { type: 'string', short }]),
]);

/**
 * @typedef {object} Part
 * @property {string} [option] its name without dashes; none of what belongs to no option
 * @property {string[]} values
 * @property {string[]} typed how it is passed on
 */

/**
 * @param {string[]} args
 * @returns {Part[]} each option with its values, and each text by itself that belongs to none
 */
export function partsOf(args) {
  /** @type {Part[]} */
  const parts = [];
  for (const token of parseArgs({ args, options: known, strict: false, allowPositionals: true, tokens: true }).tokens) {
    if (token.kind === 'option') parts.push(partOf(token));
    else if (token.kind === 'option-terminator') parts.push({ values: [], typed: ['--'] });
    else addTo(parts, token.value);
  }
  return parts;
}

/**
 * @param {Part[]} parts
 * @param {string} option
 * @returns {string | undefined} its value, of an option that holds once
 */
export function valueOf(parts, option) {
  const values = valuesOf(parts, option);
  if (values.length > 1) throw new UsageFailure(`--${option} is given ${values.length} times: give it once.`);
  return values[0];
}

/** @param {Part[]} parts @param {string} option @returns {string[]} all its values */
export const valuesOf = (parts, option) => parts.filter((part) => part.option === option).flatMap(({ values }) => values);

/** @param {Part[]} parts @param {string} option @returns {boolean} whether it is on: the last of `--option`, `--option=false` and `--no-option` holds */
export function isOn(parts, option) {
  const last = parts.findLast((part) => part.option === option || part.option === `no-${option}`);
  return last !== undefined && (last.option === option) === (last.values[0] !== 'false');
}

/** @param {Part[]} parts @param {string} [without] an option that is left out @returns {string[]} a command line that means the same */
export const typedOf = (parts, without) => parts.filter(({ option }) => !without || option !== without).flatMap(({ typed }) => typed);

/** @param {{ name: string, rawName: string, value?: string, inlineValue?: boolean }} token @returns {Part} */
function partOf({ name, rawName, value, inlineValue }) {
  const isLetter = !rawName.startsWith('--');
  // As wrangler reads names and letters: --dryRun, -e=demo.
  const option = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const given = inlineValue && isLetter ? value?.replace(/^=/, '') : value;
  if (known[option] && (!given || (!inlineValue && given.startsWith('-')))) {
    throw new UsageFailure(`${rawName} needs a value${examples[option] ? `, such as ${rawName} ${examples[option]}` : ''}.`);
  }
  if (given === undefined) return { option, values: [], typed: [rawName] };
  return { option, values: [given], typed: inlineValue && !isLetter ? [`${rawName}=${given}`] : [rawName, given] };
}

/** Adds a text to the option before it, if that takes it. @param {Part[]} parts @param {string} value */
function addTo(parts, value) {
  const last = parts.at(-1);
  const isSwitch = /^(?:true|false)$/.test(value) && last?.values.length === 0;
  if (!last?.option || !(withValues.includes(last.option) || isSwitch)) return parts.push({ values: [value], typed: [value] });
  last.values.push(value);
  last.typed.push(value);
}
