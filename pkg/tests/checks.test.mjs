// The checks with what no form would pass. The built package is used: `npm run build` makes it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checksOf } from '../dist/checks.js';
import { CompagoError, check, checkField, load, states } from '../dist/node.js';

test('what is used too early says so, and that waiting does not help', () => {
  assert.throws(() => states(), (error) => error instanceof CompagoError && error.code === 'not-loaded' && !error.temporary);
});

test('a field of a list is checked as well', async () => {
  await load();
  const code = (pointer, value) => checkField(pointer, value)?.code;
  assert.equal(code('/items/0/quantity', 0), 'quantity-range');
  assert.equal(code('/items/7/quantity', '2'), 'type-integer');
  assert.equal(code('/items/0/quantity', 2), undefined);
  assert.equal(code('/items/0/sku', 'café'), 'sku-format');
});

test('what is checked is what JSON carries', async () => {
  await load();
  const pointers = (body) => check(body).map(({ pointer }) => pointer);
  const sku = { toJSON: () => 'taza-barro' };
  assert.deepEqual(pointers({ items: [{ sku, quantity: 1 }] }), ['/billingInformation']);
  for (const body of [undefined, null, NaN, () => {}, Symbol('body'), 'text']) assert.deepEqual(pointers(body), [''], String(body));
});

test('languages that visitors name leave nothing behind', () => {
  let made = 0;
  class Checks {
    constructor(language) {
      made += 1;
      this.check = () => [language];
    }
  }
  const { check } = checksOf({ exports: { Checks } });
  const languages = ['en', 'es-MX', undefined, null, 'en-US,en;q=0.9', 'de', 'fr-CA'].flatMap((language) => check({}, { language }));
  assert.deepEqual(languages, ['en', ...Array(6).fill('es-MX')]);
  assert.equal(made, 2);
});

test('an object that contains itself is refused at once, as the sending of it is', async () => {
  await load();
  const round = {};
  for (const name of ['a', 'b', 'c', 'd']) round[name] = round;
  assert.throws(() => check(round), TypeError);
  assert.throws(() => checkField('/items', round), TypeError);
  assert.throws(() => check({ items: [{ sku: 'a', quantity: 1n }] }), TypeError);
});
