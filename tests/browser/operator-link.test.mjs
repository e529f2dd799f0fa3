import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { shop as testShop } from '../support/shop.mjs';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import { readCode } from './support/code.mjs';
import { fact, untilHeading } from './support/desk.mjs';
import { fillIn, linkOn, make, paymentOf, send } from './support/link-desk.mjs';
import { ask, endSession, open, pay, signIn } from './support/operator.mjs';
import { answers, tabTo } from './support/shopper.mjs';
import { until } from './support/until.mjs';

const world = await startBrowsing();
after(() => world.stop());

test('a link takes all of Compago\'s fields, and every way to hand it on leads to the same place', async () => {
  const { page, context, close } = await open(world, 'view=link');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await fillIn(page, {
    'Importe en pesos': '\u{FEFF}$1,\u{200B}250.5\u{A0}',
    'Folio (opcional)': 'FAC-881',
    'Página si no paga (opcional)': 'https://facturas.example/881',
    'Página después de pagar (opcional)': `${world.url}/?gracias`,
    Vigencia: '1.5',
  });
  await page.getByText(/^1 hora y 30 minutos: se puede pagar hasta el /).waitFor();
  await page.getByRole('button', { name: 'Crear enlace de $1,250.50 MXN' }).click();
  await untilHeading(page, '$1,250.50 MXN');
  const link = await linkOn(page);
  const payment = await paymentOf(world, link);
  assert.equal(payment.amount, 1250.5);
  assert.equal(payment.externalId, 'FAC-881');
  assert.equal(payment.description, 'Factura 881, mantenimiento');
  assert.equal(payment.billingInformation.address.state, 'PUE');
  assert.equal(payment.billingInformation.phoneNumber, '+525512340000');
  assert.match(payment.homepageUrl, /^https:\/\/facturas\.example\/881/);
  const reference = new URL(page.url()).searchParams.get('reference');
  assert.equal(await fact(page, 'Referencia'), reference);
  assert.equal(await fact(page, 'Folio'), 'FAC-881');

  assert.equal(await readCode(page.getByRole('img', { name: 'Código QR del enlace' })), link);
  await page.getByRole('button', { name: 'Copiar' }).click();
  await page.getByRole('button', { name: 'Copiado' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);

  // A colleague opens the address.
  const other = await open(world, `view=link&reference=${reference}`, { colorScheme: 'dark' });
  assert.equal(await linkOn(other.page), link);
  assert.equal(await readCode(other.page.getByRole('img', { name: 'Código QR del enlace' })), link, 'in the dark as well');
  const free = await other.page.locator('.share-code path').evaluate((drawn) => /** @type {SVGPathElement} */ (drawn).getBBox().x);
  assert.ok(free >= 4, 'cameras need four modules of free space around it');
  await other.close();
  await close();
});

test('a link that is drawn late is not drawn over what is shown by then', async () => {
  const { reference } = await world.placeOrder();
  const { page, close } = await open(world, 'view=orders');
  /** @type {Promise<() => Promise<void>>} */
  const onItsWay = new Promise((resolve) => {
    page.route('**/vendor/uqr.js', (route) => resolve(() => route.continue()), { times: 1 });
  });
  await page.goto(`${world.url}/operator?view=link&reference=${reference}`);
  const goOn = await onItsWay;
  await page.getByRole('link', { name: 'Pagos' }).click();
  await page.getByRole('link', { name: 'Confirmados' }).waitFor();
  const come = page.waitForResponse('**/vendor/uqr.js');
  await goOn();
  await (await come).finished();
  // The code can be drawn once its writer has run.
  await page.evaluate(() => import('/vendor/uqr.js'));
  assert.equal(await page.getByRole('link', { name: 'Confirmados' }).count(), 1);
  await close();
});

test('where the system has a sheet to share with, the link goes there', async () => {
  const { page, close } = await open(world, 'view=link');
  assert.equal(await page.evaluate(() => 'share' in navigator), false, 'this browser has none by itself');
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'share', { value: async (/** @type {object} */ what) => void Object.assign(globalThis, { shared: what }) });
  });
  await page.reload();
  const link = await make(page);
  await page.getByRole('button', { name: 'Compartir…' }).click();
  const { url, text } = await until('it is shared', () => page.evaluate(() => globalThis.shared));
  assert.equal(url, link);
  assert.match(text, /te comparte el enlace para pagar \$1,250\.50 MXN \(Factura 881, mantenimiento\)\./);
  await close();
});

