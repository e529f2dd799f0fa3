import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as cashier from './support/cashier.mjs';

const world = await startBrowsing();
after(() => world.stop());

await world.sandbox.settings({ terminals: ['ONE', 'TWO'] });

test('the till in every state', async () => {
  const { page, context, expect, close } = await world.visit();
  expect(/status of (401|409|422|502) /, /ERR_INTERNET_DISCONNECTED/);
  const shows = async (/** @type {string} */ headline) => {
    await cashier.untilHeadline(page, headline);
    await assertAccessible(page, `till: ${headline}`);
  };
  await page.goto(`${world.url}/pos`);
  await shows('Abre tu caja');
  await page.getByLabel('Clave de caja').fill('x');
  await cashier.press(page, 'Entrar');
  await page.locator('#token-error').filter({ hasText: /\w/ }).waitFor();
  await assertAccessible(page, 'till: wrong key');
  await cashier.signIn(page, world.url);
  await shows('Nueva venta');
  await cashier.send(page, '9999999999');
  await page.getByRole('dialog').waitFor();
  await assertAccessible(page, 'till: choice of terminal');
  await page.keyboard.press('Escape');
  await assertAccessible(page, 'till: the largest amount');
  await cashier.chooseTerminal(page, 'ONE');
  await cashier.press(page, /^Cobrar /);
  await page.getByRole('alertdialog', { name: 'Vas a cobrar $99,999,999.99 MXN. ¿Es correcto?' }).waitFor();
  await assertAccessible(page, 'till: a large amount');
  await cashier.press(page, 'Corregir');
  await page.keyboard.press('Escape');
  await page.getByLabel('Nota (opcional)').fill('Mesa 4');
  await page.getByText('Se envía como mesa-4').waitFor();
  await cashier.scan(page, '7501055300075');
  await assertAccessible(page, 'till: another reference, and a scan');
  await page.getByLabel('Nota (opcional)').fill('');
  await page.getByLabel('Nota (opcional)').blur();

  await cashier.send(page, '100000');
  await shows('Acerca la tarjeta a la terminal ONE');
  await context.setOffline(true);
  await page.locator('#net').waitFor();
  await assertAccessible(page, 'till: offline');
  await context.setOffline(false);
  await cashier.press(page, 'Volver');
  await page.getByRole('alertdialog').waitFor();
  await assertAccessible(page, 'till: question');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancelar el cobro' }).click();
  await shows('Cobro cancelado');
  await cashier.press(page, /^Cobrar de nuevo/);
  await cashier.untilWaiting(page, 'ONE');
  await cashier.atTerminal(world, 'ONE', 'tap');
  await shows('Pago recibido');
  await cashier.press(page, 'Nueva venta');

  await world.sandbox.fault('payment-intent.create', { kind: 'lose-answer' });
  await cashier.send(page, '100');
  await shows('Revisa la terminal ONE');
  await cashier.press(page, 'Volver');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Salir' }).click();
  await cashier.untilPad(page);
  await cashier.send(page, '200');
  await shows('La terminal ONE tiene otro cobro');
  await cashier.press(page, 'Volver');

  await world.sandbox.fault('payment-intent.create', { kind: 'refuse', status: 400, body: { message: 'No' } });
  await cashier.press(page, /^Terminal/);
  await page.getByLabel('Código de la terminal').fill('TWO');
  await page.keyboard.press('Enter');
  await cashier.press(page, /^Cobrar/);
  await shows('No pudimos crear el cobro');
  await close();
});

test('the till in English, and without JavaScript', async () => {
  const { page, close } = await world.visit({ locale: 'en-US' });
  await page.goto(`${world.url}/pos.html`);
  await cashier.untilHeadline(page, 'Open your register');
  await assertAccessible(page, 'English till');
  await cashier.press(page, 'Español');
  await cashier.untilHeadline(page, 'Abre tu caja');
  await close();

  const plain = await world.visit({ javaScriptEnabled: false });
  await plain.page.goto(`${world.url}/pos`);
  await cashier.untilHeadline(plain.page, 'La caja necesita JavaScript');
  await plain.close();
});

test('on a tablet the keys reach down to the button, and grow with the window', async () => {
  const heights = {};
  for (const [name, size] of Object.entries({ upright: { width: 820, height: 1180 }, lying: { width: 1180, height: 820 }, low: { width: 1180, height: 600 } })) {
    const { page, close } = await cashier.open(world, undefined, size);
    const key = await page.getByRole('button', { name: '5', exact: true }).boundingBox();
    const last = await page.getByRole('button', { name: '0', exact: true }).boundingBox();
    const charge = await page.getByRole('button', { name: /^Cobrar/ }).boundingBox();
    assert.ok(charge.y - (last.y + last.height) < 16, `${name}: the button is right below the keys`);
    assert.ok(charge.y + charge.height <= size.height, `${name}: the button is in sight`);
    heights[name] = key.height;
    await close();
  }
  assert.ok(heights.upright > 150 && heights.lying > heights.low && heights.low > 80, JSON.stringify(heights));
});
