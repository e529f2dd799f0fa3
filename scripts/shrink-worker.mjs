import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { inRoot } from './paths.mjs';
import { keepExports, optimiseWasm } from './wasm-opt.mjs';

/**
 * Takes from the Worker what `worker-build` leaves in it and nobody uses, and gives what is left short names, in place.
 *
 * @param {string} script as `worker-build` leaves it with `NO_MINIFY`
 * @param {string} wasm as wasm-bindgen leaves it, with the names of its functions
 */
export async function shrinkWorker(script, wasm) {
  // Set-up installs it, and imports this file before that.
  const { build, transform } = await import('esbuild');
  const used = await withoutUnused(script, await classes(), build);
  await keepExports(wasm, [...new Set(used.match(/(?<=\bwasm\.)\w+/g))]);
  const names = JSON.parse(await optimiseWasm(wasm, ['--minify-imports-and-exports-and-modules']));
  const { code } = await transform(renamed(used, names), { minify: true, format: 'esm' });
  await writeFile(script, code);
}

/** @returns {Promise<string[]>} the Durable Objects' classes */
async function classes() {
  const config = await readFile(inRoot('worker', 'wrangler.toml'), 'utf8');
  return [...config.matchAll(/^class_name = "(\w+)"/gm)].map(([, name]) => name);
}

/**
 * The crates `worker` and `wasm-streams` export classes for what this Worker does not do. esbuild drops them once it is
 * told that nothing happens by their being there.
 *
 * @param {string} script
 * @param {string[]} kept the exports that stay, beside the default one
 * @param {typeof import('esbuild').build} build
 * @returns {Promise<string>}
 */
async function withoutUnused(script, kept, build) {
  const text = await readFile(script, 'utf8');
  const pure = text
    .replace(/^if \(Symbol\.dispose\) .*$/gm, '')
    .replace(/\bnew (?:Proxy|FinalizationRegistry)\(/g, '/* @__PURE__ */ $&');
  await writeFile(script, pure);
  const { outputFiles } = await build({
    stdin: {
      contents: `export { ${['default', ...kept].join(', ')} } from './${path.basename(script)}';`,
      resolveDir: path.dirname(script),
    },
    bundle: true,
    write: false,
    format: 'esm',
    external: ['./index_bg.wasm', 'cloudflare:*'],
  });
  return outputFiles[0].text;
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
