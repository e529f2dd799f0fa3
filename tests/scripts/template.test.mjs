// The template of a new shop keeps the rules of Cloudflare's "Deploy to Cloudflare" button, for those who put their copy into a repository of
// its own (https://developers.cloudflare.com/workers/platform/deploy-buttons/, read November 2026).
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { before, after, test } from 'node:test';
import { checkEmbedOrigins, checkMode, checkOrigins, checkPlaceholders, checkValues, unreadVariables } from '../../scripts/deploy-checks.mjs';
import { readSecrets } from '../../scripts/deploy-secrets.mjs';
import { readConfig, settingsOf } from '../../scripts/deploy-settings.mjs';
import { parseDevVars } from '../../scripts/dev-vars.mjs';
import { inRoot } from '../../scripts/paths.mjs';
import { run } from '../../scripts/run.mjs';
import { requiredSecrets, secretVariables, workerVariables } from '../../scripts/settings.mjs';
import { initShop } from '../../worker/npm/init.js';

/** A shop as `init` writes it, where nothing is installed. */
const shop = path.join(await mkdtemp(path.join(tmpdir(), 'compago-edge-template-')), 'mi-tienda');
const read = (/** @type {string} */ name) => readFile(path.join(shop, name), 'utf8');
before(() => initShop(shop, [], { install: async () => true, isPublished: async () => true }));
after(() => rm(path.dirname(shop), { recursive: true, force: true }));

const configOf = () => readConfig(path.join(shop, 'wrangler.jsonc'));

test('it is the root of a repository, alone: nothing in it is elsewhere, and npm alone builds and deploys it', async () => {
  const { name, private: isPrivate, scripts, dependencies, devDependencies = {}, engines } = JSON.parse(await read('package.json'));
  assert.deepEqual([name, isPrivate], ['mi-tienda', true]);
  for (const version of Object.values({ ...dependencies, ...devDependencies })) assert.match(version, /^[\^~]?\d+\.\d+\.\d+$/, 'from the registry, not from a folder or a workspace');
  const { bin, engines: needed } = JSON.parse(await readFile(inRoot('worker/npm/package.json'), 'utf8'));
  for (const script of ['build', 'deploy']) {
    const [program = ''] = scripts[script].split(' ');
    assert.ok(program in bin, `${script} runs ${program}, which is no command of a package that it depends on`);
    assert.equal(scripts[script], `${program} ${script}`);
  }
  assert.deepEqual(engines, needed);
  const texts = await Promise.all(['wrangler.jsonc', 'package.json', 'shop/shop.json', 'shop/catalog.json'].map(read));
  const paths = texts.flatMap((text) => [...text.matchAll(/"((?:\.\.?\/|node_modules\/)[^"]*)"/g)].map(([, each = '']) => each));
  for (const each of paths) assert.match(each, /^(?:\.\.\/)?node_modules\/(?:compago-edge-worker|wrangler)\//, each);
  const config = await configOf();
  assert.match(config.main ?? '', /^node_modules\/compago-edge-worker\//);
});

test("its lock file is not ignored, and what has a person's secrets is", async () => {
  await run('git', ['init', '--quiet', shop], { cwd: shop });
  const ignored = async (/** @type {string} */ name) => (await run('git', ['check-ignore', '--no-index', '--verbose', '--non-matching', name], { cwd: shop }).catch(({ message }) => message)).split('\t')[0];
  for (const name of ['package-lock.json', '.dev.vars.example', 'wrangler.jsonc', 'shop/catalog.json']) assert.match(await ignored(name), /^::|:!/, name);
  for (const name of ['.dev.vars', '.dev.vars.demo', '.dev.vars.production', '.env', '.deploy.123.json', 'node_modules/a', '.build/a', '.data/a', '.wrangler/a']) {
    assert.match(await ignored(name), /^\.gitignore:\d+:[^!]/, name);
  }
});

test('its configuration has a name, and names and ids for all bindings in each environment', async () => {
  const config = await configOf();
  assert.equal(config.name, 'mi-tienda');
  assert.deepEqual(Object.keys(config.env ?? {}), ['demo', 'production']);
  const names = [config.env?.demo.name, config.env?.production.name];
  assert.deepEqual(names, ['mi-tienda-demo', 'mi-tienda']);
  const ids = [];
  for (const own of Object.values(config.env ?? {})) {
    const { durable_objects: objects, ratelimits } = /** @type {any} */ (own);
    for (const { name, class_name: className } of objects.bindings) assert.ok(name && className);
    for (const { name, namespace_id: id, simple } of ratelimits) {
      assert.ok(name && simple.limit > 0);
      ids.push(id);
    }
  }
  assert.equal(new Set(ids).size, ids.length);
});

test('each environment passes the checks of a deployment once there are secrets: a person sets no variable first', async () => {
  const config = await configOf();
  for (const environment of ['demo', 'production']) {
    const settings = settingsOf(config, { file: 'wrangler.jsonc', environment });
    for (const check of [checkEmbedOrigins, checkOrigins, checkPlaceholders, checkMode, checkValues]) check(settings);
    assert.equal(settings.vars.MODE, environment);
    assert.deepEqual(unreadVariables(settings), []);
  }
});

test('every line of the example of secrets is asked for: it is what only a person can give, and is described', async () => {
  const text = await read('.dev.vars.example');
  assert.match(text, /^(?:[A-Z_]+=\n)+$/, 'a name on each line, without a value that somebody might accept');
  const asked = Object.keys(parseDevVars(text));
  assert.deepEqual(asked, requiredSecrets);
  const { bindings } = JSON.parse(await read('package.json')).cloudflare;
  for (const name of asked) assert.match(bindings[name]?.description ?? '', /.{20}/, name);
  for (const [name, { description }] of Object.entries(bindings)) {
    assert.ok(workerVariables.includes(name), `${name} is nothing that the Worker reads`);
    assert.doesNotMatch(description.replaceAll(/`[^`]+`|\[[^\]]+\]\(https:[^)]+\)/g, ''), /[`*_[\]<>]/, 'what the page shows of Markdown');
  }
});

test('no secret stands among its variables', async () => {
  const config = await configOf();
  const vars = [config, ...Object.values(config.env ?? {})].flatMap((part) => Object.keys(part.vars ?? {}));
  assert.deepEqual(vars.filter((name) => secretVariables.includes(name)), []);
});

test('the example of secrets is not taken for secrets', async () => {
  const { values } = await readSecrets(shop, settingsOf(await configOf(), { file: 'wrangler.jsonc', environment: 'demo' }));
  assert.deepEqual(values, {});
});

test('with its lock file it has at most 12 files', async () => {
  const entries = await readdir(shop, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !path.join(entry.parentPath ?? entry.path, entry.name).includes(`${path.sep}.git${path.sep}`)).map(({ name }) => name);
  assert.ok(existsSync(path.join(shop, '.gitignore')));
  assert.ok(files.length <= 11, files.join(' '));
});

test('its legal pages are those of shop/, as long as those are the example: who sells is in shop.json alone', async () => {
  const pages = (await readdir(path.join(shop, 'shop'))).filter((name) => name.endsWith('.html'));
  assert.equal(pages.length, 3);
  for (const page of pages) {
    const text = await read(`shop/${page}`);
    assert.match(text, /Este texto es un ejemplo/, page);
    // A clone is a merchant's as well, who writes notices of their own.
    const other = await readFile(inRoot('shop', page), 'utf8').catch(() => '');
    if (other.includes('Este texto es un ejemplo')) assert.equal(text, other, page);
  }
});
