import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fillPages, templates } from '../../scripts/fill-pages.mjs';
import { inRoot, testSiteDir } from '../../scripts/paths.mjs';

/** Renders a site of these files, by path, and returns what its page `name` has become. @param {import('node:test').TestContext} context @param {Record<string, string>} files @param {{ name?: string, values?: object }} [options] */
async function filled(context, files, { name = 'page.html', values = {} } = {}) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pages-'));
  context.after(() => rm(folder, { recursive: true }));
  const site = path.join(folder, 'site');
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(file.startsWith('fragments/') ? folder : site, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }
  await fillPages(site, await templates(folder, site, values));
  return readFile(path.join(site, name), 'utf8');
}

test('a fragment takes its values from the page and from the shop, and may include others', async (context) => {
  const page = await filled(
    context,
    {
      'page.html': "<body>{% render 'foot', place: 'Centro' %}<p>{% render 'email' %}.</p></body>\n",
      'fragments/foot.html': "<footer>{{ shop.name }}, {{ place }} {% render 'email' %}</footer>\n",
      'fragments/email.html': '<a>{{ shop.email }}</a>\n',
    },
    { values: { shop: { name: 'Casa', email: 'hola@casa.example' } } },
  );
  assert.equal(page, '<body><footer>Casa, Centro <a>hola@casa.example</a></footer><p><a>hola@casa.example</a>.</p></body>\n');
});

test('a list is a fragment for each of its items', async (context) => {
  const page = await filled(context, {
    'page.html': "{% for code in lists.codes %}{% render 'code', code: code %}{% endfor %}",
    'fragments/code.html': '<li id="{{ code.id }}">{{ code.text | raw }}</li>',
    'fragments/lists/codes.json': '[{ "id": "a", "text": "<b>$&</b>" }, { "id": "c", "text": "d" }]',
  });
  assert.equal(page, '<li id="a"><b>$&</b></li><li id="c">d</li>');
});

test('a module is preloaded with all that it imports, but not with what it loads later', async (context) => {
  const page = await filled(
    context,
    {
      'shop/page.html': "    {% module '/shop/page.js' %}\n",
      'shop/page.js': "// A word from 'nowhere'.\nimport { a } from './a.js';\nimport '/b.js';\nconst later = () => import('/later.js');\nexport { c } from '../c.js';\n",
      'shop/a.js': "import {\n  b,\n} from '/b.js';\n",
      'b.js': "import '/shop/page.js';\n",
      'c.js': '',
    },
    { name: 'shop/page.html' },
  );
  const preloads = ['/shop/a.js', '/b.js', '/c.js'].map((address) => `    <link rel="modulepreload" href="${address}">\n`);
  assert.equal(page, `${preloads.join('')}    <script type="module" src="/shop/page.js"></script>\n`);
});

test('a page that names nothing stays as it is, byte for byte', async (context) => {
  const text = '<script>if (1) { $&; {shop} }</script>\r\n<!-- a note -->\r\n';
  assert.equal(await filled(context, { 'page.html': text }), text);
});

test('what is missing is named, with the page and the line', async (context) => {
  for (const [markup, reason] of [
    ["\n{% render 'foot' %}", /^www\/page\.html: .*foot.*, line:2/s],
    ['\n{{ shop.nmae }}', /^www\/page\.html: undefined variable: shop\.nmae, line:2/],
    ['{{ shop.name | uppercase }}', /^www\/page\.html: undefined filter: uppercase, line:1/],
    ['{% if shop.name %}', /^www\/page\.html: tag .* not closed, line:1/],
    ["{% modul '/page.js' %}", /^www\/page\.html: tag "modul" not found, line:1/],
  ]) {
    await assert.rejects(filled(context, { 'page.html': markup }, { values: { shop: { name: 'Casa' } } }), { name: 'Failure', message: reason });
  }
});

test('a value is text, in elements and in attributes', async (context) => {
  const name = `Pan & "Café" 'x' {{ shop.email }} {% render 'foot' %} </title><script> 🥐`;
  const page = await filled(context, { 'page.html': '<p title="{{ shop.name }}">{{ shop.name }}</p>' }, { values: { shop: { name } } });
  const text = `Pan &amp; &#34;Café&#34; &#39;x&#39; {{ shop.email }} {% render &#39;foot&#39; %} &lt;/title&gt;&lt;script&gt; 🥐`;
  assert.equal(page, `<p title="${text}">${text}</p>`);
});

test('a value in a script element cannot end it', async (context) => {
  const value = { name: 'a</script><!-- & "b" \u2028' };
  const page = await filled(context, { 'page.html': '<script type="application/ld+json">{{ value | data }}</script>' }, { values: { value } });
  const [, text] = /^<script type="application\/ld\+json">([^<>&\u2028]+)<\/script>$/.exec(page) ?? [];
  assert.deepEqual(JSON.parse(text ?? 'null'), value);
});

test('a page of its own takes head and foot from a layout, and knows its path', async (context) => {
  const files = { 'fragments/page.html': '<title>{{ title }}</title>{{ path }}{% block %}{% endblock %}<footer>', 'in/index.html': "{% layout 'page', title: 'A & B' %}<p>text</p>" };
  assert.equal(await filled(context, files, { name: 'in/index.html' }), '<title>A &amp; B</title>/in/<p>text</p><footer>');
});

test('a missing module is named with the page and the module that imports it', async (context) => {
  const page = { 'page.html': "{% module '/page.js' %}" };
  await assert.rejects(filled(context, page), { name: 'Failure', message: /^www\/page\.html: it loads \/page\.js, and there is no such file/ });
  const files = { ...page, 'page.js': "import './a.js';\nimport './b.js';\n", 'a.js': '' };
  await assert.rejects(filled(context, files), { name: 'Failure', message: /^www\/page\.html: it loads \/b\.js, which \/page\.js imports, and there is no such file/ });
});

test('a module is a file of the site, and of nothing above it', async (context) => {
  for (const address of ['/../page.js', 'page.js', '//page.js', '/a/./page.js']) {
    const page = { 'page.html': `{% module '${address}' %}` };
    await assert.rejects(filled(context, page), { name: 'Failure', message: /^www\/page\.html: it loads \S+, which is no path of a file of the site/ });
  }
});

test('the built pages are filled in, and have a head, a way home and nothing that is said twice', async () => {
  const names = (await readdir(inRoot('www'))).filter((name) => name.endsWith('.html'));
  assert.ok(names.length >= 7);
  for (const name of names) {
    const [page, source] = await Promise.all([testSiteDir, inRoot('www')].map((folder) => readFile(path.join(folder, name), 'utf8')));
    assert.doesNotMatch(page, /\{[{%]/, name);
    assert.match(page, /<head>\s+<meta charset="utf-8">\s+<meta name="viewport"/, name);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length, name);
    for (const shared of ['charset=', 'theme-color', 'rel="icon"', 'class="foot"', 'modulepreload']) assert.ok(!source.includes(shared), `${name}: ${shared} belongs to a fragment`);
  }
  assert.ok(!(await readdir(testSiteDir)).includes('fragments'));
});
