// A page in a frame of another site: a shop in somebody's newsletter, site builder or learning platform.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { body as order } from '../browser/support/browsing.mjs';
import * as shopper from '../browser/support/shopper.mjs';
import { begin, pageWith, startEmbedding, threeLines } from './support/embedding.mjs';
import { serveSite } from './support/site.mjs';

/** The page around the frame: another site than that of the frame. */
const around = await serveSite({}, { host: 'localhost' });
const world = await startEmbedding({ strangers: [around.origin] });
after(async () => {
  await world.stop();
  await around.stop();
});
const selling = pageWith(world.url, threeLines);
world.site.files['index.html'] = selling;

const payments = () => world.sandbox.payments();
const blocked = { preferences: { profile: { cookie_controls_mode: 1, block_third_party_cookies: true } } };

/**
 * Opens a page that has the selling page in a frame.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} [attributes] of the frame
 */
async function openFramed(page, attributes = `src="${world.site.url}"`) {
  around.files['index.html'] = `<!doctype html><title>Boletín</title><main><h1>Boletín</h1><iframe title="Tienda" ${attributes} width="400" height="700"></iframe></main>`;
  await page.goto(around.url);
  return page.frameLocator('iframe');
}

const sandboxed = (/** @type {string} */ more) => `sandbox="allow-scripts allow-same-origin allow-forms ${more}" src="${world.site.url}"`;

/** Presses the button that pays, and counts the orders that were made. @param {import('playwright-core').FrameLocator} frame */
async function pay(frame) {
  await begin(frame);
  await frame.getByRole('button', { name: /^Pagar \$/ }).click();
}

/**
 * Posts an order from a frame as the elements do, which the browser asks the Worker about first, and as a form may, without asking: that
 * answer the frame may not read. Runs in the frame, until both are over.
 *
 * @param {{ address: string, order: object }} what
 */
async function ask({ address, order }) {
  const post = { method: 'POST', body: JSON.stringify(order) };
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'a-frame-without-an-origin-0123456789' };
  await Promise.allSettled([fetch(address, { ...post, headers }), fetch(address, { ...post, mode: 'no-cors' })]);
}

/** Pays at the checkout, without waiting for more. @param {import('playwright-core').Page | import('playwright-core').FrameLocator} page */
const payAtCheckout = (page) => page.getByRole('button', { name: /^(Pagar|Pay) \$/ }).click();

for (const [what, attributes] of [['a frame', undefined], ['a frame that may leave its page when a person presses', sandboxed('allow-top-navigation-by-user-activation')]]) {
  test(`from ${what} the whole window goes to the checkout, and comes back to the page itself`, async () => {
    const { page, close } = await world.visit(blocked);
    const before = (await payments()).length;
    await pay(await openFramed(page, attributes));
    await shopper.atCheckout(page);
    await payAtCheckout(page);
    await page.waitForURL((url) => url.origin === world.site.origin && url.searchParams.has('order'));
    await shopper.untilHeadline(page, 'Pago recibido');
    assert.equal((await payments()).length, before + 1);
    await close();
  });
}

test('from a frame that may not leave its page the checkout opens in another tab, and the frame follows the order', async () => {
  const { page, context, expect, close } = await world.visit(blocked);
  expect(/Unsafe attempt to initiate navigation|frame.*sandbox/i);
  const before = (await payments()).length;
  const frame = await openFramed(page, sandboxed('allow-popups allow-popups-to-escape-sandbox'));
  await pay(frame);
  const opening = context.waitForEvent('page');
  await frame.getByRole('form').getByRole('link', { name: 'Continuar al pago' }).click();
  const tab = await opening;
  await tab.waitForURL(/\/checkout\/otp\//);
  assert.equal(await tab.evaluate(() => window.opener), null);
  assert.equal(page.url(), around.url, 'the page around stays');
  await payAtCheckout(tab);
  await tab.waitForURL((url) => url.origin === world.site.origin && url.searchParams.has('order'));
  await shopper.untilHeadline(tab, 'Pago recibido');
  await frame.getByRole('heading', { name: 'Pago recibido' }).waitFor();
  assert.equal((await payments()).length, before + 1);
  await close();
});

test('from a frame that may open no tab either the checkout opens in the frame, if it may be in one', async () => {
  const { page, context, expect, close } = await world.visit(blocked);
  expect(/Unsafe attempt to initiate navigation|frame.*sandbox|Blocked opening/i);
  // The sandbox's checkout may be in no frame; Compago does not say of its own. Chromium asks before a page whose origin on the network it
  // does not know, as of one that a test changed, reaches this machine.
  await context.grantPermissions(['local-network-access']);
  await page.route(/\/checkout\/otp\/[\w-]+$/, async (route) => {
    const response = await route.fetch();
    const { 'content-security-policy': policy = '', ...headers } = response.headers();
    await route.fulfill({ response, headers: { ...headers, 'content-security-policy': policy.replace(/frame-ancestors.*/, '') } });
  });
  const before = (await payments()).length;
  const frame = await openFramed(page, sandboxed(''));
  await pay(frame);
  await frame.getByRole('form').getByRole('link', { name: 'Continuar al pago' }).click();
  await payAtCheckout(frame);
  await frame.getByRole('heading', { name: 'Pago recibido' }).waitFor();
  assert.equal((await payments()).length, before + 1);
  assert.equal(page.url(), around.url);
  await close();
});

test('a frame whose content its page wrote itself sells for that page', async () => {
  const { page, close } = await world.visit();
  const content = selling.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  world.site.files['framing.html'] = `<!doctype html><title>Catálogo</title><iframe title="Tienda" srcdoc="${content}" width="400" height="700"></iframe>`;
  await page.goto(`${world.site.url}framing.html`);
  await pay(page.frameLocator('iframe'));
  await shopper.atCheckout(page);
  await payAtCheckout(page);
  await page.waitForURL((url) => url.href.startsWith(`${world.site.url}framing.html`) && url.searchParams.has('order'));
  await page.frameLocator('iframe').getByRole('heading', { name: 'Pago recibido' }).waitFor();
  await close();
});

test('a frame without an origin of its own cannot order, and says so', async () => {
  const { page, expect, close } = await world.visit();
  expect(/CORS policy/, /ERR_FAILED/, /status of 403/, /ERR_BLOCKED_BY_RESPONSE/);
  const before = (await payments()).length;
  const frame = await openFramed(page, `sandbox="allow-scripts allow-forms" src="${world.site.url}"`);
  await frame.getByText('no se puede pagar').waitFor();
  assert.equal(await frame.getByRole('button', { name: 'Comprar' }).count(), 0);
  const [, inside] = page.frames();
  const address = `${world.url}/api/shop/orders`;
  const answered = page.waitForEvent('requestfailed', (request) => request.url() === address && /BLOCKED_BY_RESPONSE/.test(request.failure()?.errorText ?? ''));
  await inside.evaluate(ask, { address, order });
  await answered;
  assert.equal((await payments()).length, before);
  await close();
});
