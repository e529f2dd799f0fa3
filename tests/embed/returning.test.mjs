// Somebody who comes back to a page of another origin, with what their browser kept: after a rebuild the page loads what was built.
import assert from 'node:assert/strict';
import { appendFile, cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { testSiteDir } from '../../scripts/paths.mjs';
import { addVersion, pinnedScriptElement, versionName } from '../../scripts/versioned.mjs';
import { ownPort } from '../support/stack.mjs';
import { pageWith, startEmbedding, threeLines } from './support/embedding.mjs';
import { startProxy } from './support/proxy.mjs';

const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-returning-'));
const built = path.join(folder, 'site');
await cp(testSiteDir, built, { recursive: true });

const port = await ownPort();
const shop = `http://localhost:${port}`;
const world = await startEmbedding({ site: built, env: { SHOP_ORIGIN: shop }, strangers: [shop] });
/** What reached the Worker of the package: all else the browser had. @type {string[]} */
const asked = [];
const stopProxy = await startProxy(port, { to: () => world.url, onRequest: (url) => url.startsWith('/pkg/') && asked.push(url) });
after(async () => {
  await stopProxy();
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A build of the same version whose elements have other content. */
async function rebuild() {
  await rm(path.join(built, 'pkg', await versionName(built)), { recursive: true });
  await appendFile(path.join(built, 'pkg', 'elements-define.js'), '\nglobalThis.isRebuilt = true;\n');
  const files = await readdir(path.join(built, 'pkg'), { recursive: true, withFileTypes: true });
  await addVersion(built, files.filter((file) => file.isFile()).map((file) => path.relative(path.join(built, 'pkg'), path.join(file.parentPath, file.name))));
}

/** The page with the line that the build prints. */
async function publish() {
  world.site.files['index.html'] = pageWith(shop, threeLines, { head: await pinnedScriptElement(shop, built), script: `${world.site.origin}/nothing.js` });
  world.site.files['nothing.js'] = '';
}

test('a visitor who comes back asks for no file again, and after a rebuild gets the new one by the new line', async () => {
  await publish();
  const before = await versionName(built);
  const { context, close } = await world.visit();
  /** Opens the page, until it sells. */
  const open = async () => {
    const page = await context.newPage();
    await page.goto(world.site.url);
    await page.getByRole('button', { name: 'Comprar' }).waitFor();
    const isRebuilt = await page.evaluate(() => /** @type {any} */ (globalThis).isRebuilt === true);
    await page.close();
    return isRebuilt;
  };
  assert.equal(await open(), false);
  assert.equal(await open(), false);
  assert.deepEqual(asked, [`/pkg/${before}/elements-define.js`], 'once for two visits');

  await rebuild();
  assert.equal(await open(), false, 'the old line goes on with what the browser has');
  await publish();
  const now = await versionName(built);
  assert.notEqual(now, before);
  assert.equal(await open(), true);
  assert.equal(await open(), true);
  assert.deepEqual(asked, [before, now].map((name) => `/pkg/${name}/elements-define.js`), 'once for each content');
  await close();
});
