import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { visible, visibleInOrder } from '../../pkg/visible-text.js';
import { inRoot } from '../../scripts/paths.mjs';

/** What the core removes from text, by its own table. @returns {Promise<string[]>} */
async function invisibleInCore() {
  const text = await readFile(inRoot('src', 'value', 'characters.rs'), 'utf8');
  const [, table = ''] = /const INVISIBLE: &\[Range\] = &\[(.*?)\];/s.exec(text) ?? [];
  const ranges = [...table.matchAll(/\('\\u\{(\w+)\}', '\\u\{(\w+)\}'\)/g)].map(([, first = '', last = '']) => [Number.parseInt(first, 16), Number.parseInt(last, 16)]);
  assert.ok(ranges.length > 10);
  return ranges.flatMap(([first = 0, last = 0]) => Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at)));
}

test('what the core removes from text as invisible, pages remove as well', async () => {
  for (const character of await invisibleInCore()) {
    assert.equal(visible(`7${character}2`), '72', `U+${character.codePointAt(0)?.toString(16)}`);
  }
  assert.equal(visible(' \u00a0a b\u0301 ñ\u200b\n'), 'a b\u0301 ñ');
});

test('controls of reading direction stay where digits may be shown in another order', () => {
  for (const control of ['\u061c', '\u200e', '\u200f', '\u202a', '\u202e', '\u2066', '\u2069']) {
    assert.equal(visibleInOrder(` 12${control}.50\u200b`), `12${control}.50`);
    assert.equal(visible(`12${control}.50`), '12.50');
  }
});

test('there is one rule for what nobody sees', async () => {
  const folders = ['www', 'pkg'];
  for (const folder of folders) {
    const names = (await readdir(inRoot(folder), { recursive: true })).filter((name) => name.endsWith('.js') && !name.startsWith('dist'));
    assert.ok(names.length > 20);
    for (const name of names) {
      const text = await readFile(inRoot(folder, name), 'utf8');
      const hasRule = /Default_Ignorable|Bidi_Control|\\p\{Cf\}|\\u200[bef]|\\u20[26]\w/i.test(text);
      assert.equal(hasRule, path.join(folder, name) === path.join('pkg', 'visible-text.js'), `${folder}/${name}`);
    }
  }
});
