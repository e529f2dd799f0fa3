// The dialog in which the elements ask for a buyer's data: opened, closed, kept and forgotten.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as shopper from './support/shopper.mjs';
import { serve } from './support/static-page.mjs';

/** @typedef {import('playwright-core').Page} Page */

const world = await startBrowsing();
after(() => world.stop());

/** @param {Page} page @param {string} markup */
async function open(page, markup) {
  await serve(page, world.url, '/nosotros.html', markup);
  await page.goto(`${world.url}/nosotros.html`);
}

const payments = async () => (await world.sandbox.payments()).length;
/** @param {Page} page @param {string} [name] */
const dialog = (page, name = 'Tus datos') => page.getByRole('dialog', { name });
/** @param {Page} page @param {string} [name] */
const buy = (page, name = 'Comprar: Taza de barro') => page.getByRole('button', { name }).click();
/** @param {Page} page */
const email = (page) => page.getByLabel('Correo electrónico').inputValue();
/** What has the focus, by its name. @param {Page} page */
const focused = (page) =>
  page.evaluate(() => {
    const inner = document.activeElement?.shadowRoot?.activeElement;
    return inner && (inner.getAttribute('aria-label') ?? inner.id);
  });

const two = '<compago-pay sku="taza-barro"></compago-pay><compago-pay sku="cafe-altos-340"></compago-pay>';

test('it opens over the page at the first field, and Esc and its button close it and lead back', async () => {
  const { page, close } = await world.visit();
  await open(page, two);
  for (const leave of [() => page.keyboard.press('Escape'), () => page.getByRole('button', { name: 'Cerrar' }).click()]) {
    await buy(page);
    await dialog(page).waitFor();
    assert.equal(await focused(page), 'email');
    assert.equal(await dialog(page).evaluate((element) => element.matches(':modal')), true, 'the page behind it is out of reach');
    await assertAccessible(page, 'the dialog');
    await leave();
    await dialog(page).waitFor({ state: 'hidden' });
    assert.equal(await focused(page), 'Comprar: Taza de barro');
  }
  await close();
});

test('what was typed is there after closing, after a reload and in the other elements of the page', async () => {
  const { page, close } = await world.visit();
  await open(page, two);
  await buy(page);
  await shopper.fillIn(page);
  await shopper.ship(page, 'Envío exprés');
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'hidden' });
  // No hidden field has it, once the dialog has heard that it closed.
  await page.getByLabel('Correo electrónico').waitFor({ state: 'detached' });
  await buy(page);
  assert.equal(await email(page), shopper.ana.email);
  await page.reload();
  assert.equal(await dialog(page).count(), 0);
  await buy(page, 'Comprar: Café de los Altos');
  assert.equal(await email(page), shopper.ana.email);
  assert.equal(await page.getByLabel('Estado', { exact: true }).inputValue(), 'PUE');
  await page.getByRole('button', { name: 'Pagar $378.00 MXN' }).waitFor();
  assert.equal(await page.evaluate(() => Object.keys(localStorage).length), 0, 'nothing about a person outlasts the tab');
  const { page: other } = await world.visit();
  await open(other, two);
  await buy(other);
  assert.equal(await email(other), '');
  await other.context().close();
  await close();
});

test('where storage is forbidden, what was typed lasts as long as the page', async () => {
  const { page, close } = await world.visit();
  await page.addInitScript(() => {
    for (const name of ['sessionStorage', 'localStorage'])
      Object.defineProperty(globalThis, name, { get: () => { throw new DOMException('denied', 'SecurityError'); } });
  });
  await open(page, two);
  await buy(page);
  await shopper.fillIn(page);
  await page.keyboard.press('Escape');
  await buy(page);
  assert.equal(await email(page), shopper.ana.email);
  await shopper.goToCheckout(page);
  await close();
});

/** Holds the next order that is sent; `answer` lets it pass. @param {Page} page */
async function heldOrder(page) {
  let answer = () => {};
  const sent = new Promise((resolve) => {
    page.route('**/api/shop/orders', async (route) => {
      resolve(undefined);
      await new Promise((pass) => (answer = () => pass(undefined)));
      await route.continue();
    }, { times: 1 });
  });
  return { sent, answer: () => answer() };
}

