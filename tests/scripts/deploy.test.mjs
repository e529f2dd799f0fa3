import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { opensWorkersDev } from '../../scripts/deploy.mjs';
import { inRoot } from '../../scripts/paths.mjs';

test('the workers.dev address is open while there is no domain', () => {
  const own = { SHOP_ORIGIN: 'https://shop.example' };
  const edge = 'https://compago-edge.account.workers.dev';
  for (const [vars, args, expected] of [
    [{ SHOP_ORIGIN: '' }, [], true],
    [{}, [], true],
    [{ SHOP_ORIGIN: edge }, [], true],
    [own, [], false],
    [{ SHOP_ORIGIN: 'https://workers.dev.evil.example' }, [], false],
    [{ ...own, STAFF_ORIGIN: '' }, [], false],
    [{ ...own, STAFF_ORIGIN: edge }, [], true],
    [{ SHOP_ORIGIN: '' }, ['--var', 'SHOP_ORIGIN:https://shop.example'], false],
    [{ SHOP_ORIGIN: '' }, ['--dry-run', '--var=SHOP_ORIGIN:https://shop.example', '--outdir', 'x'], false],
    [own, ['--var', `SHOP_ORIGIN:${edge}`, '--var', 'MODE:demo'], true],
  ]) {
    assert.equal(opensWorkersDev({ vars }, args), expected, JSON.stringify([vars, args]));
  }
  assert.equal(opensWorkersDev({ workers_dev: true, vars: own }, []), true, 'as the file says');
  assert.equal(opensWorkersDev({ workers_dev: false, vars: {} }, []), false, 'as the file says');
});

test('wrangler.toml leaves it to the origin', async () => {
  assert.doesNotMatch(await readFile(inRoot('worker', 'wrangler.toml'), 'utf8'), /^workers_dev/m);
});
