#!/usr/bin/env node
// npm run bench: holds what a payment costs, and how fast things are, against budgets.json. It is no part of `npm test`, since other
// work on the machine moves processor times; those of one run are comparable, because both sides alternate in it.
//
//   costs    requests, alarms and rows of Durable Objects, and calls to Compago, of a purchase and of other flows, and of an hour with open links
//   lives    lives of orders that the core's simulation lives in a second of one core
//   orders   processor time of creating an order and of the payer's return in bare workerd, against the same routes written by hand in JavaScript
//   status   processor time of the status route likewise
//
//   npm run bench             all of them
//   npm run bench -- status   only that one
//
// Two assert nothing, and are no part of all of them:
//
//   links    what the watcher of 100,000 open links costs in an hour, in the core's simulation
//   load     more and more payers at once, until something gives way

import { readFile } from 'node:fs/promises';
import { setup } from './build.mjs';
import { Failure, runMain } from './failure.mjs';
import { inRoot } from './paths.mjs';

/** @typedef {{ costs: Record<string, import('../tests/bench/cost.mjs').Cost>, rates: { orderLives: number }, ratios: { statusRoute: number, createRoute: number, returnRoute: number } }} Budgets */

/** Each by its name. They use packages, which a fresh clone has only since the setup. @type {Record<string, (budgets: Budgets) => Promise<string[]>>} */
const benches = {
  costs: async (budgets) => (await import('../tests/bench/costs.mjs')).benchCosts(budgets),
  lives: async (budgets) => (await import('../tests/bench/lives.mjs')).benchLives(budgets),
  orders: async (budgets) => (await import('../tests/bench/orders.mjs')).benchOrders(budgets),
  status: async (budgets) => (await import('../tests/bench/status.mjs')).benchStatus(budgets),
};

/** What is measured on request only, since no budget holds it. @type {typeof benches} */
const measurements = {
  links: async () => (await import('../tests/bench/links.mjs')).benchLinks(),
  load: async () => (await import('../tests/bench/load.mjs')).benchLoad(),
};

async function main() {
  if (process.platform !== 'linux') throw new Failure('Processor time is read from /proc: this needs Linux.');
  /** @type {Budgets} */
  const budgets = JSON.parse(await readFile(inRoot('budgets.json'), 'utf8'));
  const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(benches);
  const known = { ...benches, ...measurements };
  const unknown = names.find((name) => !Object.hasOwn(known, name));
  if (unknown) throw new Failure(`There is no bench "${unknown}"; there are ${Object.keys(known).join(', ')}.`);
  console.log('Getting ready');
  await setup();
  const exceeded = [];
  for (const name of names) exceeded.push(...(await known[name](budgets)));
  if (exceeded.length > 0) throw new Failure(`Over budget (budgets.json): ${exceeded.join('; ')}.`);
}

await runMain(main);
