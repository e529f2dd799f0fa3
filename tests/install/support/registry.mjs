import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { npm } from '../../package/support/project.mjs';
import { run } from '../../../scripts/run.mjs';

/** Nobody keeps an answer: the next registry at this port has other packages. */
const uncached = { 'cache-control': 'no-store' };

/** @typedef {{ manifest: any, file: string, tarball: { filename: string, integrity: string, shasum: string } }} Published */

/**
 * A registry of npm that has the packages of some folders, packed as they would be published. It has no other
 * package of this project; for all others it leads to the registry that is configured here.
 *
 * @param {string[]} folders
 * @param {string} target a folder for the tarballs
 */
export async function startRegistry(folders, target) {
  // Without a slash at its end, its last part would be replaced.
  const upstream = (await run('npm', ['config', 'get', 'registry'])).trim().replace(/\/?$/, '/');
  /** @type {Map<string, Published>} */
  const published = new Map();
  for (const folder of folders) {
    const output = await npm(['pack', '--json', '--loglevel=error', '--pack-destination', target], folder);
    const [tarball] = JSON.parse(output.slice(output.indexOf('[')));
    const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
    published.set(manifest.name, { manifest, file: path.join(target, tarball.filename), tarball });
  }
  const server = createServer(async (request, response) => {
    const pathname = decodeURIComponent(request.url ?? '');
    const [, name = '', file] = /^\/((?:@[^/]+\/)?[^/]+)(?:\/-\/(.+))?$/.exec(pathname) ?? [];
    const found = published.get(name);
    if (!found && /^compago-edge(-|$)/.test(name)) return response.writeHead(404, uncached).end('{}');
    if (!found) return response.writeHead(302, { location: new URL((request.url ?? '').slice(1), upstream).href }).end();
    if (file) return response.writeHead(200, { ...uncached, 'content-type': 'application/octet-stream' }).end(await readFile(found.file));
    const { manifest, tarball } = found;
    const dist = { integrity: tarball.integrity, shasum: tarball.shasum, tarball: `http://${request.headers.host}/${name}/-/${tarball.filename}` };
    const versions = { [manifest.version]: { ...manifest, dist } };
    return response.writeHead(200, { ...uncached, 'content-type': 'application/json' }).end(JSON.stringify({ name, 'dist-tags': { latest: manifest.version }, versions }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    /** The tarballs, in the order of the folders. */
    files: [...published.values()].map(({ file }) => file),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
