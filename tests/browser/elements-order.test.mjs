// <compago-order> beside the elements that sell: which order it shows, and what ends with a paid one.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import { ask } from './support/operator.mjs';
import * as shopper from './support/shopper.mjs';
import { serve } from './support/static-page.mjs';

/** @typedef {import('playwright-core').Page} Page */

const world = await startBrowsing();
after(() => world.stop());

/** @param {Page} page @param {string} markup @param {string} [query] */
async function open(page, markup, query = '') {
  await serve(page, world.url, '/nosotros.html', markup);
  await page.goto(`${world.url}/nosotros.html${query}`);
}

/** @param {Page} page */
const element = (page) => page.locator('compago-order');
const both = '<compago-pay sku="taza-barro"></compago-pay><compago-order></compago-order>';

/** Fills in the dialog and has an order created, without leaving the page. @param {Page} page @returns the payment's id at Compago */
async function create(page) {
  await page.getByRole('button', { name: 'Comprar: Taza de barro' }).click();
  await shopper.fillIn(page);
  const answer = page.waitForResponse((response) => response.request().method() === 'POST' && response.ok());
  await shopper.payButton(page).click();
  const { checkoutUrl } = await (await answer).json();
  return checkoutUrl.split('/').at(-1);
}

/** Pages that open the checkout in another tab, as frames do. @param {Page | import('playwright-core').BrowserContext} pages */
const stay = (pages) => pages.addInitScript(() => addEventListener('compago-created', (event) => event.preventDefault()));

test('without an order it is hidden and asks for nothing; a malformed one is not found', async () => {
  const { page, close } = await world.visit();
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await open(page, both);
  await page.getByText('Taza de barro').waitFor();
  assert.deepEqual(await element(page).evaluate((one) => [one.hidden, one.offsetHeight, one.shadowRoot?.textContent]), [true, 0, '']);
  for (const query of ['?order=', '?order=abc']) {
    await page.goto(`${world.url}/nosotros.html${query}`);
    await shopper.untilHeadline(page, 'No encontramos este pedido');
  }
  assert.deepEqual(asked.filter((path) => path.startsWith('/api/shop/orders')), []);
  await close();
});

test('a payer who comes back is led to the element once, below whatever is for sale', async () => {
  const { page, close } = await world.visit({ width: 360, height: 640 });
  const { order } = await world.placeOrder();
  const shelf = '<p>Tostadores</p>'.repeat(80);
  await open(page, `${shelf}<compago-order></compago-order>`, `?order=${order}`);
  await page.waitForFunction(() => {
    const { top, bottom } = document.querySelector('compago-order').getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight && bottom > top;
  });
  await page.evaluate(() => scrollTo(0, 0));
  await element(page).getByRole('button', { name: 'Cancelar pedido' }).evaluate((button) => button.click());
  await element(page).getByText('Pago cancelado').waitFor();
  assert.equal(await page.evaluate(() => scrollY), 0, 'who has scrolled away stays there');
  await open(page, `${shelf}<compago-order order="${order}"></compago-order>`);
  await element(page).getByText('Pago cancelado').waitFor();
  assert.equal(await page.evaluate(() => scrollY), 0, 'an order that the page names may stand anywhere');
  await close();
});

test('a page that hides the element keeps it hidden', async () => {
  const { page, close } = await world.visit();
  const { order } = await world.placeOrder();
  await open(page, '<compago-order hidden></compago-order>');
  await element(page).evaluate((one, value) => (one.order = value), order);
  await element(page).getByText('Esperamos tu pago').waitFor({ state: 'attached' });
  assert.equal(await element(page).isVisible(), false);
  await close();
});

test('an order that is created on the page is followed, and an order that the page names is not given up for it', async () => {
  const { page, close } = await world.visit();
  await stay(page);
  const { order: named } = await world.placeOrder();
  await open(page, `${both}<compago-order id="named" order="${named}"></compago-order><compago-order id="other" worker="https://other.example"></compago-order>`);
  const id = await create(page);
  const follows = element(page).first();
  await follows.getByText('Esperamos tu pago').waitFor({ state: 'attached' });
  await page.keyboard.press('Escape');
  await assertAccessible(page, 'an order beside its element');
  await world.sandbox.act(id, 'pay');
  await follows.getByRole('heading', { name: 'Pago recibido' }).waitFor();
  assert.equal(await page.locator('#named').evaluate((one) => one.order), named);
  assert.equal(await page.locator('#named').getByRole('heading').innerText(), 'Esperamos tu pago');
  assert.equal(await page.locator('#other').isVisible(), false, 'the order of another Worker');
  await close();
});

