import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { setupBrowser } from '../../../scripts/browser.mjs';

const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** What a careful shop sends: scripts of its own alone, and leave to run WebAssembly. */
export const strict = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src data:; base-uri 'none'";

/**
 * Serves a folder as static files under a Content-Security-Policy.
 *
 * @param {import('node:test').TestContext} t
 * @param {string} folder
 * @returns {Promise<string>} its address
 */
export async function serve(t, folder) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = path.join(folder, pathname === '/' ? 'index.html' : pathname);
    const body = await readFile(file).catch(() => undefined);
    response.writeHead(body ? 200 : 404, {
      'content-type': types[path.extname(file)] ?? 'application/octet-stream',
      'content-security-policy': strict,
      'x-content-type-options': 'nosniff',
    });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  t.after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${server.address().port}/`;
}

/** @type {Promise<import('playwright-core').Browser> | undefined} */
let browser;

/** For `after` of a file. */
export const closeBrowser = async () => void (await (await browser)?.close());

/**
 * What a page tells in `data-told`. Its errors, also those of its policy, fail the test.
 *
 * @param {string} url
 */
export async function toldBy(url) {
  browser ??= launch();
  const context = await (await browser).newContext();
  try {
    const page = await context.newPage();
    /** @type {string[]} */
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('requestfailed', (request) => complaints.push(`${request.url()} ${request.failure()?.errorText}`));
    await page.goto(url);
    const root = page.locator('html[data-told]');
    await root.waitFor({ state: 'attached', timeout: 20_000 }).catch((error) => assert.fail([...complaints, error].join('\n')));
    assert.deepEqual(complaints, []);
    return JSON.parse((await root.getAttribute('data-told')) ?? '');
  } finally {
    await context.close();
  }
}

async function launch() {
  const executablePath = process.env.CHROME_PATH ?? (await setupBrowser()).chrome;
  const args = ['--disable-background-networking', '--no-first-run', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  return chromium.launch({ executablePath, args });
}
