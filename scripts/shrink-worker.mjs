import { readFile, writeFile } from 'node:fs/promises';
import { Failure } from './failure.mjs';
import { optimiseWasm } from './wasm-opt.mjs';

/**
 * Makes the Worker smaller, in place, and gives all by which script and module call each other short names.
 *
 * @param {string} script as `worker-build` leaves it with `NO_MINIFY`
 * @param {string} wasm as wasm-bindgen leaves it, with the names of its functions
 */
export async function shrinkWorker(script, wasm) {
  // Set-up installs it, and imports this file before that.
  const { transform } = await import('esbuild');
  const names = JSON.parse(await optimiseWasm(wasm, ['--minify-imports-and-exports-and-modules']));
  const { code } = await transform(renamed(await readFile(script, 'utf8'), names), { minify: true, format: 'esm' });
  await writeFile(script, code);
}

/**
 * The names by which script and module call each other end in hashes, which nothing compresses.
 *
 * @param {string} script
 * @param {{ imports: [string, string, string][], exports: [string, string][] }} names
 *   of imports their module, name and new name; of exports their name and new name
 * @returns {string}
 */
function renamed(script, { imports, exports }) {
  const keys = new Map(imports.map(([, name, short]) => [name, short]));
  const members = new Map(exports);
  const missing = new Set(keys.keys());
  const text = script
    .replace(/^( +)(\w+)(?=: )/gm, (all, space, name) => {
      missing.delete(name);
      return keys.has(name) ? `${space}${keys.get(name)}` : all;
    })
    .replace(/\bwasm\.(\w+)/g, (_, name) => `wasm.${members.get(name)}`)
    .replace(`"${imports[0]?.[0]}":`, 'a:');
  if (missing.size > 0) throw new Failure(`The script has no ${[...missing].join(', ')}, which its module imports.`);
  return text;
}
