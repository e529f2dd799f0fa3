import { existsSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Failure } from './failure.mjs';
import { inRoot, lockedVersion, root, toolPath } from './paths.mjs';
import { run, seconds, tryRun } from './run.mjs';
import { setupLinker, setupRust } from './rust.mjs';

/**
 * Makes sure that everything the other scripts use is there, and installs what is not into the project's own folders.
 * With all in place it takes a few milliseconds, so every command begins with it.
 */
export async function setup() {
  checkNode();
  await setupRust();
  await Promise.all([setupPackages(), setupTools()]);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 10)) return;
  throw new Failure(`Node ${process.versions.node} is too old: install Node 20.10 or newer from https://nodejs.org.`);
}

/** npm writes its hidden lock file last, so it is as old as the last complete installation. */
async function setupPackages() {
  const installed = inRoot('node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(inRoot('package-lock.json')).mtimeMs) return;
  const since = performance.now();
  console.log('  npm ci: the packages of package-lock.json');
  const npm = process.env.npm_execpath;
  await (npm ? run(process.execPath, [npm, 'ci']) : run('npm', ['ci']));
  console.log(`  npm ci: done in ${seconds(since)}`);
}

/** Each tool's version is that of its library in Cargo.lock: wasm-bindgen refuses any other. */
async function setupTools() {
  const tools = [
    {
      crate: 'wasm-bindgen-cli',
      binaries: ['wasm-bindgen', 'wasm-bindgen-test-runner'],
      version: lockedVersion('wasm-bindgen'),
      why: 'joins Rust to JavaScript',
      // The lock file published with it cannot be resolved any more.
      flags: [],
    },
    {
      crate: 'worker-build',
      binaries: ['worker-build'],
      version: lockedVersion('worker'),
      why: 'turns the Worker into what Cloudflare runs',
      flags: ['--locked', '--bin', 'worker-build'],
    },
  ];
  const present = await Promise.all(tools.map(isInstalled));
  const missing = tools.filter((_, index) => !present[index]);
  if (missing.length === 0) return;
  await setupLinker();
  for (const tool of missing) await installTool(tool);
  await rm(inRoot('.tools', 'build'), { recursive: true, force: true });
}

/** @param {{ binaries: string[], version: string }} tool */
async function isInstalled({ binaries, version }) {
  const answers = await Promise.all(binaries.map((name) => tryRun(toolPath(name), ['--version'])));
  return answers.every((answer) => answer?.split(/\s+/).includes(version));
}

/** @param {{ crate: string, version: string, why: string, flags: string[] }} tool */
async function installTool({ crate, version, why, flags }) {
  const since = performance.now();
  console.log(`  ${crate} ${version}: ${why}; built once, a minute or two`);
  let compiled = 0;
  const progress = setInterval(() => console.log(`  ${crate}: ${compiled} crates compiled, ${seconds(since)}`), 20_000);
  try {
    await run('cargo', ['install', '--root', inRoot('.tools'), '--force', `${crate}@${version}`, ...flags], {
      cwd: root,
      // Built to be ready soon: unoptimised they take half the time to build and some tenths of a second more to run.
      env: {
        CARGO_TARGET_DIR: inRoot('.tools', 'build'),
        CARGO_PROFILE_RELEASE_OPT_LEVEL: '0',
        CARGO_PROFILE_RELEASE_LTO: 'off',
        CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
        CARGO_PROFILE_RELEASE_DEBUG: '0',
      },
      onOutput: (text) => (compiled += text.match(/^\s*Compiling /gm)?.length ?? 0),
    });
  } finally {
    clearInterval(progress);
  }
  console.log(`  ${crate}: done in ${seconds(since)}`);
}
