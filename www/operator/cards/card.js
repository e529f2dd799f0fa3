// One card: how it stands, its link while it is being saved, its charges, and what can be done with it.
import { versions } from '/pkg/status.js';
import { withRetry } from '/pkg/send-once.js';
import { throwIfAborted } from '../api.js';
import { contacts } from '../share/contacts.js';
import { shareBlock } from '../share/share.js';
import { chargeSection } from './charge.js';
import { chargesSection } from './charges.js';
import { cardLinks } from './links.js';
import { nameOf } from './name.js';

export async function showCard(main, query, tools) {
  const { api, word } = tools;
  const pathOf = (id) => `operator/payment-methods/${encodeURIComponent(id)}`;
  // A webhook names our own reference alone.
  const known = query.get('id') ?? (await api.get(pathOf(query.get('reference')))).id;
  const path = pathOf(known);
  const read = () => api.get(path);
  const asked = { status: query.get('status'), page: query.get('page'), pageSize: 25 };
  const [card, list] = await Promise.all([read(), api.get(`${path}/payments`, asked)]);
  const revoke = tools.action(word('cards.revoke'), { onClick: () => revokeIt(card, path, tools) });
  tools.title(nameOf(card) ?? word('cards.unsavedTitle'), ...(card.status === 'active' ? [revoke] : []));
  let charge;
  const charges = chargesSection({ card, path, list, query, onRefund: () => charge?.dismissOutcome() }, tools);
  const parts = [facts(card, tools)];
  if (card.status === 'pending') parts.push(await toSave(card, tools));
  if (card.status === 'active') {
    charge = chargeSection({ card, path, onEnd: charges.load }, tools);
    parts.unshift(charge.place);
  }
  if (card.status !== 'pending') parts.push(charges.place);
  const told = word(`cards.is.${card.status}`);
  if (told) parts.unshift(tools.notice({ text: told, tone: card.status === 'unknown' ? 'warn' : '' }));
  // The link's code may have come when somebody had gone on.
  throwIfAborted(tools.signal);
  main.replaceChildren(...parts);
  follow(card, read, tools).catch(() => {});
}

const facts = ({ id, status, externalId }, { word, state, code, facts: pairs }) =>
  pairs([
    [word('cards.state'), state(status)],
    [word('cards.externalIdShort'), externalId ?? word('cards.noCustomer')],
    [word('email'), contacts.of(id).email],
    [word('cards.id'), code(id)],
  ]);

/** The link that somebody is to get; only the tab in which it was made knows it. */
async function toSave({ id }, { word, momentNamed, notice, action, href }) {
  const link = cardLinks.of(id);
  const again = action(word('cards.save'), { href: href('cards', { new: 'card' }) });
  if (!link) return notice({ text: word('cards.linkGone'), actions: [again] });
  return shareBlock({
    url: link.page,
    subject: word('cards.subject'),
    text: word('cards.message', { until: momentNamed(link.expiresAt) }),
    email: contacts.of(id).email,
    paper: { title: word('cards.paper'), text: word('cards.paperText'), until: link.expiresAt },
  });
}

/** Shows the card anew once it stands otherwise, for as long as somebody looks. */
async function follow(card, read, { signal, refresh, say, word }) {
  if (card.pollAfterMs === null) return;
  for await (const next of versions(read, { signal })) {
    if (next.status === card.status) continue;
    say(word(`cards.now.${next.status}`));
    return refresh();
  }
}

async function revokeIt(card, path, tools) {
  const { word, confirm, api, refresh, tell, problem } = tools;
  const name = nameOf(card) ?? word('cards.card');
  const question = { title: word('cards.revokeAsk', { card: name }), text: word('cards.revokeText') };
  if (!(await confirm({ ...question, yes: word('cards.revokeYes', { card: name }) }))) return;
  try {
    await withRetry(() => api.remove(path));
    refresh();
  } catch (error) {
    // Without an answer of the Worker's nobody knows what became of it.
    const isUnsure = error.temporary || error.code === 'unknown';
    tell({ title: word(isUnsure ? 'cards.revokeUnsure' : 'cards.notRevoked'), text: problem(error), tone: 'warn' });
  }
}