test('a payer who closed it meanwhile stays on the page, and goes on with the same order', async () => {
  const { page, close } = await world.visit();
  const before = await payments();
  await open(page, two);
  await buy(page);
  await shopper.fillIn(page);
  const held = await heldOrder(page);
  await shopper.payButton(page).click();
  await held.sent;
  await page.keyboard.press('Escape');
  await page.evaluate(() => addEventListener('compago-created', () => (document.title = 'created')));
  held.answer();
  await page.waitForFunction(() => document.title === 'created');
  await buy(page);
  await page.getByRole('button', { name: 'Pagar $309.00 MXN' }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/nosotros.html');
  await shopper.goToCheckout(page);
  assert.equal(await payments(), before + 1);
  await close();
});

test('what became of an order while it was closed is said when it is opened again', async () => {
  const { page, close } = await world.visit();
  await open(page, two);
  await buy(page);
  await shopper.fillIn(page);
  await shopper.goToCheckout(page);
  await shopper.payThere(page);
  await shopper.untilHeadline(page, 'Pago recibido');
  const before = await payments();
  await page.goto(`${world.url}/nosotros.html`);
  await buy(page);
  let answer = () => {};
  const asked = new Promise((resolve) => {
    page.route('**/api/shop/orders/*', async (route) => {
      resolve(undefined);
      await new Promise((pass) => (answer = () => pass(undefined)));
      await route.continue();
    }, { times: 1 });
  });
  await shopper.payButton(page).click();
  await asked;
  await page.keyboard.press('Escape');
  const answered = page.waitForResponse('**/api/shop/orders/*');
  answer();
  await (await answered).finished();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  await buy(page);
  await dialog(page).getByText(/Ya recibimos tu pago\. Referencia: [0-9A-Z-]{14}/).waitFor();
  assert.equal(await payments(), before, 'nothing is bought twice by mistake');
  await close();
});

test('while an order is sent nothing of it can be changed, and the focus is not lost', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 400 .*\/api\/shop\/orders/);
  await open(page, two);
  await buy(page);
  await shopper.fillIn(page);
  await page.getByLabel('Código postal').fill('123');
  const held = await heldOrder(page);
  await page.getByLabel('Código postal').press('Enter');
  await held.sent;
  const waiting = page.getByRole('button', { name: 'Preparando tu pago…' });
  await waiting.waitFor();
  assert.equal(await focused(page), 'pay');
  const fields = dialog(page).locator('input, select');
  assert.deepEqual([...new Set(await fields.evaluateAll((all) => all.map(({ disabled }) => disabled)))], [true]);
  await page.keyboard.press('Escape');
  await buy(page);
  assert.equal(await focused(page), 'pay', 'nor when it is opened again meanwhile');
  assert.equal(await page.getByLabel('Nombre(s)').isDisabled(), true);
  held.answer();
  await page.getByRole('group', { name: 'Revisa un dato' }).waitFor();
  assert.deepEqual([...new Set(await fields.evaluateAll((all) => all.map(({ disabled }) => disabled)))], [false]);
  await close();
});

test('whatever fails while an order is sent, the payer can try again', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 400 .*\/api\/shop\/orders/, /uncaught: Error: of the page/);
  await open(page, '<compago-pay sku="taza-barro"></compago-pay>');
  await buy(page);
  await shopper.fillIn(page);
  const problem = { status: 400, code: 'invalid-body', detail: 'x', errors: [{ pointer: '/items/0/sku', code: 'sku-unknown', detail: 'x' }] };
  await page.route('**/api/shop/orders', (route) => route.fulfill({ status: 400, contentType: 'application/problem+json', json: problem }), { times: 1 });
  await page.locator('compago-pay').evaluate((element) => {
    element.reload = () => {
      throw new Error('of the page');
    };
  });
  const refused = page.waitForResponse('**/api/shop/orders');
  await shopper.payButton(page).click();
  await (await refused).finished();
  await page.getByRole('button', { name: 'Pagar $309.00 MXN', disabled: false }).waitFor();
  await shopper.goToCheckout(page);
  await close();
});

