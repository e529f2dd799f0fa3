import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

/** What `npm start`, `npm test` and the others load before they have installed a package. */
const entries = ['start', 'test', 'build', 'bench', 'prove', 'deploy'].map((name) => new URL(`../../scripts/${name}.mjs`, import.meta.url));

/** @param {URL} file @param {Set<string>} seen */
async function packagesOf(file, seen) {
  if (seen.has(file.href)) return [];
  seen.add(file.href);
  const source = await readFile(file, 'utf8');
  const names = [...source.matchAll(/^(?:import\s+(?:[^'"]*?\sfrom\s+)?|export\s+(?:\*|\{[^}]*\})\s+from\s+)['"]([^'"]+)['"]/gm)].map(([, name]) => name);
  const found = names.filter((name) => !/^(?:node:|\.)/.test(name)).map((name) => `${file.pathname.split('/').at(-1)}: ${name}`);
  for (const name of names.filter((name) => name.startsWith('.'))) found.push(...(await packagesOf(new URL(name, file), seen)));
  return found;
}

test('the commands load nothing that a fresh clone has not: packages are installed by what they run', async () => {
  const seen = new Set();
  const found = (await Promise.all(entries.map((entry) => packagesOf(entry, seen)))).flat();
  assert.ok(seen.size > 15, `${seen.size} files`);
  assert.deepEqual(found, []);
});
