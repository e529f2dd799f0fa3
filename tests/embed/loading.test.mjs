// How a page of another origin loads the elements: by version, with a hash, under a policy of its own, in the oldest browsers.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { testSiteDir } from '../../scripts/paths.mjs';
import { pinnedScriptElement, versionName } from '../../scripts/versioned.mjs';
import { ageBrowser } from '../browser/support/floor.mjs';
import * as shopper from '../browser/support/shopper.mjs';
import { blocksOf } from '../support/documents.mjs';
import { buy, pageWith, payAndReturn, startEmbedding, threeLines } from './support/embedding.mjs';

const world = await startEmbedding();
after(() => world.stop());

const version = await versionName(testSiteDir);
const printed = await pinnedScriptElement(world.url, testSiteDir);
const own = `<script type="module" src="${world.url}/pkg/elements-define.js"></script>`;
const page = pageWith(world.url, threeLines);

/** The page, loaded by another line. @param {string} line */
const loadedBy = (line) => {
  assert.ok(page.includes(own));
  return page.replace(own, line);
};

/** The policy of docs/embed.md, for a page that allows nothing else but what the browser fetches by itself. */
async function policy() {
  const [{ code }] = (await blocksOf('docs/embed.md')).filter(({ language }) => language === 'text');
  return `default-src 'none'; img-src 'self'; base-uri 'none'; form-action 'none'; ${code.trim().replaceAll('https://shop.example', world.url)}`;
}

/** @param {import('playwright-core').Page} page */
async function sells(page) {
  await page.goto(world.site.url);
  await buy(page);
  await payAndReturn(page, world.site.url);
  await shopper.untilHeadline(page, 'Pago recibido');
}

test('the pinned line that the build prints sells with one file, which never changes', async () => {
  world.site.files['index.html'] = loadedBy(printed);
  const { page, context, close } = await world.visit();
  const asked = [];
  context.on('request', (request) => /\/pkg\//.test(request.url()) && asked.push(new URL(request.url()).pathname));
  await sells(page);
  assert.deepEqual([...new Set(asked)], [`/pkg/${version}/elements-define.js`]);
  const script = await page.evaluate(async (address) => (await fetch(address)).headers.get('cache-control'), `${world.url}/pkg/${version}/elements-define.js`);
  assert.equal(script, 'public, max-age=31536000, immutable');
  await close();
});

test('a page that was made for an earlier version goes on selling', async () => {
  world.site.files['index.html'] = loadedBy(own.replace('/pkg/', '/pkg/v0.0.9-0badcafe/'));
  const { page, context, close } = await world.visit();
  const answers = [];
  context.on('response', (response) => /\/pkg\/v/.test(response.url()) && answers.push(response.status()));
  await sells(page);
  assert.ok(answers.length > 0 && answers.every((status) => status === 307), answers.join(' '));
  await close();
});

test('with a hash of other content the browser refuses the script, and shows what the page has for that', async () => {
  const other = printed.replace(/sha384-.{10}/, `sha384-${'A'.repeat(10)}`).replace(`/${version}/`, '/v0.0.9-0badcafe/');
  world.site.files['index.html'] = loadedBy(other).replace('"cafe-altos-340">', '"cafe-altos-340">Pide por teléfono: 222 123 4567.');
  const { page, expect, close } = await world.visit();
  expect(/integrity/);
  const refused = page.waitForEvent('console', (message) => /integrity/.test(message.text()));
  await page.goto(world.site.url);
  await refused;
  assert.equal(await page.getByText('Pide por teléfono').isVisible(), true);
  assert.equal(await page.getByRole('button').count(), 0);
  await close();
});

for (const [what, isOld] of /** @type {const} */ ([['a browser of today', false], ['the oldest browsers', true]])) {
  test(`under the policy of docs/embed.md it sells in ${what}, in its own colours`, async () => {
    world.site.files['index.html'] = { body: loadedBy(printed), headers: { 'content-security-policy': await policy() } };
    const { page, context, close } = await world.visit();
    if (isOld) await ageBrowser(context);
    await sells(page);
    const button = await page.locator('compago-pay').evaluate((element) => {
      const open = element.shadowRoot.querySelector('[part~="open"]');
      return { colour: getComputedStyle(open).backgroundColor, height: open.offsetHeight };
    });
    assert.equal(button.colour, 'rgb(91, 63, 133)');
    assert.ok(button.height >= 44, `${button.height}`);
    await close();
  });
}

test('a policy that does not allow the Worker loads nothing, and leaves what the page has for that', async () => {
  const headers = { 'content-security-policy': "default-src 'self'" };
  world.site.files['index.html'] = { body: page.replace('"cafe-altos-340">', '"cafe-altos-340">Pide por teléfono: 222 123 4567.'), headers };
  const { page: visited, expect, close } = await world.visit();
  expect(/Content Security Policy/);
  await visited.goto(world.site.url);
  assert.equal(await visited.getByText('Pide por teléfono').isVisible(), true);
  await close();
});
