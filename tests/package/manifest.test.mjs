// custom-elements.json, which editors and catalogs read, says of the elements what their sources and their types say.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv';
import ts from 'typescript';
import { inRoot } from '../../scripts/paths.mjs';

const read = (/** @type {string[]} */ ...parts) => readFile(inRoot('pkg', ...parts), 'utf8');
const manifest = JSON.parse(await read('custom-elements.json'));
/** @type {any[]} */
const elements = manifest.modules.flatMap(({ path: module, declarations }) => declarations.map((declaration) => ({ module, ...declaration })));
/** @type {Record<string, any>} */
const classes = await import('../../pkg/elements.js');
const namesOf = (/** @type {{ name: string }[]} */ list) => list.map(({ name }) => name);
const sorted = (/** @type {Iterable<string>} */ names) => [...new Set(names)].sort();

/** The text of a module of the elements and of those that it imports. @param {string} name @param {Set<string>} [seen] @returns {Promise<string>} */
async function sourceOf(name, seen = new Set()) {
  if (seen.has(name)) return '';
  seen.add(name);
  const text = await read(name);
  const imported = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, from = '']) => path.posix.join(path.posix.dirname(name), from));
  return [text, ...(await Promise.all(imported.map((one) => sourceOf(one, seen))))].join('\n');
}

test('it is a manifest of the schema that it names', async () => {
  const schema = JSON.parse(await readFile(createRequire(import.meta.url).resolve('custom-elements-manifest/schema.json'), 'utf8'));
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
  assert.ok(validate(manifest), JSON.stringify(validate.errors, null, 1));
  assert.equal(JSON.parse(await read('package.json')).customElements, './custom-elements.json');
});

test('it has each element under its name, and the modules that export it', async () => {
  const registered = new Map();
  classes.define({ get: () => undefined, define: (name, element) => registered.set(name, element) });
  assert.deepEqual(sorted(registered.keys()), sorted(elements.map(({ tagName }) => tagName)));
  for (const { tagName, name, module } of elements) {
    assert.equal(registered.get(tagName), classes[name]);
    assert.match(await read(module.replace('dist/', '')), new RegExp(`export class ${name} `));
  }
  const exported = (/** @type {string} */ kind) => manifest.modules.flatMap(({ path: module, exports }) => exports.filter((one) => one.kind === kind).map(({ name }) => `${module} ${name}`));
  assert.deepEqual(sorted(exported('custom-element-definition')), sorted(elements.map(({ tagName }) => `dist/elements/define.js ${tagName}`)));
  for (const { name, module } of elements) for (const at of [module, 'dist/elements.js']) assert.ok(exported('js').includes(`${at} ${name}`), name);
});

for (const { tagName, name, module, attributes, members, events, cssParts, cssProperties } of elements) {
  test(`${tagName}: its attributes are those that it observes, each with its property`, () => {
    assert.deepEqual(sorted(namesOf(attributes)), sorted(classes[name].observedAttributes));
    for (const { fieldName, name: attribute } of attributes) assert.equal(members.find((member) => member.name === fieldName)?.attribute, attribute);
    for (const member of members) assert.ok(member.name in classes[name].prototype, member.name);
  });

  test(`${tagName}: its attributes, members and events are those of the types`, () => {
    const types = typesOf();
    assert.deepEqual(sorted(namesOf(attributes)), types.attributesOf(name));
    assert.deepEqual(sorted(namesOf(members)), types.membersOf(name));
    assert.deepEqual(namesOf(events).filter((event) => !types.events.includes(event)), []);
  });

  test(`${tagName}: its events are those that its modules dispatch`, async () => {
    const source = await sourceOf(module.replace('dist/', ''));
    assert.deepEqual(sorted(namesOf(events)), sorted([...source.matchAll(/emit\('([a-z]+)'/g)].map(([, event]) => `compago-${event}`)));
  });

  test(`${tagName}: its parts and custom properties are those that its modules have`, async () => {
    const source = await sourceOf(module.replace('dist/', ''));
    const listed = namesOf(cssParts);
    assert.deepEqual(listed, [...new Set(listed)], 'each once');
    const literal = [...source.matchAll(/part: ['`]([^'`]+)|part: [^,']*\? '([a-z-]+)' : '([a-z-]+)'|\.part = [^'`]*['`]([^'`]+)/g)].flatMap((match) => match.slice(1).filter(Boolean));
    const parts = literal.flatMap((text) => text.split(' ')).filter((part) => !part.startsWith('$'));
    assert.ok(parts.length > 7, parts.join());
    assert.deepEqual(sorted(parts.filter((part) => !listed.includes(part))), [], 'a part that is not listed');
    const isNamed = (/** @type {string} */ part) => new RegExp(`(?<![\\w-])${part}(?![\\w-])`).test(source);
    assert.deepEqual(listed.filter((part) => !isNamed(part)), [], 'a part that is nowhere');

    const { css } = await import('../../pkg/elements/style.js');
    const properties = sorted([...css.matchAll(/var\((--compago-[a-z-]+)/g)].map(([, property = '']) => property));
    assert.deepEqual(namesOf(cssProperties).filter((property) => !properties.includes(property)), []);
  });
}

test('each custom property of the styles is listed', async () => {
  const { css } = await import('../../pkg/elements/style.js');
  const properties = sorted([...css.matchAll(/var\((--compago-[a-z-]+)/g)].map(([, property = '']) => property));
  assert.deepEqual(sorted(elements.flatMap(({ cssProperties }) => namesOf(cssProperties))), properties);
});

/** What elements.d.ts declares, by the compiler. */
function typesOf() {
  const file = inRoot('pkg', 'dist', 'elements.d.ts');
  const program = ts.createProgram([file], { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], types: [] });
  const checker = program.getTypeChecker();
  const source = /** @type {ts.SourceFile} */ (program.getSourceFile(file));
  const exported = checker.getExportsOfModule(/** @type {ts.Symbol} */ (checker.getSymbolAtLocation(source)));
  const typeOf = (/** @type {string} */ name) => checker.getDeclaredTypeOfSymbol(/** @type {ts.Symbol} */ (exported.find((symbol) => symbol.name === name)));
  const isOwn = (/** @type {ts.Symbol} */ symbol) => symbol.declarations?.some((declaration) => declaration.getSourceFile() === source) ?? false;
  const propertiesOf = (/** @type {string} */ name) => sorted(typeOf(name).getProperties().filter(isOwn).map((symbol) => symbol.name));
  return { attributesOf: (name) => propertiesOf(`${name}Attributes`), membersOf: propertiesOf, events: propertiesOf('CompagoElementEventMap') };
}
