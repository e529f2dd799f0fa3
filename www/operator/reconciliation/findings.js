// Differences by class: their meaning, what to do, and the payments concerned.
import { need } from '../needs.js';

/** How many of each class are shown with the run; the others have pages. */
const SHOWN = 10;

/** Returns the differences of a run, a section for each class. */
export function findings({ findings: named, counts }, tools) {
  // Those that need a person come first.
  const classes = [...new Set([...named.map((finding) => finding.class), ...Object.keys(counts)])];
  return classes.map((name) => {
    const rows = named.filter((finding) => finding.class === name).slice(0, SHOWN);
    return part(name, rows, counts[name], tools);
  });
}

/** Shows the differences of one class, page by page. */
export async function allOfClass(main, query, tools) {
  const { action, api, href, pager, word } = tools;
  const name = query.get('class');
  const list = await api.get('operator/reconciliation/findings', {
    class: name,
    page: query.get('page'),
    pageSize: 50,
  });
  const back = action(word('reconciliation.all'), { href: href('reconciliation') });
  tools.title(word('reconciliation.title'), back);
  main.replaceChildren(part(name, list.items, list.count, tools), pager(list));
}

function part(name, rows, count, tools) {
  const { action, changed, element, number, detailHref, table, word } = tools;
  const { what, advice } = need({ kind: 'finding', reason: name });
  const id = `finding-${name}`;
  const title = word('reconciliation.findings', { class: what.replace(/\.$/, ''), count: number(count) });
  const isShort = rows.length < count && !tools.query.get('class');
  const more = action(word('reconciliation.more', { count: number(count) }), { href: changed({ class: name }) });
  return element(
    'section',
    { attributes: { 'aria-labelledby': id } },
    element('h2', { id, textContent: title }),
    element('p', { className: 'soft', textContent: advice }),
    ...(rows.length > 0 ? [table({ caption: what, columns: columns(tools), rows, href: detailHref })] : []),
    ...(isShort ? [more] : []),
  );
}

const columns = ({ code, money, soft, state, word }) => {
  const side = (payment) =>
    payment ? [money(payment.amount, payment.currency), ' ', state(payment.status)] : word('reconciliation.absent');
  return [
    {
      name: word('reconciliation.payment'),
      kind: 'main',
      cell: ({ externalId, paymentId }) => code(externalId ?? paymentId),
      below: ({ reference }) => reference && soft(`${word('reference')} ${reference}`),
    },
    { name: word('reconciliation.here'), cell: ({ here }) => side(here) },
    { name: word('reconciliation.there'), cell: ({ there }) => side(there) },
    { name: word('reconciliation.outcome'), cell: (finding) => outcome(finding, { state, word }) },
  ];
};

/** Describes the outcome: the order's status after it read the payment, or that a person has to look. */
function outcome({ settled, needsPerson, done }, { state, word }) {
  if (settled) return [word('reconciliation.settled'), ' ', state(settled)];
  if (needsPerson && done) return word('reconciliation.markedDone');
  return word(needsPerson ? 'reconciliation.needsPerson' : 'reconciliation.noPerson');
}
