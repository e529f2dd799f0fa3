// A process that takes a data folder when it is asked to, says whether it got it, and holds it until it is ended.
import { once } from 'node:events';

const [module, folder] = process.argv.slice(2);
const { takeFolder } = await import(module);

console.log('ready');
await once(process.stdin, 'data');
try {
  await takeFolder(folder);
  console.log('taken');
} catch (error) {
  console.log(/** @type {Error} */ (error).message);
}
await once(process.stdin, 'end');
process.exit(0);