test('an order that a script changed while it was sent is not paid for: the payer sees it first', async () => {
  const { page, close } = await world.visit();
  const before = await payments();
  await open(page, '<compago-pay sku="taza-barro"></compago-pay>');
  await page.evaluate(() => addEventListener('compago-created', () => (document.title = 'created')));
  await buy(page);
  await shopper.fillIn(page);
  const held = await heldOrder(page);
  await shopper.payButton(page).click();
  await held.sent;
  const answer = page.waitForResponse('**/api/shop/orders');
  await page.locator('compago-pay').evaluate((element) => (element.quantity = 2));
  await dialog(page).getByText('2 × Taza de barro').waitFor();
  held.answer();
  const first = (await (await answer).json()).checkoutUrl.split('/').at(-1);
  await page.getByRole('group', { name: 'Todavía no pudimos iniciar tu pago' }).getByText('Tu pedido cambió. Revísalo antes de pagar: el total es $519.00 MXN.').waitFor();
  assert.deepEqual([await page.title(), await payments()], ['Tostadores del barrio', before + 1], 'nobody gets the link');
  await page.getByRole('button', { name: 'Pagar $519.00 MXN' }).waitFor();
  const id = await shopper.goToCheckout(page);
  const made = await world.sandbox.payments();
  const statusOf = (/** @type {string} */ one) => made.find((payment) => payment.id === one)?.status;
  assert.equal(made.find((payment) => payment.id === id)?.amount, 519);
  assert.deepEqual([statusOf(first), statusOf(id)], ['CANCELLED', 'PENDING']);
  await close();
});

test('the browser brings no form back over an order that was paid meanwhile', async () => {
  const { page, close } = await world.visit();
  await open(page, '<compago-pay sku="taza-barro"></compago-pay><compago-order></compago-order>');
  await page.evaluate(() => addEventListener('pageshow', ({ persisted }) => (document.title = `persisted ${persisted}`)));
  await buy(page);
  await shopper.fillIn(page);
  await shopper.goToCheckout(page);
  await shopper.goBack(page);
  await page.waitForFunction(() => document.title === 'persisted true');
  assert.equal(await email(page), shopper.ana.email, 'whoever did not pay goes on');
  await page.evaluate(() => (document.title = 'left'));
  await page.getByLabel('Nombre(s)').fill('Anita');
  await shopper.goToCheckout(page);
  await shopper.payThere(page);
  await shopper.untilHeadline(page, 'Pago recibido');
  await page.goto(`${world.url}/nosotros.html?order=${new URL(page.url()).searchParams.get('order')}`);
  await shopper.untilHeadline(page, 'Pago recibido');
  await page.evaluate((steps) => history.go(steps), -3);
  await page.waitForFunction(() => document.title === 'persisted true');
  assert.equal(await dialog(page).count(), 0);
  await buy(page);
  assert.equal(await email(page), '', 'nothing about the person is left');
  await close();
});

test('a page that the Worker does not lead back to is nothing that a payer could correct', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 400 .*\/api\/shop\/orders/);
  await page.addInitScript(() => addEventListener('compago-error', ({ detail: { errors } }) => (document.title = JSON.stringify(errors.map(({ pointer, code }) => [pointer, code])))));
  await open(page, '<compago-pay sku="taza-barro" return-url="https://otra.example/gracias.html"></compago-pay>');
  await buy(page);
  await shopper.fillIn(page);
  await shopper.payButton(page).click();
  await page.getByRole('group', { name: 'Todavía no pudimos iniciar tu pago' }).getByText('Por ahora la tienda no puede cobrar. Escríbele o vuelve más tarde.').waitFor();
  assert.equal(await page.title(), '[["/returnUrl","url-origin"]]');
  await page.locator('compago-pay').evaluate((element) => (element.returnUrl = 'gracias.html?de=cafe'));
  const sent = page.waitForRequest(/\/api\/shop\/orders$/);
  await shopper.goToCheckout(page);
  assert.equal((await sent).postDataJSON().returnUrl, `${world.url}/gracias.html?de=cafe`);
  await close();
});

test('in a browser without dialogs it is shown in the page', async () => {
  const { page, close } = await world.visit();
  await page.addInitScript(() => {
    for (const name of ['show', 'showModal', 'close']) delete HTMLDialogElement.prototype[name];
  });
  await open(page, '<compago-pay sku="taza-barro"></compago-pay>');
  await buy(page);
  const group = dialog(page);
  await group.waitFor();
  assert.equal(await focused(page), 'email');
  await page.keyboard.press('Escape');
  await group.waitFor({ state: 'hidden' });
  assert.equal(await focused(page), 'Comprar: Taza de barro');
  await buy(page);
  await assertAccessible(page, 'the form in the page');
  await shopper.fillIn(page);
  await shopper.goToCheckout(page);
  await close();
});

