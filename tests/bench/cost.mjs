// What a flow costs, and whether that is within its budget.

/** @typedef {import('./flows.mjs').Counted} Counted */
/** @typedef {{ objectRequests: number, alarms: number, rows: number, rowsRead: number, upstream: number }} Cost `rows` are written, and include one for each alarm that is set */

/** @param {Counted} counted @returns {Cost} */
export function costOf({ objects, upstream }) {
  const cost = { objectRequests: 0, alarms: 0, rows: 0, rowsRead: 0, upstream };
  for (const { requests, alarms, rows, rowsRead, alarmsSet } of Object.values(objects)) {
    cost.objectRequests += requests;
    cost.alarms += alarms;
    cost.rows += rows + alarmsSet;
    cost.rowsRead += rowsRead;
  }
  // Shares of costs have two decimals, their sums as well.
  return /** @type {Cost} */ (Object.fromEntries(Object.entries(cost).map(([name, value]) => [name, Math.round(100 * value) / 100])));
}

/**
 * @param {string} flow by its name in `costs` of budgets.json @param {Cost} cost @param {Cost | undefined} budget
 * @returns {string[]} what is over budget; all of it without a budget
 */
export const overBudget = (flow, cost, budget) =>
  Object.entries(cost)
    .filter(([name, value]) => !(value <= (budget?.[name] ?? 0)))
    .map(([name, value]) => `${flow}: ${name} ${value} of ${budget?.[name]}`);
