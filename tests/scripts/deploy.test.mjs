import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { checkEmbedOrigins, checkEmbedOriginsByRule, checkMode, checkOrigins, checkPlaceholders, checkValues, unreadVariables } from '../../scripts/deploy-checks.mjs';
import { configWith, opensWorkersDev, readConfig, settingsOf, takeEnvironment } from '../../scripts/deploy-settings.mjs';
import { inRoot, testSiteDir } from '../../scripts/paths.mjs';
import { workerVariables } from '../../scripts/settings.mjs';
import { scriptElements } from '../../scripts/versioned.mjs';
import { command } from './support/start.mjs';

/** What holds for a file with these lines. @param {object} config @param {string[]} [args] @param {Record<string, string>} [env] */
const settings = (config, args = [], env = {}) => settingsOf({ name: 'my-shop', ...config }, { file: 'wrangler.toml', args, env });

test('the workers.dev address is open while there is no domain', () => {
  const own = { SHOP_ORIGIN: 'https://shop.example' };
  const edge = 'https://compago-edge.account.workers.dev';
  for (const [vars, args, expected] of [
    [{ SHOP_ORIGIN: '' }, [], true],
    [{}, [], true],
    [{ SHOP_ORIGIN: edge }, [], true],
    [own, [], false],
    [{ SHOP_ORIGIN: 'https://workers.dev.evil.example' }, [], false],
    [{ ...own, STAFF_ORIGIN: '' }, [], false],
    [{ ...own, STAFF_ORIGIN: edge }, [], true],
    [{ SHOP_ORIGIN: '' }, ['--var', 'SHOP_ORIGIN:https://shop.example'], false],
    [{ SHOP_ORIGIN: '' }, ['--dry-run', '--var=SHOP_ORIGIN:https://shop.example', '--outdir', 'x'], false],
    [own, ['--var', `SHOP_ORIGIN:${edge}`, '--var', 'MODE:demo'], true],
  ]) {
    assert.equal(opensWorkersDev(settings({ vars }, args)), expected, JSON.stringify([vars, args]));
  }
  assert.equal(opensWorkersDev(settings({ workers_dev: true, vars: own })), true, 'as the file says');
  assert.equal(opensWorkersDev(settings({ workers_dev: false, vars: {} })), false, 'as the file says');
});

