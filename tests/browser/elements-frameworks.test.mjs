// The elements in pages of frameworks: attributes, properties and listeners arrive, also those that change.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as esbuild from 'esbuild';
import { inRoot } from '../../scripts/paths.mjs';
import { startBrowsing } from './support/browsing.mjs';

const world = await startBrowsing();
after(() => world.stop());

/** A page in JSX, which React and Preact render alike. @param {string} name @param {string} hooks @param {string} render */
const inJsx = (name, hooks, render) => `
import 'compago-edge/elements/${name}';
import { useState } from '${hooks}';
${render}
const hear = ({ detail }) => heard.push(detail.code ?? detail.items.length);
function Page() {
  const [count, set] = useState(1);
  globalThis.set = set;
  return (
    <main>
      <compago-pay id="first" sku="taza-barro" quantity={count} return-url="/gracias" cart={count === 1} />
      <compago-pay sku="no-such-thing" oncompago-error={hear} />
      <compago-cart shipping="none" oncompago-cart={hear} />
      <compago-order order={undefined} />
    </main>
  );
}`;

const pages = {
  react: `${inJsx('react', 'react', "import { createRoot } from 'react-dom/client';")}\ncreateRoot(document.getElementById('root')).render(<Page />);`,
  preact: `${inJsx('preact', 'preact/hooks', "import { render } from 'preact';")}\nrender(<Page />, document.getElementById('root'));`,
  vue: `
import 'compago-edge/elements/vue';
import { createApp, ref } from 'vue/dist/vue.esm-bundler.js';
const hear = ({ detail }) => heard.push(detail.code ?? detail.items.length);
const app = createApp({
  setup() {
    const count = ref(1);
    globalThis.set = (value) => (count.value = value);
    return { count, hear };
  },
  template: \`<main>
    <compago-pay id="first" sku="taza-barro" :quantity="count" return-url="/gracias" :cart="count === 1" />
    <compago-pay sku="no-such-thing" @compago-error="hear" />
    <compago-cart shipping="none" @compago-cart="hear" />
    <compago-order :order="undefined" />
  </main>\`,
});
app.config.compilerOptions.isCustomElement = (tag) => tag.startsWith('compago-');
app.mount('#root');`,
  // What its compiler makes of JSX does the same.
  'solid-js': `
import 'compago-edge/elements/solid';
import { createSignal } from 'solid-js';
import h from 'solid-js/h';
import { render } from 'solid-js/web';
const hear = ({ detail }) => heard.push(detail.code ?? detail.items.length);
const [count, set] = createSignal(1);
globalThis.set = set;
const page = () => h('main', {},
  h('compago-pay', { id: 'first', sku: 'taza-barro', quantity: count, 'return-url': '/gracias', cart: () => count() === 1 }),
  h('compago-pay', { sku: 'no-such-thing', 'on:compago-error': hear }),
  h('compago-cart', { shipping: 'none', 'on:compago-cart': hear }),
  h('compago-order', {}));
render(page, document.getElementById('root'));`,
};

/** A page as bundlers make it, with the package that is built. @param {string} framework @param {string} contents */
async function bundle(framework, contents) {
  const { outputFiles } = await esbuild.build({
    // There the package finds itself by its name, through its `exports`.
    stdin: { contents, loader: 'jsx', resolveDir: inRoot('pkg') },
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['browser'],
    jsx: 'automatic',
    jsxImportSource: framework,
    define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

for (const [framework, contents] of Object.entries(pages)) {
  test(`in a page of ${framework}`, async () => {
    const { page, close } = await world.visit();
    const script = `globalThis.heard = [];\n${await bundle(framework, contents)}`;
    await page.route('**/page.js', (route) => route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: script }));
    const html = '<!doctype html><html lang="es-MX"><title>Tazas</title><link rel="icon" href="data:,"><div id="root"></div><script type="module" src="/page.js"></script>';
    await page.route('**/tazas.html', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
    await page.goto(`${world.url}/tazas.html`);

    await page.getByRole('button', { name: 'Agregar al carrito: Taza de barro' }).click();
    await page.getByRole('button', { name: 'Uno más: Taza de barro' }).waitFor();
    await page.getByText('Este artículo no está a la venta por ahora.').waitFor();
    assert.deepEqual(await page.evaluate(() => globalThis.heard.map(String).sort()), ['0', '1', 'unknown-sku']);
    const given = () => page.evaluate(() => {
      const [first, cart, order] = ['#first', 'compago-cart', 'compago-order'].map((one) => document.querySelector(one));
      return [first.quantity, first.cart, first.returnUrl, cart.shipping, order.hidden];
    });
    assert.deepEqual(await given(), [1, true, '/gracias', 'none', true]);
    await page.evaluate(() => globalThis.set(3));
    await page.getByText('3 × Taza de barro').waitFor();
    await page.getByRole('button', { name: 'Comprar: Taza de barro' }).waitFor();
    assert.deepEqual(await given(), [3, false, '/gracias', 'none', true]);
    await close();
  });
}
