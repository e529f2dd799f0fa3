import { existsSync } from 'node:fs';
import { asksForHelp, deployProject, help } from '../../scripts/deployment.mjs';
import { Failure } from '../../scripts/failure.mjs';
import { inProject, inRoot } from '../../scripts/paths.mjs';
import { updateSite } from '../../scripts/update-site.mjs';

/** Puts the shop of the project on Cloudflare. @param {string[]} args */
export async function deployHere(args) {
  if (asksForHelp(args)) return console.log(help);
  const config = inProject('wrangler.jsonc');
  if (!existsSync(config)) throw new Failure('There is no wrangler.jsonc here: type this in the folder of the shop, which `compago-edge-worker init` writes.');
  await deployProject(args, config, updateSite, inRoot('worker', 'npm', 'template', 'wrangler.jsonc'));
}
