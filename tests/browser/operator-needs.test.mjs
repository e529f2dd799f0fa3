import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ownPort, secrets } from '../support/stack.mjs';
import { startEndpoint } from '../worker/support/endpoint.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as desk from './support/operator.mjs';
import { fact } from './support/shopper.mjs';
import { until } from './support/until.mjs';

/** What the merchant's own system answers: it refuses for good until a test has it listen. */
let isListening = false;
const endpoint = await startEndpoint((_, response) => void response.writeHead(isListening ? 204 : 410).end(), { secret: secrets.WEBHOOK_SECRET, port: await ownPort() });
const world = await startBrowsing({ env: { WEBHOOK_URL: endpoint.url } });
after(async () => {
  await world.stop();
  await endpoint.stop();
});

test('with nothing to see to, it says no more than it knows', async () => {
  const { page, expect, close } = await desk.open(world, '');
  await page.getByRole('heading', { name: 'Nada por atender' }).waitFor();
  assert.equal(await page.locator('#attention-count').isVisible(), false);
  await page.getByRole('region', { name: 'Hoy' }).getByText('0 cobros').waitFor();

  await page.route('**/api/operator/reports/figures*', (route) => route.fulfill({ status: 500 }));
  expect(/status of 500 /);
  await page.reload();
  await page.getByRole('heading', { name: 'Nada por atender' }).waitFor();
  assert.equal(await page.getByRole('region', { name: 'Hoy' }).count(), 0, 'figures that fail hide nothing');
  await close();
});

test('what needs a person is the first thing to see, leads to its story, and leaves the list once it is seen to', async () => {
  const reference = await desk.placeHeldOrder(world);
  const parked = await until('a parked webhook', async () => (await desk.ask(world, 'attention')).items.find(({ kind }) => kind === 'webhook'));
  const { page, close } = await desk.open(world, '');
  await desk.untilView(page, 'Por atender');
  const badge = page.locator('#attention-count');
  assert.equal(await badge.innerText(), '2');
  await page.getByRole('row', { name: new RegExp(`no lleva a su página de pago.*${reference}`, 's') }).waitFor();
  await desk.press(page, 'link', /no lleva a su página de pago/);
  await desk.untilView(page, `Pedido ${reference}`);
  await page.getByRole('heading', { name: 'El enlace que generó Compago no lleva a su página de pago.' }).waitFor();
  assert.equal(await fact(page.locator('.facts'), 'Estado'), 'En revisión');
  const steps = await page.locator('.timeline li:not([data-what="customer-read"])').allInnerTexts();
  assert.match(steps.at(-1) ?? '', /^Quedó en revisión/);
  assert.equal(await page.getByRole('button', { name: 'Copiar enlace de pago' }).count(), 0, 'nobody may get that link');

  await page.goBack();
  await desk.untilView(page, 'Por atender');
  await desk.press(page, 'button', /^Marcar como atendido: El enlace/);
  const question = page.getByRole('alertdialog', { name: '¿Ya está atendido?' });
  await question.getByText(/Son \$\d+\.\d\d MXN/).waitFor();
  await page.keyboard.press('Escape');
  assert.equal((await desk.ask(world, 'attention')).count, 2, 'Escape does nothing');
  await desk.press(page, 'button', /^Marcar como atendido: El enlace/);
  await question.getByRole('button', { name: 'Sí, quitar de la lista' }).click();
  await page.getByRole('status').getByText('Listo: se quitó de la lista.').waitFor();
  await page.getByRole('link', { name: /no lleva a su página de pago/ }).waitFor({ state: 'detached' });
  assert.equal(await badge.innerText(), '1');
  assert.deepEqual((await desk.ask(world, 'attention')).items.map(({ key }) => key), [parked.key]);
  await close();
});

test('a webhook that was parked is sent again, from the list and from the story', async () => {
  const { page, close } = await desk.open(world, 'view=webhooks&state=parked');
  const sent = endpoint.deliveries.length;
  const row = page.getByRole('row', { name: /Pedido en revisión/ });
  await row.getByText('Tu sistema respondió que ya no recibe notificaciones').waitFor();
  isListening = true;
  await row.getByRole('button', { name: 'Enviar de nuevo: Pedido en revisión' }).click();
  await page.getByRole('status').getByText('La notificación se está enviando de nuevo.').waitFor();
  await page.getByRole('heading', { name: 'No hay notificaciones con este filtro' }).waitFor();
  await until('the webhook', () => endpoint.deliveries.length === sent + 1);
  await desk.press(page, 'link', 'Entregadas');
  await page.getByRole('row', { name: /Pedido en revisión.*Entregada/s }).waitFor();
  await desk.press(page, 'link', 'Pedido en revisión');
  await page.getByRole('heading', { level: 1, name: /^Pedido / }).waitFor();
  await page.getByRole('button', { name: 'Enviar de nuevo: Pedido en revisión' }).click();
  await until('the webhook again', () => endpoint.deliveries.length === sent + 2);
  const ids = endpoint.deliveries.map(({ id }) => id);
  assert.equal(new Set(ids).size, 1, 'it is the same event for whoever receives it');
  await close();
});

