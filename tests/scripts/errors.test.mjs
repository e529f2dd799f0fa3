// Whatever the core's public functions return as an error is in the table of tests/it/errors.rs, where the compiler checks that
// it implements `Error`.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { inRoot } from '../../scripts/paths.mjs';

// Types of the standard library, of serde, of macros, and of traits that are not public.
const exempt = new Set(['AddrParseError', '<Self as core::str::FromStr>::Err', 'S::Error', 'D::Error', 'A::Error', 'Self::Err', 'Self::Error', '$error', 'E', 'fmt::Error']);
const notReturned = new Set(['src/operations/input.rs', 'src/edge/catalog/read.rs']);

/** The last type between the brackets of `Result<...>`. @param {string} text what follows `Result<` */
function errorIn(text) {
  let depth = 0;
  let start = -1;
  for (let at = 0; at < text.length; at++) {
    if ('<(['.includes(text[at])) depth++;
    else if (text[at] === ',' && depth === 0) start = at + 1;
    else if (')]'.includes(text[at])) depth--;
    else if (text[at] === '>' && text[at - 1] !== '-' && --depth < 0) return start < 0 ? undefined : text.slice(start, at).trim();
  }
  return undefined;
}

/** @param {string} code @returns {string[]} */
function errorsOf(code) {
  const results = [...code.matchAll(/pub (?:const )?(?:async )?fn [^{;]*?-> ([^{;]*)/g)].flatMap(([, returned]) =>
    [...returned.matchAll(/Result</g)].map((match) => errorIn(returned.slice(match.index + match[0].length))),
  );
  const associated = [...code.matchAll(/type (?:Err|Error) = ([^;]+);/g)].map(([, name]) => name);
  return [...results, ...associated].flatMap((name) => name ?? []);
}

test('the table of errors has every error that a public function returns', async () => {
  const table = /^table! \{(.*?)^\}/ms.exec(await readFile(inRoot('tests/it/errors.rs'), 'utf8'))?.[1] ?? '';
  const listed = new Set([...table.matchAll(/([\w]+)(?:<[^>]*>)?,/g)].map(([, name]) => name));
  let seen = 0;
  for (const name of await readdir(inRoot('src'), { recursive: true })) {
    const file = `src/${name.split(path.sep).join('/')}`;
    if (!file.endsWith('.rs') || file.startsWith('src/openapi') || notReturned.has(file)) continue;
    const code = (await readFile(inRoot(file), 'utf8')).split(/^#\[cfg\(test\)\]/m)[0].replaceAll(/^ *\/\/.*$/gm, '');
    for (const error of errorsOf(code)) {
      if (exempt.has(error)) continue;
      seen++;
      const plain = error.replace(/<.*$/s, '').split('::').at(-1) ?? '';
      assert.ok(listed.has(plain), `${file}: ${error} is not in tests/it/errors.rs`);
    }
  }
  assert.ok(seen > 80, `${seen}`);
});
