#!/usr/bin/env node
// npm run deploy: builds and puts the Worker and its pages on Cloudflare.
//
//   npm run deploy                       as worker/wrangler.toml says
//   npm run deploy -- --dry-run          only pack, contact nobody
//   npm run deploy -- --var SHOP_ORIGIN:https://shop.example
//
// The Worker's workers.dev address is closed once the shop has a domain: rules of that domain, such as a firewall's, do not hold
// there. `workers_dev` in wrangler.toml says otherwise.

import { rm, writeFile } from 'node:fs/promises';
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
  return deploy(['--dry-run', '--outdir', inRoot('.build', 'packed')], { env });
}

/**
 * Runs `wrangler deploy` with a configuration that stands beside wrangler.toml, since its paths are relative to it.
 *
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} options
 */
async function deploy(args, options) {
  // Only now: a fresh clone has it since the setup.
  const { experimental_readRawConfig: readRawConfig } = await import('wrangler');
  const { rawConfig } = readRawConfig({ config: inRoot('worker', 'wrangler.toml') });
  const file = inRoot('worker', `.deploy.${process.pid}.json`);
  await writeFile(file, JSON.stringify({ ...rawConfig, workers_dev: opensWorkersDev(rawConfig, args) }));
  try {
    await run(process.execPath, [wrangler, 'deploy', '--config', file, ...args], options);
  } finally {
    await rm(file);
  }
}

/**
 * Whether the workers.dev address is to be open: as wrangler.toml says, else while the shop has no domain.
 *
 * @param {{ workers_dev?: boolean, vars?: Record<string, unknown> }} config
 * @param {string[]} args of `wrangler deploy`, of which `--var` goes before the file
 */
export function opensWorkersDev({ workers_dev: chosen, vars = {} }, args) {
  if (chosen !== undefined) return chosen;
  const given = args.flatMap((text) => [...text.matchAll(/^(?:--var=)?(SHOP_ORIGIN|STAFF_ORIGIN):(.*)$/g)]);
  const { SHOP_ORIGIN, STAFF_ORIGIN } = { ...vars, ...Object.fromEntries(given.map(([, name, value]) => [name, value])) };
  return !SHOP_ORIGIN || [SHOP_ORIGIN, STAFF_ORIGIN].some((origin) => /\.workers\.dev\/?$/i.test(String(origin)));
}

async function main() {
  await setup();
  await build(['package', 'site', 'worker']);
  await deploy(process.argv.slice(2), { show: true });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(main);
