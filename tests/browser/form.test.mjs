import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import * as shopper from './support/shopper.mjs';
import { until } from './support/until.mjs';

const world = await startBrowsing();
after(() => world.stop());

/** Wrong in as many ways as fields can be. */
const wrong = { email: 'ana@', phone: '12', firstName: 'Ana', zip: '7200', city: 'Puebla' };

/** What each field complains of. @param {import('playwright-core').Page} page */
const complaints = (page) =>
  page.locator('[data-pointer]').evaluateAll((fields) =>
    Object.fromEntries(
      fields
        .filter((field) => field.getAttribute('aria-invalid') === 'true')
        .map((field) => {
          const told = field.getAttribute('aria-describedby')?.split(' ').map((id) => document.getElementById(id));
          return [field.id, told?.find((element) => element?.className === 'error')?.innerText];
        }),
    ),
  );

test('a field is checked when it is left, never while somebody types', async () => {
  const { page, close } = await world.visit();
  await shopper.choose(page, world.url);
  await page.getByLabel('Correo electrónico').focus();
  await shopper.checksLoaded(page);
  await page.getByLabel('Nombre(s)').focus();
  assert.deepEqual(await complaints(page), {}, 'a field that was passed is not complained of');

  await page.getByLabel('Correo electrónico').fill('ana@');
  assert.deepEqual(await complaints(page), {});
  await page.keyboard.press('Tab');
  const email = page.getByText('Escribe el correo electrónico completo, por ejemplo nombre@ejemplo.com.');
  await email.waitFor();
  assert.deepEqual(Object.keys(await complaints(page)), ['email']);
  await page.getByLabel('Correo electrónico').fill('ana@example.com');
  assert.deepEqual(Object.keys(await complaints(page)), ['email'], 'it stays until the field is left');
  await page.keyboard.press('Tab');
  await email.waitFor({ state: 'hidden' });
  assert.deepEqual(await complaints(page), {});
  await close();
});

for (const [language, locale] of /** @type {const} */ ([['es-MX', 'es-MX'], ['en', 'en-GB']])) {
  test(`all problems are shown together, and the same without wasm: ${language}`, async () => {
    const told = [];
    for (const wasm of [true, false]) {
      const { page, context, expect, close } = await world.visit({ locale });
      if (!wasm) {
        expect(/ERR_FAILED.*browser\.inline\.js/, /status of 400 .*\/api\/shop\/orders$/);
        await context.route('**/browser.inline.js', (route) => route.abort());
      }
      await page.goto(world.url);
      await page.locator('.card button').first().click();
      for (const [id, value] of Object.entries(wrong)) await page.locator(`#${id}`).fill(value);
      if (wasm) await shopper.checksLoaded(page);
      await page.locator('#pay').click();
      const summary = page.locator('#summary');
      await summary.waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'summary', 'it takes the focus');
      const fields = await complaints(page);
      assert.deepEqual(Object.keys(fields), ['email', 'phone', 'lastName', 'zip', 'state', 'street']);
      const links = await summary.getByRole('link').allInnerTexts();
      assert.deepEqual(links, Object.values(fields), 'the summary says the same, in the order of the form');
      assert.equal(await summary.getByRole('heading').innerText(), language === 'en' ? 'Check 6 fields' : 'Revisa 6 datos');
      await summary.getByRole('link').nth(3).click();
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'zip', 'a line leads to its field');
      told.push(fields);
      await close();
    }
    const [checked, answered] = told;
    assert.deepEqual(answered, checked, 'the Worker says what the page says');
    assert.match(checked.zip, language === 'en' ? /five-digit/ : /cinco dígitos/);
  });
}

test('an empty cart is reported first, and switching the language repeats all messages', async () => {
  const { page, close } = await world.visit();
  await page.goto(world.url);
  await page.getByLabel('Correo electrónico').fill('ana@');
  await shopper.checksLoaded(page);
  await shopper.payButton(page).click();
  const summary = page.locator('#summary');
  assert.equal(await summary.getByRole('link').first().innerText(), 'Tu carrito está vacío: elige algo del catálogo.');
  const before = await complaints(page);
  await page.getByRole('button', { name: 'English' }).click();
  await summary.getByText('Your cart is empty: choose something from the catalog.').waitFor();
  const after = await complaints(page);
  assert.deepEqual(Object.keys(after), Object.keys(before));
  assert.match(after.email ?? '', /^Enter the email address/);
  await page.reload();
  await page.getByRole('heading', { name: 'Our products' }).waitFor();
  await close();
});