test('what was typed is forgotten once the order is paid, and what is typed after that is kept', async () => {
  const { page, close } = await world.visit();
  await stay(page);
  await open(page, both);
  const id = await create(page);
  await world.sandbox.act(id, 'pay');
  await element(page).getByText('Pago recibido').waitFor({ state: 'attached' });
  const { order } = await element(page).evaluate((one) => ({ order: one.order }));
  await open(page, both, `?order=${order}`);
  await shopper.untilHeadline(page, 'Pago recibido');
  await page.getByRole('button', { name: 'Comprar: Taza de barro' }).click();
  const email = page.getByLabel('Correo electrónico');
  assert.equal(await email.inputValue(), '');
  await email.fill('eva@example.com');
  await page.reload();
  await element(page).getByText('Pago recibido').waitFor();
  await page.getByRole('button', { name: 'Comprar: Taza de barro' }).click();
  assert.equal(await email.inputValue(), 'eva@example.com', 'the paid order is still in the address');
  await close();
});

test('a paid order is followed to the hand-over, with its carrier', async () => {
  const { page, close } = await world.visit({ width: 360, height: 740 });
  const items = [{ sku: 'taza-barro', quantity: 2 }, { sku: 'miel-melipona-120', quantity: 1 }];
  const { order, reference, paymentId } = await world.placeOrder({ items, shipping: { method: 'expres' } });
  await world.sandbox.act(paymentId, 'pay');
  const fulfil = (/** @type {object} */ request) => ask(world, `orders/${reference}/fulfilment`, 'POST', request);
  await open(page, `<compago-order order="${order}"></compago-order>`);
  await shopper.untilHeadline(page, 'Pago recibido');
  await element(page).getByText('SANDBOX: pagos de prueba, no se cobra dinero real.', { exact: true }).waitFor();
  // An order keeps the language in which it was placed.
  assert.deepEqual(await element(page).getByRole('listitem').allInnerTexts(), ['2 × Clay mug\n$420.00 MXN', 'Melipona honey\n$245.00 MXN', 'Express shipping\n$189.00 MXN']);
  for (const [request, title] of /** @type {[object, string][]} */ ([
    [{ status: 'prepared' }, 'Tu pedido está preparado'],
    [{ status: 'handed-over' }, 'Entregamos tu pedido'],
    [{ status: 'handed-over', carrier: 'Estafeta', trackingNumber: '8055241180' }, 'Tu pedido va en camino'],
  ])) {
    await fulfil(request);
    await page.reload();
    await shopper.untilHeadline(page, title);
  }
  await element(page).getByText(/^Salió el \d/).waitFor();
  assert.deepEqual([await shopper.fact(page, 'Paquetería'), await shopper.fact(page, 'Número de guía')], ['Estafeta', '8055241180']);
  await assertAccessible(page, 'an order on its way');
  await close();
});

test('a status that a later Worker has is no claim, and no error', async () => {
  const { page, close } = await world.visit();
  const { order } = await world.placeOrder();
  await page.route(`**/api/shop/orders/${order}`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), status: 'partly-refunded' } });
  });
  await open(page, `<compago-order order="${order}"></compago-order>`);
  await shopper.untilHeadline(page, 'Estamos confirmando tu pago');
  await close();
});

