import { existsSync } from 'node:fs';
import path from 'node:path';
import { run } from '../../scripts/run.mjs';

/**
 * Runs `npm install` in a folder, and shows what it writes.
 *
 * @param {string} folder
 * @returns {Promise<boolean>} whether it has succeeded
 */
export async function installIn(folder) {
  const [command, ...args] = npmCommand(process.env.npm_execpath);
  // Of the npm that runs this command, and of another folder.
  const env = Object.fromEntries(Object.keys(process.env).filter((name) => /^npm_(config_local_prefix$|package_|lifecycle_)/.test(name)).map((name) => [name, undefined]));
  try {
    await run(command, [...args, 'install', '--no-audit', '--no-fund'], { cwd: folder, env, show: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string | undefined} running the script of the package manager that runs this command: npm, its npx, or another one
 * @returns {[string, ...string[]]} what starts npm
 */
export function npmCommand(running) {
  const script = running && /^np[mx]-cli\.js$/.test(path.basename(running)) ? path.join(path.dirname(running), 'npm-cli.js') : undefined;
  if (script && existsSync(script)) return [process.execPath, script];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}
