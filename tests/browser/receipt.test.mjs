// The receipt on the return page, and what it says once the order is handed over.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import { servedIn } from './support/environment.mjs';
import { ask } from './support/operator.mjs';
import * as shopper from './support/shopper.mjs';
import { serve } from './support/static-page.mjs';
import { fetchOnce } from '../support/fetch-once.mjs';
import { shop } from '../support/shop.mjs';

/** @typedef {import('playwright-core').Page} Page */

const world = await startBrowsing();
after(() => world.stop());

const twoMugs = { items: [{ sku: 'taza-barro', quantity: 2 }, { sku: 'cafe-altos-340', quantity: 1 }], shipping: { method: 'expres' } };

/** An order in English, whose names stay so in a page in Spanish; it is paid, with the address that the payer returns to. @param {object} [more] */
async function paidOrder(more = twoMugs) {
  const order = await world.placeOrder(more);
  const { redirectTo } = await world.sandbox.act(order.paymentId, 'pay');
  return { ...order, redirectTo };
}

/** What the shop says of an order's hand-over. @param {string} reference @param {object} request */
const fulfil = (reference, request) => ask(world, `orders/${reference}/fulfilment`, 'POST', request);

/** @param {Page} page @param {string} name */
const linkOf = async (page, name) => new URL((await page.getByRole('link', { name, exact: true }).getAttribute('href')) ?? '');

test('a paid order is a receipt: lines with prices, shipping, total, when, reference and seller', async () => {
  const { page, close } = await world.visit();
  const { redirectTo, reference } = await paidOrder();
  await page.goto(redirectTo);
  await shopper.untilHeadline(page, 'Pago recibido');
  assert.deepEqual((await shopper.fact(page, 'Pedido')).split('\n'), [
    ...['2 × Clay mug', '$210.00 MXN c/u', '$420.00 MXN', '1 × Highland coffee', '$189.00 MXN'],
    ...['Express shipping', '$189.00 MXN'],
  ]);
  assert.equal(await shopper.fact(page, 'Total'), '$798.00 MXN');
  assert.match(await shopper.fact(page, 'Fecha de pago'), /^\d{1,2} \w{3}\.? \d{4}, \d{1,2}:\d\d\s[ap]\.\s?m\. \(hora de la Ciudad de México\)$/u);
  assert.equal(await shopper.fact(page, 'Referencia'), reference);
  assert.equal(await shopper.fact(page, 'Tienda'), [shop.name, shop.legalName, `RFC ${shop.rfc}`, shop.address, shop.phone].join('\n'));
  await assertAccessible(page, 'a receipt');
  await page.setViewportSize({ width: 360, height: 740 });
  await shopper.assertFits(page);
  await close();
});

test('it prints on one page, without buttons', async () => {
  const { page, close } = await world.visit();
  const { redirectTo } = await paidOrder();
  await page.goto(redirectTo);
  await shopper.untilHeadline(page, 'Pago recibido');
  const pages = async () => (await page.pdf({ format: 'Letter' })).toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;
  assert.equal(await pages(), 1);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('#actions').isVisible(), false);
  assert.equal(await page.locator('#seller').getByText(shop.address).isVisible(), true);
  await page.locator('main').evaluate((main) => (main.style.minHeight = '400vh'));
  assert.notEqual(await pages(), 1, 'pages are counted');
  await close();
});

for (const canShare of [true, false])
  test(`it is sent as text, ${canShare ? 'also by what the device offers' : 'where the device offers nothing'}, and the text has no link to the order`, async () => {
    const { page, context, close } = await world.visit();
    await context.addInitScript((can) => {
      const share = can ? async (shared) => void (globalThis.shared = shared) : undefined;
      Object.defineProperty(Navigator.prototype, 'share', { value: share, configurable: true });
    }, canShare);
    const { redirectTo, reference, order } = await paidOrder();
    await servedIn(page, 'production');
    await page.goto(redirectTo);
    await shopper.untilHeadline(page, 'Pago recibido');
    const whatsApp = await linkOf(page, 'Enviar por WhatsApp');
    assert.equal(whatsApp.origin, 'https://wa.me');
    const text = whatsApp.searchParams.get('text') ?? '';
    const [title, ...lines] = text.split('\n');
    assert.equal(title, `${shop.name}: Pago recibido`);
    assert.deepEqual(lines.slice(0, 4), ['2 × Clay mug ($210.00 MXN c/u): $420.00 MXN', '1 × Highland coffee: $189.00 MXN', 'Express shipping: $189.00 MXN', 'Total: $798.00 MXN']);
    assert.match(lines[4], /^Fecha de pago: \d/);
    assert.equal(lines[5], `Referencia: ${reference}`);
    assert.deepEqual(lines.slice(6, -1), ['', shop.name, shop.legalName, `RFC ${shop.rfc}`, shop.address, shop.phone]);
    assert.match(lines.at(-1) ?? '', /no es una factura \(CFDI\)/);
    assert.ok(!text.includes(order), 'whoever gets it cannot see the order');
    const mail = await linkOf(page, 'Enviar por correo');
    assert.deepEqual([mail.protocol, mail.searchParams.get('subject'), mail.searchParams.get('body')], ['mailto:', `Pago recibido · ${shop.name}`, text]);
    const share = page.getByRole('button', { name: 'Compartir' });
    assert.equal(await share.count(), canShare ? 1 : 0);
    if (canShare) {
      await share.click();
      assert.deepEqual(await page.evaluate(() => globalThis.shared), { title: `Pago recibido · ${shop.name}`, text });
    }
    await close();
  });