test('a variable that the Worker does not read is named', async () => {
  const vars = { MODE: 'demo', SHOP_ORIGIN: 'https://shop.example', LIMIT_OPEN_PER_ADRESS: '5' };
  const lines = unreadVariables(settings({ vars }, ['--var', 'LINK_MINUTE:30', '--var=MODE:demo', '--outdir', 'x']));
  assert.deepEqual(lines.map((line) => /variable (\w+): /.exec(line)?.[1]), ['LIMIT_OPEN_PER_ADRESS', 'LINK_MINUTE']);
  const moved = unreadVariables(settings({ vars: { SHOP_ZONE: 'America/Tijuana' } }, ['--var', 'LINK_MINUTES:30']));
  assert.deepEqual(moved.map((line) => /reads (\w+) no more: write (\w+) in/.exec(line)?.slice(1)), [['SHOP_ZONE', 'timeZone'], ['LINK_MINUTES', 'linkMinutes']]);
  const [, own = ''] = /^\[vars\]\n([^[]*)/m.exec(await readFile(inRoot('worker', 'wrangler.toml'), 'utf8')) ?? [];
  const set = [...own.matchAll(/^([A-Z_]+) = /gm)].map(([, name]) => [name, '']);
  assert.ok(set.length > 3);
  assert.deepEqual(unreadVariables(settings({ vars: Object.fromEntries(set) })), [], 'wrangler.toml as it is');
});

test('every variable that the Worker reads is known to the scripts', async () => {
  const sources = await Promise.all(['config.rs', 'config/limits.rs', 'config/secrets.rs'].map((name) => readFile(inRoot('worker', 'src', name), 'utf8')));
  const names = sources.join('').matchAll(/^(?:pub\(crate\) )?const \w+: &str = "([A-Z_]+)";$/gm);
  const bindings = ['ORDERS', 'TERMINALS', 'PAYMENT_METHODS', 'REGISTER', 'RATE_LIMITS', 'OPEN_LINKS', 'DESK', 'SESSIONS', 'SETTINGS', 'ROSTERS', 'ASSETS', 'CREATE_LIMIT', 'RETURN_LIMIT'];
  const read = [...names].map(([, name]) => name).filter((name) => !bindings.includes(name));
  assert.deepEqual(read.sort(), [...workerVariables].sort());
});

test('what other options say is no variable', () => {
  const { vars } = settings({}, ['--define', 'SHOP_ORIGIN:"https://tallernube.mx"', '--message', 'NOTE:hi', '--var', 'MODE:demo', 'WEBHOOK_URL:https://tallernube.mx/a:b', '--tag', 'A:b']);
  assert.deepEqual(vars, { MODE: 'demo', WEBHOOK_URL: 'https://tallernube.mx/a:b' });
});

test("a mistake in wrangler's file is one sentence that says where it is", async (context) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-config-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text, message] of [
    ['wrangler.jsonc', '{\n  "name": "x"\n  "vars": {}\n}', /wrangler\.jsonc cannot be read, line 3, column 3: comma expected\.$/],
    ['wrangler.toml', 'name = "x"\nvars = = 1\n', /wrangler\.toml cannot be read, line 2, column 8: Invalid TOML document: invalid value\.$/],
    ['none.jsonc', undefined, /^Could not read file: \S+none\.jsonc\.$/],
  ]) {
    const file = path.join(folder, name ?? '');
    if (text) await writeFile(file, text);
    await assert.rejects(readConfig(file), { name: 'Failure', message }, name);
  }
});

test('wrangler.toml leaves it to the origin', async () => {
  assert.doesNotMatch(await readFile(inRoot('worker', 'wrangler.toml'), 'utf8'), /^workers_dev/m);
});

test('a shop without an https origin is not deployed, which one sentence says', async (context) => {
  const shop = (/** @type {string} */ SHOP_ORIGIN) => settings({ vars: { SHOP_ORIGIN } });
  for (const wrong of ['shop.example', 'http://shop.example', 'https://shop.example/tienda', 'nowhere']) {
    assert.throws(() => checkOrigins(shop(wrong)), { name: 'Failure', message: new RegExp(`^SHOP_ORIGIN is "${wrong}", which is no https origin`) });
    assert.throws(() => checkOrigins(settings({ vars: { STAFF_ORIGIN: wrong } })), { name: 'Failure', message: new RegExp(`^STAFF_ORIGIN is "${wrong}"`) });
  }
  for (const right of ['', 'https://shop.example', 'https://shop.example/', 'https://my-shop.account.workers.dev']) checkOrigins(shop(right));
  const { code, output } = await command(context, 'deploy', ['--var', 'SHOP_ORIGIN:http://tallernube.mx']).ended;
  assert.equal(code, 1);
  assert.match(output, /^\nSHOP_ORIGIN is "http:\/\/tallernube\.mx", which .* set it in worker\/wrangler\.toml\.\n$/);
});

