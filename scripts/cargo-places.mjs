import { homedir } from 'node:os';
import path from 'node:path';

const crates = path.join(process.env.CARGO_HOME ?? path.join(homedir(), '.cargo'), 'registry', 'src');

/**
 * Options of cargo for a module that is published. The messages of panics contain paths of crates on the machine of the build, which are
 * private and make each machine's module another one: they begin with the same words instead.
 *
 * Only release builds have them, and all of those have: cargo builds every crate again when a build with them follows one without.
 */
export const withoutPlaces = ['--config', `target.wasm32-unknown-unknown.rustflags=[${JSON.stringify(`--remap-path-prefix=${crates}=/crates`)}]`];
