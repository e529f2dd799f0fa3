import { Failure } from './failure.mjs';
import { run } from './run.mjs';

/** Which crate must not depend on what, and why (ARCHITECTURE.md, "Dependencies point one way"). */
const rules = [
  {
    crate: 'compago',
    forbidden: ['wasm-bindgen', 'js-sys', 'web-sys', 'gloo-net', 'gloo-utils', 'worker', 'tokio', 'getrandom'],
    why: 'the core has no IO, no clock, no randomness and no JavaScript',
  },
  {
    crate: 'compago',
    forbidden: ['url', 'idna', 'regex', 'phonenumber', 'garde'],
    why: 'each costs more in wasm than the whole core',
  },
  {
    crate: 'compago-js',
    forbidden: ['url', 'idna', 'regex', 'phonenumber', 'garde', 'worker'],
    why: 'each costs more in wasm than the whole package',
  },
  {
    crate: 'compago-sandbox',
    forbidden: ['compago'],
    why: 'a misreading in the core must not hide behind the same misreading in the stand-in',
  },
];

/** Holds the direction of dependencies, on every platform's tree. */
export async function checkDependencies() {
  for (const { crate, forbidden, why } of rules) {
    const tree = await run('cargo', ['tree', '-p', crate, '-e', 'normal', '--target', 'all', '--prefix', 'none']);
    const names = tree.split('\n').map((line) => line.split(' ')[0] ?? '');
    const met = forbidden.find((name) => names.includes(name));
    if (met) throw new Failure(`${crate} must not depend on ${met}: ${why}.`);
  }
}
