// The page of one product, and the shop without scripts.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as shopper from './support/shopper.mjs';

const world = await startBrowsing();
after(() => world.stop());

test('a product has a page of its own, linked from its card, that sells it', async () => {
  const { page, close } = await world.visit({ width: 360, height: 740 });
  await page.goto(world.url);
  await page.getByRole('link', { name: 'Taza de barro' }).click();
  await page.waitForURL('**/productos/taza-barro.html');
  await page.getByRole('heading', { name: 'Taza de barro' }).waitFor();
  await page.getByRole('button', { name: 'Comprar: Taza de barro' }).waitFor();
  await assertAccessible(page, 'page of a product');
  await page.getByRole('button', { name: 'Comprar: Taza de barro' }).click();
  await shopper.fillIn(page);
  const id = await shopper.goToCheckout(page);
  assert.equal((await world.sandbox.payments()).find((made) => made.id === id)?.amount, 309, 'with standard shipping');
  await shopper.payThere(page);
  await shopper.untilHeadline(page, 'Pago recibido');
  await close();
});

test('it speaks the language of its reader, and the switch changes all of it', async () => {
  const { page, close } = await world.visit({ locale: 'en-US' });
  await page.goto(`${world.url}/productos/cafe-altos-340.html`);
  await page.getByRole('button', { name: 'Buy: Highland coffee' }).waitFor();
  assert.equal(await page.title(), 'Highland coffee · Taller Nube');
  await page.getByText('Whole bean from Chiapas, medium roast. 340 g.').waitFor();
  await page.getByRole('button', { name: 'Español' }).click();
  await page.getByRole('button', { name: 'Comprar: Café de los Altos' }).waitFor();
  assert.equal(await page.title(), 'Café de los Altos · Taller Nube');
  await close();
});

test('what is sold out is shown and cannot be bought', async () => {
  const { page, close } = await world.visit();
  await page.goto(`${world.url}/productos/bolsa-palma.html`);
  await page.locator('compago-pay [part~="sold-out"]').getByText('Agotado').waitFor();
  assert.equal(await page.getByRole('button', { name: /Comprar/ }).count(), 0);
  await close();
});

test('without JavaScript the shop shows what it sells, what that costs and who sells it', async () => {
  const { page, close } = await world.visit({ javaScriptEnabled: false, width: 360, height: 740 });
  await page.goto(world.url);
  const cards = page.locator('.card');
  assert.equal(await cards.count(), 6);
  for (const [at, text] of [[0, 'Café de los Altos'], [0, '$189.00 MXN'], [5, 'Agotado']]) assert.ok(await cards.nth(at).getByText(text).isVisible(), text);
  const shown = await page.locator('body').innerText();
  for (const text of ['Taller Nube del Sureste, S.A. de C.V.', 'RFC TNS170824QX7', 'Enviamos en dos días hábiles.', 'Precios con IVA incluido.']) assert.ok(shown.includes(text), text);
  assert.equal(await page.getByRole('button').or(page.getByRole('textbox')).count(), 0);
  await page.getByRole('link', { name: 'Taza de barro' }).click();
  assert.match(await page.locator('compago-pay').innerText(), /^Para comprar aquí se necesita JavaScript\. .*: hola@tallernube\.example, \+52 999 555 0178\./);
  assert.equal(await page.locator('compago-pay a').first().getAttribute('href'), 'mailto:hola@tallernube.example');
  await page.getByRole('link', { name: 'Aviso de privacidad' }).click();
  await page.getByRole('heading', { name: 'Aviso de privacidad' }).waitFor();
  await close();
});

test('what is shown without JavaScript is accessible, and fits small telephones', async () => {
  const { page, context, close } = await world.visit();
  // Nothing can look at a page that runs no scripts: this one shows the same, and runs those of the test alone.
  await context.route((url) => url.origin === world.url, async (route) => {
    const answer = await route.fetch();
    if (!answer.headers()['content-type']?.startsWith('text/html')) return route.fulfill({ response: answer });
    const markup = (await answer.text()).replace(/<\/?noscript>/g, '').replace(/<script (?:type="module" )?src=[^>]*><\/script>/g, '');
    await route.fulfill({ response: answer, body: markup });
  });
  for (const path of ['/', '/productos/taza-barro.html', '/productos/bolsa-palma.html', '/terminos.html']) {
    await page.goto(world.url + path);
    await assertAccessible(page, `${path} without JavaScript`);
  }
  await close();
});

for (const [environment, text] of [['local', 'SANDBOX: pagos de prueba, no se cobra dinero real.'], ['demo', 'DEMO: ambiente de prueba de Compago, no se cobra dinero real.'], ['production', null]]) {
  test(`pages of the environment ${environment} ${text ? 'say on top that no money is charged, also on paper' : 'have no banner'}`, async () => {
    const { page, close } = await world.visit();
    for (const path of ['/', '/productos/taza-barro.html', '/pos', '/terminos.html']) {
      await page.goto(world.url + path);
      await page.evaluate((value) => (document.documentElement.dataset.environment = value), environment);
      for (const media of /** @type {const} */ (['screen', 'print'])) {
        await page.emulateMedia({ media });
        assert.deepEqual(await page.locator('.environment').filter({ visible: true }).allTextContents(), text ? [text] : [], `${path}, ${media}`);
      }
      await page.emulateMedia({ media: 'screen' });
    }
    await close();
  });
}
