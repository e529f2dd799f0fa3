// From nothing to a shop that sells, on a computer that has Node and no Rust: the packages as npm installs them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { sandboxPackageDir, workerPackageDir } from '../../scripts/paths.mjs';
import { seconds } from '../../scripts/run.mjs';
import { threePorts } from '../scripts/support/start.mjs';
import { fetchOnce } from '../support/fetch-once.mjs';
import { payer } from '../worker/support/bodies.mjs';
import { until } from '../worker/support/until.mjs';
import { newMachine } from './support/machine.mjs';
import { startRegistry } from './support/registry.mjs';

const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'compago-edge-install-')));
after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
const registry = await startRegistry([workerPackageDir, sandboxPackageDir], folder);
after(() => registry.stop());
const machine = await newMachine(folder, registry.url);
const shop = path.join(machine.home, 'my-shop');

/** For a step that installs packages, on a busy machine too. */
const limit = { timeout: 300_000 };

/** Prints how long a step took, which `npm test` shows. @template T @param {string} name @param {() => Promise<T>} act */
async function timed(name, act) {
  const since = performance.now();
  const result = await act();
  console.log(`took ${seconds(since)}: ${name}`);
  return result;
}

/** @param {string} url @param {object} [body] */
async function json(url, body) {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID(), origin: new URL(url).origin };
  const answer = await fetchOnce(url, body && { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await answer.text();
  assert.ok(answer.ok, `${url}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

test('there is Node, and no Rust', async () => {
  const isThere = async (/** @type {string} */ name) => (await machine.type(machine.home, ['sh', '-c', `command -v ${name}`]).ended).code === 0;
  assert.equal(await isThere('node'), true);
  for (const name of ['cargo', 'rustup', 'rustc']) assert.equal(await isThere(name), false, name);
});

test('init writes a shop of at most twelve files, and says the next two commands', limit, async () => {
  const { code, output } = await timed('init', () => machine.type(machine.home, ['npx', '--yes', 'compago-edge-worker', 'init', 'my-shop']).ended);
  assert.equal(code, 0, output);
  assert.match(output, /\nThe shop is ready\. Next:\n\n {2}cd my-shop\n {2}npm start\n/);
  const files = (await readdir(shop, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile() && !path.relative(shop, entry.parentPath ?? entry.path).startsWith('node_modules'));
  assert.ok(files.length <= 12, files.map(({ name }) => name).join(' '));
  const { packages } = JSON.parse(await readFile(path.join(shop, 'package-lock.json'), 'utf8'));
  for (const name of ['compago-edge-worker', 'compago-edge-sandbox', 'workerd', 'wrangler']) assert.ok(`node_modules/${name}` in packages, name);
});

test('as long as npm has none of the packages, init says what to type, and that makes a shop of tarballs, which is complete in itself', limit, async (t) => {
  const empty = await startRegistry([], folder);
  t.after(() => empty.stop());
  const files = registry.files.map((file) => ['--package', file]).flat();
  const typed = (/** @type {string[]} */ ...more) => machine.type(machine.home, ['npx', '--yes', `--registry=${empty.url}`, ...files, 'compago-edge-worker', 'init', 'packed', ...more]).ended;
  const refused = await typed();
  assert.equal(refused.code, 1, refused.output);
  assert.match(refused.output, /it is not published yet\. Nothing was written\.[^]*\n {2}npx --package \S+ --package \S+ compago-edge-worker init packed --package \S+ --package \S+\n$/);
  const { code, output } = await timed('init from tarballs', () => typed(...files));
  assert.equal(code, 0, output);
  assert.match(output, /\nThe shop is ready\. Next:\n\n {2}cd packed\n {2}npm start\n/);
  const moved = path.join(machine.home, 'moved');
  await cp(path.join(machine.home, 'packed'), moved, { recursive: true, filter: (name) => path.basename(name) !== 'node_modules' });
  const again = await machine.type(moved, ['npm', 'ci', '--ignore-scripts', `--registry=${empty.url}`]).ended;
  assert.equal(again.code, 0, again.output);
  const built = await machine.type(moved, ['npm', 'run', 'build']).ended;
  assert.equal(built.code, 0, built.output);
});

test('it runs, sells, is paid and sends the webhook, is examined, and ends with Ctrl-C', limit, async (t) => {
  const port = await threePorts();
  const origin = `http://localhost:${port}`;
  const running = machine.type(shop, ['npm', 'start', '--', '--port', String(port)]);
  t.after(() => running.kill());
  const said = await timed('start', () => running.until(/Ctrl-C ends everything/));
  const [receiver = ''] = /http:\/\/\S+(?=\/events)/.exec(said) ?? [];
  await timed('buy, pay and get the webhook', async () => {
    const { items } = await json(`${origin}/catalog.json`);
    const created = await json(`${origin}/api/shop/orders`, { items: [{ sku: items[0].sku, quantity: 1 }], billingInformation: payer });
    const checkout = new URL(created.checkoutUrl);
    const { redirectTo } = await json(`${checkout.origin}/_sandbox/one-time-payments/${checkout.pathname.split('/').at(-1)}/pay`, {});
    const returned = await fetchOnce(redirectTo, { redirect: 'manual' });
    assert.equal(returned.status, 303);
    await until('the order is paid', async () => (await json(`${origin}/api/shop/orders/${created.order}`)).status === 'paid');
    const event = await until('the webhook', async () => (await json(`${receiver}/events`)).find((/** @type {any} */ one) => one.type === 'order.paid'));
    assert.equal(event.data.reference, created.reference);
  });
  const doctor = await timed('doctor', () => machine.type(shop, ['npx', 'compago-edge-worker', 'doctor', origin]).ended);
  assert.equal(doctor.code, 0, doctor.output);
  assert.match(doctor.output, /All settings are there/);
  await timed('Ctrl-C', () => running.interrupt());
  if (process.platform !== 'linux') return t.diagnostic('only Linux shows which processes are left: skipped');
  await until('all has ended', async () => (await commandsWith(folder)).length === 0, { ms: 10_000 });
});

test('the shop of the example is not deployed to production', limit, async () => {
  const { code, output } = await machine.type(shop, ['npm', 'run', 'deploy', '--', '--env', 'production']).ended;
  assert.notEqual(code, 0, output);
  assert.match(output, /shop\.json/);
  assert.match(output, /legalName/);
});

for (const environment of ['demo', 'production']) {
  test(`wrangler takes what is deployed to ${environment}`, limit, async () => {
    const { code, output } = await timed(`deploy --dry-run, ${environment}`, () => machine.type(shop, ['npm', 'run', 'deploy', '--', '--env', environment, '--dry-run']).ended);
    assert.equal(code, 0, output);
    assert.ok(output.includes(`env.MODE ("${environment}")`), output);
    assert.match(output, /--dry-run: exiting now/);
  });
}

/** @param {string} text @returns {Promise<string[]>} the commands of running processes that contain it */
async function commandsWith(text) {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return commands.filter((command) => command.includes(text));
}