test('an address of an example is not deployed, nor an empty setting that the Worker needs', () => {
  const vars = { MODE: 'demo', COMPAGO_BASE_URL: 'https://demo.api.harmony.compago.com/api', CHECKOUT_ORIGINS: 'https://app.compago.com' };
  checkPlaceholders(settings({ vars }));
  checkPlaceholders(settings({ vars: { ...vars, SHOP_ORIGIN: 'https://example.mx', WEBHOOK_URL: 'https://ejemplo.com.mx/example' } }));
  for (const [name, value, shown] of [
    ['SHOP_ORIGIN', 'https://shop.example'],
    ['STAFF_ORIGIN', 'https://caja.example.com'],
    ['SHOP_ORIGIN', 'https://my-shop.<account>.workers.dev'],
    ['EMBED_ORIGINS', 'https://tallernube.mx https://blog.example', 'https://blog.example'],
    ['WEBHOOK_URL', 'https://backend.test/webhooks'],
  ]) {
    const message = `${name} is "${shown ?? value}", the address of an example: set your own in wrangler.toml, or leave it empty.`;
    assert.throws(() => checkPlaceholders(settings({ vars: { ...vars, [name ?? '']: value } })), { name: 'Failure', message });
  }
  for (const name of Object.keys(vars)) {
    assert.throws(() => checkPlaceholders(settings({ vars: { ...vars, [name]: '' } })), { name: 'Failure', message: `${name} must not be empty: set it in wrangler.toml.` });
  }
});

test('a number, a choice or an address that the Worker refuses is not deployed', () => {
  for (const [name, wrong, right] of /** @type {[string, string[], string[]][]} */ ([
    ['RETAIN_DAYS', ['400', '0', '366', '1.5', '-1', 'a'], ['1', '365', '']],
    ['LIMIT_CREATE_PER_MINUTE', ['0', '1001', ' 5'], ['1', '1000']],
    ['LIMIT_FAILURES_PER_MINUTE', ['1001'], ['10']],
    ['LIMIT_CHARGE_PER_MINUTE', ['1001'], ['10']],
    ['LIMIT_OPEN_PER_ADDRESS', ['100001'], ['100000']],
    ['LIMIT_OPEN_PER_NETWORK', ['100001'], ['100000']],
    ['LIMIT_OPEN_PER_SHOP', ['100001', '0'], ['100000']],
    ['SOLE_CHARGER', ['yes', 'True'], ['true', 'false']],
    ['WEBHOOK_URL', ['http://backend.mx/hook', 'backend.mx'], ['https://backend.mx/hook']],
  ])) {
    for (const value of wrong) {
      assert.throws(() => checkValues(settings({ vars: { [name]: value } })), ({ name: kind, message }) => kind === 'Failure' && message.startsWith(`${name} is "${value}": write `) && message.endsWith(' in wrangler.toml.'), `${name} ${value}`);
    }
    for (const value of right) checkValues(settings({ vars: { [name]: value } }));
  }
  assert.throws(() => checkValues(settings({ vars: { RETAIN_DAYS: '400' } })), { message: 'RETAIN_DAYS is "400": write a whole number from 1 to 365 in wrangler.toml.' });
});

test('the bounds of limits are those of the Worker', async () => {
  const source = await readFile(inRoot('worker/src/config/limits.rs'), 'utf8');
  const [rates, open] = ['RATES', 'OPEN'].map((name) => Number(new RegExp(`const ${name}: \\S+ = 1\\.\\.=([\\d_]+);`).exec(source)?.[1]?.replaceAll('_', '')));
  for (const [name, most] of [['LIMIT_CREATE_PER_MINUTE', rates], ['LIMIT_OPEN_PER_SHOP', open]]) {
    checkValues(settings({ vars: { [name ?? '']: String(most) } }));
    assert.throws(() => checkValues(settings({ vars: { [name ?? '']: String(Number(most) + 1) } })), { name: 'Failure' });
  }
});

