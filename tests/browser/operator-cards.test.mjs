import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import { cardDeskOf, rows, type } from './support/card-desk.mjs';
import { readCode } from './support/code.mjs';
import { answer, fact, untilHeading } from './support/desk.mjs';
import { open } from './support/operator.mjs';
import { answers, tabTo } from './support/shopper.mjs';
import { until } from './support/until.mjs';

const world = await startBrowsing({ movable: true });
after(() => world.stop());

const { shop, atCard, chargesOf } = cardDeskOf(world);
const { sandbox } = world;

test('a card is saved, charged, refunded and removed; each is confirmed once, with the amount and the card', async () => {
  const { page, close } = await open(world, 'view=cards');
  await page.getByRole('link', { name: 'Guardar una tarjeta' }).click();
  for (const { label, value } of answers('es-MX').slice(0, 4)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByLabel('Folio del cliente (opcional)').fill('cli-1');
  await page.getByLabel('Importe de verificación (opcional)').fill('$5');
  await page.getByLabel('Vigencia').fill('3');
  await page.getByLabel('Unidad de tiempo').selectOption('day');
  await page.getByText(/^3 días: se puede usar hasta el /).waitFor();
  await page.getByRole('button', { name: 'Crear el enlace' }).dblclick();
  await untilHeading(page, 'Tarjeta pendiente');
  const id = new URL(page.url()).searchParams.get('id') ?? '';
  const link = await page.getByLabel('Enlace', { exact: true }).inputValue();
  assert.match(link, /\/card\?card=[0-9a-z]{38}$/);
  assert.equal(await readCode(page.getByRole('img', { name: 'Código QR del enlace' })), link);
  const made = await shop.upstream(id);
  assert.deepEqual([made.externalId, made.verificationAmount], ['cli-1', 5]);
  assert.equal(Date.parse(made.expiresAt) - Date.parse(made.createdAt), 3 * 24 * 3_600_000);
  const { methods } = await sandbox.control('GET', 'state');
  assert.equal(methods.filter(({ externalId }) => externalId === 'cli-1').length, 1, 'a double click is one form');

  await shop.act(id, 'save');
  await untilHeading(page, 'Visa terminación 4242');
  await type(page, '$1,500', 'Mensualidad');
  const asked = page.getByRole('alertdialog', { name: '¿Cobrar $1,500.00 MXN a Visa terminación 4242?' });
  await asked.waitFor();
  await answer(page, 'No, volver');
  assert.deepEqual(await chargesOf(id), []);
  await page.getByRole('button', { name: 'Cobrar $1,500.00 MXN' }).click();
  await asked.getByRole('button', { name: 'Cobrar $1,500.00 MXN' }).dblclick({ timeout: 3000 }).catch(() => {});
  await untilHeading(page, 'Se cobraron $1,500.00 MXN a Visa terminación 4242');
  assert.deepEqual(await chargesOf(id), [{ amount: 1500, status: 'CONFIRMED', description: 'Mensualidad' }]);
  assert.equal(await page.getByLabel('Importe en pesos').inputValue(), '', 'ready for another');

  await rows(page).getByText('Mensualidad').waitFor();
  await page.getByRole('button', { name: 'Reembolsar $1,500.00 MXN…' }).click();
  const question = page.getByRole('alertdialog', { name: '¿Reembolsar $1,500.00 MXN?' });
  await question.getByText('Se devuelve el cobro completo a Visa terminación 4242. No se puede deshacer.').waitFor();
  await page.keyboard.press('Escape');
  assert.equal((await chargesOf(id))[0].status, 'CONFIRMED');
  await page.getByRole('button', { name: 'Reembolsar $1,500.00 MXN…' }).click();
  await question.getByLabel('Motivo (opcional)').fill('Cambió de plan');
  await answer(page, 'Reembolsar $1,500.00 MXN');
  await untilHeading(page, 'Se reembolsaron $1,500.00 MXN a Visa terminación 4242');
  assert.equal(await page.getByRole('heading', { name: /^Se cobraron/ }).count(), 0, 'what was given back is not told as charged any more');
  const [charged] = await shop.charges(id);
  assert.deepEqual([charged.status, charged.refundReason], ['REFUNDED', 'Cambió de plan']);
  await until('the list has it', async () => (await page.getByRole('button', { name: /^Reembolsar/ }).count()) === 0);

  await page.getByRole('button', { name: 'Eliminar tarjeta…' }).click();
  await page.getByRole('alertdialog', { name: '¿Eliminar Visa terminación 4242?' }).waitFor();
  await answer(page, 'Eliminar Visa terminación 4242');
  await page.getByText('Esta tarjeta se eliminó: ya no se le pueden hacer cobros.').waitFor();
  assert.equal((await shop.upstream(id)).status, 'REVOKED');
  assert.equal(await page.getByRole('button', { name: /^(Cobrar|Eliminar)/ }).count(), 0);
  await close();
});

test('the list has filters and pages in its address, and each card leads to its charges', async () => {
  const saved = await shop.active({ externalId: 'cli-lista' }, { card: 'mastercard' });
  for (const amount of ['21.00', '22.00']) await shop.charged(saved.id, { amount });
  const { page, close } = await open(world, 'view=cards');
  await page.getByRole('link', { name: 'Activas' }).click();
  await page.waitForURL(/status=active/);
  const anonymous = await shop.active({ externalId: undefined });
  await page.reload();
  await page.getByRole('row', { name: new RegExp(anonymous.id) }).waitFor();
  await until('only active ones', async () => (await page.locator('tbody .state').allInnerTexts()).every((text) => text === 'Activa'));
  await page.getByRole('link', { name: 'Mastercard terminación 5454' }).click();
  await untilHeading(page, 'Mastercard terminación 5454');
  assert.equal(await fact(page, 'Folio'), 'cli-lista');
  await until('both charges', async () => (await rows(page).count()) === 2);
  await page.getByRole('link', { name: 'Reembolsados' }).click();
  await untilHeading(page, 'No hay cobros con este filtro');
  await page.goBack();
  await until('both are back', async () => (await rows(page).count()) === 2);
  await close();
});

test('a form within the shop\'s page is begun with how its button looks; another tab does not know the link', async () => {
  const { page, close } = await open(world, 'view=cards&new=card');
  for (const { label, value } of answers('es-MX').slice(0, 4)) await page.getByLabel(label, { exact: true }).fill(value);
  assert.equal(await page.getByLabel('Texto del botón (opcional)').isVisible(), false);
  await page.getByLabel('Cómo se abre el formulario').selectOption('EMBEDDED');
  await page.getByLabel('Texto del botón (opcional)').fill('Guardar ya');
  await page.getByLabel('Color del botón (opcional)').fill('#5B3F85');
  await page.getByRole('button', { name: 'Crear el enlace' }).click();
  await untilHeading(page, 'Tarjeta pendiente');
  const id = new URL(page.url()).searchParams.get('id') ?? '';
  const { displayMode, buttonText, buttonColor } = await shop.upstream(id);
  assert.deepEqual([displayMode, buttonText, buttonColor?.toUpperCase()], ['EMBEDDED', 'Guardar ya', '#5B3F85']);
  await page.reload();
  await page.getByLabel('Enlace', { exact: true }).waitFor();
  const other = await open(world, `view=cards&id=${id}`);
  await other.page.getByText('El enlace solo se mostró al crearlo, en otra pestaña').waitFor();
  await other.close();
  await close();
});

test('by keyboard alone, at 360 px', async () => {
  const { page, id, close } = await atCard({}, { width: 360, height: 740 });
  await tabTo(page, 'Importe en pesos');
  await page.keyboard.type('55');
  await page.keyboard.press('Enter');
  await page.getByRole('alertdialog').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'No, volver', 'the safe answer has the focus');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await untilHeading(page, 'Se cobraron $55.00 MXN a Visa terminación 4242');
  await until('the outcome has the focus', () => page.evaluate(() => document.activeElement?.className === 'outcome'));
  await tabTo(page, 'Reembolsar $55.00 MXN…');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await untilHeading(page, 'Se reembolsaron $55.00 MXN a Visa terminación 4242');
  await until('the focus is not lost', () => page.evaluate(() => document.activeElement?.className === 'outcome'));
  assert.equal((await chargesOf(id)).length, 1);
  await close();
});

test('the list, a card and its forms are accessible, in both languages', async () => {
  const { id } = await shop.active();
  await shop.charged(id, { amount: '15.00' });
  const pending = await shop.begun();
  for (const locale of ['es-MX', 'en-GB']) {
    const { page, close } = await open(world, 'view=cards', { locale });
    await page.getByRole('table').waitFor();
    await assertAccessible(page, `list, ${locale}`);
    for (const [query, place] of [['new=card', '.pay'], [`id=${pending.id}`, '.facts'], [`id=${id}`, '.charge-form']]) {
      await page.goto(`${world.url}/operator?view=cards&${query}`);
      await page.locator(place).waitFor();
      await assertAccessible(page, `${query}, ${locale}`);
    }
    await page.locator('.list .button').click();
    await page.getByRole('alertdialog').waitFor();
    await assertAccessible(page, `question, ${locale}`);
    await close();
  }
});

test('both languages have the same words', async () => {
  for (const part of ['link', 'cards', 'day']) {
    const tables = ['es-MX', 'en'].map(async (tag) => (await import(`../../www/words/operator/${tag}/${part}.js`)).default);
    const [spanish, english] = await Promise.all(tables);
    assert.deepEqual(Object.keys(english), Object.keys(spanish), part);
  }
});
