// The table of all payments as a browser saves it: whole, or not at all.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import { open, press } from './support/operator.mjs';

const world = await startBrowsing();
after(() => world.stop());

test('a table that breaks off is not saved, and may be tried again', async () => {
  await world.sandbox.control('POST', 'one-time-payments/seed', { count: 1_200, descriptions: ['Uno\ny "medio"'] });
  const { page, close } = await open(world, 'view=payments');
  await press(page, 'button', /Exportar/);
  const dialog = page.getByRole('dialog');
  await world.sandbox.fault('one-time-payment.list', { kind: 'delay', ms: 0 }, 2);
  await world.sandbox.fault('one-time-payment.list', { kind: 'refuse', status: 401 }, 1);
  let saved = 0;
  page.on('download', () => (saved += 1));
  await dialog.locator('button[type=submit]').click();
  await dialog.locator('.export-status.error').waitFor();
  assert.equal(saved, 0);

  const download = page.waitForEvent('download');
  await dialog.locator('button[type=submit]').click();
  const file = await download;
  assert.match(file.suggestedFilename(), /^pagos-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  assert.ok(text.endsWith('"\r\n'));
  assert.equal(text.match(/"Uno y ""medio"""/g)?.length, 1_200);
  await close();
});