test('real orders are not paid with test money, nor the other way round', () => {
  const at = (/** @type {string} */ MODE, /** @type {string} */ host) => settings({ vars: { MODE, COMPAGO_BASE_URL: `https://${host}/api` } });
  checkMode(at('demo', 'demo.api.harmony.compago.com'));
  checkMode(at('production', 'api.harmony.compago.com'));
  checkMode(at('demo', 'compago.tallernube.mx'));
  assert.throws(() => checkMode(at('production', 'demo.api.harmony.compago.com')), { name: 'Failure', message: /^MODE is "production" and COMPAGO_BASE_URL is Compago's demo environment/ });
  assert.throws(() => checkMode(at('demo', 'api.harmony.compago.com')), { name: 'Failure', message: /^MODE is "demo" and COMPAGO_BASE_URL is Compago's production environment/ });
  assert.throws(() => checkMode(at('local', 'compago.tallernube.mx')), { name: 'Failure', message: /^MODE is "local": set "demo" or "production"/ });
});

test('other origins whose pages may order are deployed only as browsers send them', async (context) => {
  const shop = (EMBED_ORIGINS, args) => settings({ vars: { ...(EMBED_ORIGINS !== undefined && { EMBED_ORIGINS }) } }, args);
  for (const right of [undefined, '', 'https://blog.example', 'https://blog.example https://ana.github.io/', 'https://blog.example,https://ana.github.io', ' https://blog.example:8443  https://xn--caf-dma.example ']) {
    checkEmbedOrigins(shop(right));
  }
  for (const [wrong, reason] of [
    ['https://blog.example/tienda', /"https:\/\/blog\.example\/tienda".*Did you mean https:\/\/blog\.example\?/],
    ['https://*.example', /name each origin by itself/],
    ['*', /name each origin by itself/],
    ['null', /is no origin/],
    ['blog.example', /is no origin/],
    ['file:///home/ana', /is no origin/],
    ['https://café.example', /Did you mean https:\/\/xn--caf-dma\.example\?/],
    ['https://ana@blog.example', /is not what browsers send/],
    ['https://blog.example:443', /Did you mean https:\/\/blog\.example\?/],
    ['https://192.0.2.1', /an address without a name/],
    ['http://blog.example', /does not begin with https/],
    ['http://localhost:5173', /does not begin with https/],
    ['https://blog.example http://blog.example', /"http:\/\/blog\.example"/],
  ]) {
    assert.throws(() => checkEmbedOrigins(shop(wrong)), { name: 'Failure', message: reason }, wrong);
    assert.throws(() => checkEmbedOrigins(shop('https://blog.example', ['--var', `EMBED_ORIGINS:${wrong}`])), { name: 'Failure' }, wrong);
  }
  for (const STAFF_ORIGIN of ['https://caja.example', 'https://Caja.example:443/']) {
    const config = { vars: { STAFF_ORIGIN, EMBED_ORIGINS: 'https://blog.example https://caja.example/' } };
    assert.throws(() => checkEmbedOrigins(settings(config)), { name: 'Failure', message: /"https:\/\/caja\.example", which is STAFF_ORIGIN/ });
    checkEmbedOrigins(settings(config, ['--var', 'STAFF_ORIGIN:https://staff.example']));
  }
  const { code, output } = await command(context, 'deploy', ['--dry-run', '--var', 'EMBED_ORIGINS:https://blog.example/tienda']).ended;
  assert.equal(code, 1);
  assert.match(output, /^\nEMBED_ORIGINS \(worker\/wrangler\.toml\) has "https:\/\/blog\.example\/tienda", .*\n$/);
});

test('what the Worker would refuse is not deployed: its own rule is asked', async (context) => {
  const shop = (EMBED_ORIGINS, args) => settings({ vars: { ...(EMBED_ORIGINS !== undefined && { EMBED_ORIGINS }) } }, args);
  for (const right of [undefined, '', 'https://blog.example, https://ana.github.io/', `https://${'a'.repeat(63)}.example`]) await checkEmbedOriginsByRule(shop(right));
  for (const [wrong, reason] of [
    ['https://blog.example.', /entry 1: URL has no legal host name/],
    ['https://a_b.example', /entry 1: URL has no legal host name/],
    ['https://a..example', /entry 1: URL has no legal host name/],
    ['https://-a.example', /entry 1: URL has no legal host name/],
    [`https://blog.example https://${'a'.repeat(64)}.example`, /entry 2: URL has no legal host name/],
    ['https://blog.example:0', /entry 1: URL has a port/],
    ['\uFEFFhttps://blog.example', /entry 1: URL does not begin with https/],
    ['http://localhost:5173', /entry 1: URL/],
  ]) {
    await assert.rejects(checkEmbedOriginsByRule(shop(wrong)), { name: 'Failure', message: reason }, wrong);
    await assert.rejects(checkEmbedOriginsByRule(shop('', ['--var', `EMBED_ORIGINS:${wrong}`])), { name: 'Failure' }, wrong);
  }
  const { code, output } = await command(context, 'deploy', ['--dry-run', '--var', 'EMBED_ORIGINS:https://a_b.example']).ended;
  assert.equal(code, 1);
  assert.match(output, /\nThe Worker would refuse EMBED_ORIGINS \(worker\/wrangler\.toml\): entry 1: URL has no legal host name\.\n$/);
});

test('an address on workers.dev that is of another Worker is not deployed', () => {
  const at = (origin, more = {}, args = []) => settings({ vars: { SHOP_ORIGIN: origin, ...more } }, args);
  const other = 'https://compago-edge.account.workers.dev';
  const refusal = (variable) => ({ name: 'Failure', message: new RegExp(`^${variable} is "${other}/?", the address of a Worker named "compago-edge", and this one is named "my-shop"`) });
  for (const origin of [other, `${other}/`]) assert.throws(() => checkOrigins(at(origin)), refusal('SHOP_ORIGIN'));
  assert.throws(() => checkOrigins(at('https://shop.example', { STAFF_ORIGIN: other })), refusal('STAFF_ORIGIN'));
  assert.throws(() => checkOrigins(at('https://shop.example', {}, ['--var', `SHOP_ORIGIN:${other}`])), refusal('SHOP_ORIGIN'));
  const own = ['https://my-shop.account.workers.dev', { STAFF_ORIGIN: 'https://MY-SHOP.account.workers.dev' }];
  checkOrigins(at(...own));
  assert.throws(() => checkOrigins(at(...own, ['--name', 'other'])), /a Worker named "my-shop", and this one is named "other"/);
});

test('a dry run contacts no server, not even to ask for a newer wrangler', async (context) => {
  const asked = [];
  const proxy = createServer((socket) => socket.on('error', () => {}).once('data', (data) => {
    asked.push(String(data).split('\r\n')[0]);
    socket.end();
  }));
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-dry-'));
  context.after(() => Promise.all([proxy.close(), rm(folder, { recursive: true, force: true })]));
  const url = `http://127.0.0.1:${proxy.address().port}`;
  // What it remembers of earlier runs lies in these folders.
  const env = { HTTP_PROXY: url, HTTPS_PROXY: url, npm_config_registry: url, TMPDIR: folder, HOME: folder, XDG_CONFIG_HOME: folder, CI: '' };
  const settings = ['--var', 'SHOP_ORIGIN:https://shop.example'];
  const packing = command(context, 'deploy', ['--dry-run', '--outdir', path.join(folder, 'packed'), ...settings], { env });
  // Once it is refused, wrangler tries for ever.
  const contact = once(proxy, 'connection').then(() => packing.stop());
  const { code, output } = await Promise.race([packing.ended, contact]);
  assert.deepEqual([...new Set(asked)], []);
  assert.equal(code, 0, output);
  assert.match(output, /--dry-run: exiting now/);
  assert.ok(output.includes(await scriptElements('https://shop.example', testSiteDir)), 'what pages on other origins copy');
});

test('limiters are of one Worker: their ids follow from its name', () => {
  const ratelimits = [{ name: 'CREATE_LIMIT', namespace_id: '1001', simple: {} }, { name: 'RETURN_LIMIT', namespace_id: '1002', simple: {} }];
  const limiters = (name, args, env) => configWith({ name, ratelimits }, settings({ name, ratelimits }, args, env), 'site').ratelimits ?? [];
  const ids = (...run) => limiters(...run).map(({ namespace_id }) => namespace_id);
  assert.deepEqual(ids('one'), ids('one'));
  assert.equal(new Set([...ids('one'), ...ids('two')]).size, 4);
  for (const id of ids('one')) assert.match(id, /^[1-9]\d*$/);
  assert.deepEqual(limiters('one')[0].simple, {});
  for (const args of [['--name', 'two'], ['--dry-run', '--name=two']]) assert.deepEqual(ids('one', args), ids('two'));
  assert.deepEqual(ids('one', ['--name', 'three'], { WRANGLER_CI_OVERRIDE_NAME: 'two' }), ids('two'), 'Workers Builds deploys under the name that it knows');
  assert.deepEqual(ids('one', ['--var', 'NAME:two']), ids('one'));
});

test('one environment of a file is deployed with its own settings, the others stay as they are', () => {
  const limiter = { name: 'CREATE_LIMIT', namespace_id: '1001' };
  const demo = { name: 'taller-demo', vars: { MODE: 'demo' }, ratelimits: [limiter] };
  const config = { name: 'taller', account_id: 'a', assets: { directory: 'x', binding: 'ASSETS' }, vars: { MODE: 'top' }, env: { demo, production: { vars: { MODE: 'production' } } } };
  const at = (environment, args = []) => settingsOf(config, { file: 'wrangler.jsonc', environment, args });
  assert.deepEqual([at('demo').name, at('demo').vars, at('demo').accountId], ['taller-demo', { MODE: 'demo' }, 'a'], 'variables of the top are not inherited');
  assert.deepEqual([at('production').name, at('production').limiters], ['taller-production', []], 'as wrangler names it');
  const written = configWith(config, at('demo', ['--var', 'SHOP_ORIGIN:https://tallernube.mx']), 'site');
  assert.deepEqual(written.env?.demo.vars, { MODE: 'demo', SHOP_ORIGIN: 'https://tallernube.mx' });
  assert.deepEqual(written.env?.demo.assets, { directory: 'site', binding: 'ASSETS' });
  assert.notEqual(written.env?.demo.ratelimits?.[0].namespace_id, '1001');
  assert.deepEqual({ ...written, env: written.env?.production }, { ...config, env: config.env.production });
});

test('the environment is the one that is named, or the demo', () => {
  const config = { env: { demo: {}, production: {} } };
  const taken = (args, env = {}) => takeEnvironment(config, 'wrangler.jsonc', args, env);
  assert.deepEqual(taken([]), { environment: 'demo', rest: [] });
  for (const args of [['--env', 'production'], ['--env=production'], ['-e', 'production'], ['-eproduction'], ['-e=production']]) {
    assert.deepEqual(taken(['--dry-run', ...args, '--outdir', 'x']), { environment: 'production', rest: ['--dry-run', '--outdir', 'x'] });
  }
  assert.equal(taken([], { CLOUDFLARE_ENV: 'production' }).environment, 'production');
  assert.equal(taken(['--env', 'demo'], { CLOUDFLARE_ENV: 'production' }).environment, 'demo');
  assert.throws(() => taken(['--env', 'producton']), { name: 'Failure', message: '--env names no environment of wrangler.jsonc: it has demo and production.' });
  for (const args of [['--env='], ['--env']]) assert.throws(() => taken(args), { name: 'Failure', message: '--env needs a value, such as --env production.' });
  assert.deepEqual(takeEnvironment({}, 'wrangler.toml', ['--dry-run'], {}), { environment: undefined, rest: ['--dry-run'] });
  assert.throws(() => takeEnvironment({}, 'wrangler.toml', ['--env', 'demo'], {}), { name: 'Failure', message: /^wrangler.toml has no environments/ });
});
