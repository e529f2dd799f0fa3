import { Failure } from './failure.js';

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

/**
 * Reads the arguments after the program's name: `--name value` or `--name=value`.
 *
 * @param {string[]} args
 * @returns {Command}
 */
export function readCommand(args) {
  /** @type {Options} */
  const options = { port: 8788 };
  const rest = [...args];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    const [name = '', attached] = /^--[^=]*(?==)/.test(argument) ? splitAtFirst(argument, '=') : [argument];
    const value = () => {
      const given = attached ?? rest.shift();
      if (given === undefined) throw new Failure(`${name} needs a value.`);
      return given;
    };
    if (name === '--port') options.port = readPort(value());
    else if (name === '--origin') options.origin = readOrigin(value());
    else if (name === '--data') options.data = value();
    else if (attached !== undefined && ['--help', '--version'].includes(name)) throw new Failure(`${name} takes no value.`);
    else if (name === '--help' || name === '-h') return 'help';
    else if (name === '--version' || name === '-V') return 'version';
    else throw new Failure(`There is no option ${name}; --help lists those there are.`);
  }
  return options;
}

/** @param {string} text @param {string} separator @returns {[string, string]} */
function splitAtFirst(text, separator) {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + 1)];
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
