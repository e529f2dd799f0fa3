import { readFile, rm } from 'node:fs/promises';
import { inRoot, lockedVersion, root, toolPath } from './paths.mjs';
import { run, seconds, tryRun } from './run.mjs';
import { setupLinker, setupRust } from './rust.mjs';

/**
 * Whether node_modules holds what package-lock.json names. npm writes its own list of what it has installed last, so a broken
 * installation has none. Files' times say nothing: a copied checkout has new ones.
 *
 * @returns {Promise<boolean>}
 */
export async function packagesAreInstalled() {
  const [locked, installed] = await Promise.all([lockedPackages('package-lock.json'), lockedPackages('node_modules/.package-lock.json')]);
  if (!locked || !installed) return false;
  const isSame = (/** @type {LockedPackage} */ one, /** @type {LockedPackage | undefined} */ other) =>
    one.version === other?.version && one.integrity === other?.integrity;
  const isThere = ([name, entry]) => (installed[name] ? isSame(entry, installed[name]) : entry.optional === true);
  return Object.entries(locked).every(isThere) && Object.keys(installed).every((name) => locked[name]);
}

/** @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage */

/** @param {string} file @returns {Promise<Record<string, LockedPackage> | undefined>} the packages it names, by where they are installed */
async function lockedPackages(file) {
  try {
    const { '': _, ...packages } = JSON.parse(await readFile(inRoot(file), 'utf8')).packages;
    return packages;
  } catch {
    return undefined;
  }
}

/** Installs the packages of package-lock.json, unless they are there: running copies use them. */
export async function setupPackages() {
  if (await packagesAreInstalled()) return;
  const since = performance.now();
  console.log('  npm ci: the packages of package-lock.json');
  const npm = process.env.npm_execpath;
  await (npm ? run(process.execPath, [npm, 'ci']) : run('npm', ['ci']));
  console.log(`  npm ci: done in ${seconds(since)}`);
}

/** Makes sure of the compiler and of the tools that are built with it, and installs what is missing. */
export async function setupToolchain() {
  await setupRust();
  await setupTools();
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