test('printed, there is one page to hand over and nothing else', async () => {
  const { page, close } = await open(world, 'view=link');
  const link = await make(page);
  const reference = await fact(page, 'Referencia');
  await page.emulateMedia({ media: 'print' });
  const told = (await page.locator('body').innerText()).split('\n').map((line) => line.trim()).filter(Boolean);
  assert.equal(told[0], 'SANDBOX: prueba, no se cobra dinero real');
  const { name, legalName, rfc, address, phone, email } = testShop;
  assert.deepEqual(told.slice(1, 7), [name, legalName, `RFC ${rfc}`, address, `Tel. ${phone}`, email]);
  assert.deepEqual(told.slice(7, 10), ['Enlace de pago', '$1,250.50 MXN', 'Factura 881, mantenimiento']);
  assert.deepEqual(told.slice(11, 14), [link, 'Referencia', reference]);
  assert.equal(told[14], 'Válido hasta');
  assert.match(told[15], /^\d+ de \w+ de \d{4} a las? \d+:\d\d [ap]\.m\., hora de la Ciudad de México$/);
  assert.equal(told.length, 16);
  assert.equal(await readCode(page.locator('.handout .qr')), link);
  for (const format of ['Letter', 'A4']) {
    const pages = String(await page.pdf({ format })).match(/\/Type\s*\/Page\b/g);
    assert.equal(pages?.length, 1, format);
  }
  await close();
});

test('once it is paid, the page says so and has no link any more', async () => {
  const { page, close } = await open(world, 'view=link');
  const link = await make(page);
  await pay(world, { reference: await fact(page, 'Referencia'), paymentId: (await paymentOf(world, link)).id });
  await untilHeading(page, 'Ya está pagado');
  assert.equal(await page.locator('.share, .qr').count(), 0);
  assert.equal(await page.getByRole('link', { name: 'Ver el pedido' }).getAttribute('href'), `/operator?view=story&reference=${await fact(page, 'Referencia')}`);
  await close();
});

test('a link is shared again from its order, with every way to hand it on', async () => {
  const { page, close } = await open(world, 'view=link');
  const link = await make(page);
  const reference = await fact(page, 'Referencia');
  await page.goto(`${world.url}/operator?view=story&reference=${reference}`);
  await page.getByRole('link', { name: 'Compartir el enlace' }).click();
  await page.getByRole('heading', { name: 'Compartir el enlace' }).waitFor();
  assert.equal(await linkOn(page), link);
  assert.equal(await readCode(page.getByRole('img', { name: 'Código QR del enlace' })), link);
  await close();
});

test('a payment whose payer has not returned is known within seconds while its page is open, and at once on request', async () => {
  const { page, close } = await open(world, 'view=link');
  for (const way of ['by itself', 'asked']) {
    await page.goto(`${world.url}/operator?view=link`);
    const link = await make(page);
    const { id } = await paymentOf(world, link);
    const button = page.getByRole('button', { name: 'Consultar ahora' });
    const asked = page.getByText(/Última consulta a Compago: \d+ \w+ \d{4}, \d+:\d\d:\d\d/);
    await asked.waitFor();
    if (way === 'asked') {
      // Without the page's own looks.
      await page.route('**/api/operator/orders/*?watch=true', (route) => route.continue({ url: route.request().url().split('?')[0] }));
      const { checkedAt } = await ask(world, `orders/${await fact(page, 'Referencia')}`);
      await until('three seconds later', () => Date.now() - Date.parse(checkedAt) > 3_100);
      await button.click();
      await page.getByRole('status').getByText('Compago todavía no registra el pago.').waitFor();
      await button.click();
      await page.getByRole('status').getByText('Se acaba de consultar').waitFor();
      await world.sandbox.act(id, 'pay');
      await until('it is paid', async () => {
        if ((await page.getByRole('heading', { name: 'Ya está pagado' }).count()) > 0) return true;
        // It may go while it is being pressed.
        return button.click({ timeout: 1000 }).then(() => false, () => false);
      });
    } else {
      const since = performance.now();
      await world.sandbox.act(id, 'pay');
      await untilHeading(page, 'Ya está pagado');
      assert.ok(performance.now() - since < 12_000, `${performance.now() - since} ms`);
    }
    assert.equal(await button.count(), 0, 'there is nothing to ask any more');
    await page.unroute('**/api/operator/orders/*?watch=true');
  }
  await close();
});

