// npm start with pages of other origins: who may order, and what is printed for them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWords } from '../../scripts/embed-origins.mjs';
import { fetchOnce } from '../support/fetch-once.mjs';
import { command, newDataFolder, startCopy, threePorts } from './support/start.mjs';

const pages = ['http://localhost:5173', 'http://127.0.0.1:4321'];

test('a start with other origins lets their pages call the shop, and prints the line that they copy', async (context) => {
  const [port, data] = [await threePorts(), await newDataFolder(context)];
  const running = command(context, 'start', ['--port', String(port), '--data', data, '--embed-origins', pages.join(' ')]);
  const output = await running.until(/Ctrl-C ends everything/);
  const url = `http://localhost:${port}`;
  // Without version and hash: on this machine the files of one version change.
  const line = `<script type="module" src="${url}/pkg/elements-define.js"></script>`;
  assert.ok(output.includes(`Pages elsewhere, at ${pages.join(' and ')}, load the elements with\n  ${line}\n`), output);
  const readers = async (/** @type {string} */ origin) => {
    const answer = await fetchOnce(`${url}/api/shop/catalog`, { headers: { origin } });
    return [answer.status, answer.headers.get('access-control-allow-origin')];
  };
  for (const origin of pages) assert.deepEqual(await readers(origin), [200, origin]);
  assert.deepEqual(await readers('http://localhost:5174'), [403, null]);
});

test('of many origins the number is printed', () => {
  const origins = (/** @type {number} */ count) => Array.from({ length: count }, (_, at) => `https://blog-${at}.example`);
  assert.equal(inWords(origins(1)), 'https://blog-0.example');
  assert.equal(inWords(origins(3)), 'https://blog-0.example and https://blog-1.example and https://blog-2.example');
  assert.equal(inWords(origins(4)), '4 origins');
});

test('a start without other origins prints nothing for them', async (context) => {
  const running = await startCopy(context);
  assert.doesNotMatch(await running.ready(), /elements-define|Pages elsewhere/);
});

test('a malformed origin ends the start in one sentence, before anything is built', async (context) => {
  const { code, output } = await command(context, 'start', ['--embed-origins', 'https://blog.example/tienda']).ended;
  assert.equal(code, 1);
  assert.match(output, /^\n--embed-origins has "https:\/\/blog\.example\/tienda", .*Did you mean https:\/\/blog\.example\?\.?\n$/);
});
