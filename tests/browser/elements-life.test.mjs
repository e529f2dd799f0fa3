// The elements in a page that changes: scripts set properties early, and take elements away while something is under way.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import * as shopper from './support/shopper.mjs';
import { serve } from './support/static-page.mjs';
import { until } from './support/until.mjs';

/** @typedef {import('playwright-core').Page} Page */

const world = await startBrowsing();
after(() => world.stop());

/** @param {Page} page @param {string} markup */
async function open(page, markup) {
  await serve(page, world.url, '/nosotros.html', markup);
  await page.goto(`${world.url}/nosotros.html`);
}

/** Holds the next call to a path until `answer` is called; `seen` once it was made. @param {Page} page @param {string} path */
async function held(page, path) {
  let answer = () => {};
  let seen = false;
  await page.route(
    path,
    async (route) => {
      seen = true;
      await new Promise((resolve) => (answer = () => resolve(undefined)));
      await route.continue();
    },
    { times: 1 },
  );
  return { until: () => until(`a call of ${path}`, () => seen), answer: () => answer() };
}

test('an element that was taken away asks no more, whatever is answered later', async () => {
  const { page, close } = await world.visit();
  const { order } = await world.placeOrder();
  await open(page, `<compago-order order="${order}"></compago-order>`);
  const cancelling = await held(page, `**/api/shop/orders/${order}/cancel`);
  await page.getByRole('button', { name: 'Cancelar pedido' }).click();
  await cancelling.until();
  await page.locator('compago-order').evaluate((element) => element.remove());
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  const answered = page.waitForResponse(`**/api/shop/orders/${order}/cancel`);
  cancelling.answer();
  await (await answered).finished();
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  assert.deepEqual(asked, []);
  await close();
});

test('a payer who closed the element is not redirected to the checkout', async () => {
  const { page, close } = await world.visit();
  await open(page, '<compago-pay sku="taza-barro"></compago-pay>');
  await page.getByRole('button', { name: 'Comprar' }).click();
  await shopper.fillIn(page);
  await page.evaluate(() => addEventListener('compago-created', () => (document.title = 'created')));
  const creating = await held(page, '**/api/shop/orders');
  await shopper.payButton(page).click();
  await creating.until();
  const answered = page.waitForResponse('**/api/shop/orders');
  await page.locator('compago-pay').evaluate((element) => element.remove());
  creating.answer();
  await (await answered).finished();
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
  assert.equal(new URL(page.url()).pathname, '/nosotros.html');
  await close();
});

test('what a script set before the elements were known is shown, and so is what it sets later', async () => {
  const { page, close } = await world.visit();
  await page.route('**/pkg/elements-define.js', async (route) => {
    const response = await route.fetch();
    const early = "document.querySelector('compago-pay').sku = 'cafe-altos-340';";
    await route.fulfill({ response, body: `${early}${await response.text()}` });
  });
  await open(page, '<compago-pay></compago-pay>');
  await page.getByText('Café de los Altos').waitFor();
  await page.locator('compago-pay').evaluate((element) => (element.sku = 'taza-barro'));
  await page.getByText('Taza de barro').waitFor();
  assert.equal(await page.locator('compago-pay').getAttribute('sku'), 'taza-barro');
  await close();
});
