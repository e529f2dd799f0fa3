// What a command has started does not go on without it: the checkout is free only when nobody writes to it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isAlive, processId } from '../../scripts/liveness.mjs';
import { inRoot } from '../../scripts/paths.mjs';

const builder = fileURLToPath(new URL('support/builder.mjs', import.meta.url));
const limit = { timeout: 60_000 };

/** A checkout that has no more than the scripts. @param {import('node:test').TestContext} context */
async function newCheckout(context) {
  const root = await mkdtemp(path.join(tmpdir(), 'compago-edge-children-'));
  context.after(() => rm(root, { recursive: true, force: true }));
  await cp(inRoot('scripts'), path.join(root, 'scripts'), { recursive: true });
  return root;
}

/** @param {import('node:test').TestContext} context @param {string} root @param {string} does */
function build(context, root, does) {
  const child = spawn(process.execPath, [builder, root, does], { stdio: ['ignore', 'pipe', 'pipe'] });
  context.after(() => child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = once(child, 'close').then(([code]) => ({ code, output }));
  /** @returns {Promise<import('../../scripts/liveness.mjs').ProcessId[]>} what it has started, and what that has started */
  const working = async () => {
    for (;;) {
      const pids = /working (\d+) (\d+)/.exec(output)?.slice(1).map(Number);
      if (pids) {
        context.after(() => pids.forEach((pid) => tryKill(pid)));
        return pids.map(processId);
      }
      assert.equal(child.exitCode, null, output);
      await once(child.stdout, 'data');
    }
  };
  return { kill: (/** @type {NodeJS.Signals} */ name) => child.kill(name), ended, working };
}

/** @param {number} pid */
function tryKill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended, as it should.
  }
}

/** @param {import('../../scripts/liveness.mjs').ProcessId[]} processes */
async function untilGone(processes) {
  while (processes.some(isAlive)) await sleep(10);
}

test('ending a command ends what it has started, and the checkout is free', { ...limit, skip: process.platform === 'win32' }, async (context) => {
  const root = await newCheckout(context);
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    const building = build(context, root, 'works');
    const started = await building.working();
    assert.ok(started.every(isAlive));
    building.kill(name);
    assert.equal((await building.ended).code, 128 + constants.signals[name]);
    await untilGone(started);
    assert.ok(!existsSync(path.join(root, '.build', 'lock')), name);
  }
});

test('what a command that was killed has left is ended before the next one changes anything', limit, async (context) => {
  const root = await newCheckout(context);
  const building = build(context, root, 'works');
  const started = await building.working();
  building.kill('SIGKILL');
  const next = build(context, root, 'quick');
  const { code, output } = await next.ended;
  assert.equal(code, 0, output);
  assert.match(output, new RegExp(`^  ending process ${started[0].pid}, which a command that was killed left at work\nchanging\n$`));
  await untilGone(started);
});

test('of two things that are done at once, none goes on when the other one fails', limit, async (context) => {
  const building = build(context, await newCheckout(context), 'fails');
  const started = await building.working();
  const { code, output } = await building.ended;
  assert.equal(code, 1);
  assert.match(output, /ended with code 1\.\n$/);
  await untilGone(started);
});
