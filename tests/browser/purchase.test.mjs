import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import * as shopper from './support/shopper.mjs';
import { shop } from '../support/shop.mjs';
import { until } from './support/until.mjs';

const world = await startBrowsing();
after(() => world.stop());

test('somebody buys: chooses, fills in, pays, comes back, and the merchant hears of it once', async () => {
  const { page, samples, close } = await world.visit();
  await shopper.choose(page, world.url, ['Café de los Altos', 'Chocolate de mesa']);
  await page.getByRole('button', { name: 'Uno más: Café de los Altos' }).first().click();
  await shopper.fillIn(page);
  await page.getByRole('button', { name: 'Pagar $601.50 MXN' }).waitFor();
  const id = await shopper.goToCheckout(page);
  assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), '$601.50 MXN');

  await world.sandbox.fault('one-time-payment.get', { kind: 'hold' });
  await shopper.payThere(page);
  await shopper.untilHeadline(page, 'Estamos confirmando tu pago');
  await world.sandbox.clearFaults();
  await shopper.untilHeadline(page, 'Pago recibido');
  assert.equal(await page.title(), `Pago recibido · ${shop.name}`);
  assert.equal(await shopper.fact(page, 'Total'), '$601.50 MXN');
  assert.equal(await shopper.fact(page, 'Pedido'), '2 × Café de los Altos\n$189.00 MXN c/u\n$378.00 MXN\n1 × Chocolate de mesa\n$124.50 MXN\nEnvío estándar\n$99.00 MXN');
  const reference = await shopper.fact(page, 'Referencia');
  assert.match(reference, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  assert.match(await page.locator('#help').innerText(), new RegExp(reference));

  assert.ok(samples.some(({ paid }) => paid), 'the samples would have seen a claim');

  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(
    await page.locator('#amount, #reference, #bought, .brand').evaluateAll((parts) => parts.map((part) => part.checkVisibility())),
    [true, true, true, true],
  );
  assert.deepEqual(await page.locator('button, .actions a').evaluateAll((parts) => parts.filter((part) => part.checkVisibility())), []);
  await page.emulateMedia({ media: 'screen' });

  await page.getByRole('link', { name: 'Volver a la tienda' }).click();
  await page.getByText('Tu carrito está vacío. Agrega lo que te guste.').waitFor();

  const [payment] = await world.sandbox.payments();
  assert.deepEqual([payment.id, payment.status, payment.amount], [id, 'CONFIRMED', 601.5]);
  assert.equal(payment.billingInformation.phoneNumber, '+525512340000');
  const events = await world.untilEvents(reference);
  assert.deepEqual(events.map(({ type, data }) => [type, data.paymentId]), [['order.paid', id]]);
  await close();
});

test('the same in English, at 360 px, by keyboard alone', async () => {
  const { page, close } = await world.visit({ width: 360, height: 740, locale: 'en-US' });
  const { keyboard } = page;
  await page.goto(world.url);
  await page.getByRole('button', { name: 'Add to cart: Clay mug' }).waitFor();
  await shopper.assertFits(page);
  await shopper.tabTo(page, 'Add to cart: Clay mug');
  await keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.ariaLabel), 'One more: Clay mug', 'focus stays where the hand is');
  for (const { label, value } of shopper.answers('en')) {
    await shopper.tabTo(page, label);
    await keyboard.type(value);
  }
  assert.equal(await page.getByLabel('State').inputValue(), 'PUE');
  await shopper.tabTo(page, 'Pay $309.00 MXN');
  await keyboard.press('Enter');

  await shopper.atCheckout(page);
  await shopper.tabTo(page, 'English');
  await keyboard.press('Enter');
  await page.waitForURL(/lang=en/);
  await shopper.assertFits(page);
  await shopper.tabTo(page, 'Pay $309.00 MXN');
  await keyboard.press('Enter');

  await page.waitForURL(/return\.html/);
  await shopper.untilHeadline(page, 'Payment received');
  await shopper.assertFits(page);
  assert.equal(await page.getByRole('status').getByRole('heading').innerText(), 'Payment received', 'it is announced');
  assert.equal(await shopper.fact(page, 'Order'), '1 × Clay mug\n$210.00 MXN\nStandard shipping\n$99.00 MXN');
  assert.equal(await shopper.fact(page, 'Total'), '$309.00 MXN');
  const reference = await shopper.fact(page, 'Reference');
  await shopper.tabTo(page, 'Back to the shop');
  await keyboard.press('Enter');
  await page.getByText('Your cart is empty. Add something you like.').waitFor();
  assert.deepEqual((await world.untilEvents(reference)).map(({ type }) => type), ['order.paid']);
  await close();
});