test('what begins to need a person while the list is looked at appears by itself; a list that is old says so', async () => {
  const { page, expect, close } = await world.visit();
  await page.clock.install();
  await page.goto(`${world.url}/operator`);
  await desk.signIn(page);
  await desk.untilView(page, 'Por atender');
  const reference = await desk.placeHeldOrder(world);
  await page.clock.fastForward(61_000);
  await page.getByRole('row', { name: new RegExp(reference) }).waitFor();
  await page.getByRole('status').getByText('La lista cambió. Por atender: 1.').waitFor();

  // Who is at a row stays there.
  await page.locator('.row-link').focus();
  const another = await desk.placeHeldOrder(world);
  await page.clock.fastForward(61_000);
  await page.getByRole('row', { name: new RegExp(another) }).waitFor();
  assert.match((await page.locator(':focus').getAttribute('href')) ?? '', new RegExp(reference));

  expect(/status of 503 /);
  await page.route('**/api/operator/**', (route) => route.fulfill({ status: 503 }));
  await page.clock.fastForward(61_000);
  const old = page.locator('.notice', { hasText: /^No pudimos actualizar esta lista: puede faltar algo\./ });
  await old.waitFor();
  assert.equal(await page.locator('.row-link').count(), 2);
  await page.unroute('**/api/operator/**');
  await page.clock.fastForward(61_000);
  await old.waitFor({ state: 'detached' });
  await close();
});

test('a view that was left while a part of it was under way draws nothing', async () => {
  const { page, close } = await desk.open(world, 'view=webhooks');
  /** @type {Promise<void>} */
  const figuresAreAsked = new Promise((resolve) => {
    page.route('**/api/operator/reports/figures*', () => resolve(), { times: 1 });
  });
  /** @type {Promise<() => Promise<void>>} */
  const paymentsAreAsked = new Promise((resolve) => {
    page.route('**/api/operator/one-time-payments?*', (route) => resolve(() => route.continue()), { times: 1 });
  });
  const listed = page.waitForResponse('**/api/operator/attention?pageSize=50');
  await desk.press(page, 'link', /^Por atender/);
  await Promise.all([figuresAreAsked, listed.then((response) => response.finished())]);
  await desk.press(page, 'link', 'Pagos');
  const goOn = await paymentsAreAsked;
  assert.equal(await page.locator('#view').getByText(/Nada por atender|Ver el resumen de cobros/).count(), 0);
  await goOn();
  await desk.untilView(page, 'Pagos');
  await close();
});

test('a webhook that fails says why, in both languages, and one that is on its way says so', async () => {
  isListening = false;
  const rows = {
    status: { reason: 'status', status: 503 },
    redirect: { reason: 'redirect-not-followed', status: 301 },
    connection: { reason: 'no-connection', status: null },
    timeout: { reason: 'timed-out', status: null },
    crash: { reason: 'interrupted', status: null },
  };
  const at = new Date(Date.now() - 300_000).toISOString();
  const item = (name, index) => ({
    id: `evt_abcdefghjkm${index}_order-paid_1`,
    type: 'order.paid',
    state: 'pending',
    tries: 2,
    nextAt: new Date(Date.now() + 60_000).toISOString(),
    tryingSince: name === 'timeout' ? new Date().toISOString() : null,
    at: null,
    reason: null,
    lastFailure: { at, ...rows[name] },
    createdAt: at,
    reference: null,
  });
  const items = Object.keys(rows).map(item);
  const { page, close } = await desk.open(world, '');
  await page.route('**/api/operator/webhooks*', (route) => route.fulfill({ json: { items, page: 1, pageSize: 50, count: items.length } }));
  await page.goto(`${world.url}/operator?view=webhooks`);
  for (const text of [
    'Tu sistema respondió 503.',
    'Tu sistema respondió con una redirección (301) y no seguimos redirecciones.',
    'No pudimos conectarnos con tu sistema.',
    'Tu sistema no respondió en 20 segundos.',
    'El envío se interrumpió antes de que tu sistema respondiera.',
  ])
    await page.getByRole('row').getByText(text).waitFor();
  const sending = page.getByRole('row', { name: /no respondió en 20 segundos/ });
  await sending.getByText(/^Se está enviando\. Comenzó:/).waitFor();
  assert.equal(await page.getByText(/^Próximo intento/).count(), 4);
  await page.getByRole('button', { name: 'English' }).click();
  for (const text of ['Your system answered 503.', 'We could not connect to your system.', 'Your system did not answer within 20 seconds.'])
    await page.getByRole('row').getByText(text).waitFor();
  await close();
});
