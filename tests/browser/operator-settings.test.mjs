// The first steps of a new shop, and its settings.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as desk from './support/operator.mjs';
import { until } from './support/until.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** A step of the list, as it is read. @param {Page} page @param {RegExp} name */
const step = (page, name) => page.getByRole('region', { name: /^(Primeros pasos|First steps)$/ }).getByRole('listitem').filter({ hasText: name });

describe('a shop whose secret for webhooks was generated', async () => {
  const world = await startBrowsing({ env: { WEBHOOK_SECRET: '' } });
  after(() => world.stop());

  test('the empty desk shows the first steps with what to do; one press of a key checks them', async () => {
    const { page, expect, close } = await desk.open(world, '');
    expect(/status of 429 /);
    await step(page, /Conexión con Compago\s+Pendiente/).waitFor();
    await step(page, /Catálogo\s+Listo/).waitFor();
    await step(page, /Compra de prueba\s+Pendiente\s*Haz una compra de prueba/).waitFor();
    const before = world.receiver.events().length;
    await page.getByRole('button', { name: 'Revisar ahora' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('Revisión terminada. Listos: 3 de 6.').waitFor();
    await step(page, /Conexión con Compago\s+Listo/).waitFor();
    assert.equal(await page.locator(':focus').innerText(), 'Revisar ahora', 'whoever uses the keyboard stays there');
    // Nothing is signed with a secret that nobody has seen.
    await step(page, /Notificaciones a tu sistema.*Por corregir.*Las notificaciones esperan/s).waitFor();
    assert.equal(world.receiver.events().length, before);
    assert.equal(await page.getByRole('heading', { name: 'Nada por atender' }).count(), 0, 'something must be corrected');

    await page.getByRole('button', { name: 'Revisar ahora' }).click();
    await page.locator('#notices').getByText(/^Acabas de revisar\. Espera \d+ segundos?\.$/).waitFor();
    await close();
  });

  test('a new secret is shown once: it survives another language, and neither a reload nor leaving', async () => {
    const { page, context, expect, close } = await desk.open(world, 'view=settings');
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('row', { name: /Secreto de las notificaciones.*Se generó automáticamente/s }).waitFor();
    const show = page.getByRole('button', { name: 'Mostrar el secreto de las notificaciones' });
    await show.click();
    const question = page.getByRole('alertdialog', { name: '¿Mostrar el secreto de las notificaciones?' });
    await question.getByText(/Se muestra una sola vez/).waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#rotate-secret').count(), 0, 'Escape changes nothing');

    await show.click();
    await question.getByRole('button', { name: 'Sí, mostrar el secreto' }).click();
    await page.getByRole('status').getByText('Este es el secreto. Cópialo ahora: no se vuelve a mostrar.').waitFor();
    const shown = page.getByRole('textbox', { name: 'Secreto de las notificaciones' });
    const secret = await shown.inputValue();
    assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
    await page.locator('#rotate-secret:focus').waitFor();
    await page.getByRole('button', { name: 'Copiar' }).click();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), secret);
    await assertAccessible(page, 'settings: a new secret');

    await desk.press(page, 'button', 'English');
    assert.equal(await page.getByRole('textbox', { name: 'Webhook secret' }).inputValue(), secret);
    await step(page, /Connection to Compago\s+(Ready|To do)/).waitFor();
    assert.ok(!page.url().includes('whsec'));
    assert.ok(!JSON.stringify(await context.storageState()).includes(secret));
    await desk.press(page, 'button', 'I have saved it');
    await until('the secret is gone', async () => (await page.getByRole('textbox', { name: 'Webhook secret' }).count()) === 0);
    assert.equal(await page.locator(':focus').innerText(), 'Change the webhook secret');
    assert.ok(!(await page.content()).includes(secret));
    expect(/status of 409 /);
    await desk.press(page, 'button', 'Change the webhook secret');
    await page.getByRole('alertdialog').getByText(/valid for 24 more hours/).waitFor();
    await desk.press(page, 'button', 'Yes, change the secret');
    await page.locator('#notices').getByText(/^The secret was changed recently, and not again now\. You can change it from: \w/).waitFor();
    await page.reload();
    await desk.untilView(page, 'Settings');
    assert.ok(!(await page.content()).includes(secret));
    await close();
  });

  test('whoever goes on at once after a change is not brought back', async () => {
    const { page, close } = await desk.open(world, 'view=settings');
    // The answer need not be a real one: a change is possible once a minute.
    const answer = { secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` };
    await page.route('**/api/operator/settings/webhook-secret/rotate', (route) => route.fulfill({ json: answer }));
    await desk.press(page, 'button', 'Cambiar el secreto de las notificaciones');
    await desk.press(page, 'button', 'Sí, cambiar el secreto');
    await page.getByRole('textbox', { name: 'Secreto de las notificaciones' }).waitFor();
    for (const unanswered of ['settings', 'orders*']) await page.route(`**/api/operator/${unanswered}`, () => {});
    const asked = page.waitForRequest('**/api/operator/settings');
    await desk.press(page, 'button', 'Ya lo guardé');
    await asked;
    const left = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/operator/settings'));
    const next = page.waitForRequest('**/api/operator/orders*');
    await desk.press(page, 'link', 'Pedidos');
    await Promise.all([left, next]);
    await page.getByRole('heading', { level: 1, name: 'Pedidos' }).waitFor();
    assert.equal(await page.locator('#secrets-title').count(), 0);
    await close();
  });
});

describe('a shop that is configured', async () => {
  const world = await startBrowsing();
  after(() => world.stop());

  test('the settings show what is configured and no secret, in both languages, for everybody', async () => {
    for (const [locale, title, environment, source] of [
      ['es-MX', 'Ajustes', 'Local: pagos de prueba, no se cobra dinero real', 'Lo configuraste tú'],
      ['en-US', 'Settings', 'Local: test payments, no real money is charged', 'Set by you'],
    ]) {
      const { page, close } = await desk.open(world, 'view=settings', { locale, width: 360, height: 640 });
      await desk.untilView(page, title ?? '');
      await page.getByText(environment ?? '').waitFor();
      await page.getByText(world.receiver.webhookUrl).waitFor();
      await page.getByText('LIMIT_CREATE_PER_MINUTE').waitFor();
      assert.equal(await page.getByRole('row', { name: new RegExp(`WEBHOOK_SECRET.*${source}`, 's') }).count(), 1);
      assert.equal(await page.locator('#rotate').count(), 0, 'it is changed where it is configured');
      const markup = await page.content();
      for (const [name, secret] of Object.entries(secrets)) assert.ok(!markup.includes(secret), name);
      await assertAccessible(page, `settings: ${locale}`);
      await close();
    }
  });

  test('a test event arrives, and the first steps are over with the first purchase', async () => {
    const { page, close } = await desk.open(world, '');
    await page.getByRole('button', { name: 'Revisar ahora' }).click();
    await step(page, /Notificaciones a tu sistema \(webhooks\)\s+Listo/).waitFor();
    assert.deepEqual(world.receiver.events().map(({ type }) => type), ['webhook.test']);
    await page.getByRole('heading', { name: 'Nada por atender' }).waitFor();
    await assertAccessible(page, 'desk: first steps');
    await step(page, /Compra de prueba/).getByRole('link', { name: 'Crear un enlace de pago' }).waitFor();

    await desk.pay(world, await world.placeOrder());
    await page.reload();
    await desk.untilView(page, 'Por atender');
    await page.getByRole('region', { name: 'Hoy' }).waitFor();
    assert.equal(await page.getByRole('region', { name: 'Primeros pasos' }).count(), 0);
    await desk.press(page, 'link', 'Ajustes');
    await step(page, /Compra de prueba\s+Listo/).waitFor();
    await step(page, /Página de pago\s+Listo/).waitFor();
    await close();
  });

  test('a desk that cannot read its settings is a desk all the same', async () => {
    const other = await desk.open(world, 'view=orders');
    other.expect(/status of 503 /);
    await other.page.route('**/api/operator/settings', (route) => route.fulfill({ status: 503 }));
    await desk.press(other.page, 'link', 'Por atender');
    await other.page.getByRole('heading', { name: 'Nada por atender' }).waitFor();
    await desk.press(other.page, 'link', 'Ajustes');
    await other.page.getByRole('heading', { name: 'No pudimos cargar esta página' }).waitFor();
    await other.page.unroute('**/api/operator/settings');
    await desk.press(other.page, 'button', 'Intentar de nuevo');
    await desk.untilView(other.page, 'Ajustes');
    await other.close();
  });
});
