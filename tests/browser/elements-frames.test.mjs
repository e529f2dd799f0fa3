// The elements in a frame of somebody else's page: the checkout opens around it, in another tab or in it, and an order is made once.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import * as shopper from './support/shopper.mjs';
import { until } from './support/until.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Frame} Frame */

const world = await startBrowsing();
/** The page around the frame, of another site: what it answers with. */
let outer = '';
const magazine = createServer((_, response) => response.setHeader('content-type', 'text/html; charset=utf-8').end(outer)).listen(0, '127.0.0.1');
await once(magazine, 'listening');
const OUTER = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (magazine.address()).port}`;
after(async () => {
  await world.stop();
  magazine.closeAllConnections();
  magazine.close();
});

const script = '<link rel="icon" href="data:,"><script type="module" src="/pkg/elements-define.js"></script>';
/** @param {string} elements */
const markup = (elements) => `<!doctype html><html lang="es-MX"><title>Tostadores</title>${script}<main><h1>Tostadores</h1>${elements}</main>`;
const mug = '<compago-pay sku="taza-barro"></compago-pay>';
const sandboxed = 'sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox"';

const payments = () => world.sandbox.payments();

/** Serves the page of the frame. @param {Page} page @param {string} elements */
const serveInner = (page, elements) => page.route('**/marco.html', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: markup(elements) }));

/** Opens the dialog and fills in what is asked for. @param {Page | Frame} frame */
async function begin(frame) {
  await frame.getByRole('button', { name: 'Comprar' }).click();
  await shopper.fillIn(/** @type {any} */ (frame));
}

/** Opens a page with elements in a frame. @param {Page} page @param {string} [attributes] of the frame @param {string} [elements] */
async function inFrame(page, attributes = '', elements = mug) {
  const frame = `<iframe title="Comprar" width="100%" height="700" ${attributes} src="${world.url}/marco.html"></iframe>`;
  outer = `<!doctype html><html lang="es-MX"><title>Revista</title><link rel="icon" href="data:,"><main><h1>Revista</h1>${frame}</main>`;
  await serveInner(page, elements);
  await page.goto(`${OUTER}/`);
  const inner = await until('the frame', () => page.frames().find((one) => one.url().endsWith('/marco.html')));
  if (elements === mug) await begin(inner);
  return inner;
}

/** @param {Frame} frame */
const pay = (frame) => frame.getByRole('button', { name: /^Pagar/ }).click();
/** @param {Frame} frame */
const link = (frame) => frame.getByRole('link', { name: 'Continuar al pago' });
/** @param {string} url */
const paymentOf = (url) => new URL(url).pathname.split('/').at(-1);

const outside = /third party: http:\/\/127\.0\.0\.1:/;
/** What Chromium writes when it keeps a frame from leaving its page. */
const refused = /Unsafe attempt to initiate navigation|Blocked opening/;

test('from a frame the page around it goes to the checkout', async () => {
  const { page, expect, close } = await world.visit();
  expect(outside);
  const frame = await inFrame(page);
  await pay(frame);
  const id = await shopper.atCheckout(page);
  assert.equal(page.frames().length, 1);
  assert.equal((await payments()).at(-1).id, id);
  await close();
});

test('a frame that may not leave its page offers a link, which opens the checkout in another tab', async () => {
  const { page, context, expect, close } = await world.visit();
  expect(outside, refused);
  const before = (await payments()).length;
  const frame = await inFrame(page, sandboxed);
  await pay(frame);
  await frame.getByText(/Tu pedido ya está creado\. Referencia: [0-9A-Z-]{14}$/).waitFor();
  await frame.getByText('La página de pago no se abrió automáticamente.').waitFor();
  const opening = context.waitForEvent('page');
  await link(frame).click();
  const tab = await opening;
  await tab.waitForURL(/\/checkout\/otp\//);
  assert.equal(await tab.evaluate(() => globalThis.opener), null, 'the checkout cannot steer this page');
  assert.equal(await frame.getByRole('dialog').count(), 0);
  await frame.getByRole('status').getByText(/^Abrimos la página de pago en otra pestaña\. Ahí puedes pagar tu pedido\. Referencia: [0-9A-Z-]{14}\.$/).waitFor();

  await frame.getByRole('button', { name: 'Comprar' }).click();
  await pay(frame);
  const again = context.waitForEvent('page');
  await link(frame).click();
  const second = await again;
  await second.waitForURL(/\/checkout\/otp\//);
  assert.equal(second.url(), tab.url(), 'it is the same order');
  assert.equal((await payments()).length, before + 1);
  await close();
});

test('where it may open no tab either, it goes on in the frame', async () => {
  const { page, expect, close } = await world.visit();
  expect(outside, refused);
  const before = (await payments()).length;
  const frame = await inFrame(page, 'sandbox="allow-scripts allow-same-origin allow-forms"');
  await pay(frame);
  // Chromium does not load a page of this machine in a frame whose own page was not served by one.
  await page.route('**/checkout/otp/**', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Pagar</title>' }));
  await link(frame).click();
  await frame.waitForURL(/\/checkout\/otp\//);
  assert.equal(page.url(), `${OUTER}/`);
  assert.equal((await payments()).length, before + 1);
  assert.equal((await payments()).at(-1).id, paymentOf(frame.url()));
  await close();
});

test('an order that is paid again from such a frame has the same link', async () => {
  const { page, context, expect, close } = await world.visit();
  expect(outside, refused);
  const { order, paymentId } = await world.placeOrder();
  await world.sandbox.act(paymentId, 'cancel');
  const frame = await inFrame(page, sandboxed, `<compago-order order="${order}"></compago-order>`);
  await frame.getByRole('button', { name: 'Pagar de nuevo' }).click();
  await frame.getByRole('heading', { name: 'Esperamos tu pago' }).waitFor();
  const opening = context.waitForEvent('page');
  await link(frame).click();
  const id = await shopper.atCheckout(await opening);
  await world.sandbox.act(id, 'pay');
  await frame.getByRole('heading', { name: 'Pago recibido' }).waitFor();
  assert.equal(await link(frame).count(), 0);
  await close();
});

test('where no tab opens but the page around may be left when somebody presses, it is left', async () => {
  const { page, expect, close } = await world.visit();
  expect(outside, refused);
  // Chromium takes the answer to a call of the test's for a press, and the frame changes by itself as long as the order takes.
  await page.addInitScript(() => {
    globalThis.tellSample = () => {};
  });
  const frame = await inFrame(page, 'sandbox="allow-scripts allow-same-origin allow-forms allow-top-navigation-by-user-activation"');
  // As after an answer that took longer than a press counts.
  await frame.evaluate(() => setInterval(() => navigator.userActivation.isActive || console.log(`no press at ${Date.now()}`), 100));
  const heard = (/** @type {RegExp} */ text, since = 0) => page.waitForEvent('console', (message) => text.test(message.text()) && Number(/\d*$/.exec(message.text())?.[0]) >= since);
  await page.route('**/api/shop/orders', async (route) => {
    // What was written before the press may be heard after it.
    const over = heard(/^no press at /, Date.now());
    const response = await route.fetch();
    await over;
    await route.fulfill({ response });
  });
  // Looking into the frame meanwhile would count as a press.
  await Promise.all([heard(refused), pay(frame)]);
  await link(frame).click();
  await shopper.atCheckout(page);
  await close();
});

for (const [name, here] of /** @type {[string, (page: Page) => Promise<Frame>][]} */ ([
  ['a frame', (page) => inFrame(page)],
  [
    'a page',
    async (page) => {
      await serveInner(page, mug);
      await page.goto(`${world.url}/marco.html`);
      await begin(page);
      return page.mainFrame();
    },
  ],
]))
  test(`when the checkout does not open from ${name}, a link is offered, and another attempt is the same order`, async () => {
    const { page, expect, close } = await world.visit();
    expect(outside);
    const before = (await payments()).length;
    const frame = await here(page);
    // An answer without content leaves a page where it is.
    await page.route('**/checkout/otp/**', (route) => route.fulfill({ status: 204 }));
    await pay(frame);
    await link(frame).waitFor();
    await frame.getByText(/^Tu pedido ya está creado\. Referencia: [0-9A-Z-]{14}$/).waitFor();
    assert.equal(await frame.getByRole('button', { name: /^Pagar/ }).getAttribute('aria-disabled'), 'false');
    await page.unroute('**/checkout/otp/**');
    await pay(frame);
    await shopper.atCheckout(page);
    assert.equal((await payments()).length, before + 1);
    await close();
  });
