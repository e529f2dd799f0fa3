// Every word of the operator's desk, in English: each part has a file.
import cards from './en/cards.js';
import charges from './en/charges.js';
import day from './en/day.js';
import fulfilment from './en/fulfilment.js';
import link from './en/link.js';
import lists from './en/lists.js';
import needs from './en/needs.js';
import reconciliation from './en/reconciliation.js';
import settings from './en/settings.js';
import shell from './en/shell.js';
import story from './en/story.js';

export default { ...cards, ...charges, ...day, ...fulfilment, ...link, ...lists, ...needs, ...reconciliation, ...settings, ...shell, ...story };
