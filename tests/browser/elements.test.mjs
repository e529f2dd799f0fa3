import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as shopper from './support/shopper.mjs';
import { serve } from './support/static-page.mjs';
import { until } from './support/until.mjs';

/** @typedef {import('playwright-core').Page} Page */

const world = await startBrowsing();
after(() => world.stop());

const payments = () => world.sandbox.payments();

/** Opens a page with one element on it. @param {Page} page @param {string} markup */
async function open(page, markup) {
  await serve(page, world.url, '/nosotros.html', markup);
  await page.goto(`${world.url}/nosotros.html`);
}

/** Types all that Ana would. @param {Page} page */
async function begin(page) {
  await page.getByRole('button', { name: 'Comprar' }).click();
  await shopper.fillIn(page);
}

/** What stands below a field. @param {Page} page @param {string} label */
const describedBy = (page, label) =>
  page.getByLabel(label, { exact: true }).evaluate((field) => {
    const root = /** @type {ShadowRoot} */ (field.getRootNode());
    const ids = (field.getAttribute('aria-describedby') ?? '').split(' ');
    return root.getElementById(ids[ids.length - 1])?.textContent;
  });

/** @param {Page} page */
const headline = (page) => page.getByRole('heading', { level: 2 }).innerText();

test('a page without JavaScript of its own sells, and says when it is paid', async () => {
  const { page, close } = await world.visit();
  await open(page, '<compago-pay sku="cafe-altos-340" quantity="2"></compago-pay>');
  await serve(page, world.url, '/return.html', '<compago-order></compago-order>');
  await page.getByText('2 × Café de los Altos').waitFor();
  await begin(page);
  await page.getByRole('button', { name: 'Pagar $477.00 MXN' }).click();
  const id = await shopper.atCheckout(page);

  const seen = [];
  await page.exposeFunction('seen', (/** @type {string} */ status) => seen.push(status));
  await page.addInitScript(() => addEventListener('compago-status', (event) => globalThis.seen(event.detail.status)));
  await shopper.payThere(page);
  // Playwright lets redirects pass: what they led to is replaced by loading it again.
  await page.reload();
  assert.equal(await page.locator('compago-order').count(), 1);
  await shopper.untilHeadline(page, 'Pago recibido');
  await until('the event', () => seen.at(-1) === 'paid');
  assert.equal(await shopper.fact(page, 'Total'), '$477.00 MXN');
  const reference = await shopper.fact(page, 'Referencia');
  assert.match(reference, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  assert.equal(await page.getByRole('button').count(), 0, 'what is paid is neither cancelled nor paid again');
  const events = await world.untilEvents(reference);
  assert.deepEqual(events.map(({ type, data }) => [type, data.paymentId]), [['order.paid', id]]);
  const payment = (await payments()).find((one) => one.id === id);
  assert.equal(payment.billingInformation.phoneNumber, '+525512340000');
  await close();
});

test('a mistake is shown at its field: on leaving it, and all together by the Worker', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 400 .*\/api\/shop\/orders/);
  const before = (await payments()).length;
  await open(page, '<compago-pay sku="taza-barro"></compago-pay>');
  await begin(page);
  await page.getByLabel('Código postal').fill('7200');
  assert.equal(await describedBy(page, 'Código postal'), '', 'nothing is said while somebody types');
  await page.getByLabel('Código postal').blur();
  assert.equal(await describedBy(page, 'Código postal'), 'Escribe los cinco dígitos del código postal.');
  await page.getByLabel('Correo electrónico').fill('ana@');
  await page.getByLabel('Apellidos').fill('');
  await page.getByRole('button', { name: /^Pagar/ }).click();

  const summary = page.getByRole('group', { name: 'Revisa 3 datos' });
  await summary.waitFor();
  assert.equal(await summary.evaluate((group) => /** @type {ShadowRoot} */ (group.getRootNode()).activeElement === group), true);
  assert.equal(await describedBy(page, 'Apellidos'), 'Falta el apellido.');
  assert.equal(await describedBy(page, 'Correo electrónico'), 'Escribe el correo electrónico completo, por ejemplo nombre@ejemplo.com.');
  assert.deepEqual(
    await page.locator('[aria-invalid="true"]').evaluateAll((fields) => fields.map(({ id }) => id)),
    ['email', 'lastName', 'address-zip'],
  );
  await assertAccessible(page, 'the form with problems');
  await page.getByRole('link', { name: 'Falta el apellido' }).click();
  await page.keyboard.type('Ruiz');
  await page.getByLabel('Correo electrónico').fill(shopper.ana.email);
  await page.getByLabel('Código postal').fill(shopper.ana.zip);
  assert.equal((await payments()).length, before, 'nothing was made of wrong details');
  await shopper.goToCheckout(page);
  await close();
});

