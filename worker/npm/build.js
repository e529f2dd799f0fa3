import { Failure } from '../../scripts/failure.mjs';
import { shortPath } from '../../scripts/paths.mjs';
import { siteOf, takeShop } from '../../scripts/shop-folder.mjs';
import { updateSite } from '../../scripts/update-site.mjs';

const HELP = `compago-edge-worker build: builds the shop's pages into .build/, and checks its files.

  --shop <folder>   the folder of the shop (default shop/; environment: SHOP)
  --help            print this text`;

/** Builds the site of the project's shop. @param {string[]} args */
export async function buildHere(args) {
  if (args.some((text) => ['--help', '-h'].includes(text))) return console.log(HELP);
  const { shop, rest } = takeShop(args, process.env);
  if (rest.length > 0) throw new Failure(`build takes no ${rest[0]}; its one option is --shop <folder>.`);
  await updateSite(shop);
  console.log(`The pages are in ${shortPath(siteOf(shop))}.`);
}
