// Which files of a shop's folder become part of a site: whatever else lies in it, and whatever its links lead to.
import assert from 'node:assert/strict';
import { chmod, cp, lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { assembleSite } from '../../scripts/build-site.mjs';
import { shopMistakes } from '../../scripts/check-shop.mjs';
import { filesBelow } from '../../scripts/mirror.mjs';
import { inRoot, testShopDir } from '../../scripts/paths.mjs';
import { shopTree } from '../../scripts/shop-tree.mjs';

/** @param {import('node:test').TestContext} context a folder with the tests' shop in it */
async function copiedShop(context) {
  const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-tree-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const shop = path.join(folder, 'shop');
  await cp(testShopDir, shop, { recursive: true });
  return { folder, shop, inShop: (/** @type {string[]} */ ...names) => path.join(shop, ...names) };
}

test('what links inside the folder lead to is served as files of its own, and a build changes nothing in the folder', async (context) => {
  const { folder, shop, inShop } = await copiedShop(context);
  await writeFile(inShop('nosotros.html'), '<h1>{{ shop.name }}</h1>');
  await chmod(inShop('nosotros.html'), 0o444);
  await symlink('nosotros.html', inShop('about.html'));
  await symlink('img', inShop('pictures'));
  await symlink(shop, path.join(folder, 'linked'));
  const site = path.join(folder, 'site');
  await mkdir(site);
  await assembleSite({ pages: inRoot('www'), shop: path.join(folder, 'linked') }, site);
  for (const name of ['about.html', 'nosotros.html']) assert.equal(await readFile(path.join(site, name), 'utf8'), '<h1>Taller Nube</h1>');
  assert.deepEqual(await readFile(path.join(site, 'pictures', 'mug.svg')), await readFile(inShop('img', 'mug.svg')));
  for (const name of await filesBelow(site)) assert.ok((await lstat(path.join(site, name))).isFile(), name);
  assert.equal(await readFile(inShop('nosotros.html'), 'utf8'), '<h1>{{ shop.name }}</h1>');
  for (const name of await filesBelow(testShopDir)) assert.deepEqual(await readFile(inShop(name)), await readFile(path.join(testShopDir, name)), name);
});

test('a link that cannot be followed, or leads elsewhere, is one line', async (context) => {
  const { folder, shop, inShop } = await copiedShop(context);
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
  await writeFile(inShop('.env'), 'secret');
  await mkdir(path.join(folder, 'shop-2'));
  for (const [name, target] of [['out.txt', '../secret.txt'], ['beside', '../shop-2'], ['env.txt', '.env'], ['none.svg', 'img/none.svg'], ['self', 'self'], ['img/up', '..']]) {
    await symlink(target, inShop(name));
  }
  await assert.rejects(shopMistakes(shop), (error) => {
    assert.equal(error.name, 'Failure');
    assert.deepEqual(error.message.split('\n').sort(), [
      "shop/beside is a link that leads out of the shop's files; put the file itself in its place.",
      "shop/env.txt is a link that leads out of the shop's files; put the file itself in its place.",
      'shop/img/up is a link to a folder that it is in itself; remove it.',
      'shop/none.svg is a link to nothing; put the file itself in its place, or remove it.',
      "shop/out.txt is a link that leads out of the shop's files; put the file itself in its place.",
      'shop/self is a link to nothing; put the file itself in its place, or remove it.',
    ]);
    return true;
  });
});

test('what editors, systems and package managers leave is no part of the site, and is not looked into', async (context) => {
  const { shop, inShop } = await copiedShop(context);
  const left = ['.env', '.git/config', 'node_modules/a/index.html', 'img/mug.svg~', 'shop.json.bak', 'index.html.orig', '#a.html#', 'Thumbs.db', 'img/desktop.ini', 'a.swp', 'a.tmp', '__MACOSX/a.svg'];
  for (const name of left) {
    await mkdir(path.dirname(inShop(name)), { recursive: true });
    await writeFile(inShop(name), '{{ nobody.renders.this }}');
  }
  await symlink('/nowhere', inShop('node_modules', 'b'));
  assert.deepEqual(await shopTree(shop), { files: await filesBelow(testShopDir), hidden: ['.env', '.git'] });
});

test('what cannot be read is told apart from what is missing', async (context) => {
  const { shop, inShop } = await copiedShop(context);
  await rm(inShop('catalog.json'));
  assert.deepEqual(await shopMistakes(shop), ['shop/catalog.json: there is no such file; add it with { "currency": "MXN", "items": [ … ] }.']);
  await mkdir(inShop('catalog.json'));
  await assert.rejects(shopMistakes(shop), { name: 'Failure', message: 'shop/catalog.json cannot be read (EISDIR).' });
  assert.match((await shopMistakes(path.join(shop, 'none')))[0], /^none\/shop\.json: there is no such file; /);
});
