/** @typedef {import('playwright-core').Page} Page */

/** Waits until a heading says so. @param {Page} page @param {string | RegExp} name */
export const untilHeading = (page, name) => page.getByRole('heading', { name, exact: typeof name === 'string' }).waitFor();

/** What stands beside a name among the facts. @param {Page} page @param {string} name */
export const fact = (page, name) =>
  page.locator('.facts dt', { hasText: name }).locator('xpath=following-sibling::dd').first().innerText();

/** Presses a button of the question that is asked. @param {Page} page @param {string | RegExp} name */
export const answer = (page, name) =>
  page.getByRole('alertdialog').getByRole('button', { name, exact: typeof name === 'string' }).click();
