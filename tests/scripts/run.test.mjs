import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../scripts/run.mjs';

/** A program that warns before and after its answer. */
const program = ['-e', "console.error('{ warning'); console.log('[1]'); console.error('[later]'); process.exit(Number(process.argv[1] ?? 0))"];

test('an answer is what stands on stdout, whatever is warned of beside it', async () => {
  assert.equal(await run(process.execPath, program, { answer: 'stdout' }), '[1]\n');
  assert.match(await run(process.execPath, program), /warning[^]*later/);
  await assert.rejects(run(process.execPath, [...program, '3'], { answer: 'stdout' }), { name: 'Failure', message: /warning[^]*later[^]*ended with code 3\.$/ });
});
