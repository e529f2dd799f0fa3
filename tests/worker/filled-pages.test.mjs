// Every page says in which environment its Worker is, and names the shop's own origin; a browser never keeps a page of another one.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { inWorld } from './support/world.mjs';

const page = (name) => `<!doctype html>
<html lang="es-MX" data-environment="unknown" data-time-zone="America/Mexico_City">
<link rel="canonical" href="https://shop.invalid/${name}"><meta property="og:image" content="https://shop.invalid/img/café.png">
<script type="application/ld+json">{"@id":"https://shop.invalid"}</script><a href="https://shop.example.com/">${name}</a></html>
`;

const site = await mkdtemp(path.join(tmpdir(), 'compago-edge-site-'));
const pages = ['index.html', 'card.html', 'operator.html', 'pos.html', 'problems.html', '404.html', 'mine/index.html', 'mine/OLD.HTML'];
const write = async (/** @type {string} */ file, /** @type {string | Buffer} */ text) => {
  await mkdir(path.dirname(path.join(site, file)), { recursive: true });
  await writeFile(path.join(site, file), text);
};
for (const file of pages) await write(file, page(file));
await write('shop.js', page('shop.js'));
after(() => rm(site, { recursive: true, force: true }));

const ADDRESSES = {
  '/': 'index.html', '/index.html': 'index.html', '/card': 'card.html', '/operator': 'operator.html', '/pos': 'pos.html',
  '/problems/not-found': 'problems.html', '/mine/': 'mine/index.html', '/mine/OLD.HTML': 'mine/OLD.HTML',
};
const filled = (/** @type {string} */ name, /** @type {string} */ environment, /** @type {string} */ origin) =>
  page(name).replace('"unknown"', `"${environment}"`).replaceAll('https://shop.invalid', origin);

/**
 * Asks for a page under any host. The page with a form has a policy of its own (headers.test.mjs).
 *
 * @param {{ url: string }} world @param {string} method @param {string} address @param {Record<string, string>} [headers]
 */
async function ask({ url }, method, address, headers = {}) {
  const { host, port } = new URL(url);
  const request = http.request({ host: '127.0.0.1', port, method, path: address, headers: { host, ...headers }, agent: false }).end();
  const response = await new Promise((resolve, reject) => request.once('response', resolve).once('error', reject));
  const chunks = await response.toArray();
  return { status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') };
}

/** A browser's request as a proxy that ends TLS hands it on. */
const asBrowser = (/** @type {string} */ host) => ({ host, 'x-forwarded-proto': 'https', accept: 'text/html' });
const SHOP = 'https://shop.example';
const env = (/** @type {string} */ MODE) => ({
  MODE, SHOP_ORIGIN: SHOP, COMPAGO_BASE_URL: 'https://compago.example/api', CHECKOUT_ORIGINS: 'https://checkout.example',
  WEBHOOK_URL: 'https://backend.example/',
});

for (const mode of ['demo', 'production']) {
  test(`pages in ${mode}`, () =>
    inWorld(async (world) => {
      const headers = asBrowser('shop.example');
      for (const [address, name] of Object.entries(ADDRESSES)) {
        const answer = await ask(world, 'GET', address, headers);
        assert.deepEqual([answer.status, answer.text], [200, filled(name, mode, SHOP)], address);
      }
      const missing = await ask(world, 'GET', '/no-such-page', headers);
      assert.deepEqual([missing.status, missing.text], [404, filled('404.html', mode, SHOP)]);
    }, { site, env: env(mode) }));
}

test('pages on this machine, and without a configuration', async () => {
  await inWorld(async (world) => {
    assert.equal((await ask(world, 'GET', '/')).text, filled('index.html', 'local', world.url));
    assert.equal((await ask(world, 'GET', '/shop.js')).text, page('shop.js'), 'other files stay as they are');
  }, { site });
  await inWorld(async (world) => {
    assert.equal((await ask(world, 'GET', '/')).text, filled('index.html', 'demo', 'https://shop.invalid'));
  }, { site, env: { MODE: 'demo', SHOP_ORIGIN: '' } });
  await inWorld(async (world) => {
    assert.equal((await ask(world, 'GET', '/')).text, page('index.html'));
  }, { site, env: { MODE: '', SHOP_ORIGIN: '' } });
});

test('a page that the browser has is 304, and none of another environment or origin', async () => {
  /**
   * @param {Record<string, string>} settings @param {Record<string, string>} headers
   * @param {(tags: Record<string, string>, world: any) => Promise<void>} [act]
   */
  const tagsOf = async (settings, headers, act = async () => {}) => {
    /** @type {Record<string, string>} */
    const tags = {};
    await inWorld(async (world) => {
      for (const address of Object.keys(ADDRESSES)) {
        const first = await ask(world, 'GET', address, headers);
        const { etag } = first.headers;
        assert.match(etag, /^W\/"[\x21\x23-\x2b\x2d-\x7e]+"$/, address);
        tags[address] = etag;
        for (const known of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
          for (const method of ['GET', 'HEAD']) {
            const again = await ask(world, method, address, { ...headers, 'if-none-match': known });
            assert.deepEqual([again.status, again.text, again.headers.etag], [304, '', etag], `${method} ${address} ${known}`);
          }
        }
        const head = await ask(world, 'HEAD', address, headers);
        assert.deepEqual([head.status, head.text, head.headers.etag], [200, '', etag], address);
        assert.ok([undefined, String(Buffer.byteLength(first.text))].includes(head.headers['content-length']), address);
        // The tag of the file alone is that of no page.
        const file = etag.slice(0, etag.indexOf(';')) + '"';
        assert.equal((await ask(world, 'GET', address, { ...headers, 'if-none-match': file })).status, 200, address);
      }
      await act(tags, world);
    }, { site, env: settings });
    return tags;
  };
  const demo = await tagsOf(env('demo'), asBrowser('shop.example'));
  const elsewhere = await tagsOf({ ...env('demo'), SHOP_ORIGIN: 'https://otra.example' }, asBrowser('otra.example'));
  await tagsOf(env('production'), asBrowser('shop.example'), async (tags, world) => {
    for (const [address, name] of Object.entries(ADDRESSES)) {
      for (const known of [demo[address], elsewhere[address]]) {
        const answer = await ask(world, 'GET', address, { ...asBrowser('shop.example'), 'if-none-match': known });
        assert.deepEqual([answer.status, answer.text], [200, filled(name, 'production', SHOP)], address);
      }
      assert.equal(new Set([tags[address], demo[address], elsewhere[address]]).size, 3);
    }
  });
});

test('a changed page is sent, as browsers read it', () =>
  inWorld(async (world) => {
    const { etag } = (await ask(world, 'GET', '/mine/')).headers;
    // With a byte order mark, and with what is no UTF-8: a page says in any case that its money is not real.
    await write('mine/index.html', Buffer.concat([Buffer.from('\u{feff}'), Buffer.from([0xe9]), Buffer.from('<html data-environment="unknown">é')]));
    await utimes(path.join(site, 'mine/index.html'), 2_000_000_000, 2_000_000_000);
    const changed = await ask(world, 'GET', '/mine/', { 'if-none-match': etag });
    assert.deepEqual([changed.status, changed.text], [200, '\u{fffd}<html data-environment="local">é']);
    assert.notEqual(changed.headers.etag, etag);
    await write('mine/index.html', page('mine/index.html'));
  }, { site }));
