// What pages say in the merchant's name: its own texts, its notices and its languages.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import { servedIn } from './support/environment.mjs';
import * as shopper from './support/shopper.mjs';
import { shop } from '../support/shop.mjs';

const world = await startBrowsing();
after(() => world.stop());

const { headline, lead, delivery, payment } = shop.texts;

test('the merchant’s texts are in the reader’s language, and change with it', async () => {
  const { page, close } = await world.visit({ width: 360, height: 740, locale: 'en-US' });
  await page.goto(world.url);
  for (const language of ['en', 'es-MX']) {
    await page.getByRole('heading', { level: 1, name: headline[language], exact: true }).waitFor();
    for (const text of [lead, delivery, payment]) await page.getByText(text[language], { exact: true }).waitFor();
    assert.match(await page.title(), new RegExp(shop.name));
    await shopper.assertFits(page);
    await page.locator('#language').click();
  }
  await close();
});

test('beside the button stands what the details are for, with the shop’s notices, which open beside what was typed', async () => {
  const { page, context, close } = await world.visit();
  await page.goto(world.url);
  await page.getByText('Usamos tus datos para cobrar y entregar tu pedido.').waitFor();
  await page.getByLabel('Ciudad o alcaldía').fill('Puebla');
  for (const [name, address] of [['Aviso de privacidad', shop.privacyNotice], ['Términos y condiciones', shop.terms]]) {
    const link = page.locator('form').getByRole('link', { name });
    const [opened] = await Promise.all([context.waitForEvent('page'), link.click()]);
    assert.equal(opened.url(), world.url + address);
    assert.equal((await opened.request.get(opened.url())).status(), 200);
    await opened.close();
  }
  assert.equal(await page.getByLabel('Ciudad o alcaldía').inputValue(), 'Puebla');
  assert.equal(await page.getByRole('link', { name: 'Cambios y devoluciones' }).count(), shop.returns ? 1 : 0);
  await assertAccessible(page, 'the shop');
  await close();
});

test('a shop of one language has no switch, whatever the browser speaks and was told before', async () => {
  const { page, context, close } = await world.visit({ locale: 'en-US' });
  await page.goto(world.url);
  const toEnglish = page.locator('#language');
  await page.getByRole('heading', { name: 'Your cart' }).waitFor();
  await toEnglish.click();
  await toEnglish.click();
  await page.getByRole('heading', { name: 'Your cart' }).waitFor();
  const other = await context.newPage();
  await servedIn(other, 'production', { languages: 'es-MX' });
  await other.goto(world.url);
  await other.getByRole('heading', { name: 'Tu carrito' }).waitFor();
  await other.getByRole('button', { name: /^Agregar al carrito/ }).first().waitFor();
  assert.equal(await other.evaluate(() => document.documentElement.lang), 'es-MX');
  assert.equal(await other.locator('#language').isVisible(), false);
  await close();
});

for (const [locale, language] of [['en-GB', 'en'], ['es-AR', 'es-MX'], ['de-DE', 'es-MX']])
  test(`a browser in ${locale} is shown ${language}`, async () => {
    const { page, close } = await world.visit({ locale });
    await page.goto(world.url);
    await page.getByRole('heading', { name: language === 'en' ? 'Your cart' : 'Tu carrito' }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), language);
    await close();
  });
