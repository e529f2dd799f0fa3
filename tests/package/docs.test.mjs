// Each example of the types runs as it stands, against a shop of its own and Compago's stand-in, and prints what it says it prints.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { inRoot } from '../../scripts/paths.mjs';
import { preludeOf, promisedBy, startExamples } from './support/examples.mjs';

const folder = inRoot('pkg');
const types = (await readdir(folder)).filter((name) => name.endsWith('.d.ts')).sort();
/** @type {{ name: string, code: string }[]} */
const examples = [];
/** What programs call, by file: functions, classes, and the calls of Compago's client. @type {Map<string, string[]>} */
const called = new Map();
for (const name of types) {
  const text = await readFile(`${folder}/${name}`, 'utf8');
  for (const [, block = ''] of text.matchAll(/```js\n(.*?) \* ```/gs)) examples.push({ name, code: block.replaceAll(/^ *\* ?/gm, '') });
  const symbols = [...text.matchAll(/^export (?:declare )?(?:function|class) (\w+)/gm)].map(([, symbol = '']) => symbol);
  // Where a call is declared, its example stands just above.
  const calls = name === 'compago.d.ts' ? [...text.matchAll(/(\* ```\n {3}\*[^/]*\/\n)? {2}(\w+)\(input/g)] : [];
  assert.deepEqual(calls.filter(([, example]) => !example).map(([, , call]) => call), [], 'each call of Compago has an example');
  assert.ok(name !== 'compago.d.ts' || calls.length === 15);
  called.set(name, symbols);
}

const { world, compago, project, stop } = await startExamples();
after(stop);

const imported = "import { compago } from 'compago-edge/compago';\n";

for (const [index, { name, code }] of examples.entries()) {
  const [subject] = /\w+\.\w+\(\{|\{ ?.+? ?\}/.exec(code) ?? [];
  test(`${name} ${index}: ${subject}`, async () => {
    const file = `example-${index}.mjs`;
    await project.add({
      [`prelude-${index}.mjs`]: await preludeOf(world, compago.url, code),
      [file]: `import './prelude-${index}.mjs';\n${/^import/m.test(code) ? '' : imported}${code}`,
    });
    const printed = (await project.node(file)).trim().split('\n');
    for (const [at, promised] of promisedBy(code).entries()) if (promised !== undefined) assert.equal(printed[at], promised, code);
  });
}

test('every function and class has an example', () => {
  const shown = examples.map(({ code }) => code).join('\n');
  const without = [...called].flatMap(([name, symbols]) => symbols.filter((symbol) => !name.startsWith('elements') && !shown.includes(symbol)).map((symbol) => `${name}: ${symbol}`));
  assert.deepEqual(without, []);
});
