// A command that changes a checkout: it works until it is ended ("works"), fails at one of two things ("fails"), or is done at once ("quick").
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [root, does] = process.argv.slice(2);
const script = (/** @type {string} */ name) => import(pathToFileURL(path.join(root, 'scripts', name)).href);
const [{ withCheckout }, { runMain }, { run }] = await Promise.all(['checkout.mjs', 'failure.mjs', 'run.mjs'].map(script));

const idle = 'setInterval(() => {}, 1000)';
const withInner = `const inner = require('node:child_process').spawn(process.execPath, ['-e', '${idle}'], { stdio: 'ignore' });
console.log('working', process.pid, inner.pid); ${idle}`;
const work = () => run(process.execPath, ['-e', withInner], { onOutput: (/** @type {string} */ text) => console.log(text) });
const fail = () => run(process.execPath, ['-e', 'setTimeout(() => process.exit(1), 500)']);

/** @type {Record<string, () => Promise<unknown>>} */
const deeds = { works: work, fails: () => Promise.all([work(), fail()]), quick: async () => console.log('changing') };
await runMain(() => withCheckout(deeds[does]));
