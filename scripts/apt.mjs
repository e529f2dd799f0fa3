import { onPath } from './paths.mjs';
import { run } from './run.mjs';

/** @returns {boolean} whether this machine lets us install Debian packages without asking for a password */
export const aptAvailable = () => process.getuid?.() === 0 && onPath('apt-get') !== undefined;

/** @param {string[]} packages */
export async function aptInstall(...packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env });
}
