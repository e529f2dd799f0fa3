// What the documents say of commands, files and settings is so. The pages, settings and calls that they show are run by
// tests/browser/readme.test.mjs, tests/worker/readme.test.mjs and tests/embed/recipes.test.mjs.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { quiet } from '../../scripts/cloudflare.mjs';
import { help, readOptions } from '../../scripts/options.mjs';
import { inRoot, testShopDir } from '../../scripts/paths.mjs';
import { run } from '../../scripts/run.mjs';
import { limitVariables } from '../../scripts/settings.mjs';
import { takeShop } from '../../scripts/shop-folder.mjs';
import { filesIn } from '../../scripts/stamp.mjs';
import { blocksOf, commandsOf, documentNames, wordsOf } from '../support/documents.mjs';

const documents = await documentNames();
const read = (/** @type {string} */ name) => readFile(inRoot(name), 'utf8');
const texts = await Promise.all(documents.map(read));
const blocks = await Promise.all(documents.map(blocksOf));
const { scripts } = JSON.parse(await read('package.json'));
const inShop = JSON.parse(await read('worker/npm/template/package.json')).scripts;
const ofShop = await read('worker/npm/bin.js');
const wrangler = await run(process.execPath, [inRoot('node_modules/wrangler/bin/wrangler.js'), '--help'], { env: quiet });
const folders = ['src', 'client', 'pkg', 'worker', 'www', 'sandbox', 'scripts', 'tests', 'docs'];
const files = (await Promise.all(folders.map(filesIn))).flat();

