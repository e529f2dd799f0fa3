// The pages and settings that docs/embed.md shows, and the three lines of README.md, run as they stand there, on another origin than the
// Worker's.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createServer, loadEnv } from 'vite';
import { readEmbedOrigins } from '../../scripts/embed-origins.mjs';
import * as shopper from '../browser/support/shopper.mjs';
import { newProject } from '../package/support/project.mjs';
import { blocksOf, filesOf } from '../support/documents.mjs';
import { ownPort } from '../support/stack.mjs';
import { buy, payAndReturn, startEmbedding } from './support/embedding.mjs';
import { serveSite } from './support/site.mjs';

const files = await filesOf('docs/embed.md');
const vitePort = await ownPort();
const viteOrigin = `http://localhost:${vitePort}`;
const project = await serveSite({}, { base: '/tienda/' });
const world = await startEmbedding({ others: [project.origin, viteOrigin] });
after(async () => {
  await world.stop();
  await project.stop();
});

/** A text with the addresses of this run. @param {string} text */
const here = (text) => text.replaceAll('https://shop.example', world.url).replaceAll('http://localhost:8787', world.url);

/** The files of one recipe. @param {string} folder */
const recipe = (folder) =>
  Object.fromEntries(
    Object.entries(files).flatMap(([file, text]) => (file.startsWith(`${folder}/`) ? [[file.slice(folder.length + 1), here(text)]] : [])),
  );

Object.assign(world.site.files, recipe('blog'), { 'readme.html': here((await filesOf('README.md'))['blog/index.html'] ?? '') });
Object.assign(project.files, recipe('tienda'));

test('docs/embed.md shows pages of another origin, below a path and of a dev server, each of them run here', () => {
  const names = ['blog/comprar.html', 'blog/comprar.js', 'blog/index.html', 'tienda/carrito.html', 'tienda/gracias.html', 'tienda/index.html'];
  assert.deepEqual(Object.keys(files).sort(), [...names, 'vite/.env.development', 'vite/index.html', 'vite/main.js']);
});

test('the setting that it shows is one', async () => {
  const [{ code }] = (await blocksOf('docs/embed.md')).filter(({ language }) => language === 'toml');
  const [, value = ''] = /^EMBED_ORIGINS = "(.*)"$/m.exec(code) ?? [];
  assert.deepEqual(readEmbedOrigins(value), ['https://blog.example', 'https://you.github.io']);
});

for (const [document, name] of [['docs/embed.md', ''], ['README.md', 'readme.html']]) {
  test(`the three lines of ${document} sell and follow the order`, async () => {
    const { page, close } = await world.visit();
    const address = world.site.url + name;
    await page.goto(address);
    const order = page.locator('compago-order');
    assert.equal(await order.isVisible(), false, 'nothing was bought yet');
    await buy(page);
    await payAndReturn(page, address);
    await shopper.untilHeadline(page, 'Pago recibido');
    await close();
  });
}

test('pages below a path fill one cart, sell it, and thank for it', async () => {
  const { page, close } = await world.visit();
  await page.goto(project.url);
  for (const name of ['Café de los Altos', 'Taza de barro']) {
    await page.locator('compago-pay', { hasText: name }).getByRole('button', { name: 'Agregar al carrito' }).click();
  }
  await page.getByRole('link', { name: 'Ver el carrito' }).click();
  await page.locator('compago-cart').getByText('Taza de barro').waitFor();
  await page.getByRole('button', { name: 'Pagar' }).first().click();
  await shopper.fillIn(page);
  const id = await shopper.goToCheckout(page);
  const payment = (await world.sandbox.payments()).find((one) => one.id === id);
  assert.equal(payment.amount, 189 + 210 + 99, 'with the first shipping method');
  await payAndReturn(page, `${project.url}gracias.html`);
  await shopper.untilHeadline(page, 'Pago recibido');
  await page.getByRole('link', { name: 'Seguir comprando' }).click();
  await page.getByRole('link', { name: 'Ver el carrito' }).click();
  await page.getByText('Tu carrito está vacío').waitFor();
  assert.deepEqual(project.missing, [], 'all links lead somewhere');
  await close();
});

test('a page of a dev server sells with the npm package', async (context) => {
  const own = recipe('vite');
  const built = await newProject(context, own);
  const env = loadEnv('development', built.file());
  assert.equal(env.VITE_WORKER, world.url);
  // A server that knows a file of settings starts anew when that goes, and it watches its files.
  const server = await createServer({
    configFile: false,
    root: built.file(),
    logLevel: 'error',
    cacheDir: built.file('cache'),
    server: { port: vitePort, strictPort: true, watch: null },
  });
  context.after(() => server.close());
  await server.listen();
  const { page, context: visitor } = await world.visit();
  await page.goto(viteOrigin);
  await buy(page);
  await payAndReturn(page, `${viteOrigin}/`);
  await shopper.untilHeadline(page, 'Pago recibido');
  await visitor.close();
});

test('where the order fails, that script has words of its own for its buyer', async () => {
  const { page, expect, close } = await world.visit();
  expect(/comprar\.js/, /ERR_FAILED|Failed to fetch|CompagoError/);
  await page.route(/\/api\/shop\/orders$/, (route) => route.abort());
  await page.goto(`${world.site.url}comprar.html`);
  await page.getByRole('button', { name: 'Comprar' }).click();
  await page.getByText('No se pudo hacer el pedido').waitFor();
  assert.equal(await page.getByText(/fetch|EMBED_ORIGINS/).count(), 0);
  await close();
});

test('a script of its own orders with `returnUrl`, and follows the order where its payer returns', async () => {
  const { page, close } = await world.visit();
  const address = `${world.site.url}comprar.html`;
  await page.goto(`${address}?campaign=mayo`);
  await page.getByRole('button', { name: 'Comprar' }).click();
  const first = await shopper.atCheckout(page);
  await payAndReturn(page, address);
  await page.getByText('paid', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Comprar' }).click();
  assert.notEqual(await shopper.atCheckout(page), first, 'a paid order is not bought again');
  await close();
});

test('a script of its own finds the same order after an answer was lost and the page reloaded', async () => {
  const { page, expect, close } = await world.visit();
  expect(/ERR_FAILED/, /CompagoError: TypeError: Failed to fetch/);
  const made = async () => (await world.sandbox.payments()).length;
  const before = await made();
  await page.goto(`${world.site.url}comprar.html`);
  await page.route('**/api/shop/orders', async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  const buyButton = page.getByRole('button', { name: 'Comprar' });
  await buyButton.click();
  await page.getByRole('status').getByText(/./).waitFor();
  await page.reload();
  await buyButton.click();
  await shopper.atCheckout(page);
  assert.equal(await made(), before + 1);
  await close();
});
