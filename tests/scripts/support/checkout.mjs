import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRoot } from '../../../scripts/paths.mjs';

const built = ['.build/sandbox', '.build/test-site', '.build/stamps', 'pkg', 'worker'];
const settings = ['.cargo', 'Cargo.toml', 'Cargo.lock', 'rust-toolchain.toml', 'package.json', 'package-lock.json'];
const texts = ['LICENSE-MIT', 'LICENSE-APACHE', 'CHANGELOG.md'];

/**
 * A checkout of its own, with what is built in this one and the shop of the tests: whatever is done to it harms neither copies that run here nor other commands.
 *
 * @param {string} name of its folder
 * @returns {Promise<{ root: string, inCopy: (...parts: string[]) => string, remove: () => Promise<void> }>}
 */
export async function copyCheckout(name) {
  const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-'));
  const root = path.join(folder, name);
  for (const entry of [...built, ...settings, ...texts, 'src', 'client', 'sandbox', 'scripts', 'tests/shop', 'www']) {
    await mkdir(path.dirname(path.join(root, entry)), { recursive: true });
    await cp(inRoot(entry), path.join(root, entry), { recursive: true });
  }
  await symlink(inRoot('node_modules'), path.join(root, 'node_modules'));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return { root, inCopy: (...parts) => path.join(root, ...parts), remove };
}
