#!/usr/bin/env node
// npm run build: the Worker, the npm package, the static site and the sandbox; only what has changed.
//
//   npm run build                 everything, and holds the sizes against budgets.json
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

/** Each part by its name. */
const parts = { sandbox: buildSandbox, package: buildPackage, site: buildSite, worker: buildWorker };

/**
 * Brings the named parts up to date, all of them when none is named. The sandbox is built beside the others: it is
 * native, they are wasm, and linking the Worker keeps only one core busy.
 *
 * @param {string[]} [names]
 */
export async function build(names = Object.keys(parts)) {
  const { sandbox, ...inOrder } = parts;
  const buildInOrder = async () => {
    for (const [name, buildNamed] of Object.entries(inOrder)) {
      if (names.includes(name)) await buildNamed();
    }
  };
  await Promise.all([names.includes('sandbox') && sandbox(), buildInOrder()]);
}

function buildSandbox() {
  return buildPart({
    name: 'sandbox',
    inputs: [...rustInputs, 'sandbox/Cargo.toml', 'sandbox/src'],
    outputs: [sandboxPath],
    build: async () => void (await run('cargo', ['build', '-p', 'compago-sandbox'])),
  });
}

async function main() {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !Object.hasOwn(parts, name));
  if (unknown) throw new Failure(`There is no part "${unknown}"; the parts are ${Object.keys(parts).join(', ')}.`);
  await setup();
  if (names.length > 0) return build(names);
  await build();
  await checkSizes();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runMain(main);