test('on a page of an origin that may not order, it says so instead of waiting for ever', async (t) => {
  const { page, expect, close } = await world.visit();
  const { order } = await world.placeOrder();
  // A page that a test fulfils itself may not call this machine.
  const markup = `<!doctype html><html lang="es-MX"><title>Blog</title><link rel="icon" href="data:,"><script type="module" src="${world.url}/pkg/elements-define.js"></script><compago-order></compago-order>`;
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html; charset=utf-8').end(markup)).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  expect(/third party: http:\/\/127\.0\.0\.1:/, /blocked by CORS policy|net::ERR_FAILED|status of 403/);
  await page.addInitScript(() => addEventListener('compago-error', ({ detail }) => (document.title = `${detail.code} ${detail.message}`)));
  await page.goto(`http://127.0.0.1:${port}/?order=${order}`);
  await shopper.untilHeadline(page, 'Abre la tienda en su dirección oficial');
  assert.match(await page.title(), new RegExp(`^foreign-origin .*http://127\\.0\\.0\\.1:${port}.*EMBED_ORIGINS`));
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 4000)));
  assert.deepEqual(asked, [], 'it asks no more');
  await close();
});

/** The statuses at Compago of payments, in their order. @param {string[]} ids */
async function statusesOf(ids) {
  const payments = new Map((await world.sandbox.payments()).map(({ id, status }) => [id, status]));
  return ids.map((id) => payments.get(id));
}

test('an order that was replaced is shown as its successor, and cannot be paid beside it', async () => {
  const { page, close } = await world.visit();
  await stay(page);
  await open(page, both);
  const first = await create(page);
  await page.getByText('Esperamos tu pago').waitFor({ state: 'attached' });
  const orderOf = () => element(page).evaluate((one) => one.order);
  const replaced = await orderOf();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Comprar: Taza de barro' }).click();
  await page.getByLabel('Nombre(s)').fill('Anita');
  const answer = page.waitForResponse((response) => /shop\/orders$/.test(response.url()) && response.request().method() === 'POST');
  await shopper.payButton(page).click();
  const created = await (await answer).json();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.deepEqual(await statusesOf([first, created.checkoutUrl.split('/').at(-1)]), ['CANCELLED', 'PENDING']);

  await open(page, both, `?order=${replaced}`);
  await shopper.untilHeadline(page, 'Esperamos tu pago');
  assert.equal(await orderOf(), created.order);
  await open(page, `<compago-order order="${replaced}"></compago-order>`);
  await shopper.untilHeadline(page, 'Pago cancelado');
  assert.equal(await element(page).getByRole('button').count(), 0);
  await close();
});

/** Leaves an order in the place of another one as tabs do, for longer than this may take. @param {[worker: string, before: string, after: string]} pair */
const leaveInDatabase = ([worker, before, after]) =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open('compago-handover');
    opening.onerror = reject;
    opening.onupgradeneeded = () => opening.result.createObjectStore('orders');
    opening.onsuccess = () => {
      const writing = opening.result.transaction('orders', 'readwrite');
      writing.objectStore('orders').put([[before, after, Date.now() + 9000]], worker);
      writing.oncomplete = () => resolve(opening.result.close());
    };
  });

/** Leaves it where tabs of all ages find it. @param {[worker: string, before: string, after: string]} pair */
const leaveInStorage = ([worker, before, after]) => localStorage.setItem(`compago-replaced ${worker}`, JSON.stringify({ [before]: after }));

for (const [name, leave] of /** @type {[string, (pair: [string, string, string]) => unknown]} */ ([
  ['meanwhile', leaveInStorage],
  ['at the same moment', leaveInDatabase],
])) {
  test(`an order that another tab has replaced ${name} is not paid again`, async () => {
    const { page, close } = await world.visit();
    const [before, after] = [await world.placeOrder(), await world.placeOrder()];
    await open(page, '<compago-order></compago-order>', `?order=${before.order}`);
    await element(page).getByRole('button', { name: 'Cancelar pedido' }).click();
    await element(page).getByRole('button', { name: 'Pagar de nuevo' }).waitFor();
    await page.evaluate(leave, /** @type {[string, string, string]} */ ([world.url, before.order, after.order]));
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await element(page).getByRole('button', { name: 'Pagar de nuevo' }).click();
    await shopper.untilHeadline(page, 'Esperamos tu pago');
    assert.equal(await element(page).evaluate((one) => one.order), after.order);
    assert.deepEqual(asked.filter((path) => path.endsWith('/retry')), []);
    await close();
  });
}