test('a double click, a lost answer and the way back are one order', async () => {
  const { page, expect, close } = await world.visit();
  expect(/ERR_FAILED|ERR_CONNECTION/);
  const before = (await payments()).length;
  const keys = new Set();
  let lost = 0;
  await page.route('**/api/shop/orders', async (route) => {
    keys.add(route.request().headers()['idempotency-key']);
    lost += 1;
    if (lost > 1) return route.fallback();
    await route.fetch();
    return route.abort();
  });
  await open(page, '<compago-pay sku="taza-barro"></compago-pay>');
  await begin(page);
  await shopper.payButton(page).dblclick();
  const first = await shopper.atCheckout(page);
  assert.deepEqual([lost, keys.size], [2, 1], 'the same key went out again');
  await page.goto(`${world.url}/nosotros.html`);
  await begin(page);
  assert.equal(await shopper.goToCheckout(page), first);
  assert.equal((await payments()).length, before + 1);

  await page.goto(`${world.url}/nosotros.html`);
  await begin(page);
  await page.getByLabel('Nombre(s)').fill('Eva');
  const second = await shopper.goToCheckout(page);
  const status = async (/** @type {string} */ id) => (await payments()).find((one) => one.id === id).status;
  assert.deepEqual([await status(first), await status(second)], ['CANCELLED', 'PENDING'], 'other details are another order, and one link');
  await close();
});

test('what was paid is not paid again by mistake', async () => {
  const { page, close } = await world.visit();
  await open(page, '<compago-pay sku="taza-barro"></compago-pay>');
  await begin(page);
  await shopper.goToCheckout(page);
  await shopper.payThere(page);
  await shopper.untilHeadline(page, 'Pago recibido');
  await page.goto(`${world.url}/nosotros.html`);
  await begin(page);
  await shopper.payButton(page).click();
  await page.getByText(/Ya recibimos tu pago\. Referencia: [0-9A-Z-]{14}/).waitFor();
  await shopper.goToCheckout(page);
  await close();
});

test('a price that differs from the one shown is announced before it is paid', async () => {
  const { page, close } = await world.visit();
  await page.route('**/api/shop/catalog', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll('210.00', '200.00') });
  });
  await open(page, '<compago-pay sku="taza-barro"></compago-pay>');
  await begin(page);
  await page.getByRole('button', { name: 'Pagar $299.00 MXN' }).click();
  await page.getByText('El precio cambió: el total de tu pedido es $309.00 MXN.').waitFor();
  await page.getByRole('button', { name: 'Pagar $309.00 MXN' }).click();
  await shopper.atCheckout(page);
  await close();
});

test('an item that is not for sale is said to be so, to people and to the page', async () => {
  const { page, close } = await world.visit();
  await page.addInitScript(() => addEventListener('compago-error', (event) => (document.title = event.detail.code)));
  await open(page, '<compago-pay sku="no-such-thing"></compago-pay>');
  await page.getByRole('alert').getByText('Este artículo no está a la venta por ahora.').waitFor();
  assert.equal(await page.title(), 'unknown-sku');
  await assertAccessible(page, 'an item that is not for sale');
  await close();
});

for (const [language, name, text] of [['es-MX', 'Bolsa de palma', 'Agotado'], ['en', 'Palm tote', 'Sold out']])
  test(`an item that is sold out keeps its name and price, without a button: ${language}`, async () => {
    const { page, close } = await world.visit();
    await page.addInitScript(() => addEventListener('compago-error', (event) => (document.title = event.detail.code)));
    await open(page, `<compago-pay sku="bolsa-palma" language="${language}"></compago-pay><compago-pay sku="bolsa-palma" cart language="${language}"></compago-pay>`);
    for (const element of await page.locator('compago-pay').all()) {
      await element.getByText(text, { exact: true }).waitFor();
      await element.getByText(name, { exact: true }).waitFor();
      await element.getByText('$420.00 MXN').waitFor();
    }
    assert.equal(await page.getByRole('button').count(), 0, 'nothing is offered that cannot work');
    assert.equal(await page.title(), 'sku-sold-out');
    await assertAccessible(page, 'a sold-out item');
    await close();
  });

