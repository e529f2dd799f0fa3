#!/usr/bin/env node
// npm run deploy: builds and puts the Worker and its pages on Cloudflare.
//
//   npm run deploy                       as worker/wrangler.toml says
//   npm run deploy -- --shop ../my-shop  the site of another shop (environment: SHOP)
//   npm run deploy -- --dry-run          only pack, contact no server
//   npm run deploy -- --var SHOP_ORIGIN:https://shop.example
//
// Secrets are read from worker/.dev.vars where it has them. The Worker's workers.dev address is closed once the shop has a domain;
// `workers_dev` in wrangler.toml says otherwise.

import { pathToFileURL } from 'node:url';
import { build, installPackages } from './build.mjs';
import { asksForHelp, deployProject, help, packOnly } from './deployment.mjs';
import { runMain } from './failure.mjs';
import { inRoot, testShopDir, testSiteDir } from './paths.mjs';

const configFile = inRoot('worker', 'wrangler.toml');

/** Packs the Worker and the site of the tests' shop as a deployment would, without an account. */
export const dryRun = () => packOnly(configFile, { shop: testShopDir, site: testSiteDir, outdir: inRoot('.build', 'packed') });

async function main() {
  const args = process.argv.slice(2);
  if (asksForHelp(args)) return console.log(help);
  await installPackages();
  await deployProject(args, configFile, (shop) => build(['package', 'site', 'worker'], shop));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(main);