test('a double click is one payment', async () => {
  const { page, close } = await world.visit();
  const before = (await world.sandbox.payments()).length;
  await shopper.choose(page, world.url);
  await shopper.fillIn(page);
  await shopper.payButton(page).dblclick();
  await shopper.atCheckout(page);
  assert.equal((await world.sandbox.payments()).length, before + 1);
  await close();
});

test('reloaded while it is being sent, it is still one payment', async () => {
  const { page, expect, close } = await world.visit();
  // The first request with the key may still be under way.
  expect(/status of 409 .*\/api\/shop\/orders$/);
  const before = (await world.sandbox.payments()).length;
  await shopper.choose(page, world.url);
  await shopper.fillIn(page);
  await world.sandbox.fault('one-time-payment.create', { kind: 'hold' });
  await page.getByRole('button', { name: /^Pagar/ }).click();
  await until('the payment at Compago', async () => (await world.sandbox.payments()).length > before);
  assert.equal(await page.locator('#pay').innerText(), 'Preparando tu pago…');
  await page.reload();
  await page.getByTestId('total').waitFor();
  await shopper.fillIn(page);
  await world.sandbox.clearFaults();
  const id = await shopper.goToCheckout(page);
  const payments = await world.sandbox.payments();
  assert.equal(payments.length, before + 1);
  assert.equal(payments.at(-1).id, id);
  await close();
});

test('what cannot be charged is said with its least amount, and more of it goes through', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 422 .*\/api\/shop\/orders$/);
  await world.sandbox.settings({ minimumAmount: '300.00' });
  await shopper.choose(page, world.url);
  await shopper.fillIn(page);
  await shopper.payButton(page).click();
  await page.getByText('El mínimo con tarjeta es de $300.00 MXN. Agrega algo más a tu carrito.').waitFor();
  await page.getByRole('button', { name: 'Uno más: Café de los Altos' }).first().click();
  await shopper.goToCheckout(page);
  await world.sandbox.settings({ minimumAmount: '10.00' });
  await close();
});

test('what is pasted into the form is read as it looks, with wasm and without', async () => {
  const pasted = {
    email: '\u{200B}ana@example.com\u{A0}',
    phone: '+52\u{200B} 55\u{2212}1234\u{200D} 0000\u{202C}',
    firstName: '\u{FEFF}A\u{AD}na\u{2060}',
    lastName: 'Ruiz\u{200E}\u{3000}Núñez\u{FE0F}',
    street: 'Calle 5\u{A0}10,\tCentro\u{200B}',
    zip: '\u{202D}72000\u{202C}',
    city: '\u{2068}Puebla\u{2069}',
  };
  for (const wasm of [true, false]) {
    const { page, context, expect, close } = await world.visit();
    if (!wasm) {
      expect(/ERR_FAILED.*browser\.inline\.js/);
      await context.route('**/browser.inline.js', (route) => route.abort());
    }
    await shopper.choose(page, world.url);
    await shopper.fillIn(page);
    if (wasm) await shopper.checksLoaded(page);
    for (const { field, label } of shopper.answers('es-MX')) {
      const text = pasted[/** @type {keyof typeof pasted} */ (field)];
      if (!text) continue;
      await page.getByLabel(label, { exact: true }).fill('');
      await page.getByLabel(label, { exact: true }).focus();
      // As a paste does: past what keys could type, and cut by what the field takes.
      await page.keyboard.insertText(text);
      await page.keyboard.press('Tab');
    }
    assert.deepEqual(await complaints(page), {});
    const id = await shopper.goToCheckout(page);
    const { billingInformation } = (await world.sandbox.payments()).find((one) => one.id === id);
    assert.deepEqual(billingInformation, {
      email: 'ana@example.com',
      firstName: 'Ana',
      lastName: 'Ruiz Núñez',
      phoneNumber: '+525512340000',
      address: { addressLine: 'Calle 5 10, Centro', city: 'Puebla', state: 'PUE', zip: '72000' },
    });
    await close();
  }
});
