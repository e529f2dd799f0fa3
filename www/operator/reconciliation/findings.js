// Differences by class: what each means, what a person does, and the payments that it is about.
import { need } from '../needs.js';

export function findings(all, tools) {
  const classes = [...new Set(all.map((finding) => finding.class))];
  return classes.map((name) =>
    part(
      name,
      all.filter((finding) => finding.class === name),
      tools,
    ),
  );
}

function part(name, rows, tools) {
  const { element, number, storyOf, table, word } = tools;
  const { what, advice } = need({ kind: 'finding', reason: name });
  const id = `finding-${name}`;
  const title = word('reconciliation.findings', { class: what.replace(/\.$/, ''), count: number(rows.length) });
  return element(
    'section',
    { attributes: { 'aria-labelledby': id } },
    element('h2', { id, textContent: title }),
    element('p', { className: 'soft', textContent: advice }),
    table({ caption: what, columns: columns(tools), rows, href: storyOf }),
  );
}

const columns = ({ code, money, soft, state, word }) => {
  const side = (told) =>
    told ? [money(told.amount, told.currency), ' ', state(told.status)] : word('reconciliation.absent');
  return [
    {
      name: word('reconciliation.payment'),
      kind: 'main',
      cell: ({ externalId, paymentId }) => code(externalId ?? paymentId ?? '—'),
      below: ({ reference }) => reference && soft([word('order'), ' ', reference].join('')),
    },
    { name: word('reconciliation.here'), cell: ({ here }) => side(here) },
    { name: word('reconciliation.there'), cell: ({ there }) => side(there) },
    { name: word('reconciliation.outcome'), cell: (finding) => outcome(finding, word) },
  ];
};

function outcome({ settled, needsPerson }, word) {
  if (settled === 'paid') return word('reconciliation.settledPaid');
  if (settled === 'on-hold') return word('reconciliation.settledHold');
  return word(needsPerson ? 'reconciliation.needsPerson' : 'reconciliation.open');
}
