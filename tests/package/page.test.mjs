// The package's files in a page, as they are: no bundler, no build.

import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { after, test } from 'node:test';
import { closeBrowser, serve, toldBy } from './support/browser.mjs';
import { newProject } from './support/project.mjs';
import { expected, html, page, shop } from './support/shop.mjs';

after(closeBrowser);

test('a page imports the files from its own folder under a strict policy', async (t) => {
  const own = shop.replaceAll("'compago-edge/status'", "'./compago-edge/status.js'").replaceAll("'compago-edge'", "'./compago-edge/index.js'");
  const project = await newProject(t, { 'site/index.html': html, 'site/main.js': page, 'site/shop.js': own });
  await cp(project.file('node_modules', 'compago-edge', 'dist'), project.file('site', 'compago-edge'), { recursive: true });
  assert.deepEqual(await toldBy(await serve(t, project.file('site'))), expected);
});
