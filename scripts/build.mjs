#!/usr/bin/env node
// npm run build: the Worker, the npm packages, the static site and the sandbox; only what has changed.
//
//   npm run build                 everything, holds the sizes against budgets.json, and prints what pages on other origins copy
//   npm run build -- --shop ../my-shop   with the site of another shop (environment: SHOP)
//   npm run build -- worker site  only these, and what they need: worker, package, site, sandbox; worker-package and
//                                 sandbox-worker, which are packed for npm; test-site and test-worker for tests

import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { packagePart } from './build-package.mjs';
import { sandboxWorkerPart } from './build-sandbox-worker.mjs';
import { sitePart } from './build-site.mjs';
import { testWorkerPart, workerPart } from './build-worker.mjs';
import { workerPackagePart } from './build-worker-package.mjs';
import { cleanNext, withCheckout } from './checkout.mjs';
import { Failure, runMain } from './failure.mjs';
import { checkNode } from './node-version.mjs';
import { root, sandboxDir, sandboxName, shopDir, targetDir, testShopDir } from './paths.mjs';
import { run } from './run.mjs';
import { packagesAreInstalled, setupPackages, setupToolchain } from './setup.mjs';
import { siteOf, takeShop } from './shop-folder.mjs';
import { checkSizes } from './sizes.mjs';
import { buildPart, isCurrent, rustInputs } from './stamp.mjs';
import { scriptElements } from './versioned.mjs';

/** The sandbox. @type {import('./stamp.mjs').Part} */
const sandboxPart = {
  name: 'sandbox',
  needsRust: true,
  inputs: () => [...rustInputs, 'sandbox/Cargo.toml', 'sandbox/src'],
  output: path.relative(root, sandboxDir),
  build: async (next) => {
    await run('cargo', ['build', '-p', 'compago-sandbox']);
    await copyFile(path.join(targetDir, 'debug', sandboxName), path.join(next, sandboxName));
  },
};

/** What a running copy uses. */
const product = ['sandbox', 'package', 'site', 'worker'];

/** All parts by the name that a person types, in the order in which they are built: each may use those before. @param {string} shop @returns {Map<string, Part>} */
function partsFor(shop) {
  const site = sitePart(shop);
  const testSite = shop === testShopDir ? site : sitePart(testShopDir);
  return new Map(Object.entries({ sandbox: sandboxPart, package: packagePart, site, 'test-site': testSite, worker: workerPart, 'worker-package': workerPackagePart, 'sandbox-worker': sandboxWorkerPart, 'test-worker': testWorkerPart }));
}

/**
 * Brings the named parts and those that they need up to date, or all that a running copy uses if none is named, and installs what that takes.
 * If nothing has changed, it neither runs the compiler nor waits for another command.
 *
 * @param {string[]} [names]
 * @param {string} [shop] the folder of the shop whose site is meant
 */
export async function build(names = product, shop = shopDir) {
  checkNode();
  const parts = partsFor(shop);
  const needed = names.flatMap((name) => [...(parts.get(name)?.needs ?? []), name]);
  const wanted = [...new Set([...parts].filter(([name]) => needed.includes(name)).map(([, part]) => part))];
  if ((await packagesAreInstalled()) && (await stale(wanted)).length === 0) return;
  await withCheckout(async () => {
    await setupPackages();
    // The command that was waited for may have built it.
    const stillStale = await stale(wanted);
    const changing = wanted.filter((part) => stillStale.some((one) => one === part || part.needs?.includes(one.name)));
    if (changing.some(({ needsRust }) => needsRust)) await setupToolchain();
    await cleanNext();
    await buildAll(changing);
  });
}

/** Installs npm's packages where they are missing. */
export const installPackages = () => build([]);

/** Installs whatever any of the commands uses. */
export async function setup() {
  checkNode();
  await withCheckout(async () => {
    await setupPackages();
    await setupToolchain();
  });
}

/** The sandbox is built beside the others: it is native, they are wasm, and linking the Worker keeps only one core busy. @param {Part[]} changing */
async function buildAll(changing) {
  const inOrder = async () => {
    for (const part of changing) {
      if (part !== sandboxPart) await buildPart(part);
    }
  };
  await Promise.all([changing.includes(sandboxPart) && buildPart(sandboxPart), inOrder()]);
}

/** @typedef {import('./stamp.mjs').Part} Part */

/** @param {Part[]} wanted @returns {Promise<Part[]>} those of them that are not up to date */
async function stale(wanted) {
  const current = await Promise.all(wanted.map(isCurrent));
  return wanted.filter((_, at) => !current[at]);
}

async function main() {
  const { shop, rest: names } = takeShop(process.argv.slice(2), process.env);
  const partNames = [...partsFor(shop).keys()];
  const unknown = names.find((name) => !partNames.includes(name));
  if (unknown) throw new Failure(`There is no part "${unknown}"; the parts are ${partNames.join(', ')}.`);
  if (names.length > 0) return build(names, shop);
  // The sizes are those of the tests' shop: they do not depend on a merchant's pictures.
  await build([...product, 'worker-package', 'sandbox-worker', 'test-site'], shop);
  await checkSizes();
  console.log(`For pages on other origins, one of these (docs/embed.md)\n${await scriptElements('https://shop.example', siteOf(shop))}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(main);
