import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { inRoot } from '../../scripts/paths.mjs';

test('the operator’s page knows at how many mistakes of a file the Worker stops', async () => {
  const numberIn = async (/** @type {string} */ file, /** @type {RegExp} */ pattern) => Number(pattern.exec(await readFile(inRoot(...file.split('/')), 'utf8'))?.[1]);
  const limit = await numberIn('src/edge/merchant_file/error.rs', /MAX_PROBLEMS: usize = (\d+);/);
  assert.ok(limit > 0);
  assert.equal(await numberIn('www/operator/attention.js', /MOST_REPORTED = (\d+);/), limit);
});
