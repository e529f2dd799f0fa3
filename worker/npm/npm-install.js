import { existsSync } from 'node:fs';
import path from 'node:path';
import { run } from '../../scripts/run.mjs';

/**
 * Runs `npm install` in a folder, and shows what it writes. No script of a package runs: none of those that a shop needs depends on one.
 *
 * @param {string} folder
 * @returns {Promise<boolean>} whether it has succeeded
 */
export async function installIn(folder) {
  try {
    await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, show: true });
    return true;
  } catch (error) {
    console.error(/** @type {Error} */ (error).message.trim());
    return false;
  }
}

/**
 * @param {string} spec a package and a range of its versions
 * @returns {Promise<boolean>} false if the registry has none; true also where that cannot be learnt
 */
export async function isPublished(spec) {
  try {
    return (await npm(['view', spec, 'name', '--loglevel=error'], {})).trim() !== '';
  } catch (error) {
    return !/\bE404\b/.test(/** @type {Error} */ (error).message);
  }
}

/** @param {string[]} args @param {import('../../scripts/run.mjs').RunOptions} options */
function npm(args, options) {
  const [command, ...script] = npmCommand(process.env.npm_execpath);
  // Of the npm that runs this command, and of another folder.
  const env = Object.fromEntries(Object.keys(process.env).filter((name) => /^npm_(config_local_prefix$|package_|lifecycle_)/.test(name)).map((name) => [name, undefined]));
  return run(command, [...script, ...args], { ...options, env });
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
