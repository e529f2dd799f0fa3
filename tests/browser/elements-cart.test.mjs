// <compago-cart>: filled on one page, changed and paid on another, by a page without JavaScript of its own.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import { add, buy, cart, cartPages, items, press, products, rows, untilAnnounced } from './support/cart.mjs';
import * as shopper from './support/shopper.mjs';
import { serve } from './support/static-page.mjs';
import { until } from './support/until.mjs';

const world = await startBrowsing();
after(() => world.stop());

const { fill, open } = cartPages(world);

test('what is added on one page is paid on another, and then the cart is empty', async () => {
  const { page, close } = await world.visit();
  await open(page, products, '/tazas.html');
  await add(page).click();
  await add(page).click();
  await page.getByRole('button', { name: 'Agregar al carrito: Café de los Altos' }).click();
  await serve(page, world.url, '/return.html', '<compago-order></compago-order><compago-cart></compago-cart>');
  await open(page, '<compago-cart></compago-cart>');
  await cart(page).getByText('Taza de barro').waitFor();
  assert.deepEqual(await rows(page), ['Taza de barro $420.00 MXN − 2 + Quitar', 'Café de los Altos $378.00 MXN − 2 + Quitar']);
  await cart(page).getByText('Subtotal $798.00 MXN').waitFor();
  await press(page, 'Uno menos: Café de los Altos');
  await cart(page).getByText('Subtotal $609.00 MXN').waitFor();

  const id = await buy(page);
  await page.goto(`${world.url}/carrito.html`);
  await until('the cart as it was', async () => (await items(page)).join() === 'taza-barro 2,cafe-altos-340 1');
  await shopper.goBack(page);
  await shopper.payThere(page);
  // Playwright lets redirects pass: what they led to is replaced by loading it again.
  await page.reload();
  await shopper.untilHeadline(page, 'Pago recibido');
  await cart(page).getByText('Tu carrito está vacío. Agrega lo que te guste.').waitFor();
  assert.deepEqual(await items(page), []);
  const reference = await shopper.fact(page, 'Referencia');
  const [{ data }] = await world.untilEvents(reference);
  assert.equal(data.paymentId, id);
  assert.deepEqual(data.items.map(({ sku, quantity }) => `${sku} ${quantity}`), ['taza-barro 2', 'cafe-altos-340 1']);
  await close();
});

