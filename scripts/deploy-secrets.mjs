// Which secrets a deployment brings, and whether the Worker has those that only a person can give it.

import { readDevVars } from './dev-vars.mjs';
import { Failure } from './failure.mjs';
import { requiredSecrets, secretVariables, settingOf } from './settings.mjs';
import { withTemporaryApart } from './temporary.mjs';

/** What examples have where a value belongs. */
const PLACEHOLDER = /^<.*>$|^(.)\1*$|\.\.\.|…|change[-_ ]?me|placeholder|^(?:your|tu|my|mi)[-_ ]|^sandbox-key$|^todo$/i;

/**
 * @typedef {object} GivenSecrets
 * @property {string} file that was read, or that a person should write
 * @property {Record<string, string>} values those that are set
 */

/**
 * Reads the secrets beside wrangler's file.
 *
 * @param {string} folder
 * @param {import('./deploy-settings.mjs').Settings} settings
 * @returns {Promise<GivenSecrets>}
 */
export async function readSecrets(folder, { environment, vars }) {
  const { name, values } = await readDevVars(folder, { environment, ownOnly: vars.MODE === 'production' });
  const set = Object.entries(values).filter(([secret, value]) => secretVariables.includes(secret) && value !== '');
  for (const [secret, value] of set) {
    if (PLACEHOLDER.test(value)) throw new Failure(`${secret} in ${name} is still a placeholder: ${settingOf(secret).remedy}.`);
  }
  return { file: name, values: Object.fromEntries(set) };
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
