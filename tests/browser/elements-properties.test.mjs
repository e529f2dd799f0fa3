// The attributes and properties of the elements: what a page leaves out, takes away or gets wrong.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { inRoot } from '../../scripts/paths.mjs';
import { startBrowsing } from './support/browsing.mjs';
import { serve } from './support/static-page.mjs';

/** @typedef {import('playwright-core').Page} Page */

const world = await startBrowsing();
after(() => world.stop());

/** @param {Page} page @param {string} markup */
async function open(page, markup) {
  await serve(page, world.url, '/nosotros.html', markup);
  await page.goto(`${world.url}/nosotros.html`);
}

/** The elements with their attributes, each of which has a property. */
const { modules } = JSON.parse(await readFile(inRoot('pkg', 'custom-elements.json'), 'utf8'));
const elements = modules.flatMap(({ declarations }) => declarations);
/** What a property is set to. */
const values = { sku: 'taza-barro', quantity: 3, cart: true, order: 'abc', worker: 'https://shop.example', language: 'en', returnUrl: '/gracias', shipping: 'none' };

test('a property that is set to undefined or null is as if it had never been set', async () => {
  const { page, close } = await world.visit();
  await open(page, '');
  const table = elements.flatMap(({ tagName, attributes }) => attributes.map(({ name, fieldName }) => [tagName, name, fieldName, values[fieldName]]));
  assert.ok(table.length > 12);
  for (const [tag, attribute, property, value] of table) {
    const [before, ...others] = await page.evaluate(
      ([tagName, name, field, set]) => {
        const element = document.createElement(tagName);
        const read = () => [element.getAttribute(name), element[field]];
        const after = (given) => {
          element[field] = given;
          return read();
        };
        return [read(), after(set), after(undefined), after(set), after(null)];
      },
      [tag, attribute, property, value],
    );
    const set = [value === true ? '' : String(value), value];
    assert.equal(before[0], null);
    assert.deepEqual(others, [set, before, set, before], `${tag} ${property}`);
  }
  await close();
});

test('an empty quantity is one, and an empty language that of the page', async () => {
  const { page, close } = await world.visit();
  await open(page, '<div lang="en"><compago-pay sku="taza-barro" quantity="" language=""></compago-pay></div>');
  await page.getByRole('button', { name: 'Buy: Clay mug' }).waitFor();
  assert.equal(await page.locator('compago-pay').evaluate((element) => element.quantity), 1);
  await close();
});

test('a quantity that no order takes is refused before anything is typed, and what an order takes is sold', async () => {
  const { page, close } = await world.visit();
  await page.addInitScript(() => addEventListener('compago-error', ({ detail: { code, status, message } }) => (globalThis.error = [code, status, message])));
  for (const quantity of ['100', '150', '0', '-1', '1.5', 'dos', ' ']) {
    await open(page, `<compago-pay sku="taza-barro" quantity="${quantity}"></compago-pay>`);
    await page.getByRole('alert').getByText('Este artículo no está a la venta por ahora.').waitFor();
    assert.equal(await page.getByRole('button').count(), 0);
    const [code, status, message] = await page.evaluate(() => globalThis.error);
    assert.deepEqual([code, status], ['invalid-quantity', 400]);
    assert.match(message, new RegExp(`quantity="${quantity}".* from 1 to 99`));
  }
  for (const quantity of ['99', '1']) {
    await open(page, `<compago-pay sku="taza-barro" quantity="${quantity}"></compago-pay>`);
    await page.getByRole('button', { name: 'Comprar: Taza de barro' }).waitFor();
  }
  await close();
});