test('quantities change by buttons that keep the focus, up to what an order takes', async () => {
  const { page, close } = await world.visit();
  await fill(page, [{ sku: 'taza-barro', quantity: 97 }, { sku: 'miel-melipona-120', quantity: 2 }]);
  await open(page, '<compago-cart></compago-cart>');
  const more = cart(page).getByRole('button', { name: 'Uno más: Taza de barro' });
  await more.focus();
  await more.evaluate((button) => button.addEventListener('blur', () => (document.title = 'blurred')));
  await page.keyboard.press('Enter');
  await untilAnnounced(page, '98 en el carrito: Taza de barro. Subtotal: $21,070.00 MXN.');
  await cart(page).getByRole('group', { name: 'Taza de barro', exact: true }).getByText('98', { exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await cart(page).getByText('Puedes pedir hasta 99.').waitFor();
  assert.equal(await more.getAttribute('aria-disabled'), 'true');
  await page.keyboard.press('Enter');
  await untilAnnounced(page, 'Puedes pedir hasta 99.');
  assert.deepEqual(await items(page), ['taza-barro 99', 'miel-melipona-120 2']);
  assert.notEqual(await page.title(), 'blurred', 'a screen reader would read the button again');

  await cart(page).getByRole('button', { name: 'Uno menos: Miel melipona' }).dblclick();
  await untilAnnounced(page, 'Quitaste Miel melipona. Subtotal: $20,790.00 MXN.');
  assert.deepEqual(await items(page), ['taza-barro 99']);
  await press(page, 'Quitar: Taza de barro');
  await untilAnnounced(page, 'Quitaste Taza de barro. Tu carrito está vacío. Agrega lo que te guste.');
  const focused = () => cart(page).evaluate((element) => element.shadowRoot?.activeElement?.textContent);
  assert.equal(await focused(), 'Tu carrito', 'the focus is not lost with a row');
  assert.equal(await cart(page).getByRole('button').count(), 0);
  await close();
});

test('what is sold out or gone from the catalog is named, and neither counted nor ordered', async () => {
  const { page, close } = await world.visit();
  await fill(page, [{ sku: 'bolsa-palma', quantity: 1 }, { sku: 'no-such-thing', quantity: 3, name: 'Rebozo' }, { sku: 'taza-barro', quantity: 1 }, { sku: 'older', quantity: 1 }]);
  await serve(page, world.url, '/return.html', '<compago-order></compago-order><compago-cart></compago-cart>');
  await open(page, '<compago-cart></compago-cart>');
  await cart(page).getByText('Subtotal $210.00 MXN').waitFor();
  assert.deepEqual(await rows(page), [
    'Bolsa de palma Quitar Agotado. No se suma al total.',
    'Rebozo Quitar Ya no está a la venta. No se suma al total.',
    'Taza de barro $210.00 MXN − 1 + Quitar',
    'older Quitar Ya no está a la venta. No se suma al total.',
  ]);
  await assertAccessible(page, 'a cart with what is not for sale');
  await buy(page);
  await shopper.payThere(page);
  await page.reload();
  await shopper.untilHeadline(page, 'Pago recibido');
  await until('only what was bought is gone', async () => (await items(page)).join() === 'bolsa-palma 1,no-such-thing 3,older 1');
  await press(page, 'Quitar: Rebozo');
  await press(page, 'Quitar: Bolsa de palma');
  assert.deepEqual(await items(page), ['older 1']);
  assert.equal(await cart(page).getByRole('button', { name: 'Ir a pagar' }).count(), 0, 'nothing can be paid for');
  await close();
});

test('what sold out since it was shown is said to be, and the rest can be bought', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 400 .*\/api\/shop\/orders/);
  const early = async (/** @type {import('playwright-core').Route} */ route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll('"available":false', '"available":true') });
  };
  await page.route('**/api/shop/catalog', early, { times: 1 });
  await fill(page, [{ sku: 'bolsa-palma', quantity: 1 }, { sku: 'taza-barro', quantity: 1 }]);
  await open(page, '<compago-cart shipping="tienda"></compago-cart>');
  await cart(page).getByText('Subtotal $630.00 MXN').waitFor();
  await press(page, 'Ir a pagar');
  await shopper.fillIn(page);
  await shopper.payButton(page).click();
  await page.getByRole('group', { name: 'Todavía no pudimos iniciar tu pago' }).getByText('Bolsa de palma ya no está disponible y no se suma al total.').waitFor();
  assert.equal(await shopper.payButton(page).innerText(), 'Pagar $210.00 MXN');
  assert.equal(await page.getByLabel('Correo electrónico').inputValue(), shopper.ana.email);
  await shopper.goToCheckout(page);

  await page.route('**/api/shop/catalog', early, { times: 1 });
  await page.goto(`${world.url}/carrito.html`);
  await press(page, 'Quitar: Taza de barro');
  await press(page, 'Ir a pagar');
  await shopper.payButton(page).click();
  await cart(page).getByText('Agotado. No se suma al total.').waitFor();
  await untilAnnounced(page, 'Bolsa de palma ya no está disponible y no se suma al total.');
  assert.equal(await page.getByRole('dialog').count(), 0, 'nothing is left to buy');
  await close();
});

