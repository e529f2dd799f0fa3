// The commands of the package compago-edge-worker in the folder of a shop, with the packages as npm lays them out and no cargo to be found.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { isAlive, processId } from '../../scripts/liveness.mjs';
import { filesBelow } from '../../scripts/mirror.mjs';
import { inRoot, sandboxPackageDir, workerPackageDir } from '../../scripts/paths.mjs';
import { makeBin } from '../install/support/machine.mjs';
import { fetchOnce } from '../support/fetch-once.mjs';
import { outputOf } from '../support/output.mjs';
import { threePorts } from '../scripts/support/start.mjs';

const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'compago-edge-project ñ-')));
after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

const shop = path.join(folder, 'mi-tienda');
const installed = (/** @type {string[]} */ ...parts) => path.join(shop, 'node_modules', ...parts);
await cp(path.join(workerPackageDir, 'worker', 'npm', 'template'), shop, { recursive: true });
await cp(workerPackageDir, installed('compago-edge-worker'), { recursive: true });
await cp(sandboxPackageDir, installed('compago-edge-sandbox'), { recursive: true });
// One that npm has put inside the package, as where a shop has another version of it; the others are beside it.
await mkdir(installed('compago-edge-worker', 'node_modules'));
for (const name of ['idb-keyval', 'workerd', 'wrangler']) await symlink(inRoot('node_modules', name), installed(name));
for (const name of ['liquidjs', 'uqr']) await symlink(inRoot('node_modules', name), installed('compago-edge-worker', 'node_modules', name));
const packaged = await filesBelow(installed('compago-edge-worker', 'scripts'));

/** For a test that starts the whole shop, on a busy machine too. */
const limit = { timeout: 180_000 };

/** An environment in which Node is found, and no compiler. */
const { INIT_CWD: _, SHOP: __, ...inherited } = process.env;
const bin = path.join(folder, 'bin');
await makeBin(bin);
const bare = { ...inherited, PATH: bin };

/**
 * @param {import('node:test').TestContext} context
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string> }} [where]
 */
function command(context, args, { cwd = shop, env = {} } = {}) {
  const child = spawn(process.execPath, [installed('compago-edge-worker', 'worker', 'npm', 'bin.js'), ...args], { cwd, env: { ...bare, ...env } });
  const { ended, until } = outputOf(child);
  const end = (/** @type {NodeJS.Signals} */ signal) => {
    child.kill(signal);
    return ended;
  };
  context.after(() => end('SIGTERM'));
  return { ended, end, until };
}

test('the pages are built in the folder of the shop, from wherever in it the command is typed, and only if something has changed', limit, async (context) => {
  const typed = path.join(shop, 'shop', 'img');
  const { code, output } = await command(context, ['build'], { cwd: typed }).ended;
  assert.equal(code, 0, output);
  assert.match(output, /\nThe pages are in \.build\/site\.\n$/);
  assert.match(await readFile(path.join(shop, '.build', 'site', 'index.html'), 'utf8'), /Producto de ejemplo/);
  assert.equal((await command(context, ['build']).ended).output, 'The pages are in .build/site.\n');
});

test("a mistake in the shop's files ends the build with its line", limit, async (context) => {
  const file = path.join(shop, 'shop', 'catalog.json');
  const good = await readFile(file, 'utf8');
  await writeFile(file, good.replace('"unitAmount": "150.00"', '"unitAmount": 150'));
  const { code, output } = await command(context, ['build']).ended;
  await writeFile(file, good);
  assert.equal(code, 1);
  assert.match(output, /\nshop\/catalog\.json, item 1 \("producto-1"\): unitAmount is a number; .*\n$/);
});

test('another shop is named relative to where the command is typed', limit, async (context) => {
  const other = path.join(folder, 'other');
  await cp(path.join(shop, 'shop'), other, { recursive: true });
  const { code, output } = await command(context, ['build', '--shop', '../other']).ended;
  assert.equal(code, 0, output);
  assert.match(output, /\nThe pages are in \.build\/sites\/other-[0-9a-f]{8}\.\n$/);
});

