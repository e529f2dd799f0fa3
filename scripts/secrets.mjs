import { randomBytes } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** How a random value of each secret is made; the key of Compago is never made up. */
const makers = {
  OPERATOR_TOKEN: () => randomBytes(24).toString('base64url'),
  CASHIER_TOKEN: () => randomBytes(24).toString('base64url'),
  SIGNING_KEY: () => randomBytes(32).toString('base64'),
  WEBHOOK_SECRET: () => `whsec_${randomBytes(32).toString('base64')}`,
};

/**
 * The secrets of a run: from the environment where set, else made at the first run and kept in the data folder,
 * readable by its owner only.
 *
 * @param {string} dataDir
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ secrets: Record<string, string>, made: string[] }>} made names those that are new
 */
export async function loadSecrets(dataDir, env) {
  const file = path.join(dataDir, 'secrets.json');
  /** @type {Record<string, string>} */
  const kept = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  const made = Object.keys(makers).filter((name) => !env[name] && !kept[name]);
  for (const [name, make] of Object.entries(makers)) {
    if (made.includes(name)) kept[name] = make();
  }
  if (made.length > 0) {
    await writeFile(file, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
    await chmod(file, 0o600);
  }
  const secrets = Object.fromEntries(Object.keys(makers).map((name) => [name, env[name] || kept[name] || '']));
  return { secrets, made };
}
