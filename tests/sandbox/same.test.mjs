// The sandbox of the npm package answers like the program that is built with cargo: the same calls, one after the other, are sent to both.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startSandbox } from '../../scripts/processes.mjs';
import { calls } from './support/calls.mjs';
import { startPackage } from './support/package.mjs';
import { sideOf } from './support/side.mjs';

const program = await startSandbox();
after(() => program.stop());
const sides = [program, await startPackage({ after })].map(sideOf);

for (const [name, group] of Object.entries(calls)) {
  test(name, { timeout: 60_000 }, async () => {
    for (const call of group) {
      const [expected, answer] = await Promise.all(sides.map((ask) => ask(call)));
      assert.deepEqual(answer, expected, call.slice(0, 2).join(' '));
    }
  });
}
