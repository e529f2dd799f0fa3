// A copy that runs goes on while other commands use the same checkout.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, test } from 'node:test';
import { cart } from '../worker/support/bodies.mjs';
import { fetchOnce } from '../support/fetch-once.mjs';
import { copyCheckout } from './support/checkout.mjs';
import * as commands from './support/start.mjs';

const { root, inCopy, remove } = await copyCheckout('checkout');
after(remove);

const [siteDir, siteStamp] = [inCopy('.build', 'test-site'), inCopy('.build', 'stamps', 'test-site')];
const command = (/** @type {import('node:test').TestContext} */ context, /** @type {string} */ name, args = []) => commands.command(context, name, args, { root });
const startCopy = (/** @type {import('node:test').TestContext} */ context, options = {}) => commands.startCopy(context, { ...options, root });

/** @param {string} url @returns {Promise<number>} the status of an order that is placed */
async function order(url) {
  const headers = { 'content-type': 'application/json', origin: url, 'idempotency-key': randomUUID() };
  return (await fetchOnce(`${url}/api/shop/orders`, { method: 'POST', headers, body: JSON.stringify(cart) })).status;
}

/** Asks for pages and catalog again and again. @param {string} url */
function poll(url) {
  const paths = ['/', '/pos', '/operator', '/return.html', '/pkg/status.js', '/catalog.json', '/api/shop/catalog'];
  const failed = [];
  let [rounds, goOn] = [0, true];
  const polling = (async () => {
    for (; goOn; rounds += 1) {
      for (const asked of paths) {
        const { status } = await fetchOnce(url + asked);
        if (status !== 200) failed.push(`${asked}: ${status}`);
      }
    }
  })();
  return async (/** @type {string} */ during) => {
    goOn = false;
    await polling;
    assert.ok(rounds > 0, during);
    assert.deepEqual(failed, [], during);
    assert.equal(await order(url), 201, during);
  };
}

/** @param {number} pid @returns {Promise<number | undefined>} what it has had of processors, on Linux; other work on the machine does not count */
async function secondsOfWork(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // Behind the name in parentheses, from the state on: user and system time are the twelfth and thirteenth, in hundredths.
  const fields = stat?.replace(/^.*\) /s, '').split(' ');
  return fields && (Number(fields[11]) + Number(fields[12])) / 100;
}

test('a running copy answers throughout a second start, a build of the site and a dry run', async (context) => {
  const first = await startCopy(context);
  await first.ready();
  assert.equal(await order(first.url), 201);

  let unharmed = poll(first.url);
  const second = await startCopy(context);
  await second.ready();
  const worked = await secondsOfWork(second.pid);
  assert.ok(worked === undefined || worked < 3, `a start with nothing changed took ${worked} s of a processor`);
  assert.doesNotMatch(second.output(), /building|npm ci/);
  assert.equal(await order(second.url), 201);
  await unharmed('a second start');

  // As if a page had changed: without its stamp a part is built again.
  unharmed = poll(first.url);
  await rm(siteStamp);
  await writeFile(path.join(siteDir, 'stray.html'), 'left by somebody');
  const built = await command(context, 'build', ['site']).ended;
  assert.equal(built.code, 0, built.output);
  assert.match(built.output, /site: done/);
  assert.ok(!existsSync(path.join(siteDir, 'stray.html')));
  await unharmed('a build');
  await second.stop();

  unharmed = poll(first.url);
  const packed = await command(context, 'deploy', ['--dry-run', '--outdir', path.join(await commands.newDataFolder(context), 'packed')]).ended;
  assert.equal(packed.code, 0, packed.output);
  await unharmed('a dry run');
});

test('a stray output is removed and a missing one is made again', async (context) => {
  const [stray, missing] = [path.join(siteDir, 'left', 'behind.js'), path.join(siteDir, 'shop.js')];
  await mkdir(path.dirname(stray), { recursive: true });
  await writeFile(stray, '');
  const cleaned = await command(context, 'build', ['site']).ended;
  assert.equal(cleaned.code, 0, cleaned.output);
  assert.ok(!existsSync(path.dirname(stray)));
  const before = await readFile(missing);
  await rm(missing);
  const built = await command(context, 'build', ['site']).ended;
  assert.match(built.output, /site: done/);
  assert.deepEqual(await readFile(missing), before);
  await writeFile(missing, 'changed by hand');
  await command(context, 'build', ['site']).ended;
  assert.deepEqual(await readFile(missing), before);
});

test('builds at the same time wait for each other, and say for whom', async (context) => {
  await rm(siteStamp);
  const results = await Promise.all([1, 2, 3].map(() => command(context, 'build', ['site']).ended));
  assert.deepEqual(results.map(({ code }) => code), [0, 0, 0]);
  assert.equal(results.filter(({ output }) => /site: done/.test(output)).length, 1, results.map(({ output }) => output).join('---'));

  const lock = inCopy('.build', 'lock');
  const holder = { pid: process.ppid, host: (await import('node:os')).hostname(), token: 'x', command: 'npm test', since: Date.now() };
  await rm(siteStamp);
  await writeFile(lock, JSON.stringify(holder));
  context.after(() => rm(lock, { force: true }));
  const waiting = command(context, 'build', ['site']);
  assert.match(await waiting.until(/waiting for/), new RegExp(`waiting for \`npm test\` \\(process ${process.ppid} `));
  await rm(lock);
  const { code, output } = await waiting.ended;
  assert.equal(code, 0);
  assert.doesNotMatch(output, /remove/);

  await rm(siteStamp);
  await writeFile(lock, JSON.stringify({ ...holder, host: 'another-machine' }));
  const unseeing = command(context, 'build', ['site']);
  assert.match(await unseeing.until(/waiting for/), /on another-machine\).*; if it is over, remove \.build.lock\n/);
  await rm(lock);
  assert.equal((await unseeing.ended).code, 0);
});

test('a data folder is of one run: another one says whose it is, and takes over from one that was killed', async (context) => {
  const first = await startCopy(context);
  await first.ready();
  const refused = await startCopy(context, { data: first.data });
  const { code, output } = await refused.ended;
  assert.equal(code, 1);
  assert.match(output, new RegExp(`in use by \`npm start\` \\(process ${first.pid}, port ${first.port}, .*choose another, as in \`npm start -- --data `));
  assert.doesNotMatch(output, /\n\s+at |remove /);
  assert.equal(await order(first.url), 201, 'the first one goes on');

  await first.kill();
  const next = await startCopy(context, { data: first.data, port: first.port });
  assert.match(await next.ready(), /ending process \d+, which a run that was killed left/);
  assert.equal(await order(next.url), 201);
  await next.stop();
  const lock = path.join(first.data, 'lock');
  assert.ok(!existsSync(lock));

  await writeFile(lock, JSON.stringify({ pid: 1, host: 'another-machine', token: 'x', command: 'npm start', since: 0, port: 8787 }));
  const unseen = await (await startCopy(context, { data: first.data })).ended;
  assert.match(unseen.output, /\(process 1, port 8787, on another-machine\): .* If it is over, remove .*lock\.\n$/);
});
