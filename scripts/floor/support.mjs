// Which features the oldest supported browsers have, by MDN's compatibility data.
import { createRequire } from 'node:module';
import { oldest } from './browsers.mjs';

/** @typedef {import('@mdn/browser-compat-data').BrowserName} BrowserName */
/** @typedef {import('@mdn/browser-compat-data').Identifier} Identifier */
/** @typedef {import('@mdn/browser-compat-data').SimpleSupportStatement} Statement */

/** MDN's data. @type {import('@mdn/browser-compat-data').CompatData} */
export const data = createRequire(import.meta.url)('@mdn/browser-compat-data');

/** The browsers of MDN's data for each of browserslist's. @type {Record<string, BrowserName[]>} */
const namesAtMdn = {
  chrome: ['chrome', 'chrome_android', 'webview_android'],
  firefox: ['firefox'],
  ios_saf: ['safari_ios'],
};

/** The oldest supported version of each browser, by MDN's name. @type {Map<BrowserName, number>} */
const floor = new Map();
for (const [browser, version] of oldest) for (const name of namesAtMdn[browser]) floor.set(name, version);

/** Names that a feature's own data do not start with: they describe it. @param {string} key */
export const isFeature = (key) => !key.startsWith('__');

/** The browsers, with the version needed, that are supported and lack a feature. @param {Identifier | undefined} feature */
export function lacking(feature) {
  const support = feature?.__compat?.support;
  if (!support) return [];
  return [...floor].flatMap(([browser, version]) => {
    const statements = [support[browser] ?? []].flat();
    if (statements.length === 0 || statements.some((statement) => isSince(statement, version))) return [];
    const since = statements.find((statement) => isPlain(statement) && statement.version_added && !statement.version_removed)?.version_added;
    return [`${browser} ${version}${since ? ` (since ${since})` : ''}`];
  });
}

/** Whether every supported browser has it; a feature of which nothing is known is taken to be there. @param {Identifier | undefined} feature */
export const isThere = (feature) => lacking(feature).length === 0;

/** Whether it works as written: without a flag, a prefix or another name. @param {Statement} statement */
const isPlain = ({ flags, prefix, alternative_name }) => !flags && !prefix && !alternative_name;

/** @param {Statement} statement @param {number} version */
function isSince(statement, version) {
  const { version_added: added, version_removed: removed } = statement;
  const gone = typeof removed === 'string' && Number.parseFloat(removed.replace('≤', '')) <= version;
  return isPlain(statement) && !gone && typeof added === 'string' && Number.parseFloat(added.replace('≤', '')) <= version;
}