for (const [environment, mark] of /** @type {const} */ ([['local', 'SANDBOX'], ['demo', 'DEMO'], ['production', '']]))
  test(`${mark ? `it is marked ${mark}` : 'it has no mark'} on the page, on paper and as text in the environment ${environment}`, async () => {
    const { page, close } = await world.visit();
    await servedIn(page, environment);
    const { redirectTo } = await paidOrder();
    await page.goto(redirectTo);
    await shopper.untilHeadline(page, 'Pago recibido');
    const notice = `${mark}: prueba, no se cobró dinero real.`;
    for (const media of /** @type {const} */ (['print', 'screen'])) {
      await page.emulateMedia({ media });
      const said = await page.locator('#receipt').innerText();
      assert.equal(mark ? said.includes(notice) : /SANDBOX|DEMO|prueba/.test(said), mark !== '', media);
    }
    const mail = await linkOf(page, 'Enviar por correo');
    assert.equal(mail.searchParams.get('subject'), `${mark && `[${mark}] `}Pago recibido · ${shop.name}`);
    const [first] = (mail.searchParams.get('body') ?? '').split('\n');
    assert.equal(first, mark ? notice : `${shop.name}: Pago recibido`);
    await close();
  });

test('it says when it was paid by the clocks at the shop, wherever it is read', async () => {
  const { page, close } = await world.visit({ timezoneId: 'Asia/Tokyo', locale: 'en-US' });
  await servedIn(page, 'production', { timeZone: 'America/Tijuana' });
  const { redirectTo, order } = await paidOrder();
  await page.goto(redirectTo);
  await shopper.untilHeadline(page, 'Payment received');
  const { paidAt } = await (await fetchOnce(`${world.url}/api/shop/orders/${order}`)).json();
  const time = new Date(paidAt).toLocaleString('en', { day: 'numeric', month: 'short', year: 'numeric', hour: 'numeric', minute: '2-digit', timeZone: 'America/Tijuana' });
  assert.equal((await shopper.fact(page, 'Paid on')).replace(/\s/g, ' '), `${time} (Tijuana time)`.replace(/\s/g, ' '));
  await close();
});

test('before it is paid nothing of it is offered', async () => {
  const { page, close } = await world.visit();
  const { order } = await world.placeOrder(twoMugs);
  await page.goto(`${world.url}/return.html?order=${order}`);
  await shopper.untilHeadline(page, 'Esperamos tu pago');
  assert.equal(await shopper.fact(page, 'Total'), '$798.00 MXN');
  assert.equal(await page.getByText('Fecha de pago').isVisible(), false);
  assert.equal(await page.getByRole('link', { name: 'Enviar por WhatsApp' }).count(), 0);
  await close();
});

for (const [what, request, headline, english, facts] of /** @type {[string, object, string, string, string[]][]} */ ([
  ['prepared', { status: 'prepared' }, 'Tu pedido está preparado', 'Your order is ready', []],
  [
    'on its way',
    { status: 'handed-over', carrier: 'Estafeta', trackingNumber: '8055241528464720099314' },
    'Tu pedido va en camino',
    'Your order is on its way',
    ['Estafeta', '8055241528464720099314'],
  ],
  ['handed over without a carrier', { status: 'handed-over' }, 'Entregamos tu pedido', 'Your order was delivered', []],
]))
  test(`an order that is ${what} says so, on the return page and in <compago-order>`, async () => {
    const { page, close } = await world.visit();
    const { redirectTo, order, reference } = await paidOrder();
    await page.goto(redirectTo);
    await shopper.untilHeadline(page, 'Pago recibido');
    await fulfil(reference, request);
    await page.reload();
    await shopper.untilHeadline(page, headline);
    const shown = await page.locator('#carrier, #tracking').evaluateAll((parts) => parts.filter((part) => part.checkVisibility()).map(({ textContent }) => textContent));
    assert.deepEqual(shown, facts);
    assert.equal(await shopper.fact(page, 'Total'), '$798.00 MXN', 'it is a receipt still');
    await assertAccessible(page, `an order that is ${what}`);
    await page.getByRole('button', { name: 'English' }).click();
    await shopper.untilHeadline(page, english);

    await serve(page, world.url, '/nosotros.html', `<compago-order order="${order}"></compago-order>`);
    await page.goto(`${world.url}/nosotros.html`);
    await shopper.untilHeadline(page, headline);
    assert.deepEqual(await page.locator('[part="carrier"], [part="trackingNumber"]').allInnerTexts(), facts);
    await assertAccessible(page, `<compago-order> that is ${what}`);

    await fulfil(reference, { status: 'undone' });
    await page.reload();
    await shopper.untilHeadline(page, 'Pago recibido');
    await close();
  });

test('a packed order that its payer picks up says where, on the return page and in <compago-order>', async () => {
  const { page, close } = await world.visit({ width: 360, height: 740 });
  const { redirectTo, order, reference } = await paidOrder({ items: [{ sku: 'taza-barro', quantity: 1 }], shipping: { method: 'tienda' } });
  await page.goto(redirectTo);
  await shopper.untilHeadline(page, 'Pago recibido');
  await fulfil(reference, { status: 'prepared' });
  await page.reload();
  await shopper.untilHeadline(page, 'Tu pedido está listo');
  await page.locator('#lead').getByText(`Recógelo en ${shop.address}.`).waitFor();
  await shopper.assertFits(page);
  await serve(page, world.url, '/nosotros.html', `<compago-order order="${order}" language="en"></compago-order>`);
  await page.goto(`${world.url}/nosotros.html`);
  await shopper.untilHeadline(page, 'Your order is ready');
  await page.getByText(`Pick it up at ${shop.address}.`).waitFor();
  await close();
});
