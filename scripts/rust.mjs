import { existsSync } from 'node:fs';
import path from 'node:path';
import { aptAvailable, aptInstall } from './apt.mjs';
import { Failure } from './failure.mjs';
import { onPath, toolchain } from './paths.mjs';
import { run, tryRun } from './run.mjs';

const WASM = 'wasm32-unknown-unknown';

/** Makes sure of the pinned compiler, its wasm target and what native builds link with. */
export async function setupRust() {
  if (!onPath('cargo')) {
    throw new Failure('Rust is missing: install it from https://rustup.rs, open a new terminal and run this again.');
  }
  await (onPath('rustup') ? setupToolchain() : checkSystemToolchain());
}

/** Installs the toolchain of rust-toolchain.toml and the wasm target where they are missing. */
async function setupToolchain() {
  const version = toolchain();
  const targets = await tryRun('rustup', ['target', 'list', '--installed', '--toolchain', version]);
  if (targets === undefined) {
    console.log(`  Rust ${version}: the compiler this project is pinned to`);
    const parts = ['--component', 'clippy', '--component', 'rustfmt', '--target', WASM];
    await run('rustup', ['toolchain', 'install', version, '--profile', 'minimal', ...parts]);
  } else if (!targets.split(/\s+/).includes(WASM)) {
    console.log(`  ${WASM}: Rust's target for browsers and Workers`);
    await run('rustup', ['target', 'add', WASM, '--toolchain', version]);
  }
}

/** A Rust without rustup can be used as it is, if it brings the wasm target. */
async function checkSystemToolchain() {
  const sysroot = (await run('rustc', ['--print', 'sysroot'])).trim();
  if (existsSync(path.join(sysroot, 'lib', 'rustlib', WASM))) return;
  throw new Failure(`Rust has no ${WASM} target and no rustup to add it: install rustup from https://rustup.rs.`);
}

/** On Linux the build tools link with a C compiler and OpenSSL; macOS and Windows bring their own. */
export async function setupLinker() {
  if (process.platform !== 'linux') return;
  const compiler = onPath('cc') !== undefined;
  const openssl = (await tryRun('pkg-config', ['--exists', 'openssl'])) !== undefined;
  if (compiler && openssl) return;
  if (!aptAvailable()) {
    throw new Failure(
      'A C compiler, pkg-config and the OpenSSL headers are needed: ' +
        'on Debian or Ubuntu run `sudo apt-get install build-essential pkg-config libssl-dev`, ' +
        'on Fedora `sudo dnf install gcc pkgconf openssl-devel`.',
    );
  }
  console.log('  build-essential, pkg-config, libssl-dev: what the build tools link with');
  await aptInstall('build-essential', 'pkg-config', 'libssl-dev');
}
