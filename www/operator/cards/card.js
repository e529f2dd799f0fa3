// One card: its status, its link while it is being saved, its charges, and its actions.
import { versions } from '/pkg/status.js';
import { withRetry } from '/pkg/send-once.js';
import { throwIfAborted } from '../api.js';
import { contacts } from '../share/contacts.js';
import { cardMessage, cardSentences } from '../share/message.js';
import { shareBlock } from '../share/share.js';
import { chargeSection } from './charge.js';
import { chargesSection } from './charges.js';
import { cardLinks } from './links.js';
import { nameOf } from './name.js';

export async function showCard(main, query, tools) {
  const { api, word } = tools;
  const pathOf = (id) => `operator/payment-methods/${encodeURIComponent(id)}`;
  // A webhook names our reference only.
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
  const text = word(`cards.is.${card.status}`);
  if (text) parts.unshift(tools.notice({ text, tone: card.status === 'unknown' ? 'warn' : '' }));
  // The link's code may arrive after the view was left.
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

/** The link for the payer; only the tab that created it knows it. */
async function toSave({ id }, { word, notice, action, href }) {
  const link = cardLinks.of(id);
  const again = action(word('cards.save'), { href: href('cards', { new: 'card' }) });
  if (!link) return notice({ text: word('cards.linkGone'), actions: [again] });
  const payer = contacts.of(id);
  return shareBlock({
    url: link.page,
    message: cardMessage({ ...payer, expiresAt: link.expiresAt }),
    payer,
    paper: { title: word('cards.paper'), sentences: cardSentences(payer), until: link.expiresAt },
  });
}

/** Shows the card again when its status changes, for as long as the view is open. */
async function follow(card, read, { signal, refresh, announce, word }) {
  if (card.pollAfterMs === null) return;
  for await (const next of versions(read, { signal })) {
    if (next.status === card.status) continue;
    announce(word(`cards.now.${next.status}`));
    return refresh();
  }
}

async function revokeIt(card, path, tools) {
  const { word, confirm, api, refresh, showNotice, problem } = tools;
  const name = nameOf(card) ?? word('cards.card');
  const question = { title: word('cards.revokeAsk', { card: name }), text: word('cards.revokeText') };
  if (!(await confirm({ ...question, yes: word('cards.revokeYes', { card: name }) }))) return;
  try {
    await withRetry(() => api.remove(path));
    refresh();
  } catch (error) {
    // Without an answer of the Worker the outcome is unknown.
    const isUnsure = error.temporary || error.code === 'unknown';
    showNotice({ title: word(isUnsure ? 'cards.revokeUnsure' : 'cards.notRevoked'), text: problem(error), tone: 'warn' });
  }
}
