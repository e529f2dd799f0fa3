// The site that is built of a folder of a merchant's files: whatever they say, on each page of it.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { filesBelow } from '../../scripts/mirror.mjs';
import { inRoot, root } from '../../scripts/paths.mjs';
import { filesOf } from '../support/documents.mjs';
import { builtShop } from '../support/built-shop.mjs';
import { png } from '../support/png.mjs';

/** The hostile ones of all texts: what ends an attribute, an element, a script or a template, and no letter at all. */
const hostile = `"Nube" & <b>'s {{ shop.email }} {% if %} </script><!-- 🥐`;

const pages = ['404.html', 'aviso-de-privacidad.html', 'card.html', 'index.html', 'operator.html', 'pos.html', 'problems.html', 'productos/taza-barro.html', 'return.html'];

/** @param {import('node:test').TestContext} context @param {Parameters<typeof builtShop>[0]} [changes] */
async function built(context, changes) {
  const shop = await builtShop(changes);
  context.after(shop.remove);
  return shop;
}

/** What a value is in an element or an attribute. @param {string} text */
const escaped = (text) => text.replace(/[&<>"']/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' })[character] ?? '');

/** @param {string} page @returns {any} what it says to search engines */
const dataOf = (page) => JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page)?.[1] ?? 'null');

/** @param {string} page @returns {Record<string, string>} what it says to link previews */
const previewOf = (page) => Object.fromEntries([...page.matchAll(/<meta property="([^"]+)" content="([^"]*)">/g)].map(([, name, value]) => [name, value]));

