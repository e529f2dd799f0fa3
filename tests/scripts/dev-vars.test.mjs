// The files of secrets are read as wrangler reads them: what runs on a developer's machine is what is deployed.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { unstable_getVarsForDev as varsOfWrangler } from 'wrangler';
import { parseDevVars, readDevVars } from '../../scripts/dev-vars.mjs';

const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-vars-'));
after(() => rm(folder, { recursive: true, force: true }));
const write = (/** @type {string} */ name, /** @type {string} */ text) => writeFile(path.join(folder, name), text);

/** @param {string} [environment] */
const ofWrangler = (environment) =>
  Object.fromEntries(Object.entries(varsOfWrangler(path.join(folder, 'wrangler.jsonc'), undefined, {}, environment, true)).map(([name, { value }]) => [name, value]));

test('each value is the one that wrangler reads', async () => {
  for (const [text, expected] of /** @type {[string, object][]} */ ([
    ['\uFEFFA=1\r\nB=2\r\n', { A: '1', B: '2' }],
    ['# comment\nA=plain # comment\n B = two words \nC="in # quotes" # comment\n', { A: 'plain', B: 'two words', C: 'in # quotes' }],
    ["export A='x'\nB=\nC=`y`\nD= \nE=\"\"\nF=#\n", { A: 'x', B: '', C: 'y', D: '', E: '', F: '' }],
    ['B=a=b==\r\nC=it\'s\n\t\n  # D=1\n', { B: 'a=b==', C: "it's" }],
    ['A="two\nlines"\nB="a\\nb"\nC=\'a\\nb\'\nD=$A\n', { A: 'two\nlines', B: 'a\nb', C: 'a\\nb', D: '$A' }],
    ['', {}],
    ['A="unfinished\nB=2\n', { A: '"unfinished', B: '2' }],
  ])) {
    await write('.dev.vars', text);
    assert.deepEqual((await readDevVars(folder)).values, expected, text);
    assert.deepEqual(ofWrangler(), expected, text);
  }
});

test('a line that sets nothing, or sets again, is named by its number and without its value', () => {
  const refusal = (/** @type {string} */ message) => ({ name: 'Failure', message: `.dev.vars.demo, line ${message}` });
  for (const line of ['Key of the demo', 'export', '"A"', 'sk_test']) {
    assert.throws(() => parseDevVars(`A="1\n2"\n${line}\nCOMPAGO_API_KEY=x\n`, '.dev.vars.demo'), refusal('3, sets nothing: write NAME=value, or # before a note.'), line);
  }
  for (const line of ['COMPAGO_API_KEY: sk_test', 'COMPAGO_API_KEY sk_test']) {
    assert.throws(() => parseDevVars(`\uFEFF\r\n${line}\r\n`, '.dev.vars.demo'), refusal('2, sets nothing: write NAME=value, such as COMPAGO_API_KEY=..., or # before a note.'), line);
  }
  assert.throws(() => parseDevVars('A=1\n# A=2\nexport A=3\n', '.dev.vars.demo'), refusal('3, sets A again, after line 1: leave one of the two.'));
});

test("an environment's own file goes before the common one, which production does not read", async () => {
  await write('.dev.vars', 'A=common\n');
  await write('.dev.vars.demo', 'A=demo\n');
  assert.deepEqual(await readDevVars(folder, { environment: 'demo' }), { name: '.dev.vars.demo', values: ofWrangler('demo') });
  assert.deepEqual(await readDevVars(folder, { environment: 'production' }), { name: '.dev.vars', values: ofWrangler('production') });
  assert.deepEqual(await readDevVars(folder, { environment: 'production', ownOnly: true }), { name: '.dev.vars.production', values: {} });
  assert.deepEqual(await readDevVars(folder, { ownOnly: true }), { name: '.dev.vars', values: { A: 'common' } });
});

test('a file that is there and cannot be read is not taken for none', async () => {
  await mkdir(path.join(folder, '.dev.vars.unreadable'));
  await assert.rejects(readDevVars(folder, { environment: 'unreadable' }), { name: 'Failure', message: /^\.dev\.vars\.unreadable cannot be read: EISDIR/ });
});
