import { once } from 'node:events';

/** How long a command may take to write what is waited for, in milliseconds: a fresh copy of the repository builds its tools first. */
const MOST_MS = 600_000;

/**
 * Collects what a child writes to both streams.
 *
 * @param {import('node:child_process').ChildProcessByStdio<any, import('node:stream').Readable, import('node:stream').Readable>} child
 */
export function outputOf(child) {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = once(child, 'close').then(([code]) => ({ code, output }));
  return {
    ended,
    output: () => output,
    /** @param {RegExp} pattern @returns {Promise<string>} what it has written once that matches, also before this call */
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`nothing matches ${pattern} after ${MOST_MS / 1000} s:\n${output}`)), MOST_MS);
        const look = () => {
          if (!pattern.test(output)) return;
          clearTimeout(timer);
          resolve(output);
        };
        for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
        look();
        void ended.then(() => {
          clearTimeout(timer);
          reject(new Error(`ended before ${pattern}:\n${output}`));
        });
      }),
  };
}
