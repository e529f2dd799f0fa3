import { readFileSync } from 'node:fs';
import path from 'node:path';
import { testShopDir } from '../../scripts/paths.mjs';

/** What the tests' shop says of itself. @type {Record<string, string>} */
export const testShop = JSON.parse(readFileSync(path.join(testShopDir, 'shop.json'), 'utf8'));
