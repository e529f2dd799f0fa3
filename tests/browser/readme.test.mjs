// The pages and settings that README.md shows run as they stand there, where it says that they belong.
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { createServer, loadConfigFromFile } from 'vite';
import { assembleSite } from '../../scripts/build-site.mjs';
import { inRoot, testShopDir } from '../../scripts/paths.mjs';
import { newProject } from '../package/support/project.mjs';
import { filesOf } from '../support/documents.mjs';
import { ownPort } from '../support/stack.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as shopper from './support/shopper.mjs';
import { until } from './support/until.mjs';

const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-readme-'));
const files = await filesOf('README.md');
const pages = Object.keys(files).filter((file) => file.startsWith('shop/'));
await cp(testShopDir, path.join(folder, 'shop'), { recursive: true });
for (const file of pages) await writeFile(path.join(folder, file), files[file]);
const site = path.join(folder, 'site');
await mkdir(site);
await assembleSite({ pages: inRoot('www'), shop: path.join(folder, 'shop') }, site);

const world = await startBrowsing({ site });
after(async () => {
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

test('README.md shows pages of one file for markup and one for each script', () => {
  assert.deepEqual(pages.sort(), ['shop/cafe.html', 'shop/comprar.html', 'shop/comprar.js', 'shop/pedido.html', 'shop/pedido.js']);
});

test('a page with a script of its own sells, and another one follows the order until it is paid', async () => {
  const { page, close } = await world.visit();
  await page.goto(`${world.url}/comprar.html`);
  await page.getByRole('button', { name: 'Comprar' }).click();
  const id = await shopper.atCheckout(page);
  const payment = (await world.sandbox.payments()).find((made) => made.id === id);
  assert.equal(payment.amount, 189);
  const order = new URL(payment.redirectUrl).searchParams.get('order');

  const follower = await page.context().newPage();
  await follower.goto(`${world.url}/pedido.html?order=${order}`);
  await follower.getByText('awaiting-payment', { exact: true }).waitFor();
  await shopper.payThere(page);
  await shopper.untilHeadline(page, 'Pago recibido');
  await follower.getByText('paid', { exact: true }).waitFor();
  await close();
});

test('a refused order is reported on the page', async () => {
  const { page, context } = await world.visit();
  await page.route('**/comprar.js', async (route) => {
    await route.fulfill({ contentType: 'text/javascript', body: files['shop/comprar.js'].replace("zip: '72000'", "zip: '7'") });
  });
  await page.goto(`${world.url}/comprar.html`);
  await page.getByRole('button', { name: 'Comprar' }).click();
  await until('the problem', async () => (await page.getByRole('alert').innerText()) !== '');
  await context.close();
});

test('a page without JavaScript of its own sells', async () => {
  const { page, close } = await world.visit();
  await page.goto(`${world.url}/cafe.html`);
  await page.getByRole('button', { name: 'Comprar' }).click();
  await shopper.fillIn(page);
  // With the first shipping method.
  await page.getByRole('button', { name: 'Pagar $288.00 MXN' }).click();
  await shopper.atCheckout(page);
  await close();
});

test('the routes that docs/domains.md names are all that the pages for payers and of problems load', async () => {
  const section = /## Pages that stay where they are\n(.*?)(?:\n##|$)/s.exec(await readFile(inRoot('docs', 'domains.md'), 'utf8'))?.[1] ?? '';
  const routes = [...section.matchAll(/`(\/[\w./*-]+)`/g)].map(([, route]) => route);
  assert.ok(routes.length > 10, routes.join(' '));
  const commented = [...(await readFile(inRoot('worker', 'wrangler.toml'), 'utf8')).matchAll(/^# +\{ pattern = "shop\.example(\/[^"]+)"/gm)].map(([, route]) => route);
  assert.deepEqual(commented.sort(), [...routes].sort(), 'wrangler.toml has the same list');
  const isRouted = (address) => routes.some((route) => (route.endsWith('*') ? address.startsWith(route.slice(0, -1)) : address === route));
  const { page, close } = await world.visit();
  const asked = [];
  page.on('request', (request) => request.url().startsWith(world.url) && asked.push(new URL(request.url()).pathname));
  const { order } = await world.placeOrder();
  for (const address of [`/return.html?order=${order}`, '/return.html?order=nobody', '/card', '/problems/not-found']) {
    await page.goto(world.url + address);
    await page.waitForLoadState('networkidle');
  }
  asked.push(...(await page.locator('main a[href^="/"]').evaluateAll((links) => links.map((link) => new URL(link.href).pathname))));
  assert.ok(asked.length > 20);
  assert.deepEqual([...new Set(asked.filter((address) => !isRouted(address)))], []);
  await close();
});

test("a dev server of one's own in front sells with the proxy that README.md shows", async (context) => {
  const port = await ownPort();
  const shop = await startBrowsing({ env: { SHOP_ORIGIN: `http://localhost:${port}` } });
  context.after(() => shop.stop());
  const text = files['vite.config.js'].replace('http://localhost:8787', shop.url).replace('5173', String(port));
  assert.ok(text.includes(shop.url) && text.includes(`port: ${port}`));
  const script = files['shop/comprar.js'].replace("'/pkg/status.js'", "'compago-edge/status'");
  const project = await newProject(context, { 'vite.config.mjs': text, 'comprar.html': files['shop/comprar.html'], 'comprar.js': script });
  // The settings are passed as values: a server that knows their file starts anew when that goes, and a null for its watcher is
  // skipped where settings of a file are merged.
  const { config } = await loadConfigFromFile({ command: 'serve', mode: 'development' }, project.file('vite.config.mjs'));
  const server = await createServer({
    ...config,
    configFile: false,
    root: project.file(),
    logLevel: 'error',
    cacheDir: path.join(folder, 'vite'),
    server: { ...config.server, watch: null },
  });
  context.after(() => server.close());
  await server.listen();
  const { page, context: visitor } = await shop.visit();
  await page.goto(`http://localhost:${port}/comprar.html`);
  await page.getByRole('button', { name: 'Comprar' }).click();
  await shopper.atCheckout(page);
  await shopper.payThere(page);
  await page.waitForURL((url) => url.origin === `http://localhost:${port}` && url.pathname === '/return.html');
  await shopper.untilHeadline(page, 'Pago recibido');
  await visitor.close();
});
