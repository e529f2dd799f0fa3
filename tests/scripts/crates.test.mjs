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
  for (const document of ['README.md', 'src/README.md', 'client/README.md']) {
    assert.ok((await read(document)).includes(`Rust ${version}`), `${document} does not name Rust ${version}`);
  }
  for (const crate of ['.', 'client', 'pkg', 'worker', 'sandbox']) {
    assert.match(await read(`${crate}/Cargo.toml`), /^rust-version(?:\.workspace = true| = "[\d.]+")$/m, crate);
  }
});

/** Lists what `cargo package` would pack. @param {string} crate */
async function packed(crate) {
  const listed = await run('cargo', ['package', '-p', crate, '--list', '--allow-dirty', '--offline'], { cwd: inRoot('.') });
  return listed.trim().split('\n');
}

/** What cargo adds. */
const added = ['.cargo_vcs_info.json', 'Cargo.lock', 'Cargo.toml', 'Cargo.toml.orig'];
const licences = ['LICENSE-APACHE', 'LICENSE-MIT'];

test('the core packs its sources, its readme, its licences and its history, and nothing else', async () => {
  const files = await packed('compago');
  const ofSources = (/** @type {string} */ name) => /^src\/[a-z_/]+\.rs$/.test(name) && !name.startsWith('src/openapi');
  const others = ['src/README.md', 'CHANGELOG.md', ...licences];
  assert.deepEqual(files.filter((name) => !ofSources(name) && !added.includes(name) && !others.includes(name)), []);
  for (const name of ['src/lib.rs', 'src/value/amount.rs', 'src/webhook/receive.rs', ...others]) {
    assert.ok(files.includes(name), `${name} is missing: ${files.join(' ')}`);
  }
});

test('the client packs its sources, its examples, its readme and its licences, and nothing else', async () => {
  const files = await packed('compago-client');
  const others = ['src/front_page.md', 'README.md', ...licences];
  const isCode = (/** @type {string} */ name) => /^(src|examples)\/[a-z_/]+\.rs$/.test(name);
  assert.deepEqual(files.filter((name) => !isCode(name) && !added.includes(name) && !others.includes(name)), []);
  for (const name of ['src/lib.rs', 'src/transport/worker.rs', 'examples/payment_link.rs', ...others]) {
    assert.ok(files.includes(name), `${name} is missing: ${files.join(' ')}`);
  }
});
