// What each call of the operator's client can be asked for is what its own operation of the API takes, by name, values and need. The built
// package is used: `npm run build` makes it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { operator } from '../dist/operator.js';

const { paths, components } = JSON.parse(await readFile(new URL('../../www/openapi.json', import.meta.url), 'utf8'));
const resolved = (one) => (one?.$ref ? components[one.$ref.split('/')[2]][one.$ref.split('/')[3]] : one);

const file = fileURLToPath(new URL('../dist/operator.d.ts', import.meta.url));
const program = ts.createProgram([file], { strict: true, target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], types: [] });
const checker = program.getTypeChecker();
const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)));
const typeNamed = (name) => checker.getDeclaredTypeOfSymbol(exported.find((symbol) => symbol.name === name));
const optionsOfAnyCall = new Set(checker.getPropertiesOfType(typeNamed('KeyedOptions')).map(({ name }) => name));

/** Each call: its name, its signature and itself. */
function* callsOf(client) {
  for (const group of checker.getPropertiesOfType(typeNamed('Operator'))) {
    for (const method of checker.getPropertiesOfType(checker.getTypeOfSymbol(group))) {
      const [signature] = checker.getTypeOfSymbol(method).getCallSignatures();
      const parameters = signature.getParameters().map((symbol) => checker.getNonNullableType(checker.getTypeOfSymbol(symbol)));
      yield { name: `${group.name}.${method.name}`, parameters, call: client[group.name][method.name] };
    }
  }
}

/** What a type can be, in words: each literal of a union, or its name. */
const membersOf = (type) =>
  (type.isUnion() ? type.types : [type])
    .filter(({ flags }) => !(flags & ts.TypeFlags.Undefined))
    .map((member) => (member.isStringLiteral() ? member.value : checker.typeToString(member)))
    .sort();

const isText = (type) => membersOf(type).every((member) => !/[A-Z&{]/.test(member));

/** What the parameters of a call have beside the options of every call. */
const filtersOf = (parameters) =>
  parameters
    .filter((type) => !isText(type))
    .flatMap((type) => checker.getPropertiesOfType(type))
    .filter(({ name }) => !optionsOfAnyCall.has(name))
    .map((symbol) => ({
      name: symbol.name,
      isRequired: !(symbol.flags & ts.SymbolFlags.Optional),
      values: membersOf(checker.getTypeOfSymbol(symbol)),
    }));

const valuesOf = ({ enum: literals, const: literal, type, format }) => {
  if (literals ?? literal) return [...(literals ?? [literal])].sort();
  if (format === 'date-time') return ['Date', 'string'];
  // The one object among the parameters is metadata, of which each entry is sent as a parameter of its own.
  return { integer: ['number'], boolean: ['false', 'true'], object: ['Metadata'] }[type] ?? [type];
};

/** The operation that a call makes: its verb, and what its query can have. */
async function operationOf(call, parameters, t) {
  const { mock } = t.mock.method(globalThis, 'fetch', async () => Response.json({}));
  await call(...parameters.map((type) => (isText(type) ? membersOf(type).find((member) => member !== 'string') ?? 'id' : { idempotencyKey: 'key-1' })));
  const [url, { method }] = mock.calls[0].arguments;
  mock.restore();
  const verb = method.toLowerCase();
  const parts = new URL(url).pathname.split('/');
  const isMatch = (path) => path.split('/').length === parts.length && path.split('/').every((part, at) => part === parts[at] || part.startsWith('{'));
  const path = Object.keys(paths).filter((path) => paths[path][verb] && isMatch(path)).sort((one, other) => one.split('{').length - other.split('{').length)[0];
  const inQuery = (paths[path][verb].parameters ?? []).map(resolved).filter((one) => one.in === 'query');
  const query = inQuery.map(({ name, required, schema }) => ({ name, isRequired: required === true, values: valuesOf(resolved(schema)) }));
  return { verb, query };
}

const byName = (one, other) => one.name.localeCompare(other.name);

for (const { name, parameters, call } of callsOf(operator({ origin: 'https://shop.example', token: 'operator-token-1' }))) {
  test(`${name} is asked for what its operation takes`, async (t) => {
    const { verb, query } = await operationOf(call, parameters, t);
    // Objects of other calls are bodies.
    assert.deepEqual(verb === 'get' ? filtersOf(parameters).sort(byName) : [], query.sort(byName));
  });
}
