// A payment link for an invoice: the form that creates one, and the created link.
import { showForm } from './link/form.js';
import { showLink } from './link/made.js';

export const show = (main, query, tools) =>
  query.get('reference') ? showLink(main, query.get('reference'), tools) : showForm(main, tools);
