import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isAlive, processId } from '../../scripts/liveness.mjs';
import { tryLock, withLock } from '../../scripts/lock.mjs';

const contender = fileURLToPath(new URL('support/contender.mjs', import.meta.url));

/** @param {import('node:test').TestContext} context */
async function newFolder(context) {
  const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-lock-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** @returns what a process was that has been killed */
async function deadProcess() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const id = processId(child.pid ?? 0);
  assert.ok(isAlive(id));
  child.kill('SIGKILL');
  await once(child, 'exit');
  return id;
}

test('the holder of a lock is reported, and releases it', async (context) => {
  const file = path.join(await newFolder(context), 'lock');
  const mine = await tryLock(file, { details: { port: 9000 } });
  assert.ok('lock' in mine);
  const other = await tryLock(file);
  assert.ok('holder' in other);
  assert.equal(other.holder.pid, process.pid);
  assert.equal(other.holder.port, 9000);
  mine.lock.update({ port: 9001 });
  assert.equal(JSON.parse(await readFile(file, 'utf8')).port, 9001);
  mine.lock.release();
  assert.deepEqual(await readdir(path.dirname(file)), []);
});

test('a waiting process is notified once of the holder, and continues when that one is done', async (context) => {
  const file = path.join(await newFolder(context), 'lock');
  const order = [];
  const first = withLock(file, () => new Promise((resolve) => setTimeout(() => resolve(order.push('first')), 250)), () => {});
  const told = [];
  await withLock(file, async () => void order.push('second'), (holder) => told.push(holder.pid));
  await first;
  assert.deepEqual(order, ['first', 'second']);
  assert.deepEqual(told, [process.pid]);
});

test('the lock of a process that was killed is taken over at once, after what it left was tidied up', async (context) => {
  const file = path.join(await newFolder(context), 'lock');
  const dead = await deadProcess();
  await writeFile(file, JSON.stringify({ ...dead, token: 'x', command: 'npm start', since: 0, port: 9000 }));
  const tidied = [];
  const taken = await tryLock(file, { onTakeOver: async ({ port }) => void tidied.push(port) });
  assert.ok('lock' in taken);
  assert.deepEqual(tidied, [9000]);
  taken.lock.release();
});

test('a number that another process has by now, and a file that a power cut left, hold nothing', async (context) => {
  const file = path.join(await newFolder(context), 'lock');
  const holders = [{ ...processId(process.pid), started: 'another time' }, { pid: 0, host: hostname() }, { pid: -1, host: hostname() }];
  for (const text of [...holders.map((holder) => JSON.stringify({ token: 'x', ...holder })), '', '{"pid":']) {
    await writeFile(file, text);
    const taken = await tryLock(file);
    assert.ok('lock' in taken, text);
    taken.lock.release();
  }
  await writeFile(file, JSON.stringify({ ...(await deadProcess()), host: 'another machine', token: 'x' }));
  assert.ok('holder' in (await tryLock(file)), 'who cannot be seen may be alive');
});

test('a process is the same in every time zone and language', async (context) => {
  if (process.platform === 'win32') return context.skip('the system does not tell when a process began');
  if (spawnSync('ps', ['-p', '1']).error) return context.skip('there is no ps');
  const url = new URL('../../scripts/liveness.mjs', import.meta.url).href;
  // Where there is no /proc, as on macOS, ps is asked.
  const program = `Object.defineProperty(process, 'platform', { value: 'darwin' });
    const { isAlive, processId } = await import(${JSON.stringify(url)});
    const [id] = process.argv.slice(1);
    console.log(JSON.stringify(id ? isAlive(JSON.parse(id)) : processId(${process.pid})));`;
  const ask = (/** @type {string} */ TZ, /** @type {string[]} */ ...args) => {
    const options = { env: { ...process.env, TZ, LANG: 'es_MX.UTF-8' }, encoding: /** @type {const} */ ('utf8') };
    return execFileSync(process.execPath, ['--input-type=module', '-e', program, ...args], options).trim();
  };
  const id = ask('America/Mexico_City');
  assert.match(JSON.parse(id).started, / \d\d:\d\d:\d\d \d{4}$/);
  assert.equal(ask('Asia/Tokyo', id), 'true');
  assert.equal(ask('Asia/Tokyo', JSON.stringify({ ...JSON.parse(id), started: 'another time' })), 'false');
});

test('two processes never hold it, whichever one is killed', async (context) => {
  const folder = await newFolder(context);
  const file = path.join(folder, 'lock');
  await writeFile(file, JSON.stringify({ ...(await deadProcess()), token: 'x' }));
  const told = await Promise.all(
    Array.from({ length: 24 }, async () => {
      const child = spawn(process.execPath, [contender, file, path.join(folder, 'mark'), '20'], { stdio: ['ignore', 'pipe', 'inherit'] });
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
      await once(child, 'close');
      return output;
    }),
  );
  assert.equal(told.join(''), '');
  const last = await tryLock(file);
  assert.ok('lock' in last, 'none of them has it any more');
  last.lock.release();
});
