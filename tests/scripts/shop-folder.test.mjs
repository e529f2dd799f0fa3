// Which shop a command is about, and that a change of it is a change of the site alone.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { inRoot, shopDir, siteDir, testShopDir, testSiteDir } from '../../scripts/paths.mjs';
import { shopFolder, siteOf, takeShop } from '../../scripts/shop-folder.mjs';
import { copyCheckout } from './support/checkout.mjs';
import { command } from './support/start.mjs';

const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-folder-'));
after(() => rm(folder, { recursive: true, force: true }));
let own = path.join(folder, 'my-shop');
await cp(testShopDir, own, { recursive: true });

test('the option goes before the environment, and without either it is the folder shop', () => {
  assert.deepEqual(takeShop(['site'], {}), { shop: shopDir, rest: ['site'] });
  assert.deepEqual(takeShop(['site'], { SHOP: own }), { shop: own, rest: ['site'] });
  assert.deepEqual(takeShop(['site'], { SHOP: '' }), { shop: shopDir, rest: ['site'] });
  assert.deepEqual(takeShop(['--shop', own, 'site'], { SHOP: testShopDir }), { shop: own, rest: ['site'] });
  assert.deepEqual(takeShop(['site', `--shop=${own}/`, '--dry-run'], {}), { shop: own, rest: ['site', '--dry-run'] });
  assert.deepEqual(takeShop(['--shop', path.relative(process.env.INIT_CWD ?? process.cwd(), own)], {}).shop, own);
});

test('a folder without a shop, and an option without a folder, are refused in one sentence', () => {
  assert.throws(() => shopFolder(folder), { name: 'Failure', message: `${folder} is no folder of a shop: it has no shop.json (docs/shop.md).` });
  for (const args of [['--shop'], ['--shop', '--dry-run'], ['--shop=']]) {
    assert.throws(() => takeShop(args, {}), { name: 'Failure', message: '--shop needs a value, such as --shop ../my-shop.' });
  }
});

test('shops of one checkout have sites of their own', () => {
  assert.deepEqual([siteOf(shopDir), siteOf(testShopDir)], [siteDir, testSiteDir]);
  assert.match(path.relative(inRoot('.build', 'sites'), siteOf(own)), /^my-shop-[0-9a-f]{8}$/);
  assert.notEqual(siteOf(own), siteOf(path.join(folder, 'other', 'my-shop')));
});

test('another folder, also one outside of the checkout, is built by itself, and again only once it has changed', async (context) => {
  const { root, inCopy, remove } = await copyCheckout('checkout');
  context.after(remove);
  const build = async () => {
    const { code, output } = await command(context, 'build', ['--shop', own, 'site'], { root }).ended;
    assert.equal(code, 0, output);
    return output.match(/^ +\S+: building$/gm)?.map((line) => line.trim()) ?? [];
  };
  const [building, ...others] = await build();
  assert.match(building, /^my-shop-[0-9a-f]{8}: building$/);
  assert.deepEqual(others, []);
  assert.deepEqual(await build(), []);
  const file = path.join(own, 'shop.json');
  await writeFile(file, (await readFile(file, 'utf8')).replaceAll('Taller Nube', 'Otra Tienda'));
  assert.deepEqual(await build(), [building]);
  const [name, note, ...more] = (await readdir(inCopy('.build', 'sites'))).sort();
  assert.deepEqual([note, more], [`${name}.shop`, []]);
  assert.match(await readFile(inCopy('.build', 'sites', name, 'index.html'), 'utf8'), /<meta name="application-name" content="Otra Tienda">/);
  assert.match(await readFile(inCopy('.build', 'test-site', 'index.html'), 'utf8'), /<meta name="application-name" content="Taller Nube">/);

  await rename(own, path.join(folder, 'renamed'));
  own = path.join(folder, 'renamed');
  assert.match((await build()).join(), /^renamed-[0-9a-f]{8}: building$/);
  const left = await readdir(inCopy('.build', 'sites'));
  assert.deepEqual(left.map((each) => each.replace(/-[0-9a-f]{8}/, '')).sort(), ['renamed', 'renamed.shop'], 'the site of a shop that is gone is gone');
  assert.ok(!(await readdir(inCopy('.build', 'stamps'))).includes(name));
});
