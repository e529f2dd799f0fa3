// What a caller has to mend: each code that the types name, by a call that has it. The built package is used: `npm run build` makes it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { compago } from '../dist/compago.js';
import { check, till } from '../dist/node.js';
import { operator } from '../dist/operator.js';
import { serverOf } from '../dist/server.js';

const origin = 'https://shop.example';
const apiKey = 'key-of-the-test';
/** A wasm that knows no call by its name. */
const ignorant = { load: async () => {}, exports: { prepare: () => ({ errors: [] }) } };

const mistakes = {
  'api-key': () => compago({ environment: 'demo' }),
  'base-url': () => compago({ apiKey, baseUrl: 'http://compago.example/api' }),
  environment: () => compago({ apiKey }),
  'idempotency-key': () => till({ origin }).charge({ amount: '350.50' }),
  'invalid-input': () => compago({ apiKey, environment: 'demo' }).oneTimePayments.get({ id: 'none' }),
  'not-loaded': () => check({}),
  origin: () => till().status('id'),
  token: () => operator({ origin }),
  'unknown-call': () => serverOf(ignorant).compago({ apiKey, environment: 'demo' }).oneTimePayments.list(),
};

/** What the message says to pass. */
const remedies = { 'api-key': 'apiKey', 'base-url': 'baseUrl', environment: 'environment', 'idempotency-key': 'idempotencyKey', origin: 'origin', token: 'token' };

const types = await readFile(new URL('../status.d.ts', import.meta.url), 'utf8');
const [, union = ''] = /export type MisuseCode =([^;]*);/.exec(types) ?? [];

test('the types name each of them', () => {
  assert.deepEqual([...union.matchAll(/'([a-z-]+)'/g)].map(([, code]) => code), Object.keys(mistakes));
});

for (const [code, make] of Object.entries(mistakes)) {
  test(`${code}: nothing was sent, and the same call will not succeed later`, async () => {
    const message = code in remedies ? new RegExp(`(^P|, p)ass [^.]*\`${remedies[code]}\``) : /./;
    await assert.rejects(async () => make(), { message, name: 'CompagoError', code, didNothing: true, temporary: false, status: 400 });
  });
}
