// The package's types under the compiler, strict, in the three ways in which projects resolve modules.

import assert from 'node:assert/strict';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { inRoot } from '../../scripts/paths.mjs';
import { newProject } from './support/project.mjs';

const programs = fileURLToPath(new URL('programs', import.meta.url));

/** @type {Record<string, import('typescript').CompilerOptions>} */
const resolutions = {
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  // Of projects that were set up before 2025; it reads `typesVersions` and `main`.
  node10: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Node10 },
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
};

for (const [name, resolution] of Object.entries(resolutions)) {
  test(`a program that uses every export compiles under ${name}, and each mistake is found`, async (t) => {
    const text = Object.fromEntries(
      await Promise.all(['uses.ts', 'refused.ts'].map(async (file) => [file, await readFile(path.join(programs, file), 'utf8')])),
    );
    const { file } = await newProject(t, text);
    const program = ts.createProgram([file('uses.ts'), file('refused.ts')], {
      ...resolution,
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      declaration: true,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.asynciterable.d.ts'],
      types: [],
    });
    const found = ts.getPreEmitDiagnostics(program).map(inWords);
    assert.deepEqual(found.filter((line) => !line.startsWith('refused.ts')), []);
    assert.deepEqual(found.map((line) => line.replace(/ .*/s, '')), mistakes(text['refused.ts'], 'refused.ts'));
  });
}

/** The programs of frameworks, with the packages that they are compiled with, and the compiler's options. */
const frameworks = {
  'react.tsx': { packages: ['@types/react'], jsx: ts.JsxEmit.ReactJSX },
  'preact.tsx': { packages: ['preact'], jsx: ts.JsxEmit.ReactJSX, jsxImportSource: 'preact' },
  'solid.tsx': { packages: ['solid-js'], jsx: ts.JsxEmit.Preserve, jsxImportSource: 'solid-js' },
  'vue.tsx': { packages: ['vue'], jsx: ts.JsxEmit.Preserve, jsxImportSource: 'vue' },
};

for (const [name, { packages, ...options }] of Object.entries(frameworks)) {
  test(`the elements in a program of a framework compile, and each mistake is found: ${name}`, async (t) => {
    const text = await readFile(path.join(programs, name), 'utf8');
    const { file } = await newProject(t, { [name]: text });
    await mkdir(file('node_modules', '@types'));
    for (const one of packages) await symlink(inRoot('node_modules', one), file('node_modules', one));
    for (const resolution of Object.values(resolutions)) {
      const program = ts.createProgram([file(name)], {
        ...resolution,
        ...options,
        strict: true,
        exactOptionalPropertyTypes: true,
        target: ts.ScriptTarget.ES2022,
        lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
        types: [],
      });
      assert.deepEqual(ts.getPreEmitDiagnostics(program).map((one) => inWords(one).replace(/ .*/s, '')), mistakes(text, name));
    }
  });
}

test('a server without the types of pages compiles, those of the package with it', async (t) => {
  const names = ['server.ts', 'node-globals.d.ts'];
  const text = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(path.join(programs, name), 'utf8')])));
  const { file } = await newProject(t, text);
  const program = ts.createProgram(names.map((name) => file(name)), {
    ...resolutions.node16,
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    types: [],
  });
  assert.deepEqual(ts.getPreEmitDiagnostics(program).map(inWords), []);
});

test('the types name what is there, and the program uses all of it', async (t) => {
  const text = await readFile(path.join(programs, 'uses.ts'), 'utf8');
  const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } });
  const entries = ['', '/status', '/clients', '/elements', '/compago', '/operator', '/webhook'].map((entry) => `compago-edge${entry}`);
  const listing = `for (const entry of ${JSON.stringify(entries)}) console.log(Object.keys(await import(entry)).join('\\n'));`;
  const { node } = await newProject(t, { 'uses.js': outputText, 'names.js': listing });
  await node('uses.js');
  const names = (await node('names.js')).split('\n').filter(Boolean);
  assert.deepEqual(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text)), []);
});

/** @param {import('typescript').Diagnostic} diagnostic @returns {string} as in "refused.ts:12:TS2345 Argument of ..." */
function inWords({ file, start = 0, code, messageText }) {
  const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
  return `${path.basename(file?.fileName ?? '')}:${line}:TS${code} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
}

/** @param {string} text @param {string} name of the file @returns {string[]} the mistakes that a program says it makes */
const mistakes = (text, name) =>
  text.split('\n').flatMap((line, index) => {
    const code = line.match(/\/\/ (TS\d+)(?: \*\/\})?$/)?.[1];
    return code ? [`${name}:${index + 1}:${code}`] : [];
  });
