// The folder of a version, from which pages of other origins load the elements.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { filesBelow } from '../../scripts/mirror.mjs';
import { inRoot, testSiteDir } from '../../scripts/paths.mjs';
import { addVersion, pinnedScriptElement, scriptElement, scriptElements, versionName } from '../../scripts/versioned.mjs';

const { version } = JSON.parse(await readFile(inRoot('pkg', 'package.json'), 'utf8'));
const hashOf = (/** @type {Buffer} */ content) => `sha384-${createHash('sha384').update(content).digest('base64')}`;

/**
 * A site with only these files of the package.
 *
 * @param {import('node:test').TestContext} context
 * @param {Record<string, string>} files
 */
async function siteWith(context, files) {
  const site = await mkdtemp(path.join(tmpdir(), 'compago-edge-versioned-'));
  context.after(() => rm(site, { recursive: true, force: true }));
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(site, 'pkg', file)), { recursive: true });
    await writeFile(path.join(site, 'pkg', file), content);
  }
  await addVersion(site, Object.keys(files));
  return site;
}

test('the folder of the version has every file of /pkg/ as it is, and names its hash', async () => {
  const name = await versionName(testSiteDir);
  const all = await filesBelow(path.join(testSiteDir, 'pkg'));
  const files = all.filter((file) => !/^v\d/.test(file));
  assert.ok(files.includes('elements-define.js') && files.includes('elements.css') && files.includes('wasm/browser.js'), files.join(' '));
  assert.deepEqual(all.filter((file) => /^v\d/.test(file)).sort(), [...files, 'integrity.json'].map((file) => `${name}/${file}`).sort());
  const integrity = JSON.parse(await readFile(path.join(testSiteDir, 'pkg', name, 'integrity.json'), 'utf8'));
  assert.equal(integrity.version, version);
  assert.deepEqual(Object.keys(integrity.files).sort(), [...files].sort());
  for (const file of files) {
    const [plain, versioned] = await Promise.all([file, `${name}/${file}`].map((each) => readFile(path.join(testSiteDir, 'pkg', each))));
    assert.ok(plain.equals(versioned), file);
    assert.equal(integrity.files[file], hashOf(plain), file);
  }
});

test('browsers keep the folder for a year, so each content has a folder of its own, and the same content the same one', async (context) => {
  const files = { 'elements-define.js': 'one', 'elements.css': 'two', 'wasm/browser.js': 'three' };
  const nameOf = async (/** @type {Record<string, string>} */ content) => versionName(await siteWith(context, content));
  const name = await nameOf(files);
  assert.match(name, /^v\d[\w.-]*-[0-9a-f]{8}$/);
  assert.ok(name.startsWith(`v${version}-`), name);
  assert.equal(await nameOf(Object.fromEntries(Object.entries(files).reverse())), name, 'in whatever order');
  const others = [{ ...files, 'elements-define.js': 'One' }, { ...files, 'wasm/browser.js': 'other' }, { ...files, 'more.js': '' }, { ...files, 'elements.css': 'three', 'wasm/browser.js': 'two' }];
  assert.equal(new Set([name, ...(await Promise.all(others.map(nameOf)))]).size, 1 + others.length);
});

test('the line of HTML to copy has the address, the folder and the hash of what was built', async (context) => {
  for (const content of ['one', 'two']) {
    const site = await siteWith(context, { 'elements-define.js': content });
    const attributes = `src="https://shop.example/pkg/${await versionName(site)}/elements-define.js" integrity="${hashOf(Buffer.from(content))}" crossorigin`;
    assert.equal(await pinnedScriptElement('https://shop.example', site), `<script type="module" ${attributes}></script>`);
  }
});

test('the line that sells after an upgrade as well is named before the one that has to be replaced', async () => {
  const lines = (await scriptElements('https://shop.example', testSiteDir)).split('\n').map((line) => line.trim());
  assert.deepEqual([lines[0], lines[2]], [scriptElement('https://shop.example'), await pinnedScriptElement('https://shop.example', testSiteDir)]);
  assert.match(lines[1], /goes on selling/);
  assert.match(lines[3], /sells nothing until/);
});

test('a site that was not built says what to do', async (context) => {
  const site = await siteWith(context, { 'elements-define.js': 'one' });
  await rm(path.join(site, 'pkg', await versionName(site)), { recursive: true });
  await assert.rejects(versionName(site), { name: 'Failure', message: /npm run build/ });
});
