// Every word of the operator's desk, in Spanish of Mexico: each part has a file. The markup carries the same ones for the
// first paint.
import cards from './es-MX/cards.js';
import charges from './es-MX/charges.js';
import day from './es-MX/day.js';
import fulfilment from './es-MX/fulfilment.js';
import link from './es-MX/link.js';
import lists from './es-MX/lists.js';
import needs from './es-MX/needs.js';
import reconciliation from './es-MX/reconciliation.js';
import settings from './es-MX/settings.js';
import shell from './es-MX/shell.js';
import story from './es-MX/story.js';

export default { ...cards, ...charges, ...day, ...fulfilment, ...link, ...lists, ...needs, ...reconciliation, ...settings, ...shell, ...story };
