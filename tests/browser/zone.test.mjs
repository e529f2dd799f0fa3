// One time zone, the shop's: on staff's screens, in files, and in what is handed on, wherever the device is.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as cashier from './support/cashier.mjs';
import { fact } from './support/desk.mjs';
import { make } from './support/link-desk.mjs';
import * as desk from './support/operator.mjs';
import { until } from './support/until.mjs';

/** A shop whose clocks are changed, seen from where it is tomorrow already. */
const SHOP = 'America/Tijuana';
const elsewhere = { timezoneId: 'Asia/Tokyo' };

const world = await startBrowsing({ shop: { timeZone: SHOP } });
after(() => world.stop());

/** A day of the shop's. @param {number} instant */
const dayOf = (instant) => new Intl.DateTimeFormat('sv-SE', { timeZone: SHOP }).format(instant);

/** Rows of a table of the file, without the head. @param {string} text */
const rowsOf = (text) => text.trim().split('\r\n').slice(1).map((row) => row.slice(1, -1).split('","'));

for (const timezoneId of ['Asia/Tokyo', SHOP])
  test(`a day's file holds that day of the shop's and says the times of the screen, on a device in ${timezoneId}`, async () => {
    await world.sandbox.control('POST', 'one-time-payments/seed', { count: 240, days: 4, externalIdPrefix: `${timezoneId.slice(-5)}-` });
    const day = dayOf(Date.now() - 48 * 3_600_000);
    const { page, close } = await desk.open(world, 'view=payments', { timezoneId });
    const shown = new Map();
    for (;;) {
      for (const row of await page.locator('tbody tr').all()) {
        const [text, time] = [await row.innerText(), await row.locator('time').first()];
        shown.set(`${await time.getAttribute('datetime')} ${/[\w/-]+-\d{5}/.exec(text)?.[0] ?? ''}`.trim().slice(0, 24), await time.innerText());
      }
      const next = page.getByRole('link', { name: 'Siguiente' });
      if ((await next.count()) === 0) break;
      const before = page.url();
      await next.click();
      await until('the next page', async () => page.url() !== before);
      await page.locator('#view[aria-busy="false"]').waitFor();
    }
    await page.getByText('Fechas y horas en la zona horaria de Tijuana.').waitFor();

    await desk.press(page, 'button', /Exportar/);
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/^Fechas en hora de Tijuana\./).waitFor();
    await dialog.getByText('Los días empiezan y terminan según la hora de Tijuana.').waitFor();
    await dialog.getByLabel('Desde').fill(day);
    await dialog.getByLabel('Hasta').fill(day);
    const download = page.waitForEvent('download');
    await dialog.locator('button[type=submit]').click();
    const rows = rowsOf(await readFile(await (await download).path(), 'utf8'));
    const expected = [...shown.keys()].filter((key) => dayOf(Date.parse(key.slice(0, 24))) === day);
    assert.equal(rows.length, expected.length);
    assert.ok(rows.length > 40);
    const [year, month, date] = day.split('-');
    for (const [created] of rows) assert.ok(created.startsWith(`${date}/${month}/${year} `), created);
    const minutes = (/** @type {string} */ text) => /(\d+):(\d\d)/.exec(text)?.slice(1).map(Number) ?? [];
    const onScreen = expected.map((key) => {
      const text = shown.get(key);
      const [hour, minute] = minutes(text);
      return (hour % 12) * 60 + minute + (/p\.\s?m\./.test(text) ? 720 : 0);
    });
    const inFile = rows.map(([created]) => minutes(created.slice(11)).reduce((sum, part) => sum * 60 + part));
    assert.deepEqual(inFile.sort((one, other) => one - other), onScreen.sort((one, other) => one - other));
    await close();
  });

test('a day of the desk is the shop\'s, and a month has the days that it has', async () => {
  const { page, close } = await desk.open(world, 'view=day&date=2026-03-10', elsewhere);
  /** @param {string} query */
  const asked = async (query) => {
    const request = page.waitForRequest(/\/reports\/figures\?/);
    await page.goto(`${world.url}/operator?view=day&${query}`);
    const { searchParams } = new URL((await request).url());
    return [searchParams.get('from'), searchParams.get('to')];
  };
  assert.deepEqual(await asked('date=2026-01-10'), ['2026-01-10T08:00:00.000Z', '2026-01-11T08:00:00.000Z']);
  // Days of 23 and of 25 hours.
  assert.deepEqual(await asked('date=2026-03-08'), ['2026-03-08T08:00:00.000Z', '2026-03-09T07:00:00.000Z']);
  assert.deepEqual(await asked('date=2026-11-01'), ['2026-11-01T07:00:00.000Z', '2026-11-02T08:00:00.000Z']);
  // From Monday to Sunday.
  assert.deepEqual(await asked('period=week&date=2026-06-14'), ['2026-06-08T07:00:00.000Z', '2026-06-15T07:00:00.000Z']);
  assert.deepEqual(await asked('period=month&date=2024-02-29'), ['2024-02-01T08:00:00.000Z', '2024-03-01T08:00:00.000Z']);
  await page.getByRole('heading', { name: 'febrero de 2024' }).waitFor();

  await page.goto(`${world.url}/operator?view=day`);
  const today = new Date().toLocaleDateString('es-MX', { timeZone: SHOP, dateStyle: 'full' });
  await page.getByRole('heading', { name: new RegExp(today) }).waitFor();
  assert.equal(await page.locator('#day-date').inputValue(), dayOf(Date.now()));
  await close();
});

