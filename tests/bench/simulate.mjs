// Runs one of the core's simulations, compiled for speed.

import { Failure } from '../../scripts/failure.mjs';
import { run } from '../../scripts/run.mjs';

/** @param {string} name of the test @param {Record<string, string>} variables @returns {Promise<string>} what it printed */
export async function simulate(name, variables) {
  // Not the project's release profile, which is made for small wasm and takes its time.
  const env = { CARGO_PROFILE_RELEASE_OPT_LEVEL: '3', CARGO_PROFILE_RELEASE_LTO: 'off', ...variables };
  const output = await run('cargo', ['test', '--release', '-p', 'compago', '--test', 'it', name, '--', '--nocapture'], { env });
  if (!output.includes('1 passed')) throw new Failure(`The simulation was not found:\n${output}`);
  return output;
}
