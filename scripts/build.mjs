#!/usr/bin/env node
// npm run build: the Worker, the npm package, the static site and the sandbox; only what has changed.
//
//   npm run build                 everything
//   npm run build -- worker site  only these: worker, package, site, sandbox

import { pathToFileURL } from 'node:url';
import { buildPackage } from './build-package.mjs';
import { buildSite } from './build-site.mjs';
import { buildWorker } from './build-worker.mjs';
import { Failure, runMain } from './failure.mjs';
import { sandboxPath } from './paths.mjs';
import { run } from './run.mjs';
import { setup } from './setup.mjs';
import { checkSizes } from './sizes.mjs';
import { buildPart, rustInputs } from './stamp.mjs';

/** Each part by its name, in an order in which each finds what it needs. */
const parts = {
  sandbox: () =>
    buildPart({
      name: 'sandbox',
      inputs: [...rustInputs, 'sandbox'],
      outputs: [sandboxPath],
      build: async () => void (await run('cargo', ['build', '-p', 'compago-sandbox'])),
    }),
  package: buildPackage,
  site: buildSite,
  worker: buildWorker,
};

/**
 * Brings the named parts up to date, all of them when none is named.
 *
 * @param {string[]} [names]
 */
export async function build(names = Object.keys(parts)) {
  for (const [name, buildNamed] of Object.entries(parts)) {
    if (names.includes(name)) await buildNamed();
  }
}

async function main() {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !Object.hasOwn(parts, name));
  if (unknown) throw new Failure(`There is no part "${unknown}"; the parts are ${Object.keys(parts).join(', ')}.`);
  await setup();
  await build(names.length > 0 ? names : undefined);
  await checkSizes();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(main);
