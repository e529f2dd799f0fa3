import { parseArgs } from 'node:util';
import { Failure } from '../../scripts/failure.mjs';

/**
 * @typedef {object} Options
 * @property {number} port on 127.0.0.1; 0 takes any free one
 * @property {string} [origin] of links; `http://localhost:<port>` by default
 * @property {string} [data] the folder that keeps the state; memory only by default
 *
 * @typedef {'help' | 'version' | Options} Command
 */

export const HELP = `compago-edge-sandbox: a local stand-in for Compago's API and hosted pages. No money moves.

Usage: compago-edge-sandbox [options]

  --port <number>   port on 127.0.0.1, 0 for any free one (default 8788)
  --origin <url>    origin in the links it hands out (default http://localhost:<port>)
  --data <folder>   keep payments, intents, saved cards and the clock in this folder (default: memory only)
  --version         print the version
  --help            print this text

API under /api with header x-api-key: sandbox-key, checkout pages under /checkout/, card terminals under /terminal/,
control under /_sandbox/.`;

const known = /** @type {const} */ ({
  port: { type: 'string' },
  origin: { type: 'string' },
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
});

/**
 * Reads the arguments after the program's name: `--name value` or `--name=value`.
 *
 * @param {string[]} args
 * @returns {Command}
 */
export function readCommand(args) {
  const { values, tokens } = parseArgs({ args, options: known, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional' || !Object.hasOwn(known, token.name)) {
      throw new Failure(`There is no option ${token.kind === 'positional' ? token.value : token.rawName}; --help lists those there are.`);
    }
    const isText = known[/** @type {keyof known} */ (token.name)].type === 'string';
    if (isText && !token.value) throw new Failure(`${token.rawName} needs a value.`);
    if (!isText && token.value !== undefined) throw new Failure(`${token.rawName} takes no value.`);
  }
  if (values.help) return 'help';
  if (values.version) return 'version';
  const { port, origin, data } = /** @type {{ port?: string, origin?: string, data?: string }} */ (values);
  return { port: port === undefined ? 8788 : readPort(port), ...(origin !== undefined && { origin: readOrigin(origin) }), ...(data !== undefined && { data }) };
}

/** @param {string} text */
function readPort(text) {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new Failure(`--port must be a number from 0 to 65535, not "${text}".`);
}

/** @param {string} text */
function readOrigin(text) {
  const origin = text.replace(/\/$/, '');
  if (/^https?:\/\/[^\s/?#]+$/i.test(origin)) return origin;
  throw new Failure(`--origin must be an origin such as http://localhost:8788, not "${text}".`);
}
