import { Failure } from './failure.mjs';
import { run } from './run.mjs';

/**
 * Which crate must not depend on what, and why (ARCHITECTURE.md, "Dependencies point one way"). A rule holds for the features that it
 * names, beside the default ones.
 *
 * @type {{ crate: string, features?: string, forbidden: string[], why: string }[]}
 */
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
    crate: 'compago-client',
    forbidden: ['reqwest', 'rustls', 'tokio', 'http', 'gloo-net', 'worker', 'wasm-bindgen', 'js-sys', 'web-sys'],
    why: 'each transport is a feature, and none is on by default',
  },
  {
    crate: 'compago-client',
    features: 'gloo-net',
    forbidden: ['reqwest', 'rustls', 'hyper', 'worker', 'idna', 'regex'],
    why: 'a page loads every byte of it',
  },
  {
    crate: 'compago-client',
    features: 'worker',
    forbidden: ['reqwest', 'rustls', 'gloo-net', 'gloo-timers'],
    why: 'the runtime of Workers has all of it',
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
  {
    crate: 'compago-sandbox-worker',
    forbidden: ['compago', 'mio', 'hyper', 'socket2', 'lexopt'],
    why: 'the stand-in shares nothing with the core, and wasm has no sockets',
  },
];

/** Holds the direction of dependencies, on every platform's tree. */
export async function checkDependencies() {
  for (const { crate, features, forbidden, why } of rules) {
    const selected = features ? ['--features', features] : [];
    const tree = await run('cargo', ['tree', '-p', crate, ...selected, '-e', 'normal', '--target', 'all', '--prefix', 'none']);
    const names = tree.split('\n').map((line) => line.split(' ')[0] ?? '');
    const met = forbidden.find((name) => names.includes(name));
    if (met) throw new Failure(`${crate}${features ? ` with ${features}` : ''} must not depend on ${met}: ${why}.`);
  }
}