test('it runs the shop with the sandbox of npm, sells there, and what it has sold is there when it runs again', limit, async (context) => {
  const port = await threePorts();
  const origin = `http://localhost:${port}`;
  const first = command(context, ['start', '--port', String(port)]);
  const [, token = ''] = /OPERATOR_TOKEN=(\S+)/.exec(await first.until(/Ctrl-C ends everything/)) ?? [];
  const order = await fetchOnce(`${origin}/api/shop/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), origin },
    body: JSON.stringify({
      items: [{ sku: 'producto-1', quantity: 1 }],
      billingInformation: { firstName: 'Ana', lastName: 'Ruiz', email: 'ana@example.com', phoneNumber: '5512340000', address: { addressLine: 'Calle 5 10', city: 'Puebla', state: 'PUE', zip: '72000' } },
    }),
  });
  const text = await order.text();
  assert.equal(order.status, 201, text);
  const { checkoutUrl } = JSON.parse(text);
  assert.equal(new URL(checkoutUrl).origin, `http://localhost:${port + 1}`);
  assert.equal((await first.end('SIGTERM')).code, 0);

  const second = command(context, ['start', '--port', String(port)]);
  await second.until(/Ctrl-C ends everything/);
  const list = await fetchOnce(`${origin}/api/operator/orders`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(list.status, 200);
  assert.match(await list.text(), /"150\.00"/);
  assert.equal((await fetchOnce(checkoutUrl)).status, 200, 'the sandbox knows the link');

  const beside = await command(context, ['start', '--port', String(await threePorts())]).ended;
  assert.match(beside.output, /^\nThe data folder \.data is in use by `compago-edge-worker start` \(process \d+, port \d+, on .*\): end that/);
  const doctor = await command(context, ['doctor', `localhost:${port}`]).ended;
  assert.equal(doctor.code, 0, doctor.output);
  await second.end('SIGTERM');
});

test('what a run leaves that was killed is ended by the next one, also what the sandbox has started', limit, async (context) => {
  const port = await threePorts();
  const killed = command(context, ['start', '--port', String(port)]);
  await killed.until(/Ctrl-C ends everything/);
  const { pid, children } = JSON.parse(await readFile(path.join(shop, '.data', 'sandbox', 'lock'), 'utf8'));
  const sandbox = [processId(pid), ...children];
  assert.equal(sandbox.length, 2, 'the command, and the workerd of it');
  await killed.end('SIGKILL');
  const next = command(context, ['start', '--port', String(port)]);
  await next.until(/Ctrl-C ends everything/);
  assert.deepEqual(sandbox.map(isAlive), [false, false]);
  await next.end('SIGTERM');
});

test('the help of a command needs no shop', limit, async (context) => {
  for (const name of ['init', 'start', 'build', 'doctor']) {
    const { code, output } = await command(context, [name, '--help'], { cwd: folder }).ended;
    assert.equal(code, 0, output);
    assert.match(output, name === 'start' ? /--port/ : new RegExp(`compago-edge-worker ${name}`));
  }
});

test('outside of the folder of a shop it says where to type it, and writes nothing', limit, async (context) => {
  const elsewhere = path.join(folder, 'elsewhere');
  await mkdir(elsewhere);
  for (const [name, place] of [['start', 'folder shop/'], ['build', 'folder shop/'], ['deploy', 'wrangler.jsonc']]) {
    const { code, output } = await command(context, [name ?? ''], { cwd: elsewhere }).ended;
    assert.equal(code, 1);
    assert.ok(output.startsWith(`\nThere is no ${place} here: type this in the folder of`), output);
  }
  assert.deepEqual(await filesBelow(elsewhere), []);
});

test('nothing was written into the package', async () => {
  assert.deepEqual(await filesBelow(installed('compago-edge-worker', 'scripts')), packaged);
  for (const name of ['.data', '.build', 'shop']) assert.deepEqual(await filesBelow(installed('compago-edge-worker', name)), [], name);
});
