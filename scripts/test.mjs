#!/usr/bin/env node
// npm test: everything that has to hold, cheapest first. It ends at the first step that fails, with its output.

import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setupBrowser, writeCapabilities } from './browser.mjs';
import { build, setup } from './build.mjs';
import { checkImports } from './circles.mjs';
import { checkDependencies } from './dependencies.mjs';
import { dryRun } from './deploy.mjs';
import { Failure, runMain } from './failure.mjs';
import { inRoot, npmBin, toolPath } from './paths.mjs';
import { run, seconds } from './run.mjs';
import { checkSizes } from './sizes.mjs';

/** These tests wait for real clocks most of the time: alarms, retries, timeouts. Each file has a Worker of its own. */
const AT_ONCE = { package: 2, sandbox: 3, worker: 6, browser: 3, embed: 2 };

const wasm = ['--target', 'wasm32-unknown-unknown'];
const denyWarnings = ['--', '-D', 'warnings'];
const wasmRunner = { CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: toolPath('wasm-bindgen-test-runner') };

async function main() {
  const since = performance.now();
  console.log('Getting ready');
  await setup();
  const browser = await setupBrowser();
  const capabilities = await writeCapabilities(browser);

  await step('format', () => cargo(['fmt', '--all', '--check']));
  await step('dependencies point one way', checkDependencies);
  await step('modules point one way', () => checkImports());
  await step('pages fit the oldest browsers', () => run(npmBin('eslint'), ['www', 'pkg']));
  // Cargo holds one lock for its debug and one for its release output: these two lanes do not wait for each other.
  await Promise.all([checkRust(browser, capabilities), step('build', () => build(['sandbox', 'package', 'test-site', 'worker']))]);
  await step('build of the Worker for tests, and of the packages for npm', () => build(['test-worker', 'worker-package', 'sandbox-worker']));
  await step('scripts', () => nodeTests('tests/scripts'));
  await step('page logic', () => nodeTests('tests/pages'));
  await step('package', () => nodeTests('pkg/tests'));
  await step('package, installed', () => nodeTests('tests/package', { CHROME_PATH: browser.chrome }, AT_ONCE.package));
  await step('sandbox in workerd', () => nodeTests('tests/sandbox', {}, AT_ONCE.sandbox));
  await step('installed without Rust', () => nodeTests('tests/install'));
  await step('Worker in workerd', () => nodeTests('tests/worker', {}, AT_ONCE.worker));
  await step('upgrade from the last build, and back', () => nodeTests('tests/upgrade'));
  await step('purchase in Chromium', () => nodeTests('tests/browser', { CHROME_PATH: browser.chrome }, AT_ONCE.browser));
  await step('pages of other origins in Chromium', () => nodeTests('tests/embed', { CHROME_PATH: browser.chrome }, AT_ONCE.embed));
  await step('wrangler packs the Worker', dryRun);
  await checkSizes();
  console.log(`\nAll steps passed in ${seconds(since)}.`);
}

