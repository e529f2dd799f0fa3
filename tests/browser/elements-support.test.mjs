// The elements in browsers and at addresses that lack something: constructed style sheets, a secure context, the Worker's own origin.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as shopper from './support/shopper.mjs';
import { serve } from './support/static-page.mjs';

/** @typedef {import('playwright-core').Page} Page */

const world = await startBrowsing();
after(() => world.stop());

/** An address as of a computer in the same house, over plain http. */
const LAN = 'http://tienda.test:8787';

/** As Safari was before 16.4, and Firefox before 101. @param {Page} page */
const withoutSheets = (page) =>
  page.addInitScript(() => {
    globalThis.CSSStyleSheet = new Proxy(CSSStyleSheet, { construct: () => { throw new TypeError('Illegal constructor'); } });
    for (const owner of [Document, ShadowRoot]) delete owner.prototype.adoptedStyleSheets;
  });

/** How the button looks. @param {Page} page */
const look = (page) =>
  page.getByRole('button', { name: 'Comprar' }).evaluate((button) => {
    const { backgroundColor, minHeight, borderRadius } = getComputedStyle(button);
    return [backgroundColor, minHeight, borderRadius];
  });
const styled = ['rgb(91, 63, 133)', '44px', '12px'];

for (const [name, lack] of /** @type {[string, (page: Page) => Promise<unknown>][]} */ ([['with', async () => {}], ['without', withoutSheets]])) {
  test(`${name} constructed style sheets they are styled under the Worker's policy, and nothing complains`, async () => {
    const { page, close } = await world.visit();
    await lack(page);
    await serve(page, world.url, '/nosotros.html', '<compago-pay sku="taza-barro"></compago-pay><compago-order></compago-order>');
    await page.goto(`${world.url}/nosotros.html`);
    await page.getByText('Taza de barro').waitFor();
    await page.waitForFunction(() => getComputedStyle(document.querySelector('compago-pay')).maxWidth === '512px');
    assert.deepEqual(await look(page), styled);
    await page.getByRole('button', { name: 'Comprar' }).click();
    await page.locator('compago-pay').evaluate((element) => (element.language = 'en'));
    await page.getByLabel('Email').waitFor();
    const [sheets, left] = await page.evaluate(() => {
      const { shadowRoot } = document.querySelector('compago-pay');
      return [shadowRoot.querySelectorAll('link, style').length, shadowRoot.querySelectorAll('[part~="box"]').length];
    });
    assert.deepEqual([sheets, left], [name === 'with' ? 0 : 1, 1], 'what is drawn anew keeps its styles');
    assert.equal(await page.getByLabel('Email').evaluate((field) => getComputedStyle(field).minHeight), '44px');
    await assertAccessible(page, `the form ${name} constructed sheets`);
    await close();
  });
}

test('where neither sheets nor elements.css are at hand, they bring a style element', async () => {
  const { page, expect, close } = await world.visit();
  expect(/elements\.css/);
  await withoutSheets(page);
  await page.route('**/elements.css', (route) => route.fulfill({ status: 404 }));
  const markup = '<!doctype html><script type="module" src="/pkg/elements-define.js"></script><compago-pay sku="taza-barro"></compago-pay>';
  await page.route('**/nosotros.html', (route) => route.fulfill({ contentType: 'text/html', body: `${markup}<link rel="icon" href="data:,">` }));
  await page.goto(`${world.url}/nosotros.html`);
  await page.getByText('Taza de barro').waitFor();
  await page.waitForFunction(() => getComputedStyle(document.querySelector('compago-pay')).maxWidth === '512px');
  assert.deepEqual(await look(page), styled);
  await close();
});

/**
 * Serves a page over plain http; its calls go through `answer`, or to the Worker as if they came from the shop.
 *
 * @param {Page} page
 * @param {string} markup
 * @param {(route: import('playwright-core').Route) => Promise<unknown> | undefined} [answer]
 */
async function atPlainHttp(page, markup, answer = () => undefined) {
  await page.route(`${LAN}/**`, async (route) => {
    const { pathname, search } = new URL(route.request().url());
    if (pathname === '/') {
      const head = '<!doctype html><html lang="es-MX"><title>Tostadores</title><link rel="icon" href="data:,"><script type="module" src="/pkg/elements-define.js"></script>';
      return route.fulfill({ contentType: 'text/html; charset=utf-8', body: `${head}<main><h1>Tostadores</h1>${markup}</main>` });
    }
    const own = pathname.startsWith('/api/') && answer(route);
    if (own) return own;
    const headers = { ...route.request().headers(), origin: world.url };
    return route.fulfill({ response: await route.fetch({ url: `${world.url}${pathname}${search}`, headers }) });
  });
  await page.goto(`${LAN}/`);
}

test('without a secure context all of their own works, up to the checkout', async () => {
  const { page, expect, close } = await world.visit();
  expect(/third party: http:\/\/tienda\.test/);
  await atPlainHttp(page, '<compago-pay sku="taza-barro"></compago-pay>');
  const lacks = await page.evaluate(() => [isSecureContext, typeof crypto.subtle, typeof crypto.randomUUID]);
  assert.deepEqual(lacks, [false, 'undefined', 'undefined']);
  await page.getByRole('button', { name: 'Comprar' }).click();
  await shopper.fillIn(page);
  const id = await shopper.goToCheckout(page);
  assert.ok((await world.sandbox.payments()).some((payment) => payment.id === id));
  await close();
});

for (const [code, status] of /** @type {[string, number][]} */ ([['https-required', 403], ['wrong-host', 421], ['foreign-origin', 403]])) {
  test(`what the Worker refuses as ${code} becomes what the payer can do: open the shop at its address`, async () => {
    const { page, expect, close } = await world.visit();
    expect(/third party: http:\/\/tienda\.test/, new RegExp(`status of ${status}`));
    await page.addInitScript(() => addEventListener('compago-error', ({ detail }) => (document.title = detail.code)));
    const refuse = (route) => route.fulfill({ status, contentType: 'application/problem+json', json: { code, status, detail: 'x' } });
    const { order } = await world.placeOrder();
    await atPlainHttp(page, `<compago-pay sku="taza-barro"></compago-pay><compago-order order="${order}"></compago-order>`, refuse);
    await page.getByRole('alert').getByText('Desde esta dirección no se puede pagar. Abre la tienda en su dirección oficial, que empieza con https://.').waitFor();
    await shopper.untilHeadline(page, 'Abre la tienda en su dirección oficial');
    assert.equal(await page.getByRole('button').count(), 0, 'nothing is offered that cannot work');
    assert.equal(await page.title(), code, 'the event says which it is');
    await assertAccessible(page, code);
    await close();
  });
}

test('the form says so when an order is refused for its address, in English', async () => {
  const { page, expect, close } = await world.visit();
  expect(/third party: http:\/\/tienda\.test/, /status of 403/);
  await atPlainHttp(page, '<compago-pay sku="taza-barro" language="en"></compago-pay>', (route) =>
    route.request().method() === 'POST' ? route.fulfill({ status: 403, json: { code: 'https-required' } }) : undefined,
  );
  await page.getByRole('button', { name: 'Buy' }).click();
  for (const { label, value } of shopper.answers('en')) {
    const field = page.getByLabel(label, { exact: true });
    await (label === 'State' ? field.selectOption(value) : field.fill(value));
  }
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.getByText('You can’t pay from this address. Open the shop at its official address, which begins with https://.').waitFor();
  await close();
});
