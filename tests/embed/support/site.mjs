import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import { servedTypes } from '../../../scripts/served.mjs';

/** A file, or a file with headers of its own, such as a policy. @typedef {string | { body: string, headers: Record<string, string> }} File */

/**
 * Somebody's static site, as GitHub Pages or any other host serves one: files below a path, `index.html` for a folder, 404 for all else.
 * Its pages are at another origin and another site than the Worker's.
 *
 * @param {Record<string, File>} [files] by path relative to `base`; they may be changed at any time
 * @param {{ base?: string, host?: string }} [where] base: begins and ends with `/`
 */
export async function serveSite(files = {}, { base = '/', host = '127.0.0.1' } = {}) {
  /** What was asked for and is not there. @type {string[]} */
  const missing = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    // Browsers ask for it by themselves.
    if (pathname === '/favicon.ico') return response.writeHead(204).end();
    const name = pathname.startsWith(base) ? pathname.slice(base.length).replace(/(^|\/)$/, '$1index.html') : undefined;
    const file = name === undefined ? undefined : files[name];
    if (file === undefined) {
      missing.push(pathname);
      return response.writeHead(404, { 'content-type': 'text/html' }).end('<!doctype html><title>404</title>');
    }
    const { body, headers } = typeof file === 'string' ? { body: file, headers: {} } : file;
    const type = servedTypes[/** @type {keyof typeof servedTypes} */ (path.extname(name ?? '').slice(1))];
    response.writeHead(200, { 'content-type': type, ...headers }).end(body);
  });
  await once(server.listen(0, host.replace(/^localhost$/, '127.0.0.1')), 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const origin = `http://${host}:${port}`;
  return {
    origin,
    /** The address of its first page. */
    url: origin + base,
    files,
    missing,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
