// Wrangler's file of a new shop and that of the repository deploy the same Worker: what one has and the other lacks would be noticed only by customers.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { readConfig } from '../../scripts/deploy-settings.mjs';
import { inRoot } from '../../scripts/paths.mjs';
import { limitVariables, settingOf } from '../../scripts/settings.mjs';

const [{ env, ...top }, repository] = /** @type {any[]} */ (await Promise.all(['worker/npm/template/wrangler.jsonc', 'worker/wrangler.toml'].map((file) => readConfig(inRoot(file)))));
const environments = Object.entries(/** @type {Record<string, any>} */ (env));

test('classes, their history, the date of the runtime, the schedule, logs and how files are served are the same', () => {
  for (const name of ['migrations', 'compatibility_date', 'compatibility_flags', 'triggers', 'observability']) assert.deepEqual(top[name], repository[name], name);
  const { directory, ...serving } = repository.assets;
  assert.deepEqual(top.assets, { ...serving, directory: '.build/site' });
});

test('each environment has all bindings and all variables: it takes none from the top', () => {
  const withoutIds = (/** @type {any[]} */ limiters) => limiters.map(({ namespace_id: _, ...limiter }) => limiter);
  for (const [name, { durable_objects: objects, ratelimits, vars }] of environments) {
    assert.deepEqual(objects, repository.durable_objects, name);
    assert.deepEqual(withoutIds(ratelimits), withoutIds(repository.ratelimits), name);
    assert.deepEqual(Object.keys(vars), Object.keys(repository.vars), name);
  }
  assert.deepEqual([top.durable_objects, top.ratelimits, top.vars], [undefined, undefined, undefined]);
});

test("the demo's variables are those of the repository, and production differs in Compago's environment alone", () => {
  const { demo, production } = env;
  assert.deepEqual(demo.vars, repository.vars);
  assert.deepEqual(production.vars, { ...demo.vars, MODE: 'production', COMPAGO_BASE_URL: 'https://api.harmony.compago.com/api' });
});

test('it names the limits that may be set, with what holds without', async () => {
  const [text, own] = await Promise.all(['worker/npm/template/wrangler.jsonc', 'worker/wrangler.toml'].map((file) => readFile(inRoot(file), 'utf8')));
  const limits = [...own.matchAll(/(LIMIT_\w+) = "(\d+)"/g)].map(([, name, value]) => `${name} (${value})`);
  assert.ok(limits.length > 5);
  for (const limit of limits) assert.ok(text.includes(limit), limit);
});

test('a deployment accepts the numbers that the Worker accepts, and no others', async () => {
  const [limits, days] = await Promise.all(['worker/src/config/limits.rs', 'src/value/retain_days.rs'].map((file) => readFile(inRoot(file), 'utf8')));
  const most = (/** @type {string} */ text, /** @type {RegExp} */ bound) => Number(bound.exec(text)?.[1]?.replaceAll('_', ''));
  const [rates, open, retained] = [most(limits, /const RATES: .* = 1\.\.=([\d_]+);/), most(limits, /const OPEN: .* = 1\.\.=([\d_]+);/), most(days, /const MAX: Self = Self\((\d+)\);/)];
  for (const name of [...limitVariables, 'RETAIN_DAYS']) {
    const bound = name === 'RETAIN_DAYS' ? retained : name.startsWith('LIMIT_OPEN_') ? open : rates;
    const accepted = ['0', '1', String(bound), String(bound + 1), '1.5', '-1'].filter((text) => settingOf(name).accepts?.(text));
    assert.deepEqual(accepted, ['1', String(bound)], name);
  }
});