test('a missing answer of Compago is reported as missing, not as an unpaid payment', async () => {
  const { page, expect, close } = await open(world, 'view=link');
  expect(/status of 503 /);
  const link = await make(page);
  const payment = await paymentOf(world, link);
  const reference = await fact(page, 'Referencia');
  // The order's alarm and those of other orders read at Compago as well: the fault must meet this payment's reads, and all of them.
  /** @param {string} kind */
  const failReads = (kind) => world.sandbox.fault('one-time-payment.get', { kind }, 50, payment.id);
  await page.route('**/api/operator/orders/*?watch=true', (route) => route.continue({ url: route.request().url().split('?')[0] }));
  await page.reload();
  const button = page.getByRole('button', { name: 'Consultar ahora' });
  const line = page.locator('.check p');
  const { checkedAt } = await ask(world, `orders/${reference}`);
  await until('three seconds later', () => Date.now() - Date.parse(checkedAt) > 3_100);
  await failReads('lose-answer');
  await button.click();
  await page.getByRole('status').getByText('Compago no ha respondido; seguimos intentando.').waitFor();
  assert.doesNotMatch(await line.innerText(), /pagado/);
  await page.reload();
  await line.getByText('Compago no ha respondido; seguimos intentando.').waitFor();
  await world.sandbox.clearFaults();

  // While the answer is waited for, the button does nothing more and the line says so, whatever else arrives.
  await until('three seconds later', async () => (await ask(world, `orders/${reference}`)).checkAfterMs === 0);
  await failReads('hold');
  await button.click();
  await line.getByText('Consultando a Compago…').waitFor();
  await page.waitForResponse(/\/api\/operator\/orders\/[^/]+$/);
  await line.getByText('Consultando a Compago…').waitFor();
  assert.equal(await button.getAttribute('aria-disabled'), 'true');
  await world.sandbox.clearFaults();
  await page.getByRole('status').getByText('Compago todavía no registra el pago.').waitFor();

  await page.route('**/check', (route) => route.fulfill({ status: 503 }), { times: 1 });
  await button.click();
  await line.getByText('Algo falló de nuestro lado.').waitFor();
  await close();
});

test('the button says why it cannot be pressed, and only where that is so', async () => {
  const { reference } = await placeByHand();
  const { page, close } = await open(world, 'view=link');
  for (const [change, isSaid] of /** @type {[object, boolean][]} */ ([
    [{ checkAfterMs: null, checksLeft: 60 }, false],
    [{ checkAfterMs: null, checksLeft: 0 }, true],
  ])) {
    await page.route('**/api/operator/orders/*?watch=true', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), ...change } });
    });
    await page.goto(`${world.url}/operator?view=link&reference=${reference}`);
    await page.getByText(/Última consulta a Compago/).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Consultar ahora' }).getAttribute('aria-disabled'), 'true');
    assert.equal(await page.getByText('Ya se consultó muchas veces').count(), isSaid ? 1 : 0);
    await page.unrouteAll({ behavior: 'wait' });
  }
  await close();
});

test('an answer that is drawn late does not replace a newer one', async () => {
  const { reference } = await placeByHand();
  const { page, close } = await open(world, 'view=orders');
  /** @type {Promise<() => Promise<void>>} */
  const codeIsAsked = new Promise((resolve) => {
    page.route('**/vendor/uqr.js', (route) => resolve(() => route.continue()), { times: 1 });
  });
  let version = 0;
  /** @param {import('playwright-core').Route} route @param {object} order @param {object} [more] */
  const answer = async (route, order, more) => {
    const response = await route.fetch({ url: `${world.url}/api/operator/orders/${reference}`, method: 'GET' });
    const story = await response.json();
    version += 1;
    await route.fulfill({ response, json: { ...story, order: { ...story.order, version, pollAfterMs: 50, ...order }, checkAfterMs: 0, ...more } });
  };
  // The second answer has a link, whose code comes late; the one after it has none.
  await page.route('**/api/operator/orders/*?watch=true', (route) =>
    version === 0 ? answer(route, { status: 'verifying' }, { checkoutUrl: null }) : answer(route, {}));
  await page.route('**/check', (route) => answer(route, { status: 'paid', pollAfterMs: null }, { checkoutUrl: null }));
  await page.goto(`${world.url}/operator?view=link&reference=${reference}`);
  const goOn = await codeIsAsked;
  await page.getByRole('button', { name: 'Consultar ahora' }).click();
  await untilHeading(page, 'Ya está pagado');
  const come = page.waitForResponse('**/vendor/uqr.js');
  await goOn();
  await (await come).finished();
  await page.evaluate(() => import('/vendor/uqr.js'));
  assert.equal(await page.getByRole('heading', { name: 'Ya está pagado' }).count(), 1);
  assert.equal(await page.locator('.share').count(), 0);
  await close();
});

