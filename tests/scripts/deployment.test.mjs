// A deployment from a merchant's folder against a stand-in for Cloudflare's API: what is sent, and that nothing is on a refusal.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { checkSecretsByRule, missingSecrets, readSecrets } from '../../scripts/deploy-secrets.mjs';
import { checkSeller, exampleFingerprints, fingerprint, ofSeller, readTexts } from '../../scripts/deploy-seller.mjs';
import { settingsOf } from '../../scripts/deploy-settings.mjs';
import { inRoot, testShopDir } from '../../scripts/paths.mjs';
import { account, fakeCloudflare } from './support/cloudflare.mjs';

const key = 'ck_4f9a1c7e52b08d36';
const token = '7d0c5be1f2a94836a1c05e9f3b7d2468';

const demoVars = { MODE: 'demo', COMPAGO_BASE_URL: 'https://demo.api.harmony.compago.com/api', CHECKOUT_ORIGINS: 'https://app.compago.com', SHOP_ORIGIN: '' };
const liveVars = { ...demoVars, MODE: 'production', COMPAGO_BASE_URL: 'https://api.harmony.compago.com/api', SHOP_ORIGIN: 'https://tallernube.mx' };
const bindings = {
  durable_objects: { bindings: [{ name: 'ORDERS', class_name: 'OrderObject' }] },
  ratelimits: [{ name: 'CREATE_LIMIT', namespace_id: '1001', simple: { limit: 30, period: 60 } }],
};

/** wrangler.jsonc of a merchant, with a Worker of one line. @param {object} [demo] variables of the demo @param {object} [more] */
const configOf = (demo = {}, more = {}) => ({
  name: 'taller',
  main: 'index.js',
  compatibility_date: '2026-04-26',
  assets: { directory: '.build/site', binding: 'ASSETS' },
  migrations: [{ tag: 'v1', new_sqlite_classes: ['OrderObject'] }],
  triggers: { crons: ['20 * * * *'] },
  ...more,
  env: { demo: { name: 'taller-demo', vars: { ...demoVars, ...demo }, ...bindings }, production: { name: 'taller', vars: liveVars, ...bindings } },
});

/**
 * Writes a shop whose seller is nobody's example, as far as the text is not changed.
 *
 * @param {import('node:test').TestContext} context
 * @param {(text: string) => string} [change] of shop.json
 * @param {string} [notice] replaces the privacy notice
 */
async function sellingShop(context, change = (text) => text, notice = '<h1>Aviso de privacidad</h1>') {
  const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-shop-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  await cp(testShopDir, folder, { recursive: true });
  const file = path.join(folder, 'shop.json');
  await writeFile(file, change((await readFile(file, 'utf8')).replace('hola@tallernube.example', 'hola@tallernube.mx')));
  await writeFile(path.join(folder, 'aviso-de-privacidad.html'), notice);
  return folder;
}

/**
 * Deploys from a folder with these files.
 *
 * @param {import('node:test').TestContext} context
 * @param {{ args?: string[], config?: object, files?: Record<string, string>, cloudflare?: Parameters<typeof fakeCloudflare>[1], env?: Record<string, string> }} [run]
 */
