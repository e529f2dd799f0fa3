// Which secrets a deployment brings, and whether the Worker has those that only a person can give it.

import { readDevVars } from './dev-vars.mjs';
import { Failure } from './failure.mjs';
import { rules } from './rules.mjs';
import { requiredSecrets, secretVariables, settingOf, workerVariables } from './settings.mjs';
import { withTemporaryApart } from './temporary.mjs';

/** What examples have where a value belongs. */
const PLACEHOLDER = /^<.*>$|^(.)\1*$|\.\.\.|…|change[-_ ]?me|placeholder|^(?:your|tu|my|mi)[-_ ]|^sandbox-key$|^todo$/i;

/**
 * @typedef {object} GivenSecrets
 * @property {string} file that was read, or that a person should write
 * @property {Record<string, string>} values those that are set
 * @property {string[]} notes a line for each name there that is no secret of the Worker
 */

/**
 * Reads the secrets beside wrangler's file.
 *
 * @param {string} folder
 * @param {import('./deploy-settings.mjs').Settings} settings
 * @returns {Promise<GivenSecrets>}
 */
export async function readSecrets(folder, { file, environment, vars }) {
  const { name, values } = await readDevVars(folder, { environment, ownOnly: vars.MODE === 'production' });
  const set = Object.entries(values).filter(([secret, value]) => secretVariables.includes(secret) && value !== '');
  for (const [secret, value] of set) {
    if (PLACEHOLDER.test(value)) throw new Failure(`${secret} in ${name} is still a placeholder: ${settingOf(secret).remedy}.`);
  }
  return { file: name, values: Object.fromEntries(set), notes: Object.keys(values).flatMap((each) => noteOn(each, name, file) ?? []) };
}

/**
 * Fails for those that the Worker's own rule refuses: malformed, or such that somebody could guess them. The package has to be built.
 *
 * @param {GivenSecrets} secrets
 */
export async function checkSecretsByRule({ file, values }) {
  const [mistake] = (await rules()).secretMistakes(Object.keys(values), Object.values(values));
  const [, name = '', reason] = /^(\w+): (.*)$/s.exec(mistake ?? '') ?? [];
  if (mistake) throw new Failure(`${name} in ${file} cannot be used: ${reason}. To mend it: ${settingOf(name).remedy}.`);
}

/**
 * @param {GivenSecrets} secrets
 * @returns {boolean} whether the file alone has all that the Worker needs
 */
export const suffice = ({ values }) => requiredSecrets.every((name) => values[name]);

/**
 * Says what only a person can give and neither the file nor the Worker has.
 *
 * @param {GivenSecrets} secrets
 * @param {string[]} present at the Worker
 * @param {import('./deploy-settings.mjs').Settings} settings
 * @returns {string | undefined}
 */
export function missingSecrets({ file, values }, present, { file: config, environment }) {
  const missing = requiredSecrets.filter((name) => !values[name] && !present.includes(name));
  if (missing.length === 0) return undefined;
  const put = `npx wrangler secret put ${missing[0]} --config ${config}${environment ? ` --env ${environment}` : ''}`;
  return (
    `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set. Write ${missing.length > 1 ? 'them' : 'it'} into ${file}, or set ` +
    `each at Cloudflare with \`${put}\`:\n${missing.map((name) => `  ${name}: ${settingOf(name).remedy}`).join('\n')}`
  );
}

/**
 * Calls `use` with wrangler's arguments that upload these secrets with the deployment. Those that the Worker has beside them stay.
 *
 * @template T
 * @param {GivenSecrets} secrets
 * @param {(args: string[]) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withSecretsFile({ values }, use) {
  if (Object.keys(values).length === 0) return use([]);
  return withTemporaryApart('secrets.json', JSON.stringify(values), (file) => use(['--secrets-file', file]));
}

/** @param {string} name @param {string} file where it stands @param {string} config wrangler's file @returns {string | undefined} why it is not sent */
function noteOn(name, file, config) {
  if (secretVariables.includes(name)) return undefined;
  if (workerVariables.includes(name)) return `${name} in ${file} is not deployed: it is set in ${config}.`;
  const meant = secretVariables.find((each) => isNearly(each, name));
  return `The Worker reads no secret ${name} (${file})${meant ? `; did you mean ${meant}?` : '.'}`;
}

/** @param {string} right @param {string} given @returns {boolean} whether they differ by at most two letters that are missing, added or wrong */
function isNearly(right, given) {
  let row = Array.from({ length: given.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...right].entries()) {
    const next = [at + 1];
    for (let to = 1; to <= given.length; to += 1) {
      next.push(Math.min((next[to - 1] ?? 0) + 1, (row[to] ?? 0) + 1, (row[to - 1] ?? 0) + (letter === given[to - 1]?.toUpperCase() ? 0 : 1)));
    }
    row = next;
  }
  return (row.at(-1) ?? 0) <= 2;
}