/** Has two tabs of a profile order the same item so that each has its answer before either goes on. @param {Page} page @param {Page} other @returns the payments' ids */
async function orderAtOnce(page, other) {
  /** @type {string[]} */
  const ids = [];
  let release = () => {};
  const both = new Promise((resolve) => (release = () => resolve(undefined)));
  for (const tab of [page, other]) {
    await open(tab, '<compago-pay sku="taza-barro"></compago-pay>');
    await tab.route('**/api/shop/orders', async (route) => {
      const response = await route.fetch();
      if (ids.push((await response.json()).checkoutUrl.split('/').at(-1)) === 2) release();
      await both;
      await route.fulfill({ response });
    });
    await tab.getByRole('button', { name: 'Comprar: Taza de barro' }).click();
    await shopper.fillIn(tab);
    await shopper.payButton(tab).click();
  }
  for (const tab of [page, other]) await tab.getByRole('dialog').waitFor({ state: 'hidden' });
  return ids;
}

test('two tabs that order the same at the same time leave one link that can be paid', async () => {
  const { page, context, close } = await world.visit();
  await stay(context);
  assert.deepEqual((await statusesOf(await orderAtOnce(page, await context.newPage()))).sort(), ['CANCELLED', 'PENDING']);
  await close();
});

test('two tabs leave one link that can be paid although neither sees in localStorage what the other has written', async () => {
  const { page, context, close } = await world.visit();
  await stay(context);
  await context.addInitScript(() => {
    const own = new Map();
    const { getItem, setItem } = Storage.prototype;
    Storage.prototype.getItem = function (key) {
      return this === localStorage ? (own.get(key) ?? null) : getItem.call(this, key);
    };
    Storage.prototype.setItem = function (key, value) {
      own.set(key, value);
      setItem.call(this, key, value);
    };
  });
  assert.deepEqual((await statusesOf(await orderAtOnce(page, await context.newPage()))).sort(), ['CANCELLED', 'PENDING']);
  await close();
});

for (const [name, failing] of /** @type {[string, () => void]} */ ([
  ['never opens', () => (IDBFactory.prototype.open = () => /** @type {any} */ ({}))],
  ['is forbidden', () => Object.defineProperty(globalThis, 'indexedDB', { get: () => { throw new DOMException('', 'SecurityError'); } })],
])) {
  test(`an item can be bought where the database of the browser ${name}`, async () => {
    const { page, close } = await world.visit();
    await page.addInitScript(failing);
    await open(page, both);
    await page.getByRole('button', { name: 'Comprar: Taza de barro' }).click();
    await shopper.fillIn(page);
    await shopper.payButton(page).click();
    assert.deepEqual(await statusesOf([await shopper.atCheckout(page)]), ['PENDING']);
    await close();
  });
}

test('an order that was paid again by a new link is not led back to its first one', async () => {
  const { page, close } = await world.visit();
  await stay(page);
  await open(page, both);
  const first = await create(page);
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await element(page).getByRole('button', { name: 'Cancelar pedido' }).click();
  await element(page).getByRole('button', { name: 'Pagar de nuevo' }).click();
  await element(page).getByText('Esperamos tu pago').waitFor();
  const last = await create(page);
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.notEqual(last, first);
  assert.deepEqual(await statusesOf([first, last]), ['CANCELLED', 'PENDING']);
  await close();
});

test('a checkout that nobody has opened is offered beside the order', async () => {
  const { page, close } = await world.visit();
  await stay(page);
  await open(page, both);
  const id = await create(page);
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await element(page).getByRole('link', { name: 'Continuar al pago' }).click();
  assert.equal(await shopper.atCheckout(page), id);
  await close();
});

test('a checkout that nobody has opened is not offered once another tab has begun a new attempt', async () => {
  const { page, close } = await world.visit();
  await stay(page);
  await open(page, both);
  await create(page);
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  const link = element(page).getByRole('link', { name: 'Continuar al pago' });
  await link.waitFor();
  await page.evaluate(async () => {
    const { order } = document.querySelector('compago-order');
    for (const act of ['cancel', 'retry']) {
      const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
      const { ok } = await fetch(`/api/shop/orders/${order}/${act}`, { method: 'POST', headers, body: '{}' });
      if (!ok) throw new Error(act);
    }
  });
  await link.waitFor({ state: 'hidden' });
  await element(page).getByText('Esperamos tu pago').waitFor();
  await close();
});
