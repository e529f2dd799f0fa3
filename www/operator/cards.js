// Saved cards: the list, the form that starts saving one, and one card with its charges.
import { showCard } from './cards/card.js';
import { showList } from './cards/list.js';
import { showForm } from './cards/form.js';

export function show(main, query, tools) {
  if (query.get('new')) return showForm(main, tools);
  return query.get('id') || query.get('reference') ? showCard(main, query, tools) : showList(main, query, tools);
}
