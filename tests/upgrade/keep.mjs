// Keeps the built Worker as the last one, from which tests/upgrade upgrades: `node tests/upgrade/keep.mjs`, in a clone of what was released.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from '../../scripts/build.mjs';
import { Failure, runMain } from '../../scripts/failure.mjs';
import { inRoot } from '../../scripts/paths.mjs';
import { run } from '../../scripts/run.mjs';
import { digest, files, keptAs, record } from './last.mjs';

await runMain(async () => {
  const git = async (/** @type {string[]} */ ...args) => (await run('git', args, { cwd: inRoot() })).trim();
  const changed = await git('status', '--porcelain');
  if (changed) throw new Failure(`What is kept must be a commit, and this tree has changes:\n${changed}`);
  const commit = await git('rev-parse', 'HEAD');
  await build(['worker']);
  /** @type {Record<string, string>} */
  const sha256 = {};
  for (const name of files) {
    const content = await readFile(inRoot(name));
    sha256[name] = digest(content);
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    await writeFile(keptAs(name), brotliCompressSync(content, { params }));
    console.log(path.relative(inRoot(), keptAs(name)));
  }
  await writeFile(record, `${JSON.stringify({ commit, sha256 }, null, 2)}\n`);
});
