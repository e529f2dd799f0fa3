// The package's files in a page, as they are: no bundler, no build.

import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { after, test } from 'node:test';
import { closeBrowser, serve, toldBy } from './support/browser.mjs';
import { newProject } from './support/project.mjs';
import { expected, html, page, shop } from './support/shop.mjs';

after(closeBrowser);

/** @param {import('node:test').TestContext} t @param {string} program */
async function siteOf(t, program) {
  const own = program.replaceAll("'compago-edge/status'", "'./compago-edge/status.js'").replaceAll("'compago-edge'", "'./compago-edge/index.js'");
  const project = await newProject(t, { 'site/index.html': html, 'site/main.js': page, 'site/shop.js': own });
  await cp(project.file('node_modules', 'compago-edge', 'dist'), project.file('site', 'compago-edge'), { recursive: true });
  return serve(t, project.file('site'));
}

test('a page imports the files from its own folder under a strict policy', async (t) => {
  assert.deepEqual(await toldBy(await siteOf(t, shop)), expected);
});

test('a page passes the address of its wasm', async (t) => {
  const elsewhere = shop.replace('await load();', "await load(new URL('./compago-edge/browser.wasm', import.meta.url));");
  assert.deepEqual(await toldBy(await siteOf(t, elsewhere)), expected);
});

test('a page of markup alone has the elements from one file, which a policy for scripts of its own allows', async (t) => {
  const markup = html.replace('/main.js', '/elements.js').replace('</html>', '<compago-order order="x"></compago-order><script type="module" src="/tell.js"></script></html>');
  const tell = "const { shadowRoot } = document.querySelector('compago-order'); document.documentElement.dataset.told = JSON.stringify(shadowRoot.querySelector('h2').textContent);";
  const project = await newProject(t, { 'site/index.html': markup, 'site/tell.js': tell });
  await cp(project.file('node_modules', 'compago-edge', 'dist', 'elements-define.js'), project.file('site', 'elements.js'));
  assert.equal(await toldBy(await serve(t, project.file('site'))), 'No encontramos este pedido');
});
