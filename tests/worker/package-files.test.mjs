// The files of the package are loaded by pages on any origin, also those of a version that the Worker no longer has.
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { testSiteDir } from '../../scripts/paths.mjs';
import { startWorld } from './support/world.mjs';

const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-site-'));
const site = path.join(folder, 'site');
await cp(testSiteDir, site, { recursive: true });
await mkdir(path.join(site, 'pkg', 'v0.0.1', 'elements'), { recursive: true });
await writeFile(path.join(site, 'pkg', 'v0.0.1', 'elements-define.js'), 'export {};');
await writeFile(path.join(site, 'pkg', 'v0.0.1', 'elements', 'only-then.js'), 'export {};');
const world = await startWorld({ site });
after(async () => {
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

const CURRENT = 'no-cache';
const FOR_GOOD = 'public, max-age=31536000, immutable';
/** The client of the tests checks that each of these answers is shared with every origin. */
const asked = async (method, address, headers = {}) => {
  const answer = await world.send(method, address, { headers: { origin: 'https://anything.example', ...headers } });
  assert.equal(answer.headers['access-control-allow-origin'], '*', address);
  return answer;
};

test('a file is for pages on any origin, whatever is answered', async () => {
  for (const [method, address, status, caching] of [
    ['GET', '/pkg/elements-define.js', 200, CURRENT], ['HEAD', '/pkg/elements-define.js', 200, CURRENT], ['GET', '/pkg/elements.css', 200, CURRENT],
    ['GET', '/pkg/wasm/browser.js', 200, CURRENT], ['GET', '/pkg/none.js', 404, 'no-store'], ['GET', '/pkg/', 404, 'no-store'], ['POST', '/pkg/elements.css', 405, 'no-store'],
    ['OPTIONS', '/pkg/elements.css', 405, 'no-store'], ['GET', '/pkg/v0.0.1/elements-define.js', 200, FOR_GOOD], ['GET', '/pkg/v0.0.1/elements/only-then.js', 200, FOR_GOOD],
  ]) {
    const answer = await asked(method, address);
    assert.deepEqual([answer.status, answer.headers['cache-control']], [status, caching], `${method} ${address}`);
    if (method !== 'GET' || status !== 200) continue;
    const again = await asked(method, address, { 'if-none-match': answer.headers.etag });
    assert.deepEqual([again.status, again.headers['cache-control']], [304, caching], `${address} again`);
  }
  const page = await asked('GET', '/pkg/none.js', { accept: 'text/html' });
  assert.match(page.headers['content-type'] ?? '', /^text\/html/);
  assert.equal((await asked('GET', '/pkg/elements.css', { host: 'anything.example' })).status, 200, 'on any host');
});

test('a file of another version leads to the one of today, if there is one', async () => {
  for (const [address, location] of [
    ['/pkg/v0.0.2/elements-define.js', '/pkg/elements-define.js'], ['/pkg/v12.3.4-beta.1/elements.css?x=1&y', '/pkg/elements.css?x=1&y'], ['/pkg/v0.0.1/elements.css', '/pkg/elements.css'],
    ['/pkg/v0.0.2/wasm/browser.js', '/pkg/wasm/browser.js'],
  ]) {
    for (const method of ['GET', 'HEAD']) {
      const answer = await asked(method, address);
      assert.deepEqual([answer.status, answer.headers.location, answer.headers['cache-control']], [307, location, 'no-store'], address);
      assert.equal((await asked(method, location)).status, 200);
    }
  }
  for (const address of [
    '/pkg/v0.0.2/none.js', '/pkg/v0.0.2/elements/only-then.js', '/pkg/v0.0.2/', '/pkg/v0.0.2', '/pkg/v0.0.2//elements.css', '/pkg/v0.0.2//evil.example/x.js', '/pkg/v/elements.css',
    '/pkg/vx/elements.css', '/pkg/0.0.2/elements.css', '/pkg/v0.0.2/%2e%2e/%2e%2e/index.html/x.js', '/pkg/v0.0.2/%zz.js', '/pkg/v0.0.2/v0.0.1/elements/none.js', '/pkg/v0.0.2/..%2f..%2fshop.js',
  ]) {
    const answer = await world.send('GET', address);
    assert.deepEqual([answer.status, answer.headers.location], [404, undefined], address);
  }
});