test('an item that has left the catalog while its order was sent is named all the same', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 400 .*\/api\/shop\/orders/);
  await fill(page, [{ sku: 'bolsa-palma', quantity: 1 }, { sku: 'taza-barro', quantity: 1 }]);
  await page.route('**/api/shop/catalog', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll('"available":false', '"available":true') });
  }, { times: 1 });
  await open(page, '<compago-cart shipping="tienda"></compago-cart>');
  await press(page, 'Ir a pagar');
  await shopper.fillIn(page);
  await page.route('**/api/shop/orders', async (route) => {
    const gone = ({ sku }) => sku !== 'bolsa-palma';
    await page.route('**/api/shop/catalog', async (asked) => {
      const response = await asked.fetch();
      const catalog = await response.json();
      await asked.fulfill({ response, json: { ...catalog, items: catalog.items.filter(gone) } });
    });
    await cart(page).evaluate((element) => element.reload());
    await route.continue();
  }, { times: 1 });
  await shopper.payButton(page).click();
  await page.getByRole('group', { name: 'Todavía no pudimos iniciar tu pago' }).getByText('bolsa-palma ya no está disponible y no se suma al total.').waitFor();
  await page.getByRole('button', { name: 'Pagar $210.00 MXN' }).waitFor();
  await close();
});

for (const how of /** @type {const} */ (['forbidden', 'full']))
  test(`where storage is ${how}, the cart lasts as long as the page`, async () => {
    const { page, close } = await world.visit();
    await page.addInitScript((isFull) => {
      const refuse = () => {
        throw new DOMException('refused', isFull ? 'QuotaExceededError' : 'SecurityError');
      };
      if (isFull) Storage.prototype.setItem = refuse;
      else for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(globalThis, name, { get: refuse });
    }, how === 'full');
    await open(page, products + '<compago-cart></compago-cart>');
    await add(page).click();
    await cart(page).getByText('Subtotal $210.00 MXN').waitFor();
    await buy(page);
    await close();
  });

test('a page hears of each change once, adds by itself, and clears', async () => {
  const { page, close } = await world.visit();
  await fill(page, [{ sku: 'taza-barro', quantity: 1 }]);
  await page.addInitScript(() => {
    globalThis.heard = [];
    addEventListener('compago-cart', ({ detail }) => globalThis.heard.push(detail.items.map(({ sku, quantity }) => `${sku} ${quantity}`).join()));
  });
  await open(page, '<compago-cart></compago-cart>');
  await cart(page).getByText('Taza de barro').waitFor();
  const act = (/** @type {string} */ call) => cart(page).evaluate((element, code) => Function('cart', `return cart.${code}`)(element), call);
  assert.equal(await act("add('miel-melipona-120')"), true);
  assert.equal(await act("add('taza-barro', 99)"), false, 'not all of it fits');
  await cart(page).evaluate((element) => element.setAttribute('language', 'en'));
  await cart(page).getByText('Melipona honey').waitFor();
  await act('clear()');
  await cart(page).getByText('Your cart is empty.').waitFor();
  assert.deepEqual(await page.evaluate(() => globalThis.heard), ['taza-barro 1', 'taza-barro 1,miel-melipona-120 1', 'taza-barro 99,miel-melipona-120 1', '']);
  const kept = await page.evaluate((url) => JSON.parse(localStorage.getItem(`compago-cart ${url}`) ?? '').lines, world.url);
  assert.deepEqual(kept, []);
  await close();
});

test('in English, at 360 px, all can be read and hit with a thumb', async () => {
  const { page, close } = await world.visit({ width: 360, height: 740, locale: 'en-US' });
  await fill(page, [{ sku: 'taza-barro', quantity: 2 }, { sku: 'bolsa-palma', quantity: 1 }]);
  await open(page, '<compago-cart language="en"></compago-cart>');
  await cart(page).getByText('Sold out. It’s not included in the total.').waitFor();
  await assertAccessible(page, 'a cart');
  const low = await cart(page).evaluate((element) =>
    [...element.shadowRoot.querySelectorAll('button')].map((one) => [one.getBoundingClientRect(), one.outerHTML]).filter(([{ width, height }]) => width > 0 && (height < 44 || width < 44)).map(([, html]) => html),
  );
  assert.deepEqual(low, []);
  await press(page, 'Remove: Palm tote');
  await press(page, 'Remove: Clay mug');
  await cart(page).getByText('Your cart is empty. Add something you like.', { exact: true }).waitFor();
  await assertAccessible(page, 'an empty cart');
  await close();
});
