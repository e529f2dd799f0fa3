import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import * as cashier from './support/cashier.mjs';
import { ageBrowser } from './support/floor.mjs';
import { saveThere, shopOf } from './support/holder.mjs';
import { signIn, untilOrder, untilView } from './support/operator.mjs';
import * as shopper from './support/shopper.mjs';
import { serve } from './support/static-page.mjs';

const world = await startBrowsing();
after(() => world.stop());

/** Somebody with a browser as old as the oldest that are supported. @param {Parameters<typeof world.visit>[0]} [options] */
async function visit(options) {
  const visitor = await world.visit(options);
  await ageBrowser(visitor.context);
  return visitor;
}

test('what newer browsers have is taken away', async () => {
  const { page, close } = await visit();
  await page.goto(world.url);
  const left = await page.evaluate(() => ({
    canParse: typeof URL.canParse,
    clone: typeof globalThis.structuredClone,
    id: typeof crypto.randomUUID,
    at: typeof Array.prototype.at,
    ends: typeof AbortSignal.prototype.throwIfAborted,
    label: 'ariaLabel' in Element.prototype,
    modal: 'showModal' in document.createElement('dialog'),
    sheets: 'adoptedStyleSheets' in document,
  }));
  const none = 'undefined';
  assert.deepEqual(left, { canParse: none, clone: none, id: none, at: none, ends: none, label: false, modal: false, sheets: false });
  await close();
});

test('somebody buys, comes back, and pays again after cancelling', async () => {
  const { page, close } = await visit({ width: 390, height: 740 });
  await shopper.order(page, world.url, ['Taza de barro']);
  await shopper.goBack(page);
  await shopper.untilHeadline(page, 'Tienes un pago pendiente');
  await page.getByRole('button', { name: 'Cancelar pedido' }).click();
  await shopper.untilHeadline(page, 'Pago cancelado');
  await page.getByRole('button', { name: 'Pagar de nuevo' }).click();
  const id = await shopper.atCheckout(page);
  await shopper.payThere(page);
  await shopper.untilHeadline(page, 'Pago recibido');
  const events = await world.untilEvents(await shopper.fact(page, 'Referencia'));
  assert.deepEqual(events.map(({ type, data }) => [type, data.paymentId]).at(-1), ['order.paid', id]);
  await close();
});

test('without wasm the Worker says what is wrong', async () => {
  const { page, expect, close } = await visit();
  expect(/status of 400 .*\/api\/shop\/orders$/);
  await shopper.choose(page, world.url);
  await page.getByLabel('Correo electrónico').fill('ana@');
  await shopper.payButton(page).click();
  await page.getByRole('heading', { name: 'Revisa 8 datos' }).waitFor();
  await close();
});

test('somebody saves a card', async () => {
  const { page, close } = await visit();
  const card = await shopOf(world).begun();
  await page.goto(card.page);
  await page.getByRole('link', { name: 'Ir al formulario seguro' }).click();
  await page.waitForURL(card.checkoutUrl);
  await saveThere(page);
  await shopper.untilHeadline(page, 'Tu tarjeta está guardada');
  await close();
});

test('a cashier signs in, chooses a terminal and charges', async () => {
  const { page, close } = await visit();
  await cashier.signIn(page, world.url);
  await cashier.chooseTerminal(page, 'TERM-01');
  await cashier.charge(page, '18900', 'TERM-01');
  await cashier.latestAt(world, 'TERM-01');
  await cashier.atTerminal(world, 'TERM-01', 'tap');
  await cashier.untilHeadline(page, 'Pago recibido');
  await close();
});

test('an operator signs in, sees every section, and cancels an order', async () => {
  const { page, close } = await visit();
  const { reference } = await world.placeOrder();
  await page.goto(`${world.url}/operator`);
  await signIn(page);
  await untilView(page, 'Por atender');
  for (const link of await page.locator('#nav a').all()) {
    await link.click();
    await page.locator('#view[aria-busy="false"]').waitFor();
    assert.equal(await page.getByRole('heading', { level: 1 }).isVisible(), true);
    assert.equal(await page.locator('#view .notice.bad:not([hidden])').count(), 0, await page.locator('#view').innerText());
  }
  await page.goto(`${world.url}/operator?view=story&reference=${reference}`);
  await page.getByRole('button', { name: /^Cancelar el enlace/ }).first().click();
  const address = page.url();
  await page.locator('#nav a').first().evaluate((link) => link.click());
  assert.equal(page.url(), address, 'nothing behind the question is pressed');
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: /^Cancelar el enlace/ }).first().click();
  await page.getByRole('alertdialog').getByRole('button', { name: /^Cancelar el enlace/ }).click();
  await page.getByRole('alertdialog').waitFor({ state: 'hidden' });
  await untilOrder(world, reference, 'cancelled');
  await close();
});

test('the elements sell and follow', async () => {
  const { page, close } = await visit();
  await serve(page, world.url, '/nosotros.html', '<compago-pay sku="taza-barro"></compago-pay>');
  await serve(page, world.url, '/return.html', '<compago-order></compago-order>');
  await page.goto(`${world.url}/nosotros.html`);
  await page.getByRole('button', { name: 'Comprar' }).click();
  await shopper.fillIn(page);
  await shopper.goToCheckout(page);
  await shopper.payThere(page);
  await page.reload();
  await shopper.untilHeadline(page, 'Pago recibido');
  await close();
});
