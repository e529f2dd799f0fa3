// A deployment of the folder of a merchant: the first argument is wrangler's file, PRODUCT that of the Worker's version, if there is one. Its build
// takes the site of the tests' shop, which is there.
import { cp, rm } from 'node:fs/promises';
import { asksForHelp, deployProject, help } from '../../../scripts/deployment.mjs';
import { runMain } from '../../../scripts/failure.mjs';
import { testSiteDir } from '../../../scripts/paths.mjs';
import { siteOf, takeShop } from '../../../scripts/shop-folder.mjs';

const [configFile = '', ...args] = process.argv.slice(2);
const site = siteOf(takeShop(args, process.env).shop);

async function build() {
  console.log('built');
  if (site !== testSiteDir) await cp(testSiteDir, site, { recursive: true });
}

await runMain(async () => (asksForHelp(args) ? console.log(help) : deployProject(args, configFile, build, process.env.PRODUCT)));
if (site !== testSiteDir) await rm(site, { recursive: true, force: true });
