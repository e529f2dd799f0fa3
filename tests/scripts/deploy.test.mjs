import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { checkEmbedOrigins, checkEmbedOriginsByRule, checkShopOrigin, named, opensWorkersDev, unreadVariables, withOwnLimiters } from '../../scripts/deploy.mjs';
import { inRoot, testSiteDir } from '../../scripts/paths.mjs';
import { workerVariables } from '../../scripts/processes.mjs';
import { scriptElements } from '../../scripts/versioned.mjs';
import { command } from './support/start.mjs';

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
    assert.equal(opensWorkersDev({ vars }, args), expected, JSON.stringify([vars, args]));
  }
  assert.equal(opensWorkersDev({ workers_dev: true, vars: own }, []), true, 'as the file says');
  assert.equal(opensWorkersDev({ workers_dev: false, vars: {} }, []), false, 'as the file says');
});

test('a variable that the Worker does not read is named', async () => {
  const vars = { MODE: 'demo', SHOP_ORIGIN: 'https://shop.example', LIMIT_OPEN_PER_ADRESS: '5' };
  const lines = unreadVariables({ vars }, ['--var', 'LINK_MINUTE:30', '--var=MODE:demo', '--outdir', 'x']);
  assert.deepEqual(lines.map((line) => /variable (\w+): /.exec(line)?.[1]), ['LIMIT_OPEN_PER_ADRESS', 'LINK_MINUTE']);
  const moved = unreadVariables({ vars: { SHOP_ZONE: 'America/Tijuana' } }, ['--var', 'LINK_MINUTES:30']);
  assert.deepEqual(moved.map((line) => /reads (\w+) no more: write (\w+) in/.exec(line)?.slice(1)), [['SHOP_ZONE', 'timeZone'], ['LINK_MINUTES', 'linkMinutes']]);
  const [, own = ''] = /^\[vars\]\n([^[]*)/m.exec(await readFile(inRoot('worker', 'wrangler.toml'), 'utf8')) ?? [];
  const set = [...own.matchAll(/^([A-Z_]+) = /gm)].map(([, name]) => [name, '']);
  assert.ok(set.length > 3);
  assert.deepEqual(unreadVariables({ vars: Object.fromEntries(set) }, []), [], 'wrangler.toml as it is');
});

test('every variable that the Worker reads is known to the scripts', async () => {
  const sources = await Promise.all(['config.rs', 'config/limits.rs', 'config/secrets.rs'].map((name) => readFile(inRoot('worker', 'src', name), 'utf8')));
  const names = sources.join('').matchAll(/^(?:pub\(crate\) )?const \w+: &str = "([A-Z_]+)";$/gm);
  const bindings = ['ORDERS', 'TERMINALS', 'PAYMENT_METHODS', 'REGISTER', 'RATE_LIMITS', 'OPEN_LINKS', 'DESK', 'SESSIONS', 'ROSTERS', 'ASSETS', 'CREATE_LIMIT', 'RETURN_LIMIT'];
  const read = [...names].map(([, name]) => name).filter((name) => !bindings.includes(name));
  assert.deepEqual(read.sort(), [...workerVariables].sort());
});

test('wrangler.toml leaves it to the origin', async () => {
  assert.doesNotMatch(await readFile(inRoot('worker', 'wrangler.toml'), 'utf8'), /^workers_dev/m);
});

test('a shop without an https origin is not deployed, which one sentence says', async (context) => {
  const shop = (SHOP_ORIGIN) => ({ name: 'my-shop', vars: { SHOP_ORIGIN } });
  assert.throws(() => checkShopOrigin(shop(''), []), { name: 'Failure', message: /^SHOP_ORIGIN is empty.*https:\/\/my-shop\.<account>\.workers\.dev/ });
  for (const wrong of ['shop.example', 'http://shop.example', 'https://shop.example/tienda', 'nowhere']) {
    assert.throws(() => checkShopOrigin(shop(wrong), []), { name: 'Failure', message: new RegExp(`"${wrong}", which is no https origin`) });
  }
  for (const right of ['https://shop.example', 'https://shop.example/', 'https://my-shop.account.workers.dev']) checkShopOrigin(shop(right), []);
  checkShopOrigin(shop(''), ['--var', 'SHOP_ORIGIN:https://shop.example']);
  const { code, output } = await command(context, 'deploy').ended;
  assert.equal(code, 1);
  assert.match(output, /^\nSHOP_ORIGIN is empty, .*\n$/, 'as it is shipped');
});

test('other origins whose pages may order are deployed only as browsers send them', async (context) => {
  const shop = (EMBED_ORIGINS) => ({ name: 'my-shop', vars: { EMBED_ORIGINS } });
  for (const right of [undefined, '', 'https://blog.example', 'https://blog.example https://ana.github.io/', 'https://blog.example,https://ana.github.io', ' https://blog.example:8443  https://xn--caf-dma.example ']) {
    checkEmbedOrigins(shop(right), []);
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
    assert.throws(() => checkEmbedOrigins(shop(wrong), []), { name: 'Failure', message: reason }, wrong);
    assert.throws(() => checkEmbedOrigins(shop('https://blog.example'), ['--var', `EMBED_ORIGINS:${wrong}`]), { name: 'Failure' }, wrong);
  }
  for (const STAFF_ORIGIN of ['https://caja.example', 'https://Caja.example:443/']) {
    const config = { name: 'my-shop', vars: { STAFF_ORIGIN, EMBED_ORIGINS: 'https://blog.example https://caja.example/' } };
    assert.throws(() => checkEmbedOrigins(config, []), { name: 'Failure', message: /"https:\/\/caja\.example", which is STAFF_ORIGIN/ });
    checkEmbedOrigins(config, ['--var', 'STAFF_ORIGIN:https://staff.example']);
  }
  const { code, output } = await command(context, 'deploy', ['--dry-run', '--var', 'EMBED_ORIGINS:https://blog.example/tienda']).ended;
  assert.equal(code, 1);
  assert.match(output, /^\nEMBED_ORIGINS \(worker\/wrangler\.toml\) has "https:\/\/blog\.example\/tienda", .*\n$/);
});

test('what the Worker would refuse is not deployed: its own rule is asked', async (context) => {
  const shop = (EMBED_ORIGINS) => ({ name: 'my-shop', vars: { EMBED_ORIGINS } });
  for (const right of [undefined, '', 'https://blog.example, https://ana.github.io/', `https://${'a'.repeat(63)}.example`]) await checkEmbedOriginsByRule(shop(right), []);
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
    await assert.rejects(checkEmbedOriginsByRule(shop(wrong), []), { name: 'Failure', message: reason }, wrong);
    await assert.rejects(checkEmbedOriginsByRule(shop(''), ['--var', `EMBED_ORIGINS:${wrong}`]), { name: 'Failure' }, wrong);
  }
  const { code, output } = await command(context, 'deploy', ['--dry-run', '--var', 'EMBED_ORIGINS:https://a_b.example']).ended;
  assert.equal(code, 1);
  assert.match(output, /\nThe Worker would refuse EMBED_ORIGINS \(worker\/wrangler\.toml\): entry 1: URL has no legal host name\.\n$/);
});

