// A deployment's command line is read here as wrangler reads it: otherwise it would be checked for one environment and made for another.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { experimental_getWranglerCommands as wranglerCommands } from 'wrangler';
import { isOn, partsOf, typedOf, valueOf, valuesOf } from '../../scripts/command-line.mjs';

test('a value is that of its option, in each way to write it', () => {
  for (const args of [['--env', 'production'], ['--env=production'], ['-e', 'production'], ['-eproduction'], ['-e=production']]) {
    const parts = partsOf(['--dry-run', ...args, '--outdir', 'x']);
    assert.equal(valueOf(parts, 'env'), 'production', args.join(' '));
    assert.deepEqual(typedOf(parts, 'env'), ['--dry-run', '--outdir', 'x']);
  }
  const parts = partsOf(['--message', 'NOTE:hi', '--define', 'A:1', 'B:2', '--var', 'C:3', 'D:4', '--tag', 'E:5', '--var=F:6', 'index.js', '--', '--env']);
  assert.deepEqual([valuesOf(parts, 'var'), valuesOf(parts, 'env')], [['C:3', 'D:4', 'F:6', 'index.js'], []]);
  assert.deepEqual(typedOf(partsOf(['--var', 'A:1', 'B:2', 'x', '--shop', 'y', '-c=z', '--', '-e']), 'shop'), ['--var', 'A:1', 'B:2', 'x', '-c', 'z', '--', '-e']);
});

test('an option without its value is refused, and so is a second value where one holds', () => {
  for (const args of [['--message'], ['--message', '--env', 'production'], ['--message='], ['--name', '-e', 'demo']]) {
    assert.throws(() => partsOf(args), { name: 'Failure', message: /^--(?:message|name) needs a value\.$/ }, args.join(' '));
  }
  assert.throws(() => partsOf(['-e']), { name: 'Failure', message: '-e needs a value, such as -e production.' });
  assert.equal(valueOf(partsOf(['--message=--env']), 'message'), '--env');
  assert.throws(() => valueOf(partsOf(['--env', 'demo', '-e', 'production']), 'env'), { name: 'Failure', message: '--env is given 2 times: give it once.' });
});

test('a switch is on unless the last word on it says otherwise', () => {
  const isDry = (/** @type {string[]} */ ...args) => isOn(partsOf(args), 'dry-run');
  for (const args of [['--dry-run'], ['--dryRun'], ['--dry-run=true'], ['--dry-run', 'true'], ['--no-dry-run', '--dry-run'], ['--dry-run', 'x']]) assert.ok(isDry(...args), args.join(' '));
  for (const args of [[], ['--dry-run=false'], ['--dry-run', 'false'], ['--no-dry-run'], ['--dry-run', '--no-dry-run'], ['--message', 'dry-run']]) assert.ok(!isDry(...args), args.join(' '));
});

test("wrangler's own options take the values that it takes for them", () => {
  const { registry, globalFlags } = /** @type {any} */ (wranglerCommands());
  const options = Object.entries({ ...registry.subtree.get('deploy').definition.args, ...globalFlags });
  assert.ok(options.length > 30);
  for (const [name, { type, array, alias = [] }] of options) {
    for (const each of [name, ...[alias].flat()]) {
      const [first, ...others] = partsOf([each.length > 1 ? `--${each}` : `-${each}`, 'one', 'two']);
      const expected = array ? ['one', 'two'] : type === 'boolean' ? [] : ['one'];
      assert.deepEqual([first?.values, others.length], [expected, 2 - expected.length], each);
    }
  }
});
