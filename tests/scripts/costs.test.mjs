// The numbers of docs/costs.md are those of budgets.json.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { inRoot } from '../../scripts/paths.mjs';
import { billTable, priceOf, usageOf } from '../bench/bill.mjs';

const text = await readFile(inRoot('docs', 'costs.md'), 'utf8');
const { costs } = JSON.parse(await readFile(inRoot('budgets.json'), 'utf8'));

/** The cells of the rows of a table. @param {string} heading above it */
function rowsBelow(heading) {
  const section = text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(1).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
}

test('the table of flows says what budgets.json allows', () => {
  const stated = rowsBelow('One of each').map(([, ...cells]) => cells.slice(0, 5).map((cell) => Number(cell.replaceAll(',', ''))));
  const budgeted = Object.values(costs).map(({ objectRequests, alarms, rows, rowsRead, upstream }) => [objectRequests, alarms, rows, rowsRead, upstream]);
  assert.deepEqual(stated, budgeted);
});

test('what a shop costs is computed from the flows', () => {
  assert.ok(text.includes(`\n${billTable(costs)}\n`), `docs/costs.md should have\n${billTable(costs)}`);
});

test('what the paid plan includes is not billed, and a million more at its price', () => {
  const none = { objectRequests: 0, alarms: 0, rows: 0, rowsRead: 0, upstream: 0 };
  const flows = (/** @type {object} */ purchase) => ({ purchase: { ...none, ...purchase }, unpaidLink: none, openLinks: none });
  const month = (/** @type {object} */ purchase, /** @type {number} */ orders) => priceOf(usageOf(orders, 0, flows(purchase))).toFixed(2);
  assert.equal(month({}, 1), '5.00');
  // 1,000 orders a day are 30,000 in a month.
  assert.equal(month({ rows: 1_600 }, 1_000), '5.00', '48 million rows are included');
  assert.equal(month({ rows: 2_000 }, 1_000), '15.00', '10 million rows more');
  assert.equal(usageOf(1_000, 0, flows({ objectRequests: 3, alarms: 2 })).objectRequests, 5_000, 'alarms are billed as requests');
});