async function deploy(context, { args = [], config = configOf(), files = { '.dev.vars': `COMPAGO_API_KEY=${key}\nOPERATOR_TOKEN=${token}\n` }, cloudflare, env = {} } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-merchant-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const fake = await fakeCloudflare(context, cloudflare);
  const temporary = path.join(folder, 'tmp');
  await mkdir(temporary);
  const worker = "import { DurableObject } from 'cloudflare:workers';\nexport class OrderObject extends DurableObject {}\nexport class SettingsObject extends DurableObject {}\nexport default { fetch: () => new Response() };\n";
  const all = { 'wrangler.jsonc': JSON.stringify(config), 'index.js': worker, ...files };
  for (const [name, text] of Object.entries(all)) await writeFile(path.join(folder, name), text);
  const ci = { WRANGLER_CI_OVERRIDE_NAME: undefined, WORKERS_CI: undefined, CLOUDFLARE_ENV: undefined, CLOUDFLARE_ACCOUNT_ID: undefined, CI: undefined };
  const quiet = { WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true', WRANGLER_SEND_ERROR_REPORTS: 'false' };
  const api = { CLOUDFLARE_API_TOKEN: 'a-token', CLOUDFLARE_API_BASE_URL: fake.url };
  const child = spawn(process.execPath, [inRoot('tests/scripts/support/deploying.mjs'), path.join(folder, 'wrangler.jsonc'), ...args], {
    env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, TMPDIR: temporary, SHOP: testShopDir, ...ci, ...quiet, ...api, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  const uploads = fake.calls.filter(({ call }) => /^(?:PUT \S+\/workers\/scripts\/[^/]+|POST \S+\/versions)$/.test(call));
  const left = [...(await readdir(folder)).filter((name) => name.startsWith('.deploy')), ...(await readdir(temporary)).filter((name) => name.startsWith('compago-edge'))];
  return { code, output, fake, uploads, left };
}

/** The bindings of an upload by name. @param {{ metadata?: any }} upload */
const bound = ({ metadata }) => Object.fromEntries(metadata.bindings.map((/** @type {{ name: string }} */ { name, ...binding }) => [name, binding]));

/** @param {Awaited<ReturnType<typeof deploy>>} run @param {RegExp} message @param {number} [expected] the code it ends with */
function assertRefused({ code, output, fake, left }, message, expected = 1) {
  assert.equal(code, expected, output);
  assert.match(output, message);
  assert.deepEqual([fake.writes(), left], [[], []]);
  assert.doesNotMatch(output, /^built$|    at /m, 'nothing is built, and there is no stack');
}

describe('a deployment', { concurrency: 3 }, () => {
  test('sends the demo with its secrets, at the address that the account has on workers.dev', async (context) => {
    const { code, output, fake, uploads, left } = await deploy(context);
    assert.equal(code, 0, output);
    const origin = 'https://taller-demo.tienda.workers.dev';
    assert.match(output, new RegExp(`SHOP_ORIGIN is empty, so the shop is at the Worker's own address: ${origin}\\n`));
    assert.match(output, new RegExp(`Deployed\\. ${origin}/healthz says .* ${origin}/operator\\n`));
    assert.equal(uploads.length, 1);
    assert.match(uploads[0].call, /\/workers\/scripts\/taller-demo$/);
    const { SHOP_ORIGIN, MODE, COMPAGO_API_KEY, OPERATOR_TOKEN, CASHIER_TOKEN, CREATE_LIMIT, ORDERS } = bound(uploads[0]);
    assert.deepEqual([SHOP_ORIGIN, MODE], [{ type: 'plain_text', text: origin }, { type: 'plain_text', text: 'demo' }]);
    assert.deepEqual([COMPAGO_API_KEY, OPERATOR_TOKEN, CASHIER_TOKEN], [{ type: 'secret_text', text: key }, { type: 'secret_text', text: token }, undefined]);
    assert.equal(ORDERS.class_name, 'OrderObject');
    assert.notEqual(CREATE_LIMIT.namespace_id, '1001');
    assert.ok(uploads[0].metadata.keep_bindings.includes('secret_text'), 'secrets that the Worker has beside them stay');
    const writes = fake.writes().map(({ call }) => call.replace(/\/accounts\/\w+\/workers\/scripts\/taller-demo/, ''));
    assert.deepEqual(writes, ['POST /assets-upload-session', 'PUT ', 'PATCH /script-settings', 'POST /subdomain', 'PUT /schedules']);
    assert.deepEqual(fake.writes().find(({ call }) => call.endsWith('/subdomain'))?.metadata, { enabled: true });
    assert.ok(!output.includes(key) && !output.includes(token), 'no secret is printed');
    assert.deepEqual(left, [], 'nothing is left that has secrets');
  });

  test('sends production with the secrets of its own file, and closes workers.dev where the shop has a domain', async (context) => {
    const files = { '.dev.vars': 'COMPAGO_API_KEY=ck_demo\nOPERATOR_TOKEN=demo-token\n', '.dev.vars.production': `COMPAGO_API_KEY=${key}\nOPERATOR_TOKEN=${token} ${token}2\n` };
    const env = { SHOP: await sellingShop(context) };
    const { code, output, fake, uploads } = await deploy(context, { args: ['--env', 'production'], files, env, cloudflare: { secrets: { taller: [] } } });
    assert.equal(code, 0, output);
    assert.match(uploads[0].call, /\/workers\/scripts\/taller\/versions$/);
    const { MODE, SHOP_ORIGIN, COMPAGO_API_KEY, OPERATOR_TOKEN } = bound(uploads[0]);
    assert.deepEqual([MODE.text, SHOP_ORIGIN.text, COMPAGO_API_KEY.text, OPERATOR_TOKEN.text], ['production', 'https://tallernube.mx', key, `${token} ${token}2`]);
    assert.equal(fake.writes().find(({ call }) => call.endsWith('/subdomain'))?.metadata.enabled, false);
    assert.equal(fake.calls.some(({ call }) => call.endsWith('/workers/subdomain')), false, 'the account\'s name is asked for only where it is needed');
  });

  test('brings what a later version of the Worker has added since the file was written', async (context) => {
    const product = path.join(await mkdtemp(path.join(tmpdir(), 'compago-edge-product-')), 'wrangler.jsonc');
    context.after(() => rm(path.dirname(product), { recursive: true, force: true }));
    const later = configOf({}, { compatibility_date: '2026-05-01' });
    later.migrations.push({ tag: 'v2', new_sqlite_classes: ['SettingsObject'] });
    later.env.demo.durable_objects = { bindings: [...bindings.durable_objects.bindings, { name: 'SETTINGS', class_name: 'SettingsObject' }] };
    later.env.demo.ratelimits = [...bindings.ratelimits, { ...bindings.ratelimits[0], name: 'RETURN_LIMIT', namespace_id: '1002' }];
    await writeFile(product, JSON.stringify(later));
    const { code, output, uploads } = await deploy(context, { env: { PRODUCT: product }, cloudflare: { secrets: { 'taller-demo': [] }, tag: 'v1' } });
    assert.equal(code, 0, output);
    assert.match(output, /needs more than \S*wrangler\.jsonc has, which is deployed with it: v2, SETTINGS, RETURN_LIMIT\.\n/);
    const { SETTINGS, ORDERS, RETURN_LIMIT, CREATE_LIMIT } = bound(uploads[0]);
    assert.deepEqual([ORDERS.class_name, SETTINGS.class_name], ['OrderObject', 'SettingsObject']);
    assert.equal(new Set(['1001', '1002', RETURN_LIMIT.namespace_id, CREATE_LIMIT.namespace_id]).size, 4);
    const { migrations, compatibility_date: date } = uploads[0].metadata;
    assert.deepEqual([migrations, date], [{ old_tag: 'v1', new_tag: 'v2', steps: [{ new_sqlite_classes: ['SettingsObject'] }] }, '2026-05-01']);
  });

  test('leaves secrets alone that are set at Cloudflare', async (context) => {
    const { code, output, uploads } = await deploy(context, { files: {}, cloudflare: { secrets: { 'taller-demo': ['COMPAGO_API_KEY', 'OPERATOR_TOKEN', 'CASHIER_TOKEN'] } } });
    assert.equal(code, 0, output);
    const sent = Object.values(bound(uploads[0])).filter(({ type }) => type === 'secret_text');
    assert.deepEqual(sent, []);
  });

  test('uses the name that Workers Builds has for the Worker, and only says what is missing there', async (context) => {
    const env = { WRANGLER_CI_OVERRIDE_NAME: 'mi-tienda', WORKERS_CI: '1', CI: '1' };
    const { code, output, uploads } = await deploy(context, { files: {}, env });
    assert.equal(code, 0, output);
    assert.match(uploads[0].call, /\/workers\/scripts\/mi-tienda$/);
    assert.equal(bound(uploads[0]).SHOP_ORIGIN.text, 'https://mi-tienda.tienda.workers.dev');
    assert.match(output, /COMPAGO_API_KEY and OPERATOR_TOKEN are not set\./);
    assert.doesNotMatch(output, /Failed to match Worker name/);
  });

  test('goes to the environment that is named, in each way to write it, and takes no file but its own', async (context) => {
    const files = { '.dev.vars.production': `COMPAGO_API_KEY=${key}\nOPERATOR_TOKEN=${token}\n` };
    const { code, output, uploads } = await deploy(context, { args: ['-eproduction'], files, env: { SHOP: await sellingShop(context) } });
    assert.equal(code, 0, output);
    assert.match(uploads[0].call, /\/workers\/scripts\/taller$/);
    assert.equal(bound(uploads[0]).MODE.text, 'production');
    for (const args of [['--config', 'other.jsonc'], ['-cother.jsonc'], ['--secrets-file=x']]) {
      assertRefused(await deploy(context, { args }), /^\n--(?:config|secrets-file) cannot be given here: /, 2);
    }
  });

  test('takes another name for the Worker as it is', async (context) => {
    const { code, output, uploads } = await deploy(context, { args: ['--name', 'prueba'] });
    assert.equal(code, 0, output);
    assert.match(uploads[0].call, /\/workers\/scripts\/prueba$/);
    assert.equal(bound(uploads[0]).SHOP_ORIGIN.text, 'https://prueba.tienda.workers.dev');
  });

  test('is refused by the name of a secret that neither the folder nor the Worker has', async (context) => {
    const nothing = await deploy(context, { files: {} });
    assertRefused(nothing, /\nCOMPAGO_API_KEY and OPERATOR_TOKEN are not set\. Write them into \.dev\.vars\.demo, or set each at Cloudflare with `npx wrangler secret put COMPAGO_API_KEY --config \S*wrangler\.jsonc --env demo`:\n {2}COMPAGO_API_KEY: copy it from/);
    const demoOnly = await deploy(context, { args: ['--env', 'production'], env: { SHOP: await sellingShop(context) } });
    assertRefused(demoOnly, /\nCOMPAGO_API_KEY and OPERATOR_TOKEN are not set\. Write them into \.dev\.vars\.production, /);
  });

  test('is refused by the name of a secret that is a placeholder', async (context) => {
    const run = await deploy(context, { files: { '.dev.vars.demo': `COMPAGO_API_KEY=${key}\nOPERATOR_TOKEN="<your token>"\n` } });
    assertRefused(run, /^\nOPERATOR_TOKEN in \.dev\.vars\.demo is still a placeholder: make one with/);
    assert.deepEqual(run.fake.calls, []);
    assert.ok(!run.output.includes('your token'));
  });

  test('is refused with a secret that somebody could guess, and nothing is sent', async (context) => {
    const { code, output, fake, left } = await deploy(context, { files: { '.dev.vars.demo': `COMPAGO_API_KEY=${key}\nOPERATOR_TOKEN=1234\n` } });
    assert.equal(code, 1, output);
    assert.match(output, /\nOPERATOR_TOKEN in \.dev\.vars\.demo cannot be used: .*\. To mend it: make one with/);
    assert.deepEqual([fake.writes(), left], [[], []]);
  });

  test('is refused where nobody is signed in and nothing is set, with both at once', async (context) => {
    const run = await deploy(context, { files: {}, env: { CLOUDFLARE_API_TOKEN: '' } });
    assertRefused(run, /^\nWrangler is not signed in to Cloudflare: .*\nUnless it is set at Cloudflare already: COMPAGO_API_KEY and OPERATOR_TOKEN are not set\./);
    assert.deepEqual(run.fake.calls, []);
  });

  test('is refused by the name of a setting, before anybody is asked', async (context) => {
    const run = await deploy(context, { config: configOf({ SHOP_ORIGIN: 'https://shop.example' }) });
    assertRefused(run, /^\nSHOP_ORIGIN is "https:\/\/shop\.example", the address of an example: set your own in \S*wrangler\.jsonc, or leave it empty\.\n$/);
    assert.deepEqual(run.fake.calls, []);
    assertRefused(await deploy(context, { config: configOf({}, { routes: [{ pattern: 'tallernube.mx', custom_domain: true }] }) }), /^\nSHOP_ORIGIN is empty, and \S*wrangler\.jsonc has routes/);
  });

  test('is refused where the example would sell for real money', async (context) => {
    const example = await readFile(inRoot('worker/npm/template/shop/shop.json'), 'utf8');
    const run = await deploy(context, { args: ['--env', 'production'], env: { SHOP: await sellingShop(context, () => example) } });
    assertRefused(run, /shop\.json still has the seller of the example \(name, legalName, rfc, address, phone, email\): write your own/);
    assert.deepEqual(run.fake.calls, []);
  });

  test('is refused where the account is not known, has no name on workers.dev, or nobody is signed in', async (context) => {
    const accounts = [{ id: account, name: 'Taller Nube' }, { id: 'f'.repeat(32), name: 'Ana' }];
    assertRefused(await deploy(context, { cloudflare: { accounts } }), /^\nYou have several accounts at Cloudflare: Taller Nube \(0123456789abcdef0123456789abcdef\), Ana \(f{32}\)\. Name one/);
    assertRefused(await deploy(context, { cloudflare: { subdomain: '' } }), /^\nSHOP_ORIGIN is empty, and your account has no name on workers\.dev yet/);
    assertRefused(await deploy(context, { env: { CLOUDFLARE_API_TOKEN: '' } }), /^\nWrangler is not signed in to Cloudflare: run `npx wrangler login`/);
    const chosen = await deploy(context, { cloudflare: { accounts }, config: configOf({}, { account_id: account }) });
    assert.equal(chosen.code, 0, chosen.output);
    assert.match(chosen.uploads[0].call, new RegExp(`/accounts/${account}/`));
  });

  test('that is dry says all that a deployment would refuse, and sends no secret to where it packs', async (context) => {
    const files = { '.dev.vars': 'COMPAGO_API_KEY=<key>\n' };
    const { code, output } = await deploy(context, { args: ['--dry-run'], files, config: configOf({ MODE: 'local', RETAIN_DAYS: '400', SHOP_ORIGIN: 'http://tallernube.mx' }) });
    assert.equal(code, 0, output);
    const said = [...output.matchAll(/^A deployment would be refused: (\w+) /gm)].map(([, name]) => name);
    assert.deepEqual(said, ['SHOP_ORIGIN', 'MODE', 'RETAIN_DAYS', 'COMPAGO_API_KEY']);
    const guessable = await deploy(context, { args: ['--dry-run'], files: { '.dev.vars': 'OPERATOR_TOKEN=1234\n' } });
    assert.match(guessable.output, /^A deployment would be refused: OPERATOR_TOKEN in \.dev\.vars cannot be used/m);
  });

  test('that asks for help gets it, from nobody', async (context) => {
    for (const args of [['--help'], ['--env', 'producton', '-h']]) {
      const { code, output } = await deploy(context, { args, config: {} });
      assert.equal(code, 0, output);
      assert.match(output, /^npm run deploy -- \[options\]\n[^]*--env <name>[^]*--dry-run/);
    }
  });

  test('that is misused ends as a misuse', async (context) => {
    assertRefused(await deploy(context, { args: ['--env', 'prod'] }), /^\n--env names no environment of \S*wrangler\.jsonc: it has demo and production\.\n$/, 2);
  });

  test('that is dry contacts nobody, in either environment', async (context) => {
    for (const args of [['--dry-run'], ['--dry-run', '--env', 'production']]) {
      const { code, output, fake, left } = await deploy(context, { args, files: {}, env: { CLOUDFLARE_API_TOKEN: '' } });
      assert.equal(code, 0, output);
      assert.match(output, /--dry-run: exiting now[^]*\nNothing was sent\.\n/);
      assert.doesNotMatch(output, args.length > 1 ? /placeholder/ : /would be refused/);
      assert.match(output, args.length > 1 ? /env\.MODE \("production"\)/ : /env\.MODE \("demo"\)/);
      assert.deepEqual([fake.calls, left], [[], []]);
    }
  });
});

test('each part of the example that would sell for real money is named', async (context) => {
  const example = JSON.parse(await readFile(inRoot('worker/npm/template/shop/shop.json'), 'utf8'));
  const own = { name: 'Taller Nube', legalName: 'Taller Nube, S.A. de C.V.', rfc: 'TNU170824QX7', address: 'Calle 60 491, Mérida', phone: '+52 999 555 0178', email: 'hola@tallernube.mx' };
  const production = settingsOf(configOf(), { file: 'wrangler.jsonc', environment: 'production' });
  const check = async (/** @type {object} */ shop, /** @type {string} */ notice = '') => checkSeller(await sellingShop(context, () => JSON.stringify({ ...example, ...own, ...shop }), notice), production);
  await check({});
  for (const field of Object.keys(own)) await assert.rejects(check({ [field]: example[field] }), { name: 'Failure', message: new RegExp(`still has the seller of the example \\(${field}\\)`) });
  await assert.rejects(check({ email: 'hola@tallernube.example' }), { name: 'Failure', message: /\(email\)/ });
  const notice = await readFile(inRoot('worker/npm/template/shop/aviso-de-privacidad.html'), 'utf8');
  await assert.rejects(check({}, notice), { name: 'Failure', message: /aviso-de-privacidad\.html still says that its text is an example/ });
  await checkSeller(inRoot('worker/npm/template/shop'), settingsOf(configOf(), { file: 'wrangler.jsonc', environment: 'demo' }));
  await assert.rejects(check({ rfc: example.rfc.toLowerCase().replace(/(\d+)$/, ' $1') }), { name: 'Failure', message: /\(rfc\)/ }, 'however it is written');
  const withMark = await sellingShop(context, () => `\uFEFF${JSON.stringify(example)}`, '');
  await assert.rejects(checkSeller(withMark, production), { name: 'Failure', message: /\(name, legalName, rfc, address, phone, email\)/ });
});

test("a clone's demonstration shop does not sell either, whatever was changed beside the seller", async (context) => {
  const demonstration = JSON.parse(await readFile(inRoot('shop/shop.json'), 'utf8'));
  const production = settingsOf(configOf(), { file: 'wrangler.jsonc', environment: 'production' });
  const shop = await sellingShop(context, () => JSON.stringify({ ...demonstration, email: 'hola@tallernube.mx' }), '');
  await assert.rejects(checkSeller(shop, production), { name: 'Failure', message: /still has the seller of the example \(name, legalName, rfc, address, phone, whatsapp\)/ });
});

test('the fingerprints are those of both examples as they are', async () => {
  const sellers = await Promise.all(['worker/npm/template/shop', 'shop'].map((folder) => readTexts(inRoot(folder))));
  const values = sellers.flatMap((seller) => ofSeller.flatMap((field) => seller[field] ?? []));
  assert.ok(values.length > 11);
  assert.deepEqual([...exampleFingerprints].sort(), [...new Set(values.map(fingerprint))].sort());
});

test('a misspelt name of a secret is said, with what was probably meant', async (context) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-secrets-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(path.join(folder, '.dev.vars'), `COMPAGO_APIKEY=${key}\nOPERATOR_TOKN=${token}\ncashier_token=${token}\nSOMETHING=x\nOPERATOR=x\n`);
  const { values, notes } = await readSecrets(folder, settingsOf(configOf(), { file: 'wrangler.jsonc', environment: 'demo' }));
  assert.deepEqual(values, {});
  assert.deepEqual(notes, [
    'The Worker reads no secret COMPAGO_APIKEY (.dev.vars); did you mean COMPAGO_API_KEY?',
    'The Worker reads no secret OPERATOR_TOKN (.dev.vars); did you mean OPERATOR_TOKEN?',
    'The Worker reads no secret cashier_token (.dev.vars); did you mean CASHIER_TOKEN?',
    'The Worker reads no secret SOMETHING (.dev.vars).',
    'The Worker reads no secret OPERATOR (.dev.vars).',
  ]);
});

test('what the Worker would refuse of a secret is refused by its name and without its value', async () => {
  const check = (/** @type {Record<string, string>} */ values) => checkSecretsByRule({ file: '.dev.vars.demo', values, notes: [] });
  await check({});
  await check({ COMPAGO_API_KEY: key, OPERATOR_TOKEN: `${token} ${token}2`, CASHIER_TOKEN: `${token}3`, SIGNING_KEY: Buffer.from(token).toString('base64'), WEBHOOK_SECRET: `whsec_${Buffer.from(token + key).toString('base64')}` });
  for (const [name, value] of [
    ['COMPAGO_API_KEY', 'a key'],
    ['OPERATOR_TOKEN', '1234'],
    ['OPERATOR_TOKEN', 'aaaaaaaaaaaaaaaaaaaaaaaa'],
    ['CASHIER_TOKEN', 'abcdefghijklmnopqrstuvwx'],
    ['SIGNING_KEY', 'c2hvcnQ='],
    ['WEBHOOK_SECRET', 'no-base64'],
  ]) {
    await assert.rejects(check({ [name ?? '']: value ?? '' }), ({ name: kind, message }) => {
      assert.equal(kind, 'Failure');
      assert.match(message, new RegExp(`^${name} in \\.dev\\.vars\\.demo cannot be used: .+\\. To mend it: `));
      return !message.includes(value);
    });
  }
  await assert.rejects(check({ OPERATOR_TOKEN: token, CASHIER_TOKEN: token }), { name: 'Failure', message: /^CASHIER_TOKEN in .*: it is the same as OPERATOR_TOKEN\. / });
});

test('secrets that are empty are not sent, and placeholders are refused', async (context) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-secrets-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const demo = settingsOf(configOf(), { file: 'wrangler.jsonc', environment: 'demo' });
  const given = async (/** @type {string} */ text) => {
    await writeFile(path.join(folder, '.dev.vars'), text);
    return readSecrets(folder, demo);
  };
  const secrets = await given(`COMPAGO_API_KEY=${key}\nOPERATOR_TOKEN=\nMODE=local\n`);
  assert.deepEqual(secrets, { file: '.dev.vars', values: { COMPAGO_API_KEY: key }, notes: ['MODE in .dev.vars is not deployed: it is set in wrangler.jsonc.'] });
  assert.match(missingSecrets(secrets, ['CASHIER_TOKEN'], demo) ?? '', /^OPERATOR_TOKEN is not set\. Write it into \.dev\.vars, or set each at Cloudflare/);
  assert.equal(missingSecrets(secrets, ['OPERATOR_TOKEN'], demo), undefined);
  for (const value of ['<your key>', 'xxxxxxxx', 'your-operator-token', 'changeme', 'sandbox-key', 'abc...']) {
    await assert.rejects(given(`OPERATOR_TOKEN="${value}"\n`), { name: 'Failure', message: /^OPERATOR_TOKEN in \.dev\.vars is still a placeholder/ }, value);
  }
});
