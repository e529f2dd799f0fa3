// `npm run bench -- costs`: what one of each flow costs, counted exactly. Cloudflare bills requests to Durable Objects, alarms as
// requests, rows as SQLite counts them, indexes included, and each alarm that is set as a row.

import { isDeepStrictEqual } from 'node:util';
import { build } from '../../scripts/build.mjs';
import { costOf, overBudget } from './cost.mjs';
import { count, flows } from './flows.mjs';

/** @typedef {import('./flows.mjs').Counted} Counted */

/** @param {{ costs: Record<string, import('./cost.mjs').Cost> }} budgets @returns {Promise<string[]>} what is over budget */
export async function benchCosts({ costs }) {
  await build(['worker', 'test-site', 'sandbox']);
  const counted = [];
  for (const flow of flows) counted.push({ ...flow, cost: await count(flow) });
  const exceeded = counted.flatMap(({ name, cost }) => overBudget(name, costOf(cost), costs[name]));
  for (const { title, like, cost } of counted) {
    if (!like) continue;
    const [one, other] = [cost, await count(like)].map((counted) => ({ ...costOf(counted), rowsRead: 'any number' }));
    if (!isDeepStrictEqual(one, other)) exceeded.push(`${title}: ${JSON.stringify(one)}; ${like.title}: ${JSON.stringify(other)}`);
  }
  console.log('what one of each costs:');
  print(['', 'requests to objects', 'alarms', 'rows + setAlarm', 'rows read', 'calls to Compago', 'webhooks'], counted.map(rowOf));
  console.log('\nby class of objects:');
  print(['', 'class', 'requests', 'alarms', 'rows + setAlarm'], counted.flatMap(rowsByClass));
  return exceeded;
}

/** @param {{ title: string, cost: Counted }} flow */
function rowOf({ title, cost }) {
  const { objectRequests, alarms, rowsRead, upstream } = costOf(cost);
  const sum = (/** @type {'rows' | 'alarmsSet'} */ name) => Object.values(cost.objects).reduce((total, one) => total + one[name], 0);
  return [title, objectRequests, alarms, written(sum('rows'), sum('alarmsSet')), rowsRead, upstream, cost.webhooks];
}

/** @param {{ title: string, cost: Counted }} flow */
function rowsByClass({ title, cost }) {
  const classes = Object.entries(cost.objects).sort(([one], [other]) => (one < other ? -1 : 1));
  return classes.map(([name, { requests, alarms, rows, alarmsSet }], at) => [at === 0 ? title : '', name, requests, alarms, written(rows, alarmsSet)]);
}

/** @param {number} rows @param {number} alarms that were set */
const written = (rows, alarms) => `${rounded(rows)} + ${rounded(alarms)} = ${rounded(rows + alarms)}`;

/** Costs are tenths of ten links. @param {number} number */
const rounded = (number) => Math.round(number * 10) / 10;

/** @param {string[]} head @param {(string | number)[][]} rows texts are aligned to the left, numbers and sums to the right */
function print(head, rows) {
  const lines = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const isText = (/** @type {number} */ column) => /^[a-z]/i.test(String(rows[0][column]));
  for (const line of lines) {
    console.log(`  ${line.map((cell, column) => (isText(column) ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ')}`.trimEnd());
  }
}
