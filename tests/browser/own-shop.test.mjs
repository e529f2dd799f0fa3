// The pages of a shop with other facts than the tests' shop has: each names it and has its colours.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { builtShop } from '../support/built-shop.mjs';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';

const { site, remove } = await builtShop({
  shop: {
    name: 'Panadería La Güera & Hijos',
    legalName: undefined,
    rfc: 'PGH1502266T4',
    address: 'Av. Juárez 5, Centro, 22000 Tijuana, Baja California',
    phone: '664 555 0111',
    whatsapp: '+52 664 555 0111',
    email: 'hola@laguera.example',
    logo: '/img/mug.svg',
    icon: '/img/mug.svg',
    colors: { light: { accent: '#7a1f1f', background: '#fffaf0', text: '#201a17' }, dark: { accent: '#f2b8b5', background: '#1a1110' } },
    returns: '/cambios.html',
  },
  files: {
    'cambios.html': "{% layout 'page', title: 'Cambios' %}<h1>Cambios en {{ shop.name }}</h1>",
    'theme.css': '.brand { letter-spacing: 2px; }',
  },
});
const world = await startBrowsing({ site });
after(async () => {
  await world.stop();
  await remove();
});

const pages = ['/', '/productos/taza-barro.html', '/return.html?order=nobody', '/card', '/pos', '/operator', '/no-such-page', '/problems/not-found', '/cambios.html', '/terminos.html'];

for (const [scheme, background, accent] of /** @type {const} */ ([['light', 'rgb(255, 250, 240)', '#7a1f1f'], ['dark', 'rgb(26, 17, 16)', '#f2b8b5']])) {
  test(`each page has the shop's name and its colours: ${scheme}`, async () => {
    const { page, expect, close } = await world.visit({ colorScheme: scheme });
    expect(/status of (404|401) /);
    for (const path of pages) {
      await page.goto(world.url + path);
      await page.waitForLoadState('networkidle');
      assert.equal(await page.locator('.brand [translate="no"]').textContent(), 'Panadería La Güera & Hijos', path);
      if (!/^\/(problems|pos|operator)/.test(path)) assert.match(await page.title(), /Panadería La Güera & Hijos/, path);
      const seen = await page.evaluate(() => {
        const { backgroundColor } = getComputedStyle(document.body);
        const accent = getComputedStyle(document.documentElement).getPropertyValue('--accent').trim();
        const colour = [...document.querySelectorAll('meta[name="theme-color"]')].find((meta) => matchMedia(meta.media).matches);
        return [backgroundColor, accent, getComputedStyle(document.querySelector('.brand')).letterSpacing, colour?.content];
      });
      assert.deepEqual(seen, [background, accent, '2px', { light: '#fffaf0', dark: '#1a1110' }[scheme]], path);
      assert.doesNotMatch(await page.content(), /Taller Nube|tallernube|Mérida/, path);
    }
    await close();
  });
}

test('the foot says who sells, with links that dial, write and open what the law asks for', async () => {
  const { page, close } = await world.visit();
  await page.goto(world.url);
  const foot = page.getByRole('contentinfo');
  for (const text of ['RFC PGH1502266T4', 'Av. Juárez 5, Centro, 22000 Tijuana, Baja California']) await foot.getByText(text).waitFor();
  const links = await foot.getByRole('link').evaluateAll((all) => all.map((link) => [link.textContent, link.getAttribute('href')]));
  assert.deepEqual(links, [
    ['hola@laguera.example', 'mailto:hola@laguera.example'],
    ['664 555 0111', 'tel:+526645550111'],
    ['WhatsApp', 'https://wa.me/526645550111'],
    ['Aviso de privacidad', '/aviso-de-privacidad.html'],
    ['Términos y condiciones', '/terminos.html'],
    ['Cambios y devoluciones', '/cambios.html'],
  ]);
  await page.getByRole('button', { name: 'English' }).click();
  await foot.getByRole('link', { name: 'Returns and exchanges' }).click();
  await page.getByRole('heading', { name: 'Cambios en Panadería La Güera & Hijos' }).waitFor();
  await assertAccessible(page, 'a page of the shop');
  await close();
});

test('an app that is installed from a page has the name, the colour and the icon of the shop', async () => {
  const { page, close } = await world.visit();
  for (const [path, name, start] of [['/', 'Panadería La Güera & Hijos', '/'], ['/pos', 'Panadería La Güera & Hijos · Caja', '/pos']]) {
    await page.goto(world.url + path);
    const manifest = await page.evaluate(async () => (await fetch(document.querySelector('link[rel="manifest"]').href)).json());
    assert.deepEqual([manifest.name, manifest.start_url, manifest.theme_color, manifest.icons[0].src], [name, start, '#fffaf0', '/img/mug.svg']);
  }
  await close();
});
