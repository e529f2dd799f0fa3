// The schemas of the files that a merchant edits, as an editor uses them: what the core reads they accept, and its mistakes they mark.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import { inRoot, testShopDir } from '../../scripts/paths.mjs';
import { rules } from '../../scripts/rules.mjs';

const json = async (/** @type {string} */ file) => JSON.parse(await readFile(file, 'utf8'));
const { shopMistakes, catalogMistakes } = await rules();
const ajv = new Ajv2020({ allErrors: true, strictTypes: false });

const shop = {
  schema: await json(inRoot('schemas', 'shop.schema.json')),
  good: await json(path.join(testShopDir, 'shop.json')),
  mistakes: (/** @type {unknown} */ file) => shopMistakes(JSON.stringify(file), 'shop.json', 'en'),
};
const catalog = {
  schema: await json(inRoot('schemas', 'catalog.schema.json')),
  good: await json(path.join(testShopDir, 'catalog.json')),
  mistakes: (/** @type {unknown} */ file) => catalogMistakes(JSON.stringify(file), 'catalog.json', 'en', undefined),
};
const isShop = ajv.compile(shop.schema);
const isCatalog = ajv.compile(catalog.schema);

/** The file with another value of one field, named by a path such as `items.0.sku`. @param {any} file @param {string} where @param {unknown} value */
function changed(file, where, value) {
  const copy = structuredClone(file);
  const names = where.split('.');
  const last = /** @type {string} */ (names.pop());
  const holder = names.reduce((part, name) => (part[name] ??= {}), copy);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}

/** The JSON of a document that is such a file. @param {string} name @param {string} field that only such a file has */
async function shown(name, field) {
  const text = await readFile(inRoot(...name.split('/')), 'utf8');
  const blocks = [...text.matchAll(/^```json\n(.*?)^```/gms)].map(([, block]) => block);
  return blocks.filter((block) => block.includes(`"${field}"`)).map((block) => JSON.parse(block));
}

test('the files that the documents show, and those of the tests, are accepted', async () => {
  const shops = [shop.good, ...(await shown('docs/shop.md', 'privacyNotice'))];
  const catalogs = [catalog.good, ...(await shown('docs/catalog.md', 'items'))];
  assert.ok(shops.length > 1 && catalogs.length > 1);
  for (const file of shops) assert.deepEqual([isShop(file), isShop.errors, shop.mistakes(file)], [true, null, []]);
  for (const file of catalogs) assert.deepEqual([isCatalog(file), isCatalog.errors, catalog.mistakes(file)], [true, null, []]);
});

test('what must be in a file and what may be left out is the same for both', () => {
  for (const [isFile, { schema, good, mistakes }] of /** @type {const} */ ([[isShop, shop], [isCatalog, catalog]])) {
    for (const field of Object.keys(schema.properties)) {
      const without = changed(good, field, undefined);
      assert.equal(isFile(without), mistakes(without).length === 0, field);
      assert.equal(isFile(without), !schema.required.includes(field), field);
      // A value of no kind that a field has.
      const wrong = changed(good, field, 0.5);
      if (field !== '$schema') assert.match(mistakes(wrong)[0], new RegExp(`: ${field} `), field);
      assert.ok(!isFile(wrong), field);
    }
  }
});

test('mistakes in the shop’s file are marked', () => {
  for (const [where, value] of /** @type {[string, unknown][]} */ ([
    ['name', 'x'.repeat(61)],
    ['legalName', 'x'.repeat(121)],
    ['rfc', 'TNS17082QX7'],
    ['address', ''],
    ['logo', 'logo.svg'],
    ['logo', '/img/logo.heic'],
    ['logo', '/img/.logo.svg'],
    ['logo', '/img/100%.svg'],
    ['email', 'hola'],
    ['phone', '555 0178'],
    ['whatsapp', 'a las diez'],
    ['texts.lead.en', undefined],
    ['texts.lead.en', null],
    ['icon', '//cdn.example/icon.png'],
    ['colors.light.accent', 'teal'],
    ['colors.dark.text', '#fff'],
    ['colors.light.link', '#000000'],
    ['languages', ['en']],
    ['languages', ['es-MX', 'fr']],
    ['privacyNotice', 'aviso.html'],
    ['terms', 'http://shop.example/terms'],
    ['texts.headline.es-MX', 'x'.repeat(81)],
    ['texts.lead', 'Hola'],
    ['texts.lead.es-MX', undefined],
    ['texts.slogan', { 'es-MX': 'Hola', en: 'Hello' }],
    ['linkMinutes', 9],
    ['linkMinutes', '60'],
    ['shippingRequired', 'yes'],
    ['nombre', 'Nube'],
  ])) {
    const file = changed(shop.good, where, value);
    assert.ok(!isShop(file), where);
    assert.equal(shop.mistakes(file).length, 1, where);
  }
});

test('mistakes in the catalog are marked', () => {
  for (const [where, value] of /** @type {[string, unknown][]} */ ([
    ['currency', 'USD'],
    ['items', {}],
    ['items.0.sku', 'taza azul'],
    ['items.0.name', 'Taza'],
    ['items.0.name.es-MX', undefined],
    ['items.0.unitAmount', 120.5],
    ['items.0.unitAmount', '1,200.00'],
    ['items.0.unitAmount', '120.005'],
    ['items.0.unitAmount', '0.00'],
    ['shippingMethods.0.freeFrom', '0'],
    ['items.0.picture', 'img/mug.svg'],
    ['items.0.picture', '/img/mug.tiff'],
    ['items.0.stock', 5],
    ['items.0.name.fr', 'Tasse'],
    ['shippingMethods.0.free', true],
    ['shipping', []],
    ['items.0.description.en', 'x'.repeat(501)],
    ['items.0.available', 1],
    ['shippingMethods.0.method', 'Envío'],
    ['shippingMethods.0.amount', 99],
    ['shippingMethods.0.pickup', 'yes'],
  ])) {
    const file = changed(catalog.good, where, value);
    assert.ok(!isCatalog(file), where);
    assert.equal(catalog.mistakes(file).length, 1, where);
  }
});

test('values that both take', () => {
  for (const [where, value] of /** @type {[string, unknown][]} */ ([
    ['rfc', 'ñ&a 000229-1a0'],
    ['languages', ['es-MX']],
    ['privacyNotice', 'https://shop.example/aviso'],
    ['linkMinutes', 2880],
    ['colors', null],
    ['texts', null],
    ['terms', '/términos y condiciones.html#envíos'],
    ['phone', '(999) 555-0178'],
    ['email', 'hola+tienda@tallernube.com.mx'],
  ])) {
    const file = changed(shop.good, where, value);
    assert.deepEqual([isShop(file), shop.mistakes(file)], [true, []], where);
  }
  const spanish = changed(changed(shop.good, 'languages', ['es-MX']), 'texts.lead.en', undefined);
  assert.deepEqual([isShop(spanish), shop.mistakes(spanish)], [true, []]);
  for (const [where, value] of /** @type {[string, unknown][]} */ ([
    ['$schema', 'x'],
    ['items.0.available', false],
    ['items.0.picture', '/img/taza de barro ñ.JPG?v=2'],
    ['items.0.unitAmount', '0.01'],
    ['items.0.picture', null],
    ['items.0.unitAmount', '120'],
    ['shippingMethods', []],
    ['shippingMethods.0.amount', '0'],
  ])) {
    const file = changed(catalog.good, where, value);
    assert.deepEqual([isCatalog(file), catalog.mistakes(file)], [true, []], where);
  }
});
