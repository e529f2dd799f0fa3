// What a purchase and charges cost, exactly: the budgets of budgets.json. `npm run bench -- costs` counts more flows, and prints all.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { costOf, overBudget } from '../bench/cost.mjs';
import { count, flows } from '../bench/flows.mjs';

const { costs } = JSON.parse(await readFile(new URL('../../budgets.json', import.meta.url), 'utf8'));

for (const flow of flows.filter(({ isShort }) => isShort)) {
  test(`${flow.title} is within its budget of requests, alarms, rows and calls`, async () => {
    const counted = await count(flow);
    assert.deepEqual(overBudget(flow.name, costOf(counted), costs[flow.name]), [], JSON.stringify(counted));
  });
}