test('it is gone with its element, and the page can be used again', async () => {
  const { page, close } = await world.visit();
  await open(page, two);
  await buy(page);
  await page.locator('compago-pay').first().evaluate((element) => element.parentElement.append(element));
  assert.equal(await dialog(page).isVisible(), false);
  await buy(page, 'Comprar: Café de los Altos');
  await dialog(page).waitFor();
  await close();
});

test('the words are in the language of the page around the element, unless it has its own', async () => {
  const { page, close } = await world.visit();
  await open(page, `<div lang="en-GB">${two}</div><div lang="fr"><compago-pay sku="taza-barro"></compago-pay></div><div lang="en"><compago-pay sku="taza-barro" language="es-MX"></compago-pay></div>`);
  await page.getByRole('button', { name: 'Buy: Highland coffee' }).waitFor();
  assert.deepEqual(await page.locator('compago-pay').getByRole('button').allInnerTexts(), ['Buy', 'Buy', 'Comprar', 'Comprar']);
  await buy(page, 'Buy: Clay mug');
  await dialog(page, 'Your details').waitFor();
  await close();
});

test('a button for the cart says how many there are, and opens nothing', async () => {
  const { page, close } = await world.visit();
  await open(page, '<compago-pay sku="taza-barro" quantity="2" cart></compago-pay>');
  const button = page.getByRole('button', { name: 'Agregar al carrito: Taza de barro' });
  await button.click();
  await page.getByRole('status').getByText('Agregado. Llevas 2 en tu carrito.').waitFor();
  await button.click();
  await page.getByRole('status').getByText('Agregado. Llevas 4 en tu carrito.').waitFor();
  await page.locator('compago-pay').evaluate((element) => (element.quantity = 99));
  await page.getByText('99 × Taza de barro').waitFor();
  await button.click();
  await page.getByRole('status').getByText('Puedes pedir hasta 99 de cada artículo.').waitFor();
  assert.equal(await dialog(page).count(), 0);
  await page.locator('compago-pay').evaluate((element) => (element.cart = false));
  await page.locator('compago-pay').evaluate((element) => (element.quantity = 1));
  await buy(page);
  await dialog(page).waitFor();
  assert.equal(await page.getByRole('status').getByText('Puedes pedir').count(), 0, 'what was said before is over');
  await close();
});

test('each press of a button for the cart is announced, in a region that was there before, also where the words are the same', async () => {
  const { page, close } = await world.visit();
  await open(page, '<compago-pay sku="taza-barro" quantity="60" cart></compago-pay>');
  const button = page.getByRole('button', { name: 'Agregar al carrito: Taza de barro' });
  await button.waitFor();
  // Screen readers read aloud what is added to a region that is there.
  await page.locator('compago-pay').evaluate((element) => {
    const region = element.shadowRoot.querySelector('[role="status"]');
    globalThis.heard = [region.textContent];
    new MutationObserver(() => globalThis.heard.push(region.textContent)).observe(region, { childList: true });
  });
  const full = 'Puedes pedir hasta 99 de cada artículo.';
  const expected = ['', 'Agregado. Llevas 60 en tu carrito.', full, '', full];
  for (const length of [2, 3, 5]) {
    await button.click();
    await page.waitForFunction((count) => globalThis.heard.length >= count, length);
    assert.deepEqual(await page.evaluate(() => globalThis.heard), expected.slice(0, length));
  }
  await close();
});

test('a cart that has as many items as an order takes is said to be full', async () => {
  const { page, close } = await world.visit();
  const lines = Array.from({ length: 50 }, (_, at) => ({ sku: `taza-${at}`, quantity: 1 }));
  await page.addInitScript(([place, kept]) => localStorage.setItem(place, kept), [`compago-cart ${world.url}`, JSON.stringify({ lines })]);
  await open(page, '<compago-pay sku="taza-barro" cart></compago-pay>');
  await page.getByRole('button', { name: 'Agregar al carrito: Taza de barro' }).click();
  await page.getByRole('status').getByText('Tu carrito ya tiene 50 artículos distintos y no caben más.').waitFor();
  await close();
});
