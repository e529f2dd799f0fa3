// The folder of a version, from which pages of other origins load the elements.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { filesBelow } from '../../scripts/mirror.mjs';
import { inRoot, siteDir } from '../../scripts/paths.mjs';
import { addVersion, scriptElement } from '../../scripts/versioned.mjs';

const { version } = JSON.parse(await readFile(inRoot('pkg', 'package.json'), 'utf8'));
const hashOf = (/** @type {Buffer} */ content) => `sha384-${createHash('sha384').update(content).digest('base64')}`;

test('the folder of the version has every file of /pkg/ as it is, and names its hash', async () => {
  const all = await filesBelow(path.join(siteDir, 'pkg'));
  const files = all.filter((file) => !/^v\d/.test(file));
  assert.ok(files.includes('elements-define.js') && files.includes('elements.css') && files.includes('wasm/browser.js'), files.join(' '));
  assert.deepEqual(all.filter((file) => /^v\d/.test(file)).sort(), [...files, 'integrity.json'].map((file) => `v${version}/${file}`).sort());
  const integrity = JSON.parse(await readFile(path.join(siteDir, 'pkg', `v${version}`, 'integrity.json'), 'utf8'));
  assert.equal(integrity.version, version);
  assert.deepEqual(Object.keys(integrity.files).sort(), files);
  for (const file of files) {
    const [plain, versioned] = await Promise.all([file, `v${version}/${file}`].map((name) => readFile(path.join(siteDir, 'pkg', name))));
    assert.ok(plain.equals(versioned), file);
    assert.equal(integrity.files[file], hashOf(plain), file);
  }
});

test('the line of HTML to copy has the address, the version and the hash of what was built', async (context) => {
  const site = await mkdtemp(path.join(tmpdir(), 'compago-edge-versioned-'));
  context.after(() => rm(site, { recursive: true, force: true }));
  await mkdir(path.join(site, 'pkg'));
  const elements = path.join(site, 'pkg', 'elements-define.js');
  const lines = [];
  for (const content of ['one', 'two']) {
    await writeFile(elements, content);
    await addVersion(site, ['elements-define.js']);
    lines.push(await scriptElement('https://shop.example', site));
    const attributes = `src="https://shop.example/pkg/v${version}/elements-define.js" integrity="${hashOf(Buffer.from(content))}" crossorigin`;
    assert.equal(lines.at(-1), `<script type="module" ${attributes}></script>`);
  }
  assert.notEqual(lines[0], lines[1]);
});