test('a declined card is no end: the next one pays', async () => {
  const { page, close } = await world.visit();
  const id = await shopper.order(page, world.url);
  await page.getByRole('button', { name: 'Probar una tarjeta rechazada' }).click();
  await page.getByRole('alert').getByText('Tu banco rechazó la tarjeta').waitFor();
  await shopper.payThere(page);
  await shopper.untilHeadline(page, 'Pago recibido');
  const events = await world.untilEvents(await shopper.fact(page, 'Referencia'));
  assert.deepEqual(events.map(({ type, data }) => [type, data.paymentId]), [['order.paid', id]]);
  await close();
});

test('back from the checkout, the cart is as it was and the order is shown; the payer continues there', async () => {
  const { page, close } = await world.visit();
  const id = await shopper.order(page, world.url, ['Miel melipona']);
  await shopper.goBack(page);
  await shopper.untilHeadline(page, 'Tienes un pago pendiente');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'open-order', 'the order is in view');
  assert.equal(await page.getByTestId('total').innerText(), '$344.00 MXN');
  await page.getByRole('link', { name: 'Continuar al pago' }).click();
  assert.equal(await shopper.atCheckout(page), id);

  await shopper.goBack(page);
  await shopper.untilHeadline(page, 'Tienes un pago pendiente');
  await shopper.fillIn(page);
  assert.equal(await shopper.goToCheckout(page), id, 'the same cart and details are the same order');

  await shopper.payThere(page);
  await shopper.untilHeadline(page, 'Pago recibido');
  await page.goto(world.url);
  await shopper.untilHeadline(page, 'Pago recibido');
  await page.getByRole('button', { name: 'Ocultar' }).click();
  await page.getByRole('heading', { name: 'Pago recibido' }).waitFor({ state: 'hidden' });
  await close();
});

test('another cart is another order, and the link of the one before can no longer be paid', async () => {
  const { page, context, close } = await world.visit();
  // A page that listens to this is not brought back as it was: it loads anew.
  await context.addInitScript(() => addEventListener('unload', () => {}));
  const first = await shopper.order(page, world.url);
  await shopper.goBack(page);
  await shopper.untilHeadline(page, 'Tienes un pago pendiente');
  const type = await page.evaluate(() => performance.getEntriesByType('navigation')[0].type);
  assert.equal(type, 'back_forward', 'it was loaded anew');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'open-order', 'the order is in view');
  await page.getByRole('button', { name: 'Agregar al carrito: Taza de barro' }).click();
  await shopper.fillIn(page);
  const second = await shopper.goToCheckout(page);
  const payments = await world.sandbox.payments();
  assert.deepEqual([first, second].map((id) => payments.find((payment) => payment.id === id).status), ['CANCELLED', 'PENDING']);
  await close();
});

test('no return address shows a payment that was not made', async () => {
  const theirs = await world.placeOrder();
  const { redirectTo } = await world.sandbox.act(theirs.paymentId, 'pay');
  const mine = await world.placeOrder();
  const claims = new URL(redirectTo).searchParams;

  const { page, expect, close } = await world.visit();
  expect(/status of 404 .*\/api\/shop\/orders\//);
  for (const [id, externalId] of [
    [claims.get('id'), claims.get('externalId')],
    [mine.paymentId, claims.get('externalId')],
    [mine.paymentId, `${mine.reference.replaceAll('-', '')}-1`],
  ]) {
    const query = new URLSearchParams({ order: mine.order, id, externalId });
    const answered = page.waitForResponse(/\/api\/shop\/orders\/\w+$/);
    await page.goto(`${world.url}/api/shop/return?${query}`);
    await answered;
    await page.getByRole('heading', { name: /^(Esperamos|Estamos confirmando) tu pago$/ }).waitFor();
    assert.equal(await shopper.fact(page, 'Referencia'), mine.reference);
  }
  // Even the claim that fits causes no more than a look.
  const reads = async () => (await world.sandbox.calls()).filter(({ endpoint, id }) => endpoint === 'one-time-payment.get' && id === mine.paymentId);
  await until('a look at the payment', async () => (await reads()).length > 1);
  const { status } = await (await page.waitForResponse(/\/api\/shop\/orders\/\w+$/)).json();
  assert.equal(status, 'verifying');

  await page.goto(`${world.url}/return.html?order=${mine.order.slice(0, -1)}${mine.order.endsWith('0') ? '1' : '0'}&status=paid`);
  await shopper.untilHeadline(page, 'No encontramos este pedido');
  assert.deepEqual(world.events(mine.reference), []);
  await close();
});
