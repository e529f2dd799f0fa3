// A deployment of the folder of a merchant, whose parts are built already: the first argument is wrangler's file.
import { deployProject } from '../../../scripts/deployment.mjs';
import { runMain } from '../../../scripts/failure.mjs';

const [configFile, ...args] = process.argv.slice(2);
await runMain(() => deployProject(args, configFile, async () => console.log('built')));
