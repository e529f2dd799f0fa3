#!/usr/bin/env node
// The command of the npm package compago-edge-worker.

import { parseArgs } from 'node:util';
import { runMain } from '../../scripts/failure.mjs';
import { manifest } from './manifest.js';

const HELP = `compago-edge-worker: an online shop that takes payments with Compago, on Cloudflare. Unofficial.

Usage: compago-edge-worker <command> [options]

  init <folder>      write a new shop into a folder, and install what it needs; --package <tarball>, once for each
                     package, takes them from files instead of npm's registry, and keeps them in the folder
  start [options]    run the shop on this machine, without real money (start --help lists the options)
  build [options]    build the shop's pages and check its files; --shop <folder> takes another folder than shop/
  deploy [options]   put the shop on Cloudflare: --env demo or production; --dry-run contacts no server
  doctor <url>       explain what a deployed shop says of its settings
  --version          print the version
  --help             print this text

All but init and doctor are typed in the shop's folder.`;

/**
 * By what a person types. Each is loaded when it is typed.
 *
 * @type {Record<string, (args: string[]) => Promise<void>>}
 */
const commands = {
  init: (args) => withOne('init <folder> [--package <tarball>]...', args, async (folder, tarballs) => (await import('./init.js')).initShop(folder, tarballs), { package: { type: 'string', multiple: true } }),
  start: async (args) => (await import('./start.js')).startHere(args),
  build: (args) => runMain(async () => (await import('./build.js')).buildHere(args)),
  deploy: (args) => runMain(async () => (await import('./deploy.js')).deployHere(args)),
  doctor: (args) => withOne('doctor <url>, such as https://tienda.example (npm run doctor -- https://tienda.example)', args, async (url) => (await import('./doctor.js')).examine(url)),
};

const [name = '--help', ...args] = process.argv.slice(2);
if (['--help', '-h', 'help'].includes(name)) console.log(HELP);
else if (['--version', '-V'].includes(name)) console.log(`compago-edge-worker ${manifest.version}`);
else if (Object.hasOwn(commands, name)) await commands[name]?.(args);
else misused(`There is no command ${name}; --help lists those there are.`);

/**
 * Runs a command that takes one argument.
 *
 * @param {string} usage
 * @param {string[]} args
 * @param {(argument: string, tarballs: string[]) => Promise<void>} act
 * @param {import('node:util').ParseArgsConfig['options']} [options] those that it takes beside --help
 */
async function withOne(usage, args, act, options = {}) {
  const given = parsed(args, { ...options, help: { type: 'boolean', short: 'h' } });
  if (given?.values.help) return console.log(`Usage: compago-edge-worker ${usage}`);
  const [argument, ...rest] = given?.positionals ?? [];
  if (!argument || rest.length > 0) return misused(`Usage: compago-edge-worker ${usage}`);
  return runMain(() => act(argument, /** @type {string[] | undefined} */ (given?.values.package) ?? []));
}

/** @param {string[]} args @param {import('node:util').ParseArgsConfig['options']} options @returns nothing if they have another option, or a value is missing */
function parsed(args, options) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch {
    return undefined;
  }
}

/** @param {string} message */
function misused(message) {
  console.error(message);
  process.exitCode = 2;
}
