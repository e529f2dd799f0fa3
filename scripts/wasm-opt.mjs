import { readFile, writeFile } from 'node:fs/promises';
import { Failure } from './failure.mjs';
import { npmBin } from './paths.mjs';
import { run } from './run.mjs';

/**
 * What rustc and wasm-bindgen emit, and every browser, Node 20 and workerd understand. Named one by one:
 * `--all-features` makes a module that Node 20 refuses.
 */
const features = [
  'bulk-memory',
  'bulk-memory-opt',
  'call-indirect-overlong',
  'exception-handling',
  'multivalue',
  'mutable-globals',
  'nontrapping-float-to-int',
  'reference-types',
  'sign-ext',
];

/** `--gufa` finds what no call can bring about; the second `-Oz` then takes it away. */
const smaller = ['-Oz', '--gufa', '-Oz'];

/**
 * Makes a module smaller, in place. The function names go as well: they are a seventh of it when compressed.
 *
 * @param {string} file
 */
export async function optimiseWasm(file) {
  await wasmOpt(file, smaller);
}

/**
 * As {@link optimiseWasm}, and gives what the module and its script share names of one or two letters: those of
 * wasm-bindgen end in hashes, which nothing compresses.
 *
 * @param {string} file
 * @param {string} script as wasm-bindgen wrote it, not minified
 */
export async function optimiseWasmAndScript(file, script) {
  const output = await wasmOpt(file, [...smaller, '--minify-imports-and-exports-and-modules']);
  await writeFile(script, renamed(await readFile(script, 'utf8'), JSON.parse(output)));
}

/**
 * @param {string} script
 * @param {{ imports: [string, string, string][], exports: [string, string][] }} names
 *   of imports their module, name and new name; of exports their name and new name
 * @returns {string}
 */
function renamed(script, { imports, exports }) {
  const shared = imports.map(([module]) => module)[0];
  const keys = new Map(imports.map(([, name, short]) => [name, short]));
  const members = new Map(exports);
  const left = new Set(keys.keys());
  const text = script
    .replace(/^( +)(\w+)(?=: )/gm, (all, space, name) => {
      left.delete(name);
      return keys.has(name) ? `${space}${keys.get(name)}` : all;
    })
    .replace(/\bwasm\.([\w$]+)/g, (all, name) => {
      if (!members.has(name)) throw new Failure(`The module exports no ${name}, which its script uses.`);
      return `wasm.${members.get(name)}`;
    })
    .replace(`"${shared}":`, 'a:');
  if (left.size > 0) throw new Failure(`The script has no ${[...left].join(', ')}, which its module imports.`);
  return text;
}

/** @param {string} file @param {string[]} passes @returns {Promise<string>} what the passes told */
function wasmOpt(file, passes) {
  const enabled = features.map((feature) => `--enable-${feature}`);
  const stripped = ['--strip-debug', '--strip-producers', '--strip-target-features'];
  return run(npmBin('wasm-opt'), [...passes, ...stripped, ...enabled, file, '-o', file]);
}
