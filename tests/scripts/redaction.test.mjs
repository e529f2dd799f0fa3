// What the Worker cannot print, it cannot leak: no type that holds a body, a query or a capability derives `Debug`. What of the
// core may hold one has a `Debug` that shows nothing of it, which its own tests hold.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { inRoot } from '../../scripts/paths.mjs';

/** Fields whose text came from a person, or gives access. A path's parts are named by no field: they are variants of a route. */
const PRIVATE = /\b(?:body|capability|query|values|listings|token): (?:String|&\S* ?str|Vec<String>)|\b(?:Order|Payer|Show)\(&'a str\)/;

/** The types of a source with what they derive and hold. @param {string} source */
function* typesOf(source) {
  for (const found of source.matchAll(/((?:#\[[^\n]*\]\n\s*)*)(?:pub(?:\([a-z]+\))? )?(?:struct|enum) (\w+)[^;{(]*([{(])/g)) {
    const [whole, attributes, name, opening] = found;
    const closing = opening === '{' ? '}' : ')';
    let depth = 1;
    let at = (found.index ?? 0) + whole.length;
    for (const begin = at; depth > 0 && at < source.length; at += 1) {
      if (source[at] === opening) depth += 1;
      if (source[at] === closing) depth -= 1;
      if (depth === 0) yield { name, attributes, held: source.slice(begin, at) };
    }
  }
}

test('no type of the Worker that holds a body, a query or a capability can be printed', async () => {
  const root = inRoot('worker', 'src');
  const files = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.rs'));
  const [holders, printable] = [new Set(), []];
  for (const file of files) {
    for (const { name, attributes, held } of typesOf(await readFile(path.join(root, file), 'utf8'))) {
      if (!PRIVATE.test(held)) continue;
      holders.add(`${file}: ${name}`);
      if (/derive\([^)]*\bDebug\b/.test(attributes)) printable.push(`${file}: ${name}`);
    }
  }
  assert.deepEqual(printable, []);
  for (const known of ['objects/order/message.rs: PlaceOrder', 'objects/payment_method/message.rs: Command', 'routes/shop.rs: Route'])
    assert.ok(holders.has(known), `${known} is looked at: ${[...holders]}`);
});
