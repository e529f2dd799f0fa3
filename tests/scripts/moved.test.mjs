// A checkout that is built needs nothing more, wherever it is moved, also where nobody may write.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { inRoot } from '../../scripts/paths.mjs';
import { copyCheckout } from './support/checkout.mjs';
import { command, newDataFolder, threePorts } from './support/start.mjs';

const run = promisify(execFile);

/** A copy in a folder that was never built in, with a name that is hard for scripts. @type {string} */
let copy;
/** @type {() => Promise<void>} */
let remove;

/** An environment in which no compiler is found. */
const bare = { PATH: '/nowhere', CARGO_HOME: '/nowhere', HOME: '/nowhere' };

before(async () => {
  ({ root: copy, remove } = await copyCheckout('otra máquina ñ'));
});

after(() => remove());

test('it is not built again, and asks for no compiler', async (context) => {
  const { code, output } = await command(context, 'build', ['sandbox', 'package', 'site', 'worker'], { root: copy, env: bare }).ended;
  assert.equal(output, '');
  assert.equal(code, 0);
});

test('it runs in a read-only checkout, and says in one sentence if something would have to be built', async (context) => {
  const isRoot = process.getuid?.() === 0;
  if (process.platform === 'win32') return context.skip('permissions are of another kind there');
  const data = await newDataFolder(context);
  await chmod(path.dirname(copy), 0o755);
  await chmod(data, 0o777);
  await run('chmod', ['-R', 'a-w,a+rX', copy]);
  context.after(() => run('chmod', ['-R', 'u+w', copy]));
  // Whoever is root may write anyway.
  const user = isRoot ? { uid: 65_534, gid: 65_534 } : {};
  if (!(await canRead(path.join(copy, 'node_modules'), user))) return context.skip('packages of this checkout cannot be read by others');
  const port = String(await threePorts());
  const running = command(context, 'start', ['--port', port, '--data', data], { root: copy, env: bare, ...user });
  await running.until(/Ctrl-C ends everything/);
  assert.equal((await fetch(`http://localhost:${port}/api/shop/catalog`)).status, 200);
  await running.stop();

  const unwritable = await command(context, 'start', ['--port', port], { root: copy, env: bare, ...user }).ended;
  assert.match(unwritable.output, /^\nThe data folder \.data has to be changed, and cannot be: .*Choose another, as in `npm start -- --data <folder>`\.\n$/);

  await run('chmod', ['u+w', path.join(copy, 'www')]);
  await writeFile(path.join(copy, 'www', 'new.html'), '<!doctype html>');
  const stale = await command(context, 'start', ['--port', port, '--data', data], { root: copy, env: bare, ...user }).ended;
  assert.equal(stale.code, 1);
  assert.match(stale.output, /\nThis checkout has to be changed, and cannot be: you may not write there \(.*\)\.\n$/);
  await run('chmod', ['-R', 'u+w', copy]);
  await rm(path.join(copy, 'www', 'new.html'));
});

test('a part is built with those that it needs: without the package that checks the catalog, the site asks for a compiler', async (context) => {
  const [dist, aside] = ['dist', 'dist-aside'].map((name) => path.join(copy, 'pkg', name));
  await rename(dist, aside);
  const { code, output } = await command(context, 'build', ['site'], { root: copy, env: bare }).ended;
  await rm(dist, { recursive: true, force: true });
  await rename(aside, dist);
  assert.equal(code, 1);
  assert.match(output, /rustup/i);
  assert.doesNotMatch(output, /\n\s+at /);
});

test('a mistake in the catalog ends build, start and deployment with the line that names it', async (context) => {
  const file = path.join(copy, 'tests', 'shop', 'catalog.json');
  const good = await readFile(file, 'utf8');
  await writeFile(file, good.replace('"unitAmount": "189.00"', '"unitAmount": 189'));
  const data = await newDataFolder(context);
  const port = String(await threePorts());
  for (const [name, args] of [['build', ['site']], ['start', ['--port', port, '--data', data]], ['deploy', ['--dry-run']]]) {
    const { code, output } = await command(context, name, args, { root: copy, env: bare }).ended;
    assert.equal(code, 1, output);
    assert.match(output, /\nshop\/catalog\.json, item 1 \("cafe-altos-340"\): unitAmount is a number; write the price .*\n$/, name);
    assert.doesNotMatch(output, /\n\s+at /);
  }
  await writeFile(file, good);
});

test('a checkout of Git for Windows, with its line ends, is read like any other', async () => {
  for (const name of ['Cargo.lock', 'rust-toolchain.toml', 'worker/wrangler.toml']) {
    const text = await readFile(path.join(copy, name), 'utf8');
    await writeFile(path.join(copy, name), text.replaceAll(/\r?\n/g, '\r\n'));
  }
  const paths = JSON.stringify(path.join(copy, 'scripts', 'paths.mjs'));
  const program = `const { lockedVersion, toolchain } = await import(${paths}); console.log(lockedVersion('wasm-bindgen'), lockedVersion('worker'), toolchain());`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program]);
  assert.match(stdout, /^\d+\.\d+\.\d+ \d+\.\d+\.\d+ \d+\.\d+\.\d+\n$/);
  const attributes = await readFile(inRoot('.gitattributes'), 'utf8');
  assert.match(attributes, /^\* text=auto eol=lf$/m);
});

/** @param {string} folder @param {{ uid?: number, gid?: number }} user @returns {Promise<boolean>} whether that user can read it */
async function canRead(folder, user) {
  const reading = run(process.execPath, ['-e', `require('fs').readdirSync(${JSON.stringify(folder)})`], user);
  return reading.then(() => true, () => false);
}
