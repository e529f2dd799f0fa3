// A word that one language lacks would be shown as nothing, and all are written in one style.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { words as ofElements } from '../../pkg/elements/words.js';
import { inRoot, testSiteDir } from '../../scripts/paths.mjs';

const folders = ['', 'card', 'pos', 'operator'];
const pages = { '': ['index.html', 'return.html'], card: ['card.html'], pos: ['pos.html'], operator: ['operator.html'] };

/** @param {string} folder below www/words @param {string} language @returns {Promise<Record<string, string>>} */
const wordsOf = async (folder, language) => (await import(pathToFileURL(inRoot('www', 'words', folder, `${language}.js`)).href)).default;

/** @param {string} text @returns {string[]} the names in braces */
const filledIn = (text) => [...new Set(text.match(/\{\w+\}/g))].sort();

test('there are no other words', async () => {
  const entries = await readdir(inRoot('www', 'words'), { withFileTypes: true });
  assert.deepEqual(entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort(), folders.filter(Boolean).sort());
});

for (const folder of folders) {
  test(`words of ${folder || 'the shop'}: each is there in both languages, with the same to fill in`, async () => {
    const [es, en] = await Promise.all([wordsOf(folder, 'es-MX'), wordsOf(folder, 'en')]);
    assert.deepEqual(Object.keys(en).sort(), Object.keys(es).sort());
    for (const [key, text] of Object.entries(es)) {
      assert.ok(text.trim() && en[key].trim(), key);
      assert.deepEqual(filledIn(en[key]), filledIn(text), key);
    }
  });

  test(`words of ${folder || 'the shop'}: each that the markup names is there, and the markup has the same for the first paint`, async () => {
    const es = await wordsOf(folder, 'es-MX');
    for (const page of pages[folder]) {
      const markup = await readFile(path.join(testSiteDir, page), 'utf8');
      const named = [...markup.matchAll(/data-word="([^"]+)"[^>]*>([^<]*)</g)];
      assert.ok(named.length > 5, page);
      for (const [, key = '', text = ''] of named) assert.equal(text, es[key], `${key} in ${page}`);
    }
  });
}

test('words of the elements: each is there in both languages, with the same to fill in', () => {
  const { 'es-MX': es, en } = ofElements;
  assert.deepEqual(Object.keys(en).sort(), Object.keys(es).sort());
  for (const [key, text] of Object.entries(es)) assert.deepEqual(filledIn(en[/** @type {keyof typeof en} */ (key)]), filledIn(text), key);
});

test('the notices of a shop have one name, wherever they are linked', async () => {
  const ofMarkup = JSON.parse(await readFile(inRoot('www', 'fragments', 'words.json'), 'utf8'));
  for (const [language, short] of /** @type {const} */ ([['es-MX', 'es'], ['en', 'en']])) {
    const [shop, card] = await Promise.all([wordsOf('', language), wordsOf('card', language)]);
    for (const name of /** @type {const} */ (['privacyNotice', 'terms', 'returns'])) {
      assert.deepEqual([shop[name], card[name], ofElements[language][name]], Array(3).fill(ofMarkup[name][short]), `${name} in ${language}`);
    }
    assert.equal(ofElements[language].dataUse, shop.dataUse);
  }
});

test('quotes are of one style in all words', async () => {
  const names = (await readdir(inRoot('www', 'words'), { recursive: true })).filter((name) => name.endsWith('.js'));
  assert.ok(names.length >= 20, String(names.length));
  for (const name of names) {
    const lines = (await readFile(inRoot('www', 'words', name), 'utf8')).split('\n').filter((line) => !line.startsWith('//'));
    for (const line of lines) assert.doesNotMatch(line, /[«»„"]/, `${name}: ${line.trim()}`);
  }
});