test('where clocks are changed, each bar is a day of the shop\'s all the same', async () => {
  const { page, close } = await desk.open(world, 'view=day', elsewhere);
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => {
    if (request.url().includes('/reports/figures?')) asked.push(new URL(request.url()).searchParams.get('from') ?? '');
  });
  await page.goto(`${world.url}/operator?view=day&period=month&date=2025-03-15`);
  await until('a bar for each day', async () => (await page.locator('.chart-bar').count()) === 31);
  assert.deepEqual(asked, ['2025-03-01T08', '2025-03-01T08', '2025-03-09T08', '2025-03-10T07'].map((at) => `${at}:00:00.000Z`));
  await page.goto(`${world.url}/operator?view=day&period=month&date=2025-11-15`);
  await page.getByText('Ver como tabla').click();
  const names = await page.getByRole('table', { name: 'Lo cobrado, en cifras' }).locator('tbody th').allInnerTexts();
  assert.deepEqual(names.map((name) => /\d+/.exec(name)?.[0]), Array.from({ length: 30 }, (_, at) => String(at + 1)));
  await page.goto(`${world.url}/operator?view=day&date=2025-11-02`);
  await until('25 hours', async () => (await page.locator('.chart-bar').count()) === 25);
  await close();
});

test('each hour of a day of 25 has a name of its own, and a browser that lacks the zone says whose times it shows', async () => {
  const { page, close } = await desk.open(world, 'view=day&date=2025-11-02', elsewhere);
  await page.getByText('Ver como tabla').click();
  const names = await page.getByRole('table', { name: 'Lo cobrado, en cifras' }).locator('tbody th').allInnerTexts();
  assert.equal(names.length, 25);
  assert.equal(names.filter((name) => /GMT-[78]|P[DS]T/.test(name)).length, 2);
  assert.equal(names.filter((name) => /^1:00 a\.\s?m\. – 1:00 a\.\s?m\.$/.test(name)).length, 0);

  await page.route('**/api/session', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), timeZone: 'America/Atlantis' } });
  });
  await page.reload();
  await page.locator('#zone-note', { hasText: 'Este navegador no conoce la zona horaria de la tienda, America/Atlantis: las fechas y horas están en la de Tijuana.' }).waitFor();
  await close();
});

test('orders are filtered by the shop\'s days', async () => {
  const { page, close } = await desk.open(world, 'view=orders&from=2026-03-08&to=2026-03-08', elsewhere);
  const asked = page.waitForRequest(/\/api\/operator\/orders\?/);
  await page.reload();
  const { searchParams } = new URL((await asked).url());
  assert.deepEqual([searchParams.get('from'), searchParams.get('to')], ['2026-03-08T08:00:00.000Z', '2026-03-09T07:00:00.000Z']);
  await close();
});

test('charges are filtered and shown by the shop\'s days', async () => {
  const charged = await fetch(`${world.url}/api/pos/payment-intents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secrets.CASHIER_TOKEN}`, 'content-type': 'application/json', 'idempotency-key': 'by-the-clock' },
    body: JSON.stringify({ amount: '64.00', terminalCode: 'TERM-03' }),
  });
  assert.equal(charged.status, 201);
  const { createdAt } = await until('the charge', async () => (await desk.ask(world, 'charges')).items.find((/** @type {any} */ { amount }) => amount === '64.00'));
  const { page, close } = await desk.open(world, 'view=charges', elsewhere);
  const shown = new Date(createdAt).toLocaleString('es-MX', { timeZone: SHOP, dateStyle: 'medium', timeStyle: 'short' });
  assert.equal(await page.getByRole('row', { name: /64\.00/ }).locator('time').first().innerText(), shown);
  /** @param {string} query */
  const asked = async (query) => {
    const request = page.waitForRequest(/\/api\/operator\/charges\?/);
    await page.goto(`${world.url}/operator?view=charges&${query}`);
    return Object.fromEntries(new URL((await request).url()).searchParams);
  };
  const { from, to } = await asked('from=2026-03-08&to=2026-03-08');
  assert.deepEqual([from, to], ['2026-03-08T08:00:00.000Z', '2026-03-09T07:00:00.000Z']);
  const day = dayOf(Date.now());
  const { settledFrom, settledTo } = await asked('by=settled');
  assert.deepEqual([dayOf(Date.parse(settledFrom)), dayOf(Date.parse(settledTo) - 1)], [day, day]);
  assert.notEqual(dayOf(Date.parse(settledFrom) - 1), day);
  await close();
});