/** What a document says in `code`. @param {string} text */
const spans = (text) => [...text.replaceAll(/^ *```.*?^ *```$/gms, '').matchAll(/`([^`]+)`/g)].map(([, code]) => code);

/** Whether one of npm's commands of this project takes these arguments. @param {string} name @param {string[]} args */
function takes(name, args) {
  if (['ci', 'install', 'update'].includes(name)) return args.every((text) => /^(?:--save-exact|compago-edge-worker(?:@[\w.]+)?|\.\/packages\/<file>)$/.test(text));
  if (name === 'pack') return args.every((folder) => /^\.\/\.build\/(?:worker|sandbox)-package$/.test(folder));
  if (!(name in scripts)) return name in inShop && args.length < 2;
  if (name === 'build') return takeShop(args, {}).rest.every((part) => ['worker', 'package', 'site', 'test-site', 'sandbox', 'worker-package', 'sandbox-worker'].includes(part));
  if (name !== 'start') return true;
  const given = args.map((text) => text.replace(/<tunnel>|<.*?>/g, 'tunnel.example').replace('../my-shop', testShopDir));
  readOptions(given, { COMPAGO_API_KEY: 'k', SHOP_ORIGIN: 'https://shop.example' });
  return true;
}

/** The arguments of npx without the files of packages before the command. @param {string[]} args */
const withoutPackages = (args) => (args[0] === '--package' && /^\.\/compago-edge-\w+-[\d.]+\.tgz$/.test(args[1]) ? withoutPackages(args.slice(2)) : args);

/** How each program's arguments are looked at. @type {Record<string, (args: string[]) => boolean>} */
const programs = {
  npm: (args) => {
    const [name, ...rest] = args[0] === 'run' ? args.slice(1) : args;
    return takes(name, rest.filter((text) => text !== '--'));
  },
  npx: (args) => {
    const [tool, command, ...rest] = withoutPackages(args);
    if (tool === 'eslint') return [command, ...rest].every((folder) => existsSync(inRoot(folder)));
    if (tool === 'compago-edge-worker') return new RegExp(`^ {2}${command} `, 'm').test(ofShop);
    return tool === 'wrangler' && (command === undefined || new RegExp(`^ *wrangler ${command}\\b`, 'm').test(wrangler));
  },
  cargo: (args) => ['compago', 'compago-js', 'compago-worker', 'compago-sandbox'].includes(args[args.indexOf('-p') + 1]),
  node: ([option, file]) => option === '-p' || (option === '--test' && existsSync(inRoot(file))),
  // The folder that `init` writes.
  cd: ([folder]) => folder === 'my-shop' || existsSync(inRoot(folder)),
  cp: ([file]) => existsSync(inRoot('worker/npm/template', file)),
  // tests/worker/readme.test.mjs runs it.
  curl: () => true,
};

test('every command that a document shows is one, with arguments that it takes', async () => {
  let seen = 0;
  for (const [at, document] of documents.entries()) {
    const said = spans(texts[at]).filter((code) => /^(npm|npx|cargo|node --test) \S/.test(code));
    for (const command of [...(await commandsOf(document)), ...said]) {
      const [program, ...args] = wordsOf(command);
      assert.ok(programs[program]?.(args), `${document}: ${command}`);
      seen += 1;
    }
  }
  assert.ok(seen > 30, `${seen} commands`);
});

test('every block is run by a test, or is looked at here', async () => {
  const others = blocks.flat().filter(({ language }) => language !== 'sh');
  // tests/scripts/check-shop.test.mjs checks the files of docs/catalog.md and docs/shop.md.
  const isRun = ({ document, file }) => ['docs/catalog.md', 'docs/embed.md', 'docs/shop.md'].includes(document) || (document === 'README.md' && file !== undefined);
  const unrun = others.filter((block) => !isRun(block));
  const shown = ['ARCHITECTURE.md: text', 'ARCHITECTURE.md: rust', 'docs/deploy.md: md', 'docs/domains.md: jsonc'];
  assert.deepEqual(unrun.map(({ document, language }) => `${document}: ${language}`), shown);
  const [tree, machine] = unrun;
  // A name that is indented is in the folder above it.
  let folder = '';
  for (const [, top, names] of tree.code.matchAll(/^(?:([\w-]+)\/ | {2}(\S+(?:, \S+)*) {2,})/gm)) {
    if (top) folder = top;
    for (const name of names?.split(', ') ?? ['']) assert.ok(existsSync(inRoot(folder, name)), `${folder}/${name}`);
  }
  const source = (await read('src/flow/machine.rs')).replaceAll('mut self', 'self');
  const signatures = [...machine.code.matchAll(/^(?:pub trait|\s+fn) [^{;]+/gm)].map(([signature]) => signature.trim());
  assert.equal(signatures.length, 3, machine.code);
  for (const signature of signatures) assert.ok(source.includes(signature), signature);
});

test('every file that a document names is there', () => {
  const complaints = [];
  for (const [at, text] of texts.entries()) {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, target]) => path.posix.join(path.posix.dirname(documents[at]), target));
    const named = spans(text).filter((code) => new RegExp(`^(?:${folders.join('|')})/[\\w./*-]+$`).test(code));
    for (const name of [...links, ...named]) {
      const pattern = new RegExp(`^${name.replace(/\/$/, '').replaceAll('.', '\\.').replaceAll('*', '[^/]*')}(?:$|/|\\.\\w+$)`);
      // A person writes it.
      if (name === 'worker/.dev.vars') continue;
      if (!existsSync(inRoot(name)) && !files.some((file) => pattern.test(file))) complaints.push(`${documents[at]}: ${name}`);
    }
  }
  assert.deepEqual(complaints, []);
});

test('every variable and every code that a document names is known to the code', async () => {
  const settings = [help, ...(await Promise.all(['worker/wrangler.toml', 'worker/src/config.rs', 'worker/src/config/limits.rs', 'scripts/browser.mjs', 'scripts/cloudflare.mjs', 'scripts/deploy-settings.mjs'].map(read)))].join('\n');
  const sources = (await Promise.all(files.filter((file) => /\.(rs|js|mjs|html|json)$/.test(file) && !/\/(dist|build)\//.test(file)).map(read))).join('\n');
  const complaints = [];
  for (const [at, text] of texts.entries()) {
    if (documents[at] === 'ARCHITECTURE.md') continue;
    for (const code of spans(text)) {
      const variable = /^([A-Z]+_[A-Z_]+)\b/.exec(code)?.[1];
      const isOwn = variable && blocks[at].some(({ file, code: shown }) => file && shown.includes(variable));
      if (variable && !/_$/.test(variable) && !isOwn && !settings.includes(variable)) complaints.push(`${documents[at]}: ${variable}`);
      if (/^[a-z]+(-[a-z]+)+$/.test(code) && !sources.includes(code)) complaints.push(`${documents[at]}: ${code}`);
    }
  }
  assert.deepEqual(complaints, []);
});

test('every route that a document names is in the description of the API', async () => {
  const { paths } = JSON.parse(await read('www/openapi.json'));
  const known = Object.keys(paths).map((template) => template.replaceAll(/\{\w+\}/g, '{}'));
  const complaints = [];
  for (const [at, text] of texts.entries()) {
    for (const [, route] of text.matchAll(/(?<![\w.])(\/api\/[\w/{}$.-]*[\w}])/g)) {
      const plain = route.replaceAll(/\{\w+\}|\$[A-Z]+/g, '{}').replace(/\/?\.+$/, '');
      if (!known.some((template) => template === plain || template.startsWith(`${plain}/`))) complaints.push(`${documents[at]}: ${route}`);
    }
  }
  assert.deepEqual(complaints, []);
});

test('the limits of README.md are those that hold unless they are set', async () => {
  const section = /\n## Limits\n(.*?)\n## /s.exec(texts[0])?.[1] ?? '';
  const stated = Object.fromEntries([...section.matchAll(/^\| `(\w+)` \| (\d+) \|/gm)].map(([, name, value]) => [name, Number(value)]));
  assert.deepEqual(Object.keys(stated).sort(), [...limitVariables].sort());
  const shown = [...(await read('worker/wrangler.toml')).matchAll(/^# (LIMIT_\w+) = "(\d+)"/gm)].map(([, name, value]) => [name, Number(value)]);
  assert.deepEqual(Object.fromEntries(shown), stated);
  const source = await read('worker/src/config/limits.rs');
  for (const [name, value] of Object.entries(stated)) {
    const line = source.split('\n').find((text) => text.includes(`${name}, `)) ?? '';
    const held = /(?:unwrap_or\(|, )(\d[\d_]*)\)+,$/.exec(line)?.[1];
    assert.equal(Number(held?.replaceAll('_', '')), value, name);
  }
});

test('the help names each option with its variable', () => {
  const options = [...help.matchAll(/^ {2}--([\w-]+)|, --(live)/gm)].map(([, name, other]) => name ?? other);
  assert.ok(options.length > 9, options.join(' '));
  for (const name of options.filter((name) => name !== 'help')) {
    const variable = name.toUpperCase().replaceAll('-', '_');
    assert.match(help, new RegExp(`\\b${variable}\\b`), name);
    const value = { port: '9000', data: 'x', shop: testShopDir, demo: 'true', live: 'true' }[name] ?? (/origin/.test(name) ? 'https://a.example' : 'https://a.example/api');
    const env = { COMPAGO_API_KEY: 'k', SHOP_ORIGIN: 'https://shop.example', CHECKOUT_ORIGINS: 'https://b.example' };
    assert.notDeepEqual(readOptions([], { ...env, [variable]: value }), readOptions([], env), variable);
  }
});
