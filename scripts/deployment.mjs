// Puts the Worker and its pages on Cloudflare; scripts/deploy.mjs does so from the repository.

import path from 'node:path';
import { onlyAccount, quiet, secretNames, signedIn, workersDevOrigin, wrangler } from './cloudflare.mjs';
import { isOn, partsOf, valuesOf } from './command-line.mjs';
import { checkEmbedOrigins, checkEmbedOriginsByRule, checkMode, checkOrigins, checkPlaceholders, checkValues, unreadVariables } from './deploy-checks.mjs';
import { withProduct } from './deploy-product.mjs';
import { checkSecretsByRule, missingSecrets, readSecrets, suffice, withSecretsFile } from './deploy-secrets.mjs';
import { checkSeller } from './deploy-seller.mjs';
import { configWith, readConfig, settingsOf, siteFrom, takeEnvironment } from './deploy-settings.mjs';
import { Failure, UsageFailure } from './failure.mjs';
import { documentAt, isPackage, shortPath } from './paths.mjs';
import { run } from './run.mjs';
import { siteOf, takeShop } from './shop-folder.mjs';
import { withTemporary } from './temporary.mjs';
import { scriptElements } from './versioned.mjs';

/** @typedef {import('./deploy-settings.mjs').Settings} Settings */

export const help = `npm run deploy -- [options]

Checks the settings, builds the shop's pages and puts both on Cloudflare with the Worker.

  --env <name>       one of the environments of wrangler.jsonc: demo (if none is named) or production
  --shop <folder>    another shop than the folder shop/ (${documentAt('shop.md')})
  --var NAME:value   another value of a variable than that of the file
  --name <name>      another name for the Worker
  --dry-run          only check, build and pack: no server is contacted; it says what a deployment would refuse
  --help             this text

Other options are those of \`wrangler deploy\`. Secrets are read from .dev.vars.<environment> or .dev.vars beside wrangler's file, those
of production from .dev.vars.production alone (${documentAt('deploy.md')}).`;

/** @param {string[]} args @returns {boolean} */
export const asksForHelp = (args) => partsOf(args).some(({ option }) => option === 'help' || option === 'h');

/**
 * Checks, builds and deploys, or with `--dry-run` packs without contacting a server.
 *
 * @param {string[]} argv what a person typed: our options and those of `wrangler deploy`
 * @param {string} configFile wrangler's, absolute
 * @param {(shop: string) => Promise<void>} build brings up to date what is deployed
 * @param {string} [productFile] the wrangler's file that came with this version of the Worker, if the other is older than it may be
 */
export async function deployProject(argv, configFile, build, productFile) {
  const { shop, rest } = takeShop(argv, process.env);
  refuseOwnOptions(rest);
  const file = shortPath(configFile);
  const written = await readConfig(configFile);
  const { environment, rest: args } = takeEnvironment(written, file, rest, process.env);
  const { config, added } = productFile ? withProduct(written, await readConfig(productFile), environment) : { config: written, added: [] };
  if (added.length > 0) console.log(`This version of the Worker needs more than ${file} has, which is deployed with it: ${added.join(', ')}.`);
  const given = settingsOf(config, { file, environment, args, env: process.env });
  const isDry = isOn(partsOf(args), 'dry-run');

  checkEmbedOrigins(given);
  await inTurn(localChecks(given, shop), isDry);
  for (const line of unreadVariables(given)) console.log(line);
  const secrets = { file: '', values: {}, notes: [] };
  await inTurn([async () => void Object.assign(secrets, await readSecrets(path.dirname(configFile), given))], isDry);
  for (const line of secrets.notes) console.log(line);
  const settings = isDry ? given : await withOrigin(given, secrets);
  const site = siteFrom(configFile, siteOf(shop));

  await withConfigFile(configFile, configWith(config, settings, site), async (complete) => {
    if (!isDry) await checkSecrets(settings, secrets, complete);
    await build(shop);
    await checkEmbedOriginsByRule(settings);
    await inTurn([() => checkSecretsByRule(secrets)], isDry);
    const selected = environment ? ['--env', environment] : [];
    const env = { ...(isDry && quiet), ...(settings.accountId && { CLOUDFLARE_ACCOUNT_ID: settings.accountId }), SHOP: shop };
    await withSecretsFile(isDry ? { ...secrets, values: {} } : secrets, (more) => run(process.execPath, [wrangler, 'deploy', '--config', complete, ...selected, ...args, ...more], { show: true, env }));
  });
  await printSummary(settings, siteOf(shop), isDry);
}

/**
 * Packs the Worker and a built site as a deployment would, without an account.
 *
 * @param {string} configFile
 * @param {{ shop: string, site: string, outdir: string }} paths
 */
