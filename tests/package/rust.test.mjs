// A new crate outside of this repository with what the README of `compago-client` prints: it builds, and takes a payment.

import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { inRoot, targetDir } from '../../scripts/paths.mjs';
import { startSandbox } from '../../scripts/processes.mjs';
import { run } from '../../scripts/run.mjs';

const readme = await readFile(inRoot('client', 'README.md'), 'utf8');

/** @param {string} language @returns {string} the first block of the README in this language */
function block(language) {
  const code = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'ms').exec(readme)?.[1];
  assert.ok(code, `the README has no block of ${language}`);
  return code;
}

/** @param {string} text @param {string} part @param {string} other */
function replaced(text, part, other) {
  assert.equal(text.split(part).length, 2, `once in the program: ${part}`);
  return text.replace(part, () => other);
}

test('the program of the README runs as it is pasted into a new crate', async (t) => {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'compago-edge-rust-')));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const sandbox = await startSandbox();
  t.after(() => sandbox.stop());

  // The crates are those of this clone, with its profile, so that what is built of them already is used.
  const manifest = `[package]\nname = "shop"\nversion = "0.0.0"\nedition = "2024"\n
${block('toml')}
[patch.crates-io]
compago = { path = ${JSON.stringify(inRoot('.'))} }
compago-client = { path = ${JSON.stringify(inRoot('client'))} }

[profile.dev]
debug = "line-tables-only"
`;
  // The sandbox of this test is not on the default port.
  const withPort = replaced(block('rust,no_run'), '"sandbox-key".parse()?, Environment::Local', `"sandbox-key".parse()?, "${sandbox.url}/api".parse::<compago_client::BaseUrl>()?`);
  const origin = `Origin::parse("${sandbox.origin}", compago::value::Loopback::Allowed).ok()`;
  const program = replaced(withPort, 'checkout_origin(Environment::Local)', origin);
  await mkdir(path.join(folder, 'src'));
  await writeFile(path.join(folder, 'Cargo.toml'), manifest);
  await writeFile(path.join(folder, 'src', 'main.rs'), program);
  for (const name of ['Cargo.lock', 'rust-toolchain.toml']) await copyFile(inRoot(name), path.join(folder, name));

  const output = await run('cargo', ['run', '--offline'], { cwd: folder, env: { CARGO_TARGET_DIR: targetDir } });
  const id = /^pay at \S+\/checkout\/otp\/([0-9a-f-]{36})$/m.exec(output)?.[1];
  assert.ok(id && output.includes(`pay at ${sandbox.origin}/`), output);
  assert.match(output, /^paid: false$/m);
  const payment = await fetch(`${sandbox.url}/api/one-time-payment/${id}`, { headers: { 'x-api-key': 'sandbox-key' } });
  const { externalId, amount, status } = await payment.json();
  assert.deepEqual([externalId, Number(amount), status], ['order-7-1', 250, 'PENDING']);
});
