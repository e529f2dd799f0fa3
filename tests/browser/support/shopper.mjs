import assert from 'node:assert/strict';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {'es-MX' | 'en'} Language */

/** What a person reads beside each field, and what Ana types into it. */
const labels = {
  'es-MX': {
    email: 'Correo electrónico',
    phone: 'Teléfono',
    firstName: 'Nombre(s)',
    lastName: 'Apellidos',
    zip: 'Código postal',
    state: 'Estado',
    city: 'Ciudad o alcaldía',
    street: 'Calle, número y colonia',
  },
  en: {
    email: 'Email',
    phone: 'Phone',
    firstName: 'First name',
    lastName: 'Last name',
    zip: 'Postal code',
    state: 'State',
    city: 'City or borough',
    street: 'Street, number and neighborhood',
  },
};

/**
 * Waits until the form's checks work: the page loads them when a field takes the focus, and goes on when the wasm is compiled.
 *
 * @param {Page} page
 */
export const checksLoaded = (page) => page.evaluate(async () => (await import('/pkg/index.js')).load());

export const ana = {
  email: 'ana@example.com',
  phone: '55 1234 0000',
  firstName: 'Ana',
  lastName: 'Ruiz',
  street: 'Calle 5 10, Centro',
  zip: '72000',
  city: 'Puebla',
  state: 'Puebla',
};

/** Each field of the form as its label and Ana's answer, in the order of the page. @param {Language} language */
export const answers = (language) =>
  Object.entries(labels[language]).map(([field, label]) => ({ field, label, value: ana[/** @type {keyof ana} */ (field)] }));

/** @param {Page} page @param {string} url @param {string[]} names of things in Spanish */
export async function choose(page, url, names = ['Café de los Altos']) {
  await page.goto(url);
  for (const name of names) await page.getByRole('button', { name: `Agregar al carrito: ${name}` }).click();
}

/** @param {Page} page */
export async function fillIn(page) {
  for (const { label, value } of answers('es-MX')) {
    const field = page.getByLabel(label, { exact: true });
    await (label === 'Estado' ? field.selectOption(value) : field.fill(value));
  }
}

/** @param {Page} page */
export const payButton = (page) => page.getByRole('button', { name: /^Pagar/ });

/** Chooses how the order is shipped. @param {Page} page @param {string} name */
export const ship = (page, name) => page.getByRole('radio', { name }).check();

/** Presses the button with the amount in it. @param {Page} page @returns the payment's id at Compago */
export async function goToCheckout(page) {
  await payButton(page).click();
  return atCheckout(page);
}

/** @param {Page} page @returns {Promise<string>} the payment's id at Compago */
export async function atCheckout(page) {
  await page.waitForURL(/\/checkout\/otp\//);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** Chooses, fills in and goes to the checkout. @param {Page} page @param {string} url @param {string[]} [names] */
export async function order(page, url, names) {
  await choose(page, url, names);
  await fillIn(page);
  return goToCheckout(page);
}

/** Presses the browser's back button. @param {Page} page */
export const goBack = (page) => page.goBack({ waitUntil: 'commit' });

/** Pays at the sandbox's checkout and comes back. @param {Page} page */
export async function payThere(page) {
  await page.getByRole('button', { name: /^(Pagar|Pay) \$/ }).click();
  await page.waitForURL(/\/return\.html\?order=/);
}

/** Waits until the page says so. @param {Page} page @param {string} text */
export const untilHeadline = (page, text) => page.getByRole('heading', { name: text, exact: true }).waitFor();

/** What stands under a name of the receipt. @param {Page | import('playwright-core').Locator} page @param {string} name */
export const fact = (page, name) =>
  page.locator('dt', { hasText: name }).locator('xpath=following-sibling::dd').innerText();

/** Presses Tab until the element of that name has the focus. @param {Page} page @param {string | RegExp} name */
export async function tabTo(page, name) {
  const passed = [];
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(nameOfFocused);
    if (typeof name === 'string' ? focused === name : name.test(focused)) return;
    passed.push(focused);
  }
  assert.fail(`no Tab leads to ${name}; passed ${passed.join(' | ')}`);
}

function nameOfFocused() {
  const element = document.activeElement;
  const label = element?.getAttribute('aria-label') ?? element?.labels?.[0]?.innerText ?? element?.innerText;
  return (label ?? '').trim();
}

/** Nothing has to be scrolled sideways. @param {Page} page @param {string} [what] */
export async function assertFits(page, what = page.url()) {
  const { content, window } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  assert.ok(content <= window, `${what} is ${content} px wide in a window of ${window}`);
}
