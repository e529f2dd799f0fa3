// The program of the npm package: its command line, what it keeps, how it ends, and what it cannot do.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetchOnce } from '../support/fetch-once.mjs';
import { until } from '../worker/support/until.mjs';
import { payment } from './support/calls.mjs';
import { refusal, runProgram, startPackage } from './support/package.mjs';

/** @param {import('node:test').TestContext} t removes it */
async function newFolder(t) {
  const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-sandbox-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const notLinux = process.platform !== 'linux' && 'only Linux tells which process is a child';

/** @param {{ pid: number | undefined }} program @returns {Promise<number>} workerd's process id */
const childOf = async ({ pid }) => Number(await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8'));

/** @param {string} text @returns {Promise<string[]>} the commands that run with this text in them; none where that cannot be seen */
async function commandsWith(text) {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return commands.filter((command) => command.includes(text));
}

/** @param {number} pid @returns {boolean} */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** @param {string} url @param {string} method @param {string} path @param {unknown} [json] */
async function send(url, method, path, json) {
  const headers = { 'x-api-key': 'sandbox-key', 'content-type': 'application/json' };
  const answer = await fetchOnce(`${url}${path}`, { method, headers, body: json === undefined ? undefined : JSON.stringify(json) });
  return { status: answer.status, body: JSON.parse(await answer.text()) };
}

/** @param {string} url @param {string} externalId */
async function created(url, externalId) {
  const { status, body } = await send(url, 'POST', '/api/one-time-payment', payment(externalId));
  assert.equal(status, 201, JSON.stringify(body));
  return new URL(body.redirectUrl);
}

/** One that nobody calls while the other tests run. */
const idle = startPackage({ after }).then(async ({ url }) => {
  await send(url, 'PUT', '/_sandbox/settings', { minimumAmount: '900.00' });
  return { url, since: performance.now() };
});

test('it prints its usage and its version', async (t) => {
  for (const [option, expected] of /** @type {const} */ ([['--help', /^compago-edge-sandbox: .*--port.*--origin.*--data.*--version.*--help/s], ['--version', /^compago-edge-sandbox \d+\.\d+\.\d+\n$/]])) {
    const program = runProgram(t, [option]);
    assert.equal(await program.code, 0);
    assert.match(program.written.stdout, expected);
    assert.equal(program.written.stderr, '');
  }
});

const wrong = /** @type {const} */ ([
  [['--prot', '1'], 'There is no option --prot; --help lists those there are.'],
  [['--prot=1'], 'There is no option --prot; --help lists those there are.'],
  [['shop'], 'There is no option shop; --help lists those there are.'],
  [['-x'], 'There is no option -x; --help lists those there are.'],
  [['--help=1'], '--help takes no value.'],
  [['--data'], '--data needs a value.'],
  [['--data='], '--data needs a value.'],
  [['--toString'], 'There is no option --toString; --help lists those there are.'],
  [['--port', 'x'], '--port must be a number from 0 to 65535, not "x".'],
  [['--port=70000'], '--port must be a number from 0 to 65535, not "70000".'],
  [['--origin', 'pay.example'], '--origin must be an origin such as http://localhost:8788, not "pay.example".'],
  [['--origin', 'https://pay.example/a'], '--origin must be an origin such as http://localhost:8788, not "https://pay.example/a".'],
]);

test('a wrong argument is reported in one sentence', async (t) => {
  await Promise.all(wrong.map(async ([args, sentence]) => assert.equal(await refusal(t, [...args]), `${sentence}\n`)));
});

test('a busy port is reported in one sentence', async (t) => {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  t.after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  assert.equal(await refusal(t, ['--port', String(port)]), `Port ${port} is in use by another program; end it or choose another with --port.\n`);
});

test('a data folder that is a file is reported in one sentence, and kept', async (t) => {
  const file = path.join(await newFolder(t), 'payments.json');
  await writeFile(file, '{}');
  assert.match(await refusal(t, ['--port', '0', '--data', file]), /^The data folder .*payments\.json cannot be used: .*\.\n$/);
  assert.equal(await readFile(file, 'utf8'), '{}');
});

test('a data folder with a damaged database is reported', async (t) => {
  for (const isDamaged of [() => true, (/** @type {string} */ name) => !name.startsWith('metadata')]) {
    const folder = await newFolder(t);
    const first = await startPackage(t, ['--data', folder]);
    await created(first.url, 'ord-1');
    await first.end();
    const objects = path.join(folder, 'compago-edge-sandbox');
    for (const name of (await readdir(objects)).filter(isDamaged)) await writeFile(path.join(objects, name), 'not a database'.repeat(100));
    const sentence = await refusal(t, ['--port', '0', '--data', folder]);
    assert.match(sentence, /^The sandbox did not start: .*not a database/);
    assert.doesNotMatch(sentence, /^stack/m);
    await until('workerd has ended', async () => (await commandsWith(folder)).length === 0, { ms: 5_000 });
  }
});

test('a data folder that another run uses is refused, also after that run was killed', { skip: notLinux }, async (t) => {
  const folder = await newFolder(t);
  const first = await startPackage(t, ['--data', folder]);
  const workerd = await childOf(first);
  const second = () => refusal(t, ['--port', '0', '--data', folder]);
  const inUse = (/** @type {number | undefined} */ pid) => `The data folder ${folder} is in use by process ${pid}: end that, or choose another with --data. If that is another program, remove ${folder}/lock.\n`;
  assert.equal(await second(), inUse(first.pid));
  await created(first.url, 'ord-1');
  await first.end('SIGKILL');
  t.after(() => isAlive(workerd) && process.kill(workerd, 'SIGKILL'));
  assert.equal(await second(), inUse(workerd));
  process.kill(workerd, 'SIGKILL');
  await until('workerd has ended', () => !isAlive(workerd));
  const third = await startPackage(t, ['--data', folder]);
  assert.equal((await send(third.url, 'GET', '/_sandbox/state')).body.payments.length, 1);
  assert.equal(await third.end(), 0);
  assert.deepEqual(await readdir(folder), ['compago-edge-sandbox']);
});

test('payments, cards and the clock survive a restart; settings and faults start afresh', async (t) => {
  const folder = path.join(await newFolder(t), 'not', 'yet');
  const first = await startPackage(t, ['--data', folder]);
  const link = await created(first.url, 'ord-1');
  await created(first.url, 'ord-2');
  await send(first.url, 'POST', `/_sandbox/one-time-payments/${link.pathname.split('/').at(-1)}/pay`);
  await send(first.url, 'POST', '/_sandbox/clock', { advanceMs: 1_800_000 });
  await send(first.url, 'PUT', '/_sandbox/settings', { minimumAmount: '900.00' });
  await send(first.url, 'POST', '/_sandbox/faults', { endpoint: 'one-time-payment.create', fault: { kind: 'refuse', status: 500 } });
  // More than one value of the database holds.
  const { body: seeded } = await send(first.url, 'POST', '/_sandbox/one-time-payments/seed', { count: 3_000 });
  assert.equal(seeded.count, 3_000);
  const before = await send(first.url, 'GET', '/_sandbox/state');
  assert.equal(await first.end(), 0);

  const second = await startPackage(t, ['--data', folder]);
  const after = await send(second.url, 'GET', '/_sandbox/state');
  const withoutPort = (/** @type {any} */ { body }) => body.payments.map((/** @type {any} */ one) => ({ ...one, checkoutUrl: new URL(one.checkoutUrl).pathname }));
  assert.deepEqual(withoutPort(after), withoutPort(before));
  assert.equal(after.body.payments.length, 3_002);
  assert.equal((await send(second.url, 'GET', '/_sandbox/clock')).body.offsetMs, 1_800_000);
  assert.equal((await send(second.url, 'POST', '/api/one-time-payment', payment('ord-1'))).status, 400, 'the external id is still taken');
  await created(second.url, 'ord-3');
});

test('without a folder nothing is kept, and no file is left', async (t) => {
  const first = await startPackage(t);
  await created(first.url, 'ord-1');
  await first.end();
  const second = await startPackage(t);
  assert.deepEqual((await send(second.url, 'GET', '/_sandbox/state')).body.payments, []);
});

test('what was answered is kept even after a kill', { skip: notLinux }, async (t) => {
  const folder = await newFolder(t);
  const first = await startPackage(t, ['--data', folder]);
  await created(first.url, 'ord-1');
  process.kill(await childOf(first), 'SIGKILL');
  assert.equal(await first.code, 2);
  assert.match(first.written.stderr, /^The sandbox stopped serving/m);
  const second = await startPackage(t, ['--data', folder]);
  const { body } = await send(second.url, 'GET', '/_sandbox/state');
  assert.deepEqual(body.payments.map((/** @type {any} */ { externalId }) => externalId), ['ord-1']);
});

test('links point to the origin that was asked for', async (t) => {
  const { url } = await startPackage(t, ['--origin', 'https://pay.example/']);
  assert.equal((await created(url, 'ord-1')).origin, 'https://pay.example');
});

test('it ends on a signal, and so does workerd', async (t) => {
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) {
    const program = await startPackage(t);
    assert.equal(await program.end(signal), 0, signal);
    await assert.rejects(fetchOnce(program.url), { code: 'ECONNREFUSED' });
    assert.equal(program.written.stderr, '', signal);
  }
});

test('a delayed answer comes late, after the call took effect, and others do not wait for it', async (t) => {
  const { url } = await startPackage(t);
  await send(url, 'POST', '/_sandbox/faults', { endpoint: 'one-time-payment.create', fault: { kind: 'delay', ms: 3_000 } });
  /** @type {string[]} */
  const answered = [];
  const since = performance.now();
  const delayed = created(url, 'ord-1').then(() => answered.push('the delayed one'));
  await until('the call took effect', async () => (await send(url, 'GET', '/_sandbox/state')).body.payments.length > 0);
  answered.push('another');
  await delayed;
  assert.deepEqual(answered, ['another', 'the delayed one']);
  assert.ok(performance.now() - since >= 3_000);
});

test('a fault of the connection is refused, with the reason', async (t) => {
  const { url } = await startPackage(t);
  for (const kind of ['lose-answer', 'hold', 'truncate']) {
    const { status, body } = await send(url, 'POST', '/_sandbox/faults', { endpoint: 'one-time-payment.create', fault: { kind } });
    assert.equal(status, 400);
    assert.match(body.message, /^this sandbox sends whole answers .*: lose-answer, hold and truncate need the one that is built with cargo$/);
  }
  assert.deepEqual((await send(url, 'GET', '/_sandbox/faults')).body, { faults: [] });
  await created(url, 'ord-1');
});

test('settings stay while nobody calls, though workerd evicts what was idle for ten seconds', async () => {
  const { url, since } = await idle;
  await sleep(Math.max(0, since + 12_000 - performance.now()));
  assert.equal((await send(url, 'GET', '/_sandbox/settings')).body.minimumAmount, '900.00');
});