test('in English, at 360 px, by keyboard alone', async () => {
  const { page, close } = await world.visit({ width: 360, height: 740, locale: 'en-US' });
  await open(page, '<compago-pay sku="taza-barro" language="en"></compago-pay>');
  await page.getByText('Clay mug').waitFor();
  await assertAccessible(page, 'the button');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  for (const [at, field] of ['email', 'phone', 'firstName', 'lastName', 'method', 'zip', 'state', 'city', 'street'].entries()) {
    if (at > 0) await page.keyboard.press('Tab');
    // The shipping method: one stop for all radio buttons.
    if (field === 'method') {
      await page.keyboard.press('ArrowDown');
      assert.equal(await page.getByRole('radio', { name: 'Express shipping' }).isChecked(), true);
      continue;
    }
    const { label, value } = shopper.answers('en').find((answer) => answer.field === field);
    await page.keyboard.type(value);
    assert.notEqual(await page.getByLabel(label, { exact: true }).inputValue(), '', `${label} follows`);
  }
  await assertAccessible(page, 'the form');
  const low = await page.locator('compago-pay').evaluate((element) =>
    [...element.shadowRoot.querySelectorAll('button, input, select, a')].filter((one) => one.checkVisibility() && (one.closest('label') ?? one).getBoundingClientRect().height < 44).map(({ outerHTML }) => outerHTML),
  );
  assert.deepEqual(low, [], 'all can be hit with a thumb');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const id = await shopper.atCheckout(page);
  assert.equal((await payments()).find((one) => one.id === id).amount, 399);
  await close();
});

test('its owner styles it by parts and properties, and may keep the payer on the page', async () => {
  const { page, close } = await world.visit();
  await page.addInitScript(() => addEventListener('compago-created', (event) => {
    event.preventDefault();
    document.title = event.detail.checkoutUrl;
  }));
  await page.route('**/ours.css', (route) => route.fulfill({ contentType: 'text/css', body: 'compago-pay { --compago-accent: #005500; } compago-pay::part(open) { letter-spacing: 2px; }' }));
  await open(page, '<link rel="stylesheet" href="/ours.css"><compago-pay sku="taza-barro"></compago-pay>');
  const button = page.getByRole('button', { name: 'Comprar' });
  const style = await button.evaluate((one) => [getComputedStyle(one).backgroundColor, getComputedStyle(one).letterSpacing]);
  assert.deepEqual(style, ['rgb(0, 85, 0)', '2px']);
  await begin(page);
  await shopper.payButton(page).click();
  await until('the event', async () => /\/checkout\/otp\//.test(await page.title()));
  assert.equal(new URL(page.url()).pathname, '/nosotros.html');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await button.click();
  assert.equal(await shopper.payButton(page).getAttribute('aria-disabled'), 'false');
  await close();
});

test('an order is followed: awaiting, cancelled by the payer, paid by a new link', async () => {
  const { page, close } = await world.visit();
  const { order, paymentId } = await world.placeOrder();
  await open(page, `<compago-order order="${order}"></compago-order>`);
  await shopper.untilHeadline(page, 'Esperamos tu pago');
  await assertAccessible(page, 'an order that waits');
  await page.getByRole('button', { name: 'Cancelar pedido' }).click();
  await shopper.untilHeadline(page, 'Pago cancelado');
  assert.equal((await payments()).find((one) => one.id === paymentId).status, 'CANCELLED');
  await assertAccessible(page, 'a cancelled order');
  await page.getByRole('button', { name: 'Pagar de nuevo' }).click();
  const second = await shopper.atCheckout(page);
  assert.notEqual(second, paymentId);
  await world.sandbox.act(second, 'pay');
  await page.goto(`${world.url}/nosotros.html`);
  await shopper.untilHeadline(page, 'Pago recibido');
  assert.equal(await page.getByRole('status').getByRole('heading').innerText(), 'Pago recibido', 'it is announced');
  await assertAccessible(page, 'a paid order');
  await close();
});

test('an order whose link ran out says so in English, and can be paid again', async () => {
  const { page, close } = await world.visit();
  const { order, reference } = await world.placeLateOrder();
  await open(page, `<compago-order order="${order}" language="en"></compago-order>`);
  await shopper.untilHeadline(page, 'The link expired');
  assert.equal(await shopper.fact(page, 'Reference'), reference);
  await page.getByRole('button', { name: 'Pay again' }).click();
  await shopper.atCheckout(page);
  await close();
});

test('an order that does not exist is reported, and no request is sent for an address that cannot be an order', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 404 .*\/api\/shop\/orders\//);
  const { order } = await world.placeOrder();
  await open(page, `<compago-order order="${order.slice(0, -1)}${order.endsWith('0') ? '1' : '0'}"></compago-order><compago-order order="no-order"></compago-order>`);
  await until('both to say so', async () => (await page.getByRole('heading', { name: 'No encontramos este pedido' }).count()) === 2);
  assert.equal(await headline(page.locator('compago-order').first()), 'No encontramos este pedido');
  await close();
});

