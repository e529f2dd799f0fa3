import { readFileSync } from 'node:fs';
import path from 'node:path';
import { testShopDir } from '../../scripts/paths.mjs';

/** What the shop of the tests says of itself. */
export const shop = JSON.parse(readFileSync(path.join(testShopDir, 'shop.json'), 'utf8'));
