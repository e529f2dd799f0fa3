import { endOnSignals } from './children.mjs';

/** An error that the person at the keyboard can act on: one clear sentence, no stack. */
export class Failure extends Error {
  name = 'Failure';
}

/** What a person typed is no use of the command: it ends with another code. */
export class UsageFailure extends Failure {}

/**
 * Runs a command's main function and turns whatever stops it into an exit code.
 *
 * @param {() => Promise<void>} main
 * @param {{ endsOnSignals?: boolean }} [options] endsOnSignals: false if `main` ends by itself when it is asked to
 */
export async function runMain(main, { endsOnSignals = true } = {}) {
  if (endsOnSignals) endOnSignals();
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Failure ? `\n${error.message}` : error);
    process.exitCode = error instanceof UsageFailure ? 2 : 1;
  }
}
