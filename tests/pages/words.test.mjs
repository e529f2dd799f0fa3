// What people read is written in one style.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

const folder = new URL('../../www/words/', import.meta.url);

test('quotes are of one style in all words', async () => {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.js'));
  assert.ok(names.length >= 20, String(names.length));
  for (const name of names) {
    const lines = (await readFile(new URL(name, folder), 'utf8')).split('\n').filter((line) => !line.startsWith('//'));
    for (const line of lines) assert.doesNotMatch(line, /[«»„"]/, `${name}: ${line.trim()}`);
  }
});