test('an address on workers.dev that is of another Worker is not deployed', () => {
  const at = (origin, more = {}) => ({ name: 'my-shop', vars: { SHOP_ORIGIN: origin, ...more } });
  const other = 'https://compago-edge.account.workers.dev';
  const refusal = (variable) => ({ name: 'Failure', message: new RegExp(`^${variable} is "${other}/?", the address of a Worker named "compago-edge", and this one is named "my-shop"`) });
  for (const origin of [other, `${other}/`]) assert.throws(() => checkShopOrigin(at(origin), []), refusal('SHOP_ORIGIN'));
  assert.throws(() => checkShopOrigin(at('https://shop.example', { STAFF_ORIGIN: other }), []), refusal('STAFF_ORIGIN'));
  assert.throws(() => checkShopOrigin(at('https://shop.example'), ['--var', `SHOP_ORIGIN:${other}`]), refusal('SHOP_ORIGIN'));
  const own = at('https://my-shop.account.workers.dev', { STAFF_ORIGIN: 'https://MY-SHOP.account.workers.dev' });
  checkShopOrigin(own, []);
  assert.throws(() => checkShopOrigin(named(own, ['--name', 'other']), []), /a Worker named "my-shop", and this one is named "other"/);
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

test('limiters are of one Worker: their ids follow from its name', async () => {
  const ratelimits = [{ name: 'CREATE_LIMIT', namespace_id: '1001', simple: {} }, { name: 'RETURN_LIMIT', namespace_id: '1002', simple: {} }];
  const ids = (name) => withOwnLimiters({ name, ratelimits }).ratelimits.map((limiter) => limiter.namespace_id);
  assert.deepEqual(ids('one'), ids('one'));
  assert.equal(new Set([...ids('one'), ...ids('two')]).size, 4);
  for (const id of ids('one')) assert.match(id, /^[1-9]\d*$/);
  assert.deepEqual(withOwnLimiters({ name: 'one', ratelimits }).ratelimits[0].simple, {});
  for (const args of [['--name', 'two'], ['--dry-run', '--name=two']]) {
    assert.deepEqual(withOwnLimiters(named({ name: 'one', ratelimits }, args)).ratelimits.map(({ namespace_id }) => namespace_id), ids('two'));
  }
  assert.equal(named({ name: 'one' }, ['--var', 'NAME:two', '--name']).name, 'one');
});
