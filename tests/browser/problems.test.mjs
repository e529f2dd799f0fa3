import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { testSiteDir } from '../../scripts/paths.mjs';

const read = (/** @type {string} */ name) => readFile(path.join(testSiteDir, name), 'utf8');

test('the list of problems names every code of openapi.json once, with its statuses and a sentence in both languages', async () => {
  const [page, openapi] = [await read('problems.html'), JSON.parse(await read('openapi.json'))];
  const { ProblemCode, FieldProblemCode } = openapi.components.schemas;
  const entries = [...page.matchAll(/<li id="([a-z-]+)">(.*?)<\/li>/gs)].map(([, code, entry]) => ({ code, entry }));
  assert.deepEqual(entries.map(({ code }) => code), [...ProblemCode.enum, ...FieldProblemCode.enum]);
  for (const { code, entry } of entries) {
    assert.match(entry, new RegExp(`<code translate="no">${code}</code>`));
    assert.match(entry, /<p>[A-ZÁÉ].+\.<\/p>/, code);
    assert.match(entry, /<p class="soft" lang="en">[A-Z].+\.<\/p>/, code);
    const told = entry.match(/<span class="soft">([\d, ]+)<\/span>/)?.[1].split(', ') ?? [];
    const documented = statusesOf(openapi, code);
    if (documented.length > 0) assert.deepEqual(told, documented, code);
  }
});

/** The statuses with which any operation answers the code. */
function statusesOf(openapi, code) {
  const answers = Object.values(openapi.paths).flatMap((operations) =>
    Object.values(operations).flatMap(({ responses = {} }) => Object.entries(responses)),
  );
  const named = answers.filter(([, answer]) => JSON.stringify(answer).includes(`"/problems/${code}"`));
  return [...new Set(named.map(([status]) => status))].sort();
}

test('pages that are served below other paths name everything from the root', async () => {
  for (const name of ['404.html', 'problems.html']) {
    const relative = [...(await read(name)).matchAll(/(?:href|src)="([^"]*)"/g)].map(([, url]) => url).filter((url) => !/^(\/|#|mailto:|tel:)/.test(url));
    assert.deepEqual(relative, [], name);
  }
});
