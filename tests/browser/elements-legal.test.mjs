// What the elements' dialog says of the shop's rules and of payments that move no real money, by the Worker's catalog.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as shopper from './support/shopper.mjs';
import { serve } from './support/static-page.mjs';
import { shop } from '../support/shop.mjs';

/** @typedef {import('playwright-core').Page} Page */

const world = await startBrowsing();
after(() => world.stop());

const links = { privacyNotice: 'https://cafe.example/aviso', terms: 'https://cafe.example/terminos', returns: 'https://cafe.example/cambios' };

/**
 * Opens the dialog where the Worker's catalog says that of its environment and its shop.
 *
 * @param {Page} page
 * @param {{ environment?: string, shop?: object }} said
 * @param {string} [attributes]
 */
async function openDialog(page, said, attributes = '') {
  await page.route('**/api/shop/catalog', async (route) => {
    const response = await route.fetch();
    const { environment, shop, ...catalog } = await response.json();
    await route.fulfill({ response, json: { ...catalog, ...said } });
  });
  await serve(page, world.url, '/nosotros.html', `<compago-pay sku="taza-barro" ${attributes}></compago-pay>`);
  await page.goto(`${world.url}/nosotros.html`);
  await page.getByRole('button', { name: /^(Comprar|Buy): / }).click();
  await page.getByRole('dialog').waitFor();
}

for (const [language, use, names, notice] of /** @type {const} */ ([
  ['es-MX', 'Usamos tus datos para cobrar y entregar tu pedido.', ['Aviso de privacidad', 'Términos y condiciones', 'Cambios y devoluciones'], 'DEMO: pagos de prueba, no se cobra dinero real.'],
  ['en', 'We use your details to process your payment and deliver your order.', ['Privacy notice', 'Terms and conditions', 'Returns and exchanges'], 'DEMO: test payments, no real money is charged.'],
]))
  test(`it says what the details are for, with the shop’s links, and that no real money is charged (${language})`, async () => {
    const { page, close } = await world.visit({ width: 360, height: 740 });
    await openDialog(page, { environment: 'demo', shop: { name: 'Café', ...links } }, `language="${language}"`);
    const dialog = page.getByRole('dialog');
    await dialog.getByText(use).waitFor();
    await dialog.getByText(notice, { exact: true }).waitFor();
    for (const [at, address] of Object.values(links).entries()) {
      const link = dialog.getByRole('link', { name: names[at] });
      assert.equal(await link.getAttribute('href'), address);
      assert.ok(((await link.boundingBox())?.height ?? 0) >= 44,  'it can be hit with a thumb');
    }
    await assertAccessible(page, 'the dialog');
    await shopper.assertFits(page);
    await close();
  });

test('the Worker tells it its environment and where the shop’s notices are', async () => {
  const { page, close } = await world.visit();
  await serve(page, world.url, '/nosotros.html', '<compago-pay sku="taza-barro"></compago-pay>');
  await page.goto(`${world.url}/nosotros.html`);
  await page.getByRole('button', { name: /^Comprar: / }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('SANDBOX: pagos de prueba, no se cobra dinero real.', { exact: true }).waitFor();
  const told = await dialog.getByRole('link').evaluateAll((all) => all.map((one) => [one.textContent, one.getAttribute('href')]));
  assert.deepEqual(told, [['Aviso de privacidad', world.url + shop.privacyNotice], ['Términos y condiciones', world.url + shop.terms]]);
  await close();
});

test('a link opens beside the dialog, which keeps what was typed', async () => {
  const { page, context, expect, close } = await world.visit();
  expect(/^third party: https:\/\/cafe\.example\//);
  await context.route('https://cafe.example/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>Aviso</title>' }));
  await openDialog(page, { environment: 'production', shop: { name: 'Café', privacyNotice: links.privacyNotice } });
  await page.getByLabel('Correo electrónico').fill('ana@example.com');
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Aviso de privacidad' }).click();
  const other = await opened;
  assert.equal(other.url(), links.privacyNotice);
  assert.equal(await other.evaluate(() => globalThis.opener), null);
  assert.equal(await page.getByLabel('Correo electrónico').inputValue(), 'ana@example.com');
  assert.equal(await page.getByRole('dialog').getByRole('link').count(), 1, 'a shop without terms and returns has no links to them');
  await other.close();
  await close();
});

for (const [what, said] of /** @type {[string, object][]} */ ([
  ['real money', { environment: 'production', shop: { name: 'Café', ...links } }],
  ['a Worker that does not tell', {}],
  ['addresses that are none of a page', { shop: { name: 'Café', privacyNotice: 'javascript:alert(1)' } }],
]))
  test(`nothing is said of tests, and no such link is there, with ${what}`, async () => {
    const { page, close } = await world.visit();
    await openDialog(page, said);
    await shopper.fillIn(page);
    assert.doesNotMatch(await page.getByRole('dialog').innerText(), /SANDBOX|DEMO|prueba/);
    assert.equal(await page.getByRole('dialog').getByRole('link').count(), what === 'real money' ? 3 : 0);
    await shopper.goToCheckout(page);
    await close();
  });
