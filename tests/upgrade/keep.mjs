// Keeps the built Worker as the last one, from which tests/upgrade upgrades: `node tests/upgrade/keep.mjs`, in a clone of what was released.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from '../../scripts/build.mjs';
import { inRoot } from '../../scripts/paths.mjs';
import { compressed, files, keptAs } from './last.mjs';

await build(['worker']);
for (const name of files) {
  const content = await readFile(inRoot(name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  await writeFile(keptAs(name), compressed.includes(name) ? brotliCompressSync(content, { params }) : content);
  console.log(path.relative(inRoot(), keptAs(name)));
}
