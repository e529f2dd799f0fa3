// What a merchant is told of the files of a shop before anybody else sees it: by the Worker's rules, in the package that was built.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { checkShop, shopMistakes } from '../../scripts/check-shop.mjs';
import { inRoot, testShopDir } from '../../scripts/paths.mjs';
import { blocksOf } from '../support/documents.mjs';
import { png } from '../support/png.mjs';

const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-catalog-'));
after(() => rm(folder, { recursive: true, force: true }));
const pages = path.join(folder, 'shop');
await mkdir(path.join(pages, 'img'), { recursive: true });
await writeFile(path.join(pages, 'img', 'taza de barro ñ.jpg'), '');
for (const name of ['aviso.html', 'aviso.docx', 'aviso~', '.aviso.html', 'img/logo.png']) await writeFile(path.join(pages, name), '');
const facts = { name: 'Taller Nube', address: 'Calle 60 491, Mérida', email: 'hola@tallernube.example', privacyNotice: '/aviso.html' };
await writeFile(path.join(pages, 'shop.json'), JSON.stringify(facts));

const mug = { sku: 'taza', name: { 'es-MX': 'Taza', en: 'Mug' }, unitAmount: '120.00', picture: '/img/taza%20de%20barro%20%C3%B1.jpg' };
const others = [{ ...mug, sku: 'cafe' }, { ...mug, sku: 'miel' }];

/** @param {string | Uint8Array} text of the file */
async function mistakesIn(text) {
  await writeFile(path.join(pages, 'catalog.json'), text);
  return shopMistakes(pages);
}

/** @param {object} third what the third item has instead of a mug's fields */
const withThird = (third) => JSON.stringify({ currency: 'MXN', items: [...others, { ...mug, ...third }] }, null, 2);

test('the catalog of this shop, and one with a byte order mark, have no mistakes', async () => {
  assert.deepEqual(await shopMistakes(testShopDir), []);
  assert.deepEqual(await mistakesIn(`\uFEFF${withThird({})}`), []);
  assert.deepEqual(await mistakesIn('{ "currency": "MXN", "items": [] }'), []);
});

for (const [name, text, expected] of [
  ['an English name is missing', withThird({ name: { 'es-MX': 'Taza' } }), /item 3 \("taza"\): name\.en is missing; add the English name\.$/],
  ['a name is plain text', withThird({ name: 'Taza' }), /item 3 \("taza"\): name is not an object; write the name in the shop's languages, /],
  ['a SKU has a space', withThird({ sku: 'taza azul' }), /item 3: sku can only have 1 to 40 unaccented letters, /],
  ['a SKU has an ñ', withThird({ sku: 'piñata' }), /item 3: sku can only have 1 to 40 unaccented letters, /],
  ['a SKU is there twice', withThird({ sku: 'cafe' }), /item 3 \("cafe"\): sku is the same as that of item 1; give it another\.$/],
  ['a price is a number', withThird({ unitAmount: 120.5 }), /item 3 \("taza"\): unitAmount is a number; write the price in quotes /],
  ['a price has a comma', withThird({ unitAmount: '1,200.00' }), /item 3 \("taza"\): unitAmount can only have digits and one dot; /],
  ['prices are in dollars', withThird({}).replace('MXN', 'USD'), /: currency is not "MXN"; Compago charges in Mexican pesos only/],
  ['a comma is one too many', withThird({}).replace(/\}\s*\]\s*\}$/, '},]}'), /, line \d+, column \d+: there is a comma before a closing bracket; remove it\.$/],
  ['the file is empty', '', /: the file is empty; write \{ "currency": "MXN", "items": \[ … \] \}\.$/],
  ['the file is a list', '[]', /: the file is not an object; write /],
  ['the file is not UTF-8', Buffer.from(withThird({ name: { 'es-MX': 'Café', en: 'Coffee' } }), 'latin1'), /item 3 \("taza"\): name\.es-MX has characters that cannot be shown; .* UTF-8\.$/],
  ['a picture is on another site', withThird({ picture: 'https://cdn.example/taza.jpg' }), /item 3 \("taza"\): picture is not the path of a file of this site; /],
  ['a picture has a name in other letters', withThird({ picture: '/IMG/taza%20de%20barro%20%C3%B1.jpg' }), /item 3 \("taza"\): picture names a file that is not in shop; /],
  ['a picture is not there', withThird({ picture: '/img/mug.jpg' }), /item 3 \("taza"\): picture names a file that is not in shop; add the file, or correct the path\.$/],
]) {
  test(`${name}: one line names file, item and field`, async () => {
    const mistakes = await mistakesIn(text);
    assert.equal(mistakes.length, 1, mistakes.join('\n'));
    assert.match(mistakes[0], /^shop\/catalog\.json[:,] /);
    assert.match(mistakes[0], expected);
  });
}

test('items whose SKUs differ by capital letters only would have one page on some systems', async () => {
  assert.deepEqual(await mistakesIn(withThird({ sku: 'Cafe' })), [
    'shop/catalog.json, item 3 ("Cafe"): sku differs from that of item 1 by capital letters only, and each has a page of that name; give it another.',
  ]);
});

