// The catalog as the shop shows it, also one with a mistake in it.
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { ownCatalog } from '../support/own-catalog.mjs';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as shopper from './support/shopper.mjs';

const { site, good, write, changed, ...own } = await ownCatalog();
const world = await startBrowsing({ site });
afterEach(own.restore);
after(async () => {
  await world.stop();
  await own.remove();
});

test('with a mistake in the catalog the shop shows no product and no price, says that it takes no orders, and sells again once it is corrected', async () => {
  await write(changed(([item]) => (item.unitAmount = 120.5)));
  const { page, expect, close } = await world.visit({ width: 360, height: 740 });
  expect(/status of 503 /);
  await page.goto(world.url);
  await page.getByRole('heading', { name: 'Por ahora la tienda no puede recibir pedidos' }).waitFor();
  assert.doesNotMatch(await page.locator('body').innerText(), /\$|Café de los Altos/);
  await assertAccessible(page, 'a shop with a mistake in its catalog');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'The shop can’t take orders right now' }).waitFor();

  await write(good);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('button', { name: 'Add to cart: Highland coffee' }).waitFor();
  assert.equal(await page.locator('#catalog-trouble').isVisible(), false);
  await close();
});

test('a cart from before is kept, and its order refused in words that say nothing was charged', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 503 /);
  await shopper.choose(page, world.url);
  await shopper.fillIn(page);
  await write('{');
  await shopper.payButton(page).click();
  await page.getByText(/^Por ahora la tienda no puede cobrar\. No se cobró nada/).waitFor();
  await write(good);
  await shopper.goToCheckout(page);
  await close();
});

test('a shop that sells nothing says so', async () => {
  await write('{ "currency": "MXN", "items": [] }');
  const { page, close } = await world.visit();
  await page.goto(world.url);
  await page.getByText('Por ahora no hay nada a la venta.').waitFor();
  assert.equal(await page.locator('.card').count(), 0);
  await close();
});

test('an item needs neither description nor picture, and one language of a description replaces the other', async () => {
  await write(changed(([one, two]) => {
    delete one.description;
    delete one.picture;
    two.description = { en: 'Six rounds.' };
  }));
  const { page, close } = await world.visit();
  await shopper.choose(page, world.url);
  const card = (/** @type {string} */ sku) => page.locator(`.card[data-sku="${sku}"]`);
  assert.equal(await card('cafe-altos-340').locator('.text').textContent(), '');
  assert.equal(await card('cafe-altos-340').locator('img').getAttribute('src'), null);
  assert.equal(await page.locator('.line-item img').getAttribute('src'), null);
  assert.equal(await card('chocolate-mesa-6').locator('.text').textContent(), 'Six rounds.');
  await close();
});

for (const [locale, name] of [['es-MX', 'Café de los Altos'], ['en-US', 'Highland coffee']])
  test(`the cards of the page's markup stay where they are once the catalog is there (${locale})`, async () => {
    const { page, close } = await world.visit({ width: 360, height: 740, locale });
    let release = () => {};
    const mayCome = new Promise((resolve) => (release = () => resolve(undefined)));
    await page.route('**/catalog.json', async (route) => {
      await mayCome;
      await route.continue();
    });
    await page.goto(world.url);
    await page.getByRole('heading', { name, exact: true }).waitFor();
    const placed = () => page.locator('.card').evaluateAll((cards) => cards.map((card) => [card.innerText.split('\n')[0], card.isMarked, card.getBoundingClientRect().top, card.getBoundingClientRect().height]));
    await page.locator('.card').evaluateAll((cards) => cards.forEach((card) => (card.isMarked = true)));
    const before = await placed();
    assert.equal(before.length, 6);
    release();
    await page.getByRole('button', { name: `${locale === 'en-US' ? 'Add to cart' : 'Agregar al carrito'}: ${name}` }).waitFor();
    assert.deepEqual(await placed(), before);
    await close();
  });

test('what the catalog has lost since leaves the page, what it gained comes in its place, and a name leads to the product', async () => {
  await write(changed((items) => {
    items.splice(0, 1);
    items.splice(2, 0, { ...items[0], sku: 'nuevo', name: { 'es-MX': 'Nuevo', en: 'New' } });
  }));
  const { page, close } = await world.visit();
  await page.goto(world.url);
  await page.getByRole('button', { name: 'Agregar al carrito: Nuevo' }).waitFor();
  const { items } = JSON.parse(await (await page.request.get(`${world.url}/catalog.json`)).text());
  assert.deepEqual(await page.locator('.card h3').allInnerTexts(), items.map((/** @type {any} */ item) => item.name['es-MX']));
  const gained = page.locator('.card', { hasText: 'Nuevo' });
  assert.equal(await gained.getByRole('link').getAttribute('href'), '/productos/nuevo.html');
  assert.equal(await gained.locator('img').getAttribute('src'), items[2].picture);
  await page.locator('.card').getByRole('link', { name: 'Taza de barro' }).click();
  await page.getByRole('heading', { level: 1, name: 'Taza de barro' }).waitFor();
  await close();
});