test('without network both say so, and go on by themselves', async () => {
  const { page, context, expect, close } = await world.visit();
  expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/);
  const { order, paymentId } = await world.placeOrder();
  await open(page, `<compago-pay sku="taza-barro"></compago-pay><compago-order order="${order}"></compago-order>`);
  await begin(page);
  await page.getByRole('button', { name: 'Cancelar pedido' }).waitFor();
  await context.setOffline(true);
  await page.getByRole('status').getByText('Sin conexión. Continuamos en cuanto vuelva la conexión.').waitFor();
  await shopper.payButton(page).click();
  await page.getByRole('button', { name: 'Sin conexión. Continuamos en cuanto vuelva la conexión.' }).waitFor();
  await world.sandbox.act(paymentId, 'pay');
  await context.setOffline(false);
  await shopper.atCheckout(page);
  await close();
});

test('an order that cannot be looked up is looked up again when asked', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 403/);
  const { order } = await world.placeOrder();
  await page.route(`**/api/shop/orders/${order}`, (route) => route.fulfill({ status: 403, json: { code: 'forbidden' } }), { times: 1 });
  await open(page, `<compago-order order="${order}" language="en"></compago-order>`);
  await shopper.untilHeadline(page, 'We couldn’t look up your order');
  await page.getByRole('button', { name: 'Try again' }).click();
  await shopper.untilHeadline(page, 'We’re waiting for your payment');
  await close();
});

test('the states are those that the Worker takes, under their names', async () => {
  const { page, close } = await world.visit();
  await open(page, '<compago-pay sku="taza-barro"></compago-pay>');
  await page.getByRole('button', { name: 'Comprar' }).click();
  const [offered, taken] = await page.evaluate(async () => {
    const { load, states } = await import('/pkg/index.js');
    await load();
    const options = document.querySelector('compago-pay').shadowRoot.querySelectorAll('option');
    return [[...options].slice(1).map(({ value, text }) => [value, text]), states().map(({ code, name }) => [code, name])];
  });
  assert.deepEqual(offered, taken);
  await close();
});

test('another language takes nothing away that was typed', async () => {
  const { page, close } = await world.visit();
  await open(page, '<compago-pay sku="taza-barro"></compago-pay>');
  await begin(page);
  await page.locator('compago-pay').evaluate((element) => (element.language = 'en'));
  await page.getByRole('button', { name: 'Pay $309.00 MXN' }).waitFor();
  assert.equal(await page.getByLabel('State').inputValue(), 'PUE');
  assert.equal(await page.getByLabel('Email').inputValue(), shopper.ana.email);
  await close();
});

test('a payer abroad sees which address is required', async () => {
  const { page, close } = await world.visit({ locale: 'en-US' });
  await open(page, '<compago-pay sku="cafe-altos-340" language="en"></compago-pay>');
  await page.getByRole('button', { name: 'Buy' }).click();
  await page.getByText('Address in Mexico: Compago only accepts Mexican states and postal codes.').waitFor();
  for (const label of ['Postal code', 'State']) {
    assert.match((await page.getByLabel(label, { exact: true }).getAttribute('aria-describedby')) ?? '', /^address-note /, label);
  }
  await close();
});

test('a shop whose catalog has a mistake is said to sell nothing now, and is asked again', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 503 /);
  const problem = { type: '/problems/catalog-unreadable', title: 'x', status: 503, detail: 'x', code: 'catalog-unreadable' };
  await page.route('**/api/shop/catalog', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', json: problem }), { times: 1 });
  await open(page, '<compago-pay sku="cafe-altos-340"></compago-pay>');
  await page.getByText('Por ahora la tienda no puede cobrar. Escríbele o vuelve más tarde.').waitFor();
  await page.getByRole('button', { name: 'Intentar de nuevo' }).click();
  await page.getByText('Café de los Altos').waitFor();
  await close();
});
