// What the crates say about themselves: the compiler that they need, and the files that are packed.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { inRoot } from '../../scripts/paths.mjs';
import { run } from '../../scripts/run.mjs';

const read = (/** @type {string} */ name) => readFile(inRoot(name), 'utf8');

/** @param {string} text @param {RegExp} pattern */
const found = (text, pattern) => pattern.exec(text)?.[1];

test('the documents name the oldest compiler, which is the pinned one', async () => {
  const version = found(await read('Cargo.toml'), /^rust-version = "([\d.]+)"$/m);
  assert.equal(found(await read('rust-toolchain.toml'), /^channel = "([\d.]+)\.\d+"$/m), version);
  for (const document of ['README.md', 'src/README.md']) {
    assert.ok((await read(document)).includes(`Rust ${version}`), `${document} does not name Rust ${version}`);
  }
  for (const crate of ['.', 'client', 'pkg', 'worker', 'sandbox']) {
    assert.match(await read(`${crate}/Cargo.toml`), /^rust-version(?:\.workspace = true| = "[\d.]+")$/m, crate);
  }
});

test('the crate packs its sources, its readme, its licences and its history, and nothing else', async () => {
  const listed = await run('cargo', ['package', '-p', 'compago', '--list', '--allow-dirty', '--offline'], { cwd: inRoot('.') });
  const files = listed.trim().split('\n');
  const ofSources = (/** @type {string} */ name) => /^src\/[a-z_/]+\.rs$/.test(name) && !name.startsWith('src/openapi');
  // cargo adds the first five.
  const others = ['.cargo_vcs_info.json', 'Cargo.lock', 'Cargo.toml', 'Cargo.toml.orig', 'src/README.md', 'CHANGELOG.md', 'LICENSE-APACHE', 'LICENSE-MIT'];
  assert.deepEqual(files.filter((name) => !ofSources(name) && !others.includes(name)), []);
  for (const name of ['src/lib.rs', 'src/value/amount.rs', 'src/webhook/receive.rs', ...others.slice(4)]) {
    assert.ok(files.includes(name), `${name} is missing: ${files.join(' ')}`);
  }
});