export async function packOnly(configFile, { shop, site, outdir }) {
  const config = await readConfig(configFile);
  const settings = settingsOf(config, { file: shortPath(configFile) });
  const pack = (/** @type {string} */ written) => run(process.execPath, [wrangler, 'deploy', '--config', written, '--dry-run', '--outdir', outdir], { env: { ...quiet, SHOP: shop } });
  return withConfigFile(configFile, configWith(config, settings, siteFrom(configFile, site)), pack);
}

/** Fails for options of wrangler whose values a deployment chooses. @param {string[]} args */
function refuseOwnOptions(args) {
  const parts = partsOf(args);
  const own = ['config', 'cwd', 'secrets-file'].find((name) => valuesOf(parts, name).length > 0);
  if (own) throw new UsageFailure(`--${own} cannot be given here: the folder has its file of settings, and secrets are read from .dev.vars beside it.`);
}

/** @param {Settings} settings @param {string} shop @returns {(() => void | Promise<void>)[]} that need neither a build nor an account */
const localChecks = (settings, shop) => [
  () => checkOrigins(settings),
  () => checkPlaceholders(settings),
  () => checkMode(settings),
  () => checkValues(settings),
  () => checkRoutes(settings),
  () => checkSeller(shop, settings),
];

/**
 * Fails with the first complaint; of a dry run each is said, since it refuses nothing.
 *
 * @param {(() => void | Promise<void>)[]} checks
 * @param {boolean} isDry
 */
async function inTurn(checks, isDry) {
  for (const check of checks) {
    try {
      await check();
    } catch (error) {
      if (!isDry || !(error instanceof Failure)) throw error;
      console.log(`A deployment would be refused: ${error.message}`);
    }
  }
}

/** @param {Settings} settings */
function checkRoutes({ file, hasRoutes, vars }) {
  if (vars.SHOP_ORIGIN || !hasRoutes) return;
  throw new Failure(`SHOP_ORIGIN is empty, and ${file} has routes: set SHOP_ORIGIN there to the shop's address on that domain.`);
}

/**
 * Chooses the account, and the Worker's own address on workers.dev as the shop's where no other is set.
 *
 * @param {Settings} settings
 * @param {import('./deploy-secrets.mjs').GivenSecrets} secrets
 * @returns {Promise<Settings>}
 */
async function withOrigin(settings, secrets) {
  const credentials = await signedIn().catch((error) => {
    // Both are for a person to do, so both are said at once.
    const missing = missingSecrets(secrets, [], settings);
    throw error instanceof Failure && missing ? new Failure(`${error.message}\nUnless it is set at Cloudflare already: ${missing}`) : error;
  });
  const accountId = settings.accountId ?? (await onlyAccount());
  if (settings.vars.SHOP_ORIGIN) return { ...settings, accountId };
  const origin = await workersDevOrigin(settings.name, accountId, credentials);
  console.log(`SHOP_ORIGIN is empty, so the shop is at the Worker's own address: ${origin}`);
  return { ...settings, accountId, vars: { ...settings.vars, SHOP_ORIGIN: origin } };
}

/**
 * Fails where the Worker would have no key or nobody could sign in. Workers Builds sets what a person enters there at a time that is not
 * documented, so there it is only said.
 *
 * @param {Settings} settings
 * @param {import('./deploy-secrets.mjs').GivenSecrets} secrets
 * @param {string} written wrangler's file with these settings
 */
async function checkSecrets(settings, secrets, written) {
  if (suffice(secrets)) return;
  const complaint = missingSecrets(secrets, await secretNames(written, settings.environment, settings.accountId ?? ''), settings);
  if (complaint && !process.env.WORKERS_CI) throw new Failure(complaint);
  if (complaint) console.log(complaint);
}

/**
 * Writes a configuration beside wrangler's file, since its paths are relative to it, for as long as `use` takes.
 *
 * @template T
 * @param {string} configFile
 * @param {import('./deploy-settings.mjs').Config} config
 * @param {(written: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
const withConfigFile = (configFile, config, use) => withTemporary(path.join(path.dirname(configFile), `.deploy.${process.pid}.json`), JSON.stringify(config), use);

/** @param {Settings} settings @param {string} site @param {boolean} isDry */
async function printSummary({ vars }, site, isDry) {
  if (isDry) console.log('Nothing was sent.');
  const origin = vars.SHOP_ORIGIN?.replace(/\/$/, '');
  if (!origin) return;
  if (!isDry) {
    const doctor = isPackage ? `\`npm run doctor -- ${origin}\`` : `${origin}/healthz`;
    console.log(`Deployed. ${doctor} says whether anything is missing; the desk is at ${(vars.STAFF_ORIGIN || origin).replace(/\/$/, '')}/operator`);
  }
  console.log(`Pages on other origins load the elements with one of these (${documentAt('embed.md')})\n${await scriptElements(origin, site)}`);
}
