import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { aptAvailable, aptInstall } from './apt.mjs';
import { Failure } from './failure.mjs';
import { inRoot, onPath } from './paths.mjs';
import { tryRun } from './run.mjs';

/** @typedef {{ chrome: string, chromedriver: string }} Browser absolute paths */

const chromeNames = ['chromium', 'google-chrome-stable', 'google-chrome', 'chromium-browser', 'chrome'];

/** Where installers put Chrome when it is not on PATH. */
const chromePlaces = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((variable) =>
    path.join(process.env[variable] ?? '', 'Google', 'Chrome', 'Application', 'chrome.exe'),
  ),
};

/**
 * A Chromium or Chrome and its driver, of the same major version: those of CHROME_PATH and CHROMEDRIVER, of the
 * machine, or of an earlier download; else installed now.
 *
 * @returns {Promise<Browser>}
 */
export async function setupBrowser() {
  const found = await findBrowser();
  if (found) return found;
  console.log('  Chromium and its driver: for the tests in a real browser');
  await (aptAvailable() ? aptInstall('chromium', 'chromium-driver') : download());
  const installed = await findBrowser();
  if (installed) return installed;
  throw new Failure(
    'No Chrome or Chromium with a chromedriver of the same major version: ' +
      'install both, or point CHROME_PATH and CHROMEDRIVER at them.',
  );
}

/**
 * The capabilities with which wasm-bindgen-test-runner starts this very browser.
 *
 * @param {Browser} browser
 * @returns {Promise<string>} the file that names them
 */
export async function writeCapabilities({ chrome }) {
  const file = inRoot('.build', 'webdriver.json');
  const args = ['headless', 'disable-gpu', 'no-sandbox', 'disable-dev-shm-usage'];
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ 'goog:chromeOptions': { binary: chrome, args } }));
  return file;
}

/** @returns {Promise<Browser | undefined>} the first pair whose versions match */
async function findBrowser() {
  const { CHROME_PATH, CHROMEDRIVER } = process.env;
  const places = chromePlaces[/** @type {keyof typeof chromePlaces} */ (process.platform)] ?? [];
  const downloaded = await downloadedPaths();
  const chromes = CHROME_PATH ? [CHROME_PATH] : [...onPathEach(chromeNames), ...places, downloaded.chrome ?? ''];
  const drivers = CHROMEDRIVER ? [CHROMEDRIVER] : [...onPathEach(['chromedriver']), downloaded.chromedriver ?? ''];
  for (const chrome of chromes.filter(existsSync)) {
    for (const chromedriver of drivers.filter(existsSync)) {
      const [version, driverVersion] = await Promise.all([chrome, chromedriver].map(majorVersion));
      // Chrome on Windows opens a window instead of telling its version.
      if (process.platform === 'win32' || (version && version === driverVersion)) return { chrome, chromedriver };
    }
  }
  return undefined;
}

/** @param {string[]} names @returns {string[]} */
const onPathEach = (names) => names.flatMap((name) => onPath(name) ?? []);

/** @param {string} command @returns {Promise<string | undefined>} */
async function majorVersion(command) {
  return (await tryRun(command, ['--version']))?.match(/(\d+)\.\d+\.\d+/)?.[1];
}

const downloads = inRoot('.tools', 'browser');
const downloader = '@puppeteer/browsers@2.10.5';

/** Fetches Chrome for Testing and its driver, which are released together. */
async function download() {
  await mkdir(downloads, { recursive: true });
  for (const name of ['chrome', 'chromedriver']) {
    const output = await tryRun('npx', ['--yes', downloader, 'install', `${name}@stable`, '--path', downloads]);
    // Its output is what it installed and where: "chrome@131.0.6778.85 /path/to/chrome".
    const file = output?.match(new RegExp(`^${name}@\\S+ (.+)$`, 'm'))?.[1];
    if (file) await writeFile(path.join(downloads, `${name}.path`), file);
  }
}

/** @returns {Promise<Partial<Browser>>} what an earlier download left */
async function downloadedPaths() {
  const [chrome, chromedriver] = await Promise.all(
    ['chrome', 'chromedriver'].map((name) => readFile(path.join(downloads, `${name}.path`), 'utf8').catch(() => undefined)),
  );
  return { chrome, chromedriver };
}
