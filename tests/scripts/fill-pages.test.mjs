import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fillPages } from '../../scripts/fill-pages.mjs';
import { inRoot, siteDir } from '../../scripts/paths.mjs';

/** Fills in a site of these files, by path, and returns what its page `name` has become. @param {import('node:test').TestContext} context @param {Record<string, string>} files @param {string} [name] */
async function filled(context, files, name = 'page.html') {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pages-'));
  context.after(() => rm(folder, { recursive: true }));
  const site = path.join(folder, 'site');
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(file.startsWith('fragments/') ? folder : site, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }
  await fillPages(folder, site);
  return readFile(path.join(site, name), 'utf8');
}

test('a fragment takes its values from the comment and from the shop, is indented, and may include others', async (context) => {
  const page = await filled(context, {
    'page.html': '<body>\n  <!-- include foot place="{shop}, Coyoacán" -->\n  <p>Write to <!-- include email -->.</p>\n</body>\n',
    'fragments/foot.html': '<footer>\n  <p>{place}</p>\n\n  <!-- include email -->\n</footer>\n',
    'fragments/email.html': '<a>{email}</a>\n',
    'fragments/shop.json': '{ "shop": "Casa", "email": "hola@casa.example" }',
  });
  assert.equal(
    page,
    '<body>\n  <footer>\n    <p>Casa, Coyoacán</p>\n\n    <a>hola@casa.example</a>\n  </footer>\n  <p>Write to <a>hola@casa.example</a>.</p>\n</body>\n',
  );
});

test('a list is a fragment for each of its items', async (context) => {
  const page = await filled(context, {
    'page.html': '<ul>\n  <!-- each codes code -->\n</ul>\n',
    'fragments/code.html': '<li id="{code}">\n  {text}\n</li>\n',
    'fragments/codes.json': '[{ "code": "a", "text": "$& {b}" }, { "code": "c", "text": "d" }]',
  });
  assert.equal(page, '<ul>\n  <li id="a">\n    $& {b}\n  </li>\n  <li id="c">\n    d\n  </li>\n</ul>\n');
});

test('a module is preloaded with all that it imports, but not with what it loads later', async (context) => {
  const page = await filled(context, {
    'shop/page.html': '  <!-- module /shop/page.js -->\n',
    'shop/page.js': "// A word from 'nowhere'.\nimport { a } from './a.js';\nimport '/b.js';\nconst later = () => import('/later.js');\nexport { c } from '../c.js';\n",
    'shop/a.js': "import {\n  b,\n} from '/b.js';\n",
    'b.js': "import '/shop/page.js';\n",
    'c.js': '',
  }, 'shop/page.html');
  const preloads = ['/shop/a.js', '/b.js', '/c.js'].map((address) => `  <link rel="modulepreload" href="${address}">\n`);
  assert.equal(page, `${preloads.join('')}  <script type="module" src="/shop/page.js"></script>\n`);
});

test('a page that names nothing stays as it is, byte for byte', async (context) => {
  const text = '<script>if (1) { $&; {shop} }</script>\r\n<!-- a note -->\r\n';
  assert.equal(await filled(context, { 'page.html': text }), text);
});

test('what is missing is named', async (context) => {
  await assert.rejects(filled(context, { 'page.html': '<!-- include foot -->' }), { name: 'Failure', message: 'www/page.html includes foot, and there is no such file in www/fragments/.' });
  const files = { 'page.html': '<!-- include foot -->', 'fragments/foot.html': '{place}' };
  await assert.rejects(filled(context, files), { name: 'Failure', message: 'www/page.html includes a fragment that needs place="...".' });
});

test('a value of the shop is text, in elements and in attributes', async (context) => {
  const page = await filled(context, {
    'page.html': '<!-- include foot place="{shop}, <b>Coyoacán</b>" -->',
    'fragments/foot.html': '<p title="{shop}">{place}</p>',
    'fragments/shop.json': '{ "shop": "Pan & \\"Café\\" <!-- include foot -->" }',
  });
  const shop = 'Pan &#38; &#34;Café&#34; &#60;!-- include foot --&#62;';
  assert.equal(page, `<p title="${shop}">${shop}, <b>Coyoacán</b></p>`);
});

test('a file of values that is not JSON is named with the page', async (context) => {
  const page = { 'page.html': '<!-- include foot -->', 'fragments/foot.html': '{shop}' };
  await assert.rejects(filled(context, { ...page, 'fragments/shop.json': '{ "shop": "Casa", }' }), { name: 'Failure', message: /^www\/page\.html needs www\/fragments\/shop\.json, which is not JSON: / });
  const list = { 'page.html': '<!-- each codes code -->', 'fragments/code.html': '{code}' };
  await assert.rejects(filled(context, { ...list, 'fragments/codes.json': '[' }), { name: 'Failure', message: /^www\/page\.html needs www\/fragments\/codes\.json, which is not JSON: / });
  await assert.rejects(filled(context, { ...list, 'fragments/codes.json': '{}' }), { name: 'Failure', message: 'www/page.html needs a list in www/fragments/codes.json.' });
});

test('a missing module is named with the page and the module that imports it', async (context) => {
  const page = { 'page.html': '<!-- module /page.js -->' };
  await assert.rejects(filled(context, page), { name: 'Failure', message: 'www/page.html loads /page.js, and there is no such file.' });
  const files = { ...page, 'page.js': "import './a.js';\nimport './b.js';\n", 'a.js': '' };
  await assert.rejects(filled(context, files), { name: 'Failure', message: 'www/page.html loads /b.js, which /page.js imports, and there is no such file.' });
});

test('a fragment that includes itself is refused', async (context) => {
  const files = { 'page.html': '<!-- include foot -->', 'fragments/foot.html': '<!-- include email -->', 'fragments/email.html': '<!-- include foot -->' };
  await assert.rejects(filled(context, files), { name: 'Failure', message: 'www/page.html includes a fragment that includes itself: foot, email, foot.' });
  const list = { 'page.html': '<!-- include list -->', 'fragments/list.html': '<!-- each lists list -->', 'fragments/lists.json': '[{}]' };
  await assert.rejects(filled(context, list), { name: 'Failure', message: 'www/page.html includes a fragment that includes itself: list, list.' });
});

test('a comment in a form that the build cannot read is refused', async (context) => {
  const comments = ['<!--include foot -->', '<!-- include  foot -->', '<p><!-- each codes code --></p>', '<!-- module -->', '<!--\tmodule /page.js -->'];
  for (const comment of comments) {
    const files = { 'page.html': comment, 'fragments/foot.html': '' };
    await assert.rejects(filled(context, files), { name: 'Failure', message: /^www\/page\.html has a comment that the build cannot read: <!--/ }, comment);
  }
});

test('the built pages are filled in, and have a head, a way home and nothing that is said twice', async () => {
  const names = (await readdir(siteDir)).filter((name) => name.endsWith('.html'));
  assert.ok(names.length >= 7);
  for (const name of names) {
    const [page, source] = await Promise.all([siteDir, inRoot('www')].map((folder) => readFile(path.join(folder, name), 'utf8')));
    assert.doesNotMatch(page, /<!-- (include|each|module) /, name);
    assert.match(page, /<head>\s+<meta charset="utf-8">\s+<meta name="viewport"/, name);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length, name);
    for (const shared of ['charset=', 'theme-color', 'favicon.svg', 'class="foot"', 'modulepreload', 'Casa Jacaranda']) assert.ok(!source.includes(shared), `${name}: ${shared} belongs to a fragment`);
  }
  assert.ok(!(await readdir(siteDir)).includes('fragments'));
});
