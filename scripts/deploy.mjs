#!/usr/bin/env node
// npm run deploy: builds and puts the Worker and its pages on Cloudflare.
//
//   npm run deploy                       as worker/wrangler.toml says
//   npm run deploy -- --dry-run          only pack, contact nobody
//   npm run deploy -- --var SHOP_ORIGIN:https://shop.example

import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { runMain } from './failure.mjs';
import { inRoot } from './paths.mjs';
import { run } from './run.mjs';
import { setup } from './setup.mjs';

const wrangler = inRoot('node_modules', 'wrangler', 'bin', 'wrangler.js');

/** Packs the Worker and its assets as a deployment would, without an account. */
export function dryRun() {
  const env = { CI: '1', WRANGLER_SEND_METRICS: 'false', WRANGLER_LOG_PATH: inRoot('.build', 'wrangler') };
  return run(process.execPath, deployArgs(['--dry-run', '--outdir', inRoot('.build', 'packed')]), { env });
}

/** @param {string[]} args */
const deployArgs = (args) => [wrangler, 'deploy', '--config', inRoot('worker', 'wrangler.toml'), ...args];

async function main() {
  await setup();
  await build(['package', 'site', 'worker']);
  await run(process.execPath, deployArgs(process.argv.slice(2)), { show: true });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(main);