test('each page names the shop, its zone and its languages, and nothing of another shop', async (context) => {
  const { read } = await built(context, { shop: { name: 'Otra Tienda', timeZone: 'America/Tijuana', icon: '/img/mug.svg' } });
  for (const name of pages) {
    const page = await read(name);
    assert.match(page, /<html lang="es-MX" data-environment="unknown" data-time-zone="America\/Tijuana" data-languages="es-MX en">/, name);
    assert.match(page, /<meta name="application-name" content="Otra Tienda">/, name);
    assert.match(page, /<link rel="icon" href="\/img\/mug\.svg" type="image\/svg\+xml">/, name);
    assert.match(page, /<p class="environment demo"/, name);
    assert.equal([...page.matchAll(/<link rel="stylesheet" href="([^"]+)">\s*(?!.*rel="stylesheet")/g)].at(-1)?.[1].replace('/shop/no-script.css', '/theme.css'), '/theme.css', name);
    assert.doesNotMatch(page, /Taller Nube(?! del)/, name);
  }
  for (const name of ['manifest.webmanifest', 'pos.webmanifest']) {
    const manifest = JSON.parse(await read(name));
    assert.match(manifest.name, /^Otra Tienda/);
    assert.deepEqual(manifest.icons, [{ src: '/img/mug.svg', type: 'image/svg+xml', sizes: 'any' }]);
  }
});

test('nothing outside of its folder names the shop that comes with the product', async () => {
  // Not as one word: this file is looked at as well.
  const name = ['Jaca', 'randa'].join('');
  const folders = ['.ci', 'client', 'docs', 'pkg', 'sandbox', 'scripts', 'src', 'tests', 'worker', 'www'];
  const texts = /\.(rs|mjs|js|ts|json|md|html|css|toml|capnp|yml|webmanifest|svg)$/;
  const skipped = /(^|\/)(node_modules|dist|build|target|\.wrangler)\//;
  const inFolders = await Promise.all(folders.map(async (folder) => (await filesBelow(inRoot(folder))).map((file) => `${folder}/${file}`)));
  const atTop = (await readdir(root, { withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => entry.name);
  const files = [...inFolders.flat(), ...atTop].filter((file) => texts.test(file) && !skipped.test(file));
  assert.ok(files.length > 500, String(files.length));
  const naming = await Promise.all(files.map(async (file) => ((await readFile(inRoot(file), 'utf8')).includes(name) ? [file] : [])));
  assert.deepEqual(naming.flat(), []);
});

test('texts of the merchant are texts wherever they stand', async (context) => {
  const texts = Object.fromEntries(['tagline', 'headline', 'lead', 'description', 'delivery', 'payment'].map((key) => [key, { 'es-MX': `${key} ${hostile}`, en: `en ${key} ${hostile}` }]));
  const item = { sku: 'taza', unitAmount: '1210.5', name: { 'es-MX': hostile, en: `en ${hostile}` }, description: { 'es-MX': `d ${hostile}` } };
  const { read } = await built(context, { shop: { name: hostile, legalName: hostile, address: hostile, texts }, items: [item] });
  const [home, product, notice] = await Promise.all(['index.html', 'productos/taza.html', 'aviso-de-privacidad.html'].map(read));
  for (const page of [home, product, notice]) assert.ok(!page.includes(hostile));
  assert.ok(home.includes(`<title data-es-mx="${escaped(`${hostile}: tagline ${hostile}`)}" data-en="${escaped(`${hostile}: en tagline ${hostile}`)}">${escaped(`${hostile}: tagline ${hostile}`)}</title>`));
  assert.ok(home.includes(`<h1 data-es-mx="${escaped(`headline ${hostile}`)}" data-en="${escaped(`en headline ${hostile}`)}">${escaped(`headline ${hostile}`)}</h1>`));
  assert.ok(product.includes(`<h1 data-es-mx="${escaped(hostile)}" data-en="${escaped(`en ${hostile}`)}">${escaped(hostile)}</h1>`));
  assert.ok(notice.includes(`<p>${escaped(hostile)}, con domicilio en ${escaped(hostile)}, usa`));
  const [store, list] = dataOf(home)['@graph'];
  assert.deepEqual([store.name, store.address, list.itemListElement[0].item.name], [hostile, hostile, hostile]);
  assert.equal(dataOf(product).description, `d ${hostile}`);
  assert.equal(JSON.parse(await read('manifest.webmanifest')).name, hostile);
  assert.equal(JSON.parse(await read('pos.webmanifest')).name, `${hostile} · Caja`);
});

test('what a shop need not say is missing without a trace', async (context) => {
  const none = { legalName: undefined, rfc: undefined, phone: undefined, whatsapp: undefined, logo: undefined, icon: undefined, colors: undefined, terms: undefined, returns: undefined, texts: undefined };
  const { read } = await built(context, { shop: none, items: [{ sku: 'taza', unitAmount: '10.00', name: { 'es-MX': 'Taza', en: 'Mug' } }] });
  for (const name of pages.filter((each) => !/^productos|^problems/.test(each)).concat('productos/taza.html')) {
    const page = await read(name);
    assert.doesNotMatch(page, /RFC|tel:|wa\.me|WhatsApp|terminos|cambios|undefined|null|\[object|class="brand"[^>]*><img/, name);
    assert.match(page, /<link rel="icon" href="\/favicon\.svg"/, name);
  }
  const home = await read('index.html');
  assert.match(home, /<title>Taller Nube<\/title>/);
  assert.match(home, /<h1>Taller Nube<\/h1>/);
  assert.doesNotMatch(home, /name="description"|class="conditions"|class="said"/);
  assert.match(home, /<img class="picture" alt=""/);
  assert.deepEqual(Object.keys(dataOf(home)['@graph'][0]).filter((key) => !key.startsWith('@')), ['name', 'url', 'image', 'address', 'email', 'currenciesAccepted']);
});

test('a shop that speaks Spanish only has no English on pages for payers, and no switch says otherwise', async (context) => {
  const items = [{ sku: 'taza', unitAmount: '10.00', name: { 'es-MX': 'Taza' } }];
  const { read } = await built(context, { shop: { languages: ['es-MX'], texts: { lead: { 'es-MX': 'Hola.' } } }, items });
  for (const name of ['index.html', 'productos/taza.html', 'return.html', 'card.html', 'aviso-de-privacidad.html']) {
    const page = await read(name);
    assert.match(page, /data-languages="es-MX"/, name);
    assert.doesNotMatch(page, / data-en=|og:locale:alternate|<p lang="en">|id="language"(?![^>]*hidden)/, name);
  }
  assert.doesNotMatch(await read('404.html'), /lang="en"/);
  for (const name of ['operator.html', 'pos.html']) assert.doesNotMatch(await read(name), /<p lang="en"/, name);
});

test('a raster picture is preferred for link previews, which show no vector graphics, and a PNG icon says its size', async (context) => {
  const { read } = await built(context, { shop: { logo: '/img/logo%20ñ.png', icon: undefined }, files: { 'img/logo ñ.png': png } });
  assert.equal(previewOf(await read('index.html'))['og:image'], 'https://shop.invalid/img/logo%20%C3%B1.png');
  assert.deepEqual(JSON.parse(await read('manifest.webmanifest')).icons, [{ src: '/img/logo%20%C3%B1.png', type: 'image/png', sizes: '2x3' }]);

  const items = ['/img/mug.svg', '/img/foto.JPG'].map((picture, at) => ({ sku: `taza-${at}`, unitAmount: '10.00', name: { 'es-MX': 'Taza', en: 'Mug' }, picture }));
  const other = await built(context, { items, files: { 'img/foto.JPG': '' } });
  assert.equal(previewOf(await other.read('index.html'))['og:image'], 'https://shop.invalid/img/foto.JPG');
});

test('a link preview has title, text, picture, address and, of a product, its price', async (context) => {
  const { read } = await built(context, { files: { 'nosotros.html': "{% layout 'page', title: 'Nosotros', description: 'Quiénes somos' %}" } });
  const home = await read('index.html');
  assert.deepEqual(previewOf(home), {
    'og:description': 'Tienda de pruebas con café, barro y telar.',
    'og:title': 'Taller Nube: cosas hechas a mano',
    'og:type': 'website',
    'og:url': 'https://shop.invalid/',
    'og:site_name': 'Taller Nube',
    'og:locale': 'es_MX',
    'og:locale:alternate': 'en_US',
    'og:image': 'https://shop.invalid/img/coffee.jpg',
  });
  const product = await read('productos/taza-barro.html');
  const { 'og:title': title, 'og:image': image, 'og:type': type, 'product:price:amount': amount, 'product:price:currency': currency } = previewOf(product);
  assert.deepEqual([title, image, type, amount, currency], ['Taza de barro · Taller Nube', undefined, 'product', '210.00', 'MXN']);
  assert.equal(previewOf(await read('productos/cafe-altos-340.html'))['og:image'], 'https://shop.invalid/img/coffee.jpg');
  for (const [page, address] of [[home, '/'], [product, '/productos/taza-barro.html'], [await read('terminos.html'), '/terminos.html']]) {
    assert.equal(/<link rel="canonical" href="([^"]+)">/.exec(page)?.[1], `https://shop.invalid${address}`);
  }
  assert.equal(dataOf(product).image, 'https://shop.invalid/img/mug.svg', 'search engines take what link previews do not');
  const { 'og:title': ofPage, 'og:description': said } = previewOf(await read('nosotros.html'));
  assert.deepEqual([ofPage, said], ['Nosotros · Taller Nube', 'Quiénes somos']);
  assert.match(await read('nosotros.html'), /<meta name="description" content="Quiénes somos">/);
  assert.equal(previewOf(await read('terminos.html'))['og:description'], undefined);
  const { offers } = dataOf(await read('productos/bolsa-palma.html'));
  assert.deepEqual([offers.price, offers.priceCurrency, offers.availability], ['420.00', 'MXN', 'https://schema.org/SoldOut']);
});

test('a picture that no link preview shows is not offered to them, and an item without a picture has none', async (context) => {
  const items = [{ sku: 'taza', unitAmount: '10.00', name: { 'es-MX': 'Taza', en: 'Mug' } }];
  const { read } = await built(context, { shop: { icon: undefined }, items });
  for (const name of ['index.html', 'productos/taza.html', 'terminos.html']) assert.doesNotMatch(await read(name), /og:image/, name);
  assert.equal('image' in dataOf(await read('productos/taza.html')), false);
  assert.equal(dataOf(await read('index.html'))['@graph'][0].image, 'https://shop.invalid/img/logo.svg');
});

test('pages say what answers of the Worker say: texts without what nobody sees, numbers and links in one form', async (context) => {
  const shop = { name: '  Taller\u200b Nube ', rfc: 'tns-170824-qx7', phone: '(999) 555 0178', whatsapp: '999 555 0178', timeZone: 'america/merida', email: 'a?b&c@tallernube.example' };
  const items = [{ sku: 'taza', unitAmount: '10.5', name: { 'es-MX': ' Taza ', en: 'Mug' } }];
  const { read } = await built(context, { shop, items });
  const home = await read('index.html');
  for (const part of [
    '<meta name="application-name" content="Taller Nube">',
    '<p translate="no">RFC TNS170824QX7</p>',
    '<a href="tel:+529995550178" translate="no">(999) 555 0178</a>',
    '<a href="https://wa.me/529995550178">WhatsApp</a>',
    '<a id="shop-email" href="mailto:a%3Fb%26c@tallernube.example" translate="no">a?b&amp;c@tallernube.example</a>',
    'data-time-zone="America/Merida"',
    '<a href="/productos/taza.html" data-es-mx="Taza" data-en="Mug">Taza</a>',
  ]) {
    assert.ok(home.includes(part), part);
  }
});

test('the first page lists a hundred items, and each item has a page', async (context) => {
  const items = Array.from({ length: 101 }, (_, at) => ({ sku: `item-${at}`, unitAmount: '1234.5', name: { 'es-MX': `Pieza ${at}`, en: `Piece ${at}` } }));
  const { read, site } = await built(context, { items });
  const home = await read('index.html');
  assert.equal([...home.matchAll(/<li class="card" data-sku=/g)].length, 100);
  assert.ok(home.includes('<p class="price money">$1,234.50 MXN</p>'));
  const [, list] = dataOf(home)['@graph'];
  assert.deepEqual([list.numberOfItems, list.itemListElement.length], [101, 100]);
  assert.equal((await readdir(path.join(site, 'productos'))).length, 102);
  assert.match(home, /<a href="\/productos\/"[^>]*>Todos los productos<\/a>/);
  const all = await read('productos/index.html');
  assert.equal([...all.matchAll(/<a href="\/productos\/item-\d+\.html">Pieza \d+<\/a>, <span class="money">\$1,234\.50 MXN<\/span>/g)].length, 101);
  assert.ok(all.includes('<link rel="canonical" href="https://shop.invalid/productos/">'));
  assert.doesNotMatch(await (await built(context, { items: items.slice(1) })).read('index.html'), /href="\/productos\/"/);
});

test('no file of the folder takes the place of one of the product, also not by other letters', async (context) => {
  const files = { 'Shop.JS': '', 'words/es-mx.js': '', 'lib': '', 'tokens.css/x.txt': '', 'productos/taza-barro.html': '', 'favicon.svg': '', 'Theme.css': '' };
  await assert.rejects(built(context, { files }), (error) => {
    assert.equal(error.name, 'Failure');
    const named = error.message.split('\n').map((line) => /^shop\/(.+): the product has a file or folder of that name; rename yours\.$/.exec(line)?.[1]);
    assert.deepEqual(named.sort(), Object.keys(files).sort());
    return true;
  });
});

test("further files are served beside the product's, and its own rules come after the colours", async (context) => {
  const files = { 'lib/own.js': 'own', 'blog/index.html': '<h1>{{ shop.name }}</h1>', '.env': 'secret', 'theme.css': '.brand { color: red; }' };
  const { read, site } = await built(context, { files });
  assert.deepEqual([await read('lib/own.js'), await read('blog/index.html')], ['own', '<h1>Taller Nube</h1>']);
  assert.ok(!(await readdir(site)).includes('.env'));
  assert.match(await read('theme.css'), /--accent: #0b6e6e;.*prefers-color-scheme: dark.*--accent: #7fd6d0;.*\n\.brand \{ color: red; \}$/s);
  assert.equal(JSON.parse(await read('shop.json')).name, 'Taller Nube');
});

test('style sheets that the own rules import come before all other rules, or they would not count', async (context) => {
  const imports = '/* mine; */\n@charset "utf-8";\n@import url("fonts.css");\n@import "a;b.css" screen;\n';
  const { read } = await built(context, { files: { 'fonts.css': '', 'theme.css': `\uFEFF${imports}/* x */ .brand { color: red; }\n` } });
  const sheet = await read('theme.css');
  assert.ok(sheet.startsWith(`${imports}/* The shop's colours`), sheet.slice(0, 200));
  assert.ok(sheet.endsWith('}\n\n/* x */ .brand { color: red; }\n'));
  assert.equal(sheet.split('@import').length, 3);
});

test('the pages and the style rules that docs/shop.md shows belong to a shop', async (context) => {
  const shown = await filesOf('docs/shop.md');
  assert.deepEqual(Object.keys(shown), ['shop/theme.css', 'shop/nosotros.html', 'shop/oferta.html']);
  const { read } = await built(context, { files: Object.fromEntries(Object.entries(shown).map(([file, code]) => [file.replace('shop/', ''), code.replace(/^<!-- .* -->\n/, '')])) });
  const page = await read('nosotros.html');
  assert.match(page, /^<!doctype html>.*<title>Nosotros · Taller Nube<\/title>.*<li><a href="\/productos\/taza-barro\.html">Taza de barro<\/a>, \$210\.00 MXN<\/li>.*<footer/s);
  assert.match(await read('theme.css'), /--radius: 0\.25rem;\n\}\n$/);
  const own = await read('oferta.html');
  assert.match(own, /^<!doctype html>\n<html lang="es-MX" data-environment="unknown" .*"\/tokens\.css".*"\/theme\.css".*<p class="environment sandbox".*<footer/s);
});

test('tokens.css has the colours of a shop that chooses none', async (context) => {
  const { read } = await built(context, { shop: { colors: undefined } });
  const coloursOf = (/** @type {string} */ sheet) => [...sheet.matchAll(/--([\w-]+): (#\w+);/g)].map(([, name, value]) => `${name} ${value}`);
  const [tokens, theme] = await Promise.all(['tokens.css', 'theme.css'].map(read));
  assert.equal(coloursOf(theme).length, 34);
  assert.deepEqual(coloursOf(tokens), coloursOf(theme));
});

test('a page of the folder that cannot be rendered is named with its line', async (context) => {
  await assert.rejects(built(context, { files: { 'blog/hola.html': '\n{{ shop.nombre }}' } }), { name: 'Failure', message: /^shop\/blog\/hola\.html: undefined variable: shop\.nombre, line:2/ });
});
