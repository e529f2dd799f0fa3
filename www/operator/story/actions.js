// What can be done to a payment link while it can still be paid.

/** Whether a payment of Compago's, as its list or a read shows it, can still be cancelled. */
export const canCancel = ({ status, expired }) => status === 'pending' && !expired;

/** To share the link of an order again, or to copy it; nothing once it cannot be paid. */
export function linkButtons({ order, checkoutUrl }, tools) {
  if (!checkoutUrl) return [];
  const share = tools.action(tools.word('story.share'), { href: tools.href('link', { reference: order.reference }) });
  return [share, copyButton(checkoutUrl, tools)];
}

function copyButton(link, { action, word, tell }) {
  return action(word('story.copy'), {
    onClick: async () => {
      try {
        await navigator.clipboard.writeText(link);
        tell({ text: word('story.copied'), tone: 'good' });
      } catch {
        tell({ text: word('story.copyTrouble', { link }), tone: 'warn' });
      }
    },
  });
}

/** Asks once, then has the Worker cancel the payment and tells what came of it, which may be that it was paid before. */
export function cancelButton(
  { id, amount, currency, description },
  { action, api, confirm, money, problem, refresh, tell, word },
) {
  const values = { amount: amount && money(amount, currency), concept: description };
  const plain = amount ? '' : 'Plain';
  const question = {
    title: word(`story.cancelAsk${plain}`, values),
    text: word(description ? 'story.cancelText' : 'story.cancelTextPlain', values),
    yes: word(`story.cancelYes${plain}`, values),
  };
  // Without an answer that can be relied on nobody knows what became of it.
  const notCancelled = (error) =>
    word(error.temporary || error.code === 'unknown' ? 'story.cancelUnsure' : 'story.notCancelled', { why: problem(error) });
  return action(word('story.cancel'), {
    onClick: async () => {
      if (!(await confirm(question))) return;
      try {
        const { payment } = await api.post(`operator/one-time-payments/${encodeURIComponent(id)}/cancel`);
        const isOver = payment.status === 'cancelled';
        tell(
          isOver
            ? { text: word('story.cancelled'), tone: 'good' }
            : { text: word('story.cancelChecking'), tone: 'warn' },
        );
      } catch (error) {
        const text = error.code === 'payment-verifying' ? word('story.cancelChecking') : notCancelled(error);
        tell({ text, tone: 'warn' });
      }
      refresh();
    },
  });
}
