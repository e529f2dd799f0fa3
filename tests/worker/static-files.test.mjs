// Which files are served, at which URLs, and that unchanged files are not sent again.
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { testSiteDir } from '../../scripts/paths.mjs';
import { servedTypes, unservedFiles } from '../../scripts/served.mjs';
import { startWorld } from './support/world.mjs';
import { fetchOnce } from '../support/fetch-once.mjs';

const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-site-'));
const site = path.join(folder, 'site');
await cp(testSiteDir, site, { recursive: true });
const own = {
  ...Object.fromEntries(Object.keys(servedTypes).map((ending) => [`mine/file.${ending}`, `"a ${ending}"`])),
  'mine/IMG_0001.JPG': 'of a camera',
  'mine/café de olla.png': 'with a name that is written otherwise in addresses',
  'mine/photo.tiff': 'of no kind',
  'mine/README': 'without an ending',
  'blog/index.html': 'the blog',
  'blog/2026/index.html': 'a year of it',
  'docs.v2/index.html': 'a folder with a dot',
};
for (const [file, text] of Object.entries(own)) {
  await mkdir(path.dirname(path.join(site, file)), { recursive: true });
  await writeFile(path.join(site, file), text);
}

const world = await startWorld({ site });
after(async () => {
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

test('each listed file type is served with its content type, also with a camera\'s file name', async () => {
  for (const [ending, type] of Object.entries(servedTypes)) {
    const answer = await world.send('GET', `/mine/file.${ending}`);
    assert.deepEqual([answer.status, answer.headers['content-type'], answer.text], [200, type, `"a ${ending}"`]);
  }
  for (const [address, type] of [['/mine/IMG_0001.JPG', 'image/jpeg'], ['/mine/caf%C3%A9%20de%20olla.png', 'image/png']]) {
    const answer = await world.send('GET', address);
    assert.deepEqual([answer.status, answer.headers['content-type']], [200, type], address);
  }
  for (const address of ['/mine/photo.tiff', '/mine/README']) assert.equal((await world.send('GET', address)).status, 404, address);
});

test('the build names files that will not be served', async () => {
  const pages = path.join(folder, 'www');
  for (const file of ['index.html', 'a.JPG', 'a.tiff', 'in/README', '.env', '.DS_Store', '.well-known/x.txt', 'api/x.json', 'pkg/x.js', 'vendor/x.js', 'problems/x.html']) {
    await mkdir(path.dirname(path.join(pages, file)), { recursive: true });
    await writeFile(path.join(pages, file), '');
  }
  const lines = await unservedFiles(pages);
  const named = lines.map((line) => /^www\/(\S+) will not be served: /.exec(line)?.[1]);
  assert.deepEqual(named.sort(), ['.env', '.well-known/x.txt', 'a.tiff', 'api/x.json', 'in/README', 'problems/x.html']);
  assert.match(lines.join(' '), /www\/a\.tiff will not be served: files that end in \.tiff are of no kind that the Worker serves\./);
});

test('a folder is its index.html, at one URL', async () => {
  for (const [address, text] of [['/blog/', 'the blog'], ['/blog/2026/', 'a year of it'], ['/docs.v2/', 'a folder with a dot'], ['/blog/index.html', 'the blog']]) {
    const answer = await world.send('GET', address);
    assert.deepEqual([answer.status, answer.text], [200, text], address);
  }
  for (const [address, location] of [['/blog', '/blog/'], ['/blog/2026?a=1&b=2', '/blog/2026/?a=1&b=2'], ['/docs.v2', '/docs.v2/']]) {
    const answer = await world.send('GET', address);
    assert.deepEqual([answer.status, answer.headers.location, answer.headers['cache-control']], [308, location, 'no-store'], address);
  }
  for (const address of ['/mine', '/mine/', '/blog//', '/blo', '/bloggy/']) assert.equal((await world.send('GET', address)).status, 404, address);
});

test('no URL redirects to another site', async () => {
  for (const address of ['//blog', '//evil.example', '//evil.example/blog', '/\\evil.example', '/.//blog', '/%2fblog', '/blog//2026', '/..//blog', '/%09/blog']) {
    const answer = await world.send('GET', address);
    assert.doesNotMatch(answer.headers.location ?? '', /^\/[/\\]|^\w+:/, address);
  }
});

test('a file that the browser has is 304, with the headers of the file', async () => {
  for (const address of ['/', '/index.html', '/pos', '/operator', '/problems/not-found', '/shop.js', '/pkg/index.js', '/pkg/wasm/browser.js', '/tokens.css', '/catalog.json', '/mine/file.wasm', '/favicon.svg', '/blog/']) {
    const first = await world.send('GET', address);
    const { etag } = first.headers;
    assert.equal(first.status, 200, address);
    assert.match(etag ?? '', /^(W\/)?"[\x21\x23-\x7e]+"$/, address);
    assert.equal(first.headers['cache-control'], 'no-cache', address);
    for (const known of [etag, etag.replace(/^W\//, ''), `"other", ${etag}`, `"other",${etag},W/"third"`, '*']) {
      for (const method of ['GET', 'HEAD']) {
        const again = await world.send(method, address, { headers: { 'if-none-match': known } });
        assert.deepEqual([again.status, again.text], [304, ''], `${method} ${address} ${known}`);
        const headers = ({ date, connection, 'keep-alive': _, 'content-length': __, 'transfer-encoding': ___, ...rest }) => rest;
        assert.deepEqual(headers(again.headers), headers(first.headers), address);
      }
    }
    for (const unknown of ['"other"', 'W/"other"', '', etag.slice(0, -2), `W/${etag.replace(/^(?!W)/, 'W/')}`]) {
      const again = await world.send('GET', address, { headers: { 'if-none-match': unknown } });
      assert.deepEqual([again.status, again.text], [200, first.text], `${address} ${unknown}`);
    }
  }
});

test('the page with a form of another origin is 304 with its own policy', async () => {
  const headers = async (init) => {
    const answer = await fetchOnce(`${world.url}/card`, init);
    return [answer.status, answer.headers.get('content-security-policy'), answer.headers.get('etag')];
  };
  const [status, policy, etag] = await headers();
  assert.equal(status, 200);
  assert.match(policy, /frame-src 'self' http/);
  assert.deepEqual(await headers({ headers: { 'if-none-match': etag } }), [304, policy, etag]);
});

test('a changed file is sent, and a missing one is never a 304', async () => {
  const file = path.join(site, 'mine', 'file.txt');
  const { etag } = (await world.send('GET', '/mine/file.txt')).headers;
  await writeFile(file, 'A txt');
  await utimes(file, 2_000_000_000, 2_000_000_000);
  const changed = await world.send('GET', '/mine/file.txt', { headers: { 'if-none-match': etag } });
  assert.deepEqual([changed.status, changed.text], [200, 'A txt']);
  assert.notEqual(changed.headers.etag, etag);
  for (const address of ['/none.js', '/none/', '/none']) {
    assert.equal((await world.send('GET', address, { headers: { 'if-none-match': '*' } })).status, 404, address);
  }
  for (const address of ['/api/shop/catalog', '/healthz']) {
    const answer = await world.send('GET', address, { headers: { 'if-none-match': '*' } });
    assert.deepEqual([answer.status, answer.headers.etag], [200, undefined], address);
  }
});