test('a link that is handed on says until when, and by whose clock', async () => {
  const { page, close } = await desk.open(world, 'view=link', elsewhere);
  await make(page);
  const reference = await fact(page, 'Referencia');
  const { order } = await desk.ask(world, `orders/${reference}`);
  const clock = new Date(order.expiresAt).toLocaleTimeString('es-MX', { timeZone: SHOP, timeStyle: 'short' });
  const until = await fact(page, 'Válido hasta');
  const whatsApp = new URL((await page.getByRole('link', { name: 'WhatsApp' }).getAttribute('href')) ?? '').searchParams.get('text') ?? '';
  assert.ok(until.endsWith(`${clock}, hora de Tijuana`), until);
  assert.ok(whatsApp.includes(`${clock}, hora de Tijuana`), whatsApp);
  await page.emulateMedia({ media: 'print' });
  const paper = await page.locator('.handout').innerText();
  assert.ok(paper.includes(`${clock}, hora de Tijuana`), paper);
  assert.equal(await page.getByText('Fechas y horas en la zona horaria de Tijuana.').isVisible(), false, 'nothing else is printed');
  await close();
});

test('the till shows the shop\'s time, and names it on paper and where the device shows another one', async () => {
  for (const [terminal, timezoneId] of /** @type {const} */ ([['TERM-01', 'Asia/Tokyo'], ['TERM-02', SHOP]])) {
    const { page, close } = await cashier.open(world, terminal, { timezoneId });
    const isNamed = timezoneId !== SHOP;
    await cashier.charge(page, '12345', terminal);
    await cashier.atTerminal(world, terminal, 'tap');
    await cashier.untilHeadline(page, 'Pago recibido');
    const [{ id }] = (await cashier.intentsAt(world, terminal)).slice(-1);
    const paidAt = await page.evaluate(async (intent) => (await (await fetch(`/api/pos/payment-intents/${intent}`)).json()).paidAt, id);
    const clock = new Date(paidAt).toLocaleTimeString('es-MX', { timeZone: SHOP, timeStyle: 'short' });
    const screen = await page.locator('.facts').innerText();
    assert.ok(screen.includes(isNamed ? `${clock}, hora de Tijuana` : clock), screen);
    assert.equal(screen.includes('Tijuana'), isNamed, screen);
    await page.emulateMedia({ media: 'print' });
    const exact = new Date(paidAt).toLocaleString('es-MX', { timeZone: SHOP, dateStyle: 'medium', timeStyle: 'medium' });
    const ticket = await page.locator('#ticket').innerText();
    assert.ok(ticket.includes(`${exact}, hora de Tijuana`), ticket);
    await page.emulateMedia({ media: 'screen' });
    await close();
  }
});

test('a session that began before the zone was set learns it, in both languages; until then the page has it', async () => {
  const { page, expect, close } = await desk.open(world, 'view=attention', elsewhere);
  expect(/ERR_FAILED/);
  await page.evaluate(() => {
    const { timeZone, ...older } = JSON.parse(localStorage.getItem('operator.session') ?? '{}');
    localStorage.setItem('operator.session', JSON.stringify(older));
    return timeZone;
  });
  await page.route('**/api/session', (route) => route.abort(), { times: 1 });
  await page.reload();
  await page.getByText('Fechas y horas en la zona horaria de Tijuana.').waitFor();
  await page.reload();
  await until('the session has it', () => page.evaluate(() => localStorage.getItem('operator.session')?.includes('timeZone')));
  assert.equal(await page.evaluate(() => JSON.parse(localStorage.getItem('operator.session') ?? '{}').timeZone), SHOP);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText('Dates and times are in Tijuana time.').waitFor();
  await close();
});

test('the session returns the zone to its holder, and to no one else', async () => {
  const ask = (/** @type {Record<string, string>} */ headers) => fetch(`${world.url}/api/session`, { headers });
  const told = await ask({ authorization: `Bearer ${secrets.CASHIER_TOKEN}` });
  assert.deepEqual([told.status, await told.json()], [200, { role: 'cashier', expiresAt: null, timeZone: SHOP }]);
  assert.equal((await ask({})).status, 401);
});