/** @param {import('./browser.mjs').Browser} browser @param {string} capabilities */
async function checkRust(browser, capabilities) {
  const native = ['-p', 'compago', '-p', 'compago-client', '-p', 'compago-sandbox'];
  const clientOnWasm = ['-p', 'compago-client', '--features', 'compago-client/gloo-net,compago-client/worker'];
  const forWasm = [
    ...clientOnWasm,
    ...['-p', 'compago-js', '-p', 'compago-worker', '-p', 'compago-sandbox-worker', '--features', 'compago-js/server,compago-worker/voucher'],
    ...wasm,
  ];
  const inBrowser = {
    CHROMEDRIVER: browser.chromedriver,
    WASM_BINDGEN_TEST_WEBDRIVER_JSON: capabilities,
    WASM_BINDGEN_USE_BROWSER: '1',
    WASM_BINDGEN_TEST_ONLY_WEB: '1',
  };
  const docs = { RUSTDOCFLAGS: '-D warnings' };
  const clientFeatures = ['--features', 'compago-client/reqwest,compago-client/http'];
  await step('lints', () => cargo(['clippy', ...native, ...clientFeatures, '--all-targets', ...denyWarnings]));
  await step('lints, client without features', () => cargo(['clippy', '-p', 'compago-client', ...denyWarnings]));
  await step('lints, sandbox without the program', () => cargo(['clippy', '-p', 'compago-sandbox', '--no-default-features', ...wasm, ...denyWarnings]));
  await step('lints, wasm', () => cargo(['clippy', '-p', 'compago', ...forWasm, '--all-targets', ...denyWarnings]));
  await step('core', () => cargoTests(['-p', 'compago']));
  await step('sandbox', () => cargoTests(['-p', 'compago-sandbox']));
  await step('core on wasm', () => cargoTests(['-p', 'compago', '--lib', '--test', 'it', ...wasm], wasmRunner));
  await step('client', () => cargoTests(['-p', 'compago-client', '--all-features']));
  const page = ['-p', 'compago-client', '--features', 'gloo-net', ...wasm];
  await step('examples for pages and Workers', () => cargo(['build', ...clientOnWasm, '--examples', ...wasm]));
  await step('client on wasm, what must not compile', () => cargoTests([...page, '--doc'], wasmRunner));
  await step('client in Node', () => cargoTests([...page, '--tests'], { ...wasmRunner, WASM_BINDGEN_TEST_ONLY_NODE: '1' }));
  await step('client in Chromium', () => cargoTests([...page, '--tests'], { ...wasmRunner, ...inBrowser }));
  const bindings = ['-p', 'compago-js', '--features', 'server', ...wasm];
  await step('bindings in Node', () => cargoTests(bindings, { ...wasmRunner, WASM_BINDGEN_TEST_ONLY_NODE: '1' }));
  await step('bindings in Chromium', () => cargoTests(bindings, { ...wasmRunner, ...inBrowser }));
  await step('docs', () => cargo(['doc', '--no-deps', ...native, ...clientFeatures], docs));
  await step('docs, wasm', () => cargo(['doc', '--no-deps', ...forWasm], docs));
}

/**
 * Runs one step and prints its name, how long it took and what its test runner summed up.
 *
 * @param {string} name
 * @param {() => Promise<string | void>} check
 */
async function step(name, check) {
  const since = performance.now();
  try {
    const output = await check();
    console.log(`ok  ${name}  ${seconds(since)}`);
    for (const line of summaries(output ?? '')) console.log(`      ${line}`);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(`${error.message}\nFAILED  ${name}  ${seconds(since)}`);
  }
}

/** @param {string} output @returns {string[]} the lines in which tests say how long something took, and in which cargo and Node sum up theirs */
function summaries(output) {
  const lines = output.split('\n').map((line) => line.trim());
  const cargoLines = lines.filter((line) => /^test result: /.test(line) && !/ 0 passed; 0 failed/.test(line));
  const nodeLines = lines.filter((line) => /^ℹ (tests|pass|fail|skipped) /.test(line));
  const times = lines.filter((line) => /^took \d/.test(line));
  return nodeLines.length > 0 ? [...cargoLines, ...times, nodeLines.join(' ').replaceAll('ℹ ', '')] : cargoLines;
}

/** @param {string[]} args @param {Record<string, string>} [env] */
const cargo = (args, env) => run('cargo', args, { env });

/** @param {string[]} args @param {Record<string, string>} [env] */
async function cargoTests(args, env) {
  const output = await cargo(['test', ...args], env);
  if (summaries(output).length === 0) throw new Failure(`cargo test ${args.join(' ')} ran no test.`);
  return output;
}

/** @param {string} folder @param {Record<string, string>} [env] @param {number} [atOnce] files at the same time */
async function nodeTests(folder, env, atOnce = 1) {
  const names = await readdir(inRoot(folder)).catch(() => /** @type {string[]} */ ([]));
  const files = names.filter((name) => name.endsWith('.test.mjs')).map((name) => path.join(folder, name));
  if (files.length === 0) throw new Failure(`${folder} has no *.test.mjs file.`);
  const options = ['--test', '--test-reporter=spec', `--test-concurrency=${atOnce}`];
  return run(process.execPath, [...options, ...files], { env });
}

await runMain(main);
// The other lane may still be going on after a failure.
process.exit();