test('by keyboard alone, at 360 px; the form keeps what was typed while somebody looks elsewhere', async () => {
  const { page, close } = await open(world, 'view=link', { width: 360, height: 740 });
  await tabTo(page, 'Importe en pesos');
  await page.keyboard.type('99');
  await page.getByRole('button', { name: 'Menú' }).click();
  await page.getByRole('link', { name: 'Tarjetas' }).click();
  await untilHeading(page, 'Tarjetas guardadas');
  await page.goBack();
  await until('the amount is there', async () => (await page.getByLabel('Importe en pesos').inputValue()) === '99');
  for (const { label, value } of [{ label: 'Concepto', value: 'Anticipo' }, ...answers('es-MX')]) {
    await tabTo(page, label);
    await page.keyboard.type(value);
  }
  await tabTo(page, /^Crear enlace/);
  await page.keyboard.press('Enter');
  await untilHeading(page, '$99.00 MXN');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'title');
  await tabTo(page, 'Copiar');
  await tabTo(page, 'WhatsApp');
  await tabTo(page, 'Imprimir');
  await close();
});

test('a session that ends takes nothing away; who signs out leaves nothing behind', async () => {
  const { page, context, expect, close } = await open(world, 'view=link');
  expect(/status of 401 /);
  await fillIn(page);
  await endSession(context);
  await send(page);
  await signIn(page);
  await untilHeading(page, '$1,250.50 MXN');
  await page.getByRole('link', { name: 'Crear otro enlace' }).click();
  await fillIn(page);
  await page.getByRole('button', { name: 'Salir' }).click();
  await signIn(page);
  await page.getByLabel('Importe en pesos').waitFor();
  for (const field of ['Importe en pesos', 'Correo electrónico', 'Teléfono', 'Apellidos'])
    assert.equal(await page.getByLabel(field, { exact: true }).inputValue(), '', field);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  assert.doesNotMatch(kept, /ana@|Ruiz|1234/, 'and nothing about a person is ever kept');
  await close();
});

test('the form and the link are accessible, in both languages', async () => {
  for (const locale of ['es-MX', 'en-GB']) {
    const { page, expect, close } = await open(world, 'view=link', { locale });
    expect(/status of 400 .*\/api\/operator\/orders$/);
    await page.locator('#amount').waitFor();
    await assertAccessible(page, `form, ${locale}`);
    await page.locator('.pay .button').click();
    await page.locator('#summary').waitFor();
    await assertAccessible(page, `problems, ${locale}`);
    const { reference } = await placeByHand();
    await page.goto(`${world.url}/operator?view=link&reference=${reference}`);
    await page.locator('.share').waitFor();
    await assertAccessible(page, `link, ${locale}`);
    await close();
  }
});

test('the states are those of the shop\'s own form', async () => {
  const { states } = await import('../../www/operator/fields/states.js');
  const shop = await readFile(new URL('../../www/index.html', import.meta.url), 'utf8');
  const options = [...shop.matchAll(/<option value="(\w+)">([^<]+)<\/option>/g)].map(([, code, name]) => [code, name]);
  assert.deepEqual(states, options);
  assert.equal(states.length, 32);
});

/** An order that nobody typed. */
async function placeByHand() {
  const { page, close } = await open(world, 'view=link');
  await make(page);
  const reference = await fact(page, 'Referencia');
  await close();
  return { reference };
}