for (const [name, fields, expected] of [
  ['a picture', { logo: '/img/logo.svg' }, ['shop/shop.json: logo names a file that is not in shop; add the file, or correct the path.']],
  ['a page in other letters', { terms: '/Aviso.html' }, ['shop/shop.json: terms names a page that is not in shop; add the page, or correct the path.']],
  ['a folder without a page', { returns: '/img/', privacyNotice: '/aviso.html' }, ['shop/shop.json: returns names a page that is not in shop; add the page, or correct the path.']],
  ['a folder', { returns: '/img' }, ['shop/shop.json: returns names a page that is not in shop; add the page, or correct the path.']],
  ['a page of a kind that is not served', { terms: '/aviso.docx' }, ['shop/shop.json: terms names a page that will not be served: files that end in .docx are of no kind that the Worker serves; save it as another kind, or rename it.']],
  ['a hidden page', { terms: '/.aviso.html' }, ['shop/shop.json: terms has a name that begins with a dot, and such files are not published; rename it.']],
  ['what an editor left', { terms: '/aviso~' }, ['shop/shop.json: terms names a page that will not be served: its name, or that of its folder, is one that editors and systems leave behind; rename it.']],
  ['a PNG icon that is none', { icon: '/img/logo.png' }, ['shop/shop.json: icon names a file that is no PNG, although its name ends in .png; save it as PNG, or give it the ending of what it is.']],
  ['a PNG logo that is none, which is the icon too', { logo: '/img/logo.png' }, ['shop/shop.json: logo names a file that is no PNG, although its name ends in .png; save it as PNG, or give it the ending of what it is.']],
  ['no name', { name: undefined }, ['shop/shop.json: name is missing; add the shop\'s name, such as "Taller Nube".']],
  ['nothing that is missing', { terms: 'https://shop.example/terminos', icon: '/img/taza%20de%20barro%20ñ.jpg' }, []],
]) {
  test(`shop.json names ${name}`, async () => {
    await mistakesIn(withThird({}));
    await writeFile(path.join(pages, 'shop.json'), JSON.stringify({ ...facts, ...fields }));
    assert.deepEqual(await shopMistakes(pages), expected);
    await writeFile(path.join(pages, 'shop.json'), JSON.stringify(facts));
  });
}

test('all mistakes are reported at once, as one failure without a stack', async () => {
  await mistakesIn(JSON.stringify({ currency: 'USD', items: [{ ...mug, unitAmount: 1 }, {}] }));
  await assert.rejects(checkShop(pages), (error) => {
    assert.equal(error.name, 'Failure');
    const places = error.message.split('\n').map((line) => /^shop\/catalog\.json(.*?): (\S+)/.exec(line)?.slice(1).join(' '));
    assert.deepEqual(places, [' currency', ', item 1 ("taza") unitAmount', ', item 2 sku', ', item 2 name', ', item 2 unitAmount']);
    return true;
  });
});

test('each mistake of shop.json is one line with the field and what to do', async () => {
  await mistakesIn(withThird({}));
  const colors = { light: { background: '#ffffff', text: '#999999' } };
  const texts = { lead: { 'es-MX': 'Hola.' } };
  const wrong = { name: 'x'.repeat(61), rfc: 'TNU199912AB1', email: 'hola', phone: '12', languages: ['en'], timeZone: 'Mérida', linkMinutes: 0, logo: 'logo.svg', terms: 'http://x.example', nombre: 'x', texts, colors };
  await writeFile(path.join(pages, 'shop.json'), JSON.stringify({ ...facts, address: undefined, ...wrong }));
  const lines = await shopMistakes(pages);
  const named = lines.map((line) => /^shop\/shop\.json: ([\w.-]+) .+\.$/.exec(line)?.[1]);
  assert.deepEqual(named.sort(), ['address', 'colors.light.text', ...Object.keys(wrong).filter((key) => !['texts', 'colors'].includes(key)), 'texts.lead.en'].sort(), lines.join('\n'));
  await writeFile(path.join(pages, 'shop.json'), JSON.stringify(facts));
});

test('a shop without the file is asked to add it', async () => {
  await rm(path.join(pages, 'catalog.json'));
  assert.deepEqual(await shopMistakes(pages), ['shop/catalog.json: there is no such file; add it with { "currency": "MXN", "items": [ … ] }.']);
});

test('the example in docs/catalog.md can be sold, and the table below it names each of its fields', async () => {
  const document = await readFile(inRoot('docs', 'catalog.md'), 'utf8');
  const { code: example } = (await blocksOf('docs/catalog.md')).find(({ language }) => language === 'json') ?? { code: '' };
  await writeFile(path.join(pages, 'img', 'clay-mug.jpg'), '');
  assert.deepEqual(await mistakesIn(example), []);
  const { items, shippingMethods, ...others } = JSON.parse(example);
  assert.deepEqual(Object.keys(items[0]), ['sku', 'unitAmount', 'name', 'description', 'picture']);
  const ofMethods = [...new Set(shippingMethods.flatMap(Object.keys))];
  assert.deepEqual(ofMethods, ['method', 'name', 'amount', 'freeFrom', 'pickup']);
  const fields = ['items', 'available', 'shippingMethods', ...[others, items[0]].flatMap(Object.keys), ...ofMethods];
  for (const field of fields) assert.match(document, new RegExp(`^\\| \`${field}\` \\| `, 'm'), field);
});

test('the example in docs/shop.md is a shop without mistakes, and its table names each field', async () => {
  const document = await readFile(inRoot('docs', 'shop.md'), 'utf8');
  const { code: example } = (await blocksOf('docs/shop.md')).find(({ language }) => language === 'json') ?? { code: '' };
  const fields = JSON.parse(example);
  for (const name of [fields.logo, fields.icon, fields.terms, fields.returns, fields.privacyNotice]) await writeFile(path.join(pages, name), png);
  await writeFile(path.join(pages, 'shop.json'), example);
  await mistakesIn(withThird({}));
  assert.deepEqual(await shopMistakes(pages), []);
  for (const field of [...Object.keys(fields), ...Object.keys(fields.texts)]) assert.ok(document.includes(`\n| \`${field}\` | `), field);
  const { properties } = JSON.parse(await readFile(inRoot('schemas', 'shop.schema.json'), 'utf8'));
  assert.deepEqual(Object.keys(fields).sort(), Object.keys(properties).sort());
});
