// Nothing that the package exports is without a sentence in the editor, and no code of an error is without its name in the types.

import assert from 'node:assert/strict';
import { cp, readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import * as typedoc from 'typedoc';
import { inRoot } from '../../scripts/paths.mjs';
import { newProject } from './support/project.mjs';

const entries = ['index', 'status', 'clients', 'elements', 'compago', 'operator', 'webhook'].map((name) => `types/${name}.d.ts`);
/** Methods of inline types, such as an operator's, are no reflections of their own kind but properties. */
const kinds = ['Variable', 'Function', 'Class', 'Interface', 'Constructor', 'Property', 'Method', 'Accessor', 'TypeAlias'];

test('all that is exported is documented, to the last field', async (t) => {
  const compilerOptions = { strict: true, module: 'nodenext', target: 'es2022', lib: ['es2022', 'dom', 'dom.asynciterable'], types: [] };
  const project = await newProject(t, { 'tsconfig.json': JSON.stringify({ compilerOptions, files: entries }) });
  // What is installed would count as others' code.
  await cp(project.file('node_modules', 'compago-edge', 'dist'), project.file('types'), { recursive: true });
  const app = await typedoc.Application.bootstrap({
    entryPoints: entries.map((entry) => project.file(entry)),
    tsconfig: project.file('tsconfig.json'),
    basePath: project.folder,
    readme: 'none',
    excludeExternals: true,
    requiredToBeDocumented: /** @type {any} */ (kinds),
    validation: { notDocumented: true, notExported: false, invalidLink: true, rewrittenLink: false, unusedMergeModuleWith: false },
  });
  /** @type {string[]} */
  const warnings = [];
  app.logger = new (class extends typedoc.Logger {
    /** @override @param {string} message @param {number} level */
    log(message, level) {
      if (level >= typedoc.LogLevel.Warn) warnings.push(message);
    }
  })();
  const reflection = await app.convert();
  assert.ok(reflection, warnings.join('\n'));
  app.validate(reflection);
  // What the Worker's API takes and answers is described in its own document.
  assert.deepEqual(warnings.filter((line) => !line.includes('types/openapi.d.ts')), []);
});

test('each code that an error can have is one that the types name', async () => {
  const read = (/** @type {string[]} */ ...parts) => readFile(inRoot(...parts), 'utf8');
  const found = (/** @type {string} */ text, /** @type {RegExp} */ pattern) => [...text.matchAll(pattern)].map(([, code = '']) => code);
  const scripts = (await readdir(inRoot('pkg'))).filter((name) => name.endsWith('.js'));
  const elements = (await readdir(inRoot('pkg', 'elements'))).map((name) => `elements/${name}`);
  const own = await Promise.all([...scripts, ...elements].map((name) => read('pkg', name)));
  // A literal, or what the first argument may be.
  const places = found(own.join('\n'), /(code: [^,\n]*|misuse\([^,]*|headerValue\(\w+, [^,]*)/g).join('\n');
  const inScripts = found(places, /'([a-z]+(?:-[a-z]+)*)'/g);
  const [, reasons = ''] = /pub enum Reason \{(.*?)\n\}/s.exec(await read('src', 'error.rs')) ?? [];
  const refusals = found(reasons, /^ {4}([A-Z]\w+)/gm).map((variant) => variant.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase());
  assert.ok(refusals.includes('duplicate-external-id'), refusals.join());
  const webhooks = found(await read('pkg', 'src', 'webhook.rs'), /=> "([a-z-]+)",/g).map((code) => `webhook-${code}`);
  const { components } = JSON.parse(await read('www', 'openapi.json'));
  const codes = new Set([...inScripts, ...refusals, ...webhooks]);
  assert.ok(codes.size > 30, [...codes].join());

  const types = await read('pkg', 'status.d.ts');
  assert.match(types, /\| components\['schemas'\]\['ProblemCode'\]/);
  const named = [...found(types, /\| '([a-z]+(?:-[a-z]+)*)'/g), ...components.schemas.ProblemCode.enum];
  assert.deepEqual([...codes].filter((code) => !named.includes(code)), [], 'a code without a name');
});
