// The actions on a payment link that can still be paid.

/** Returns whether a payment, as listed or read, can still be cancelled. */
export const canCancel = ({ status, expired }) => status === 'pending' && !expired;

/** Returns buttons to share or copy the link of an order; none once it cannot be paid. */
export function linkButtons({ order, checkoutUrl }, tools) {
  if (!checkoutUrl) return [];
  const share = tools.action(tools.word('story.share'), { href: tools.href('link', { reference: order.reference }) });
  return [share, copyButton(checkoutUrl, tools)];
}

function copyButton(link, { action, word, showNotice }) {
  return action(word('story.copy'), {
    onClick: async () => {
      try {
        await navigator.clipboard.writeText(link);
        showNotice({ text: word('story.copied'), tone: 'good' });
      } catch {
        showNotice({ text: word('story.copyTrouble', { link }), tone: 'warn' });
      }
    },
  });
}

/** Asks for confirmation, cancels the payment and shows the outcome, which may be that it was paid before. */
export function cancelButton(
  { id, amount, currency, description },
  { action, api, confirm, money, problem, refresh, showNotice, word },
) {
  const values = { amount: amount && money(amount, currency), concept: description };
  const plain = amount ? '' : 'Plain';
  const question = {
    title: word(`story.cancelAsk${plain}`, values),
    text: word(description ? 'story.cancelText' : 'story.cancelTextPlain', values),
    yes: word(`story.cancelYes${plain}`, values),
  };
  // Without a reliable answer the outcome is unknown.
  const notCancelled = (error) =>
    word(error.temporary || error.code === 'unknown' ? 'story.cancelUnsure' : 'story.notCancelled', { why: problem(error) });
  return action(word('story.cancel'), {
    onClick: async () => {
      if (!(await confirm(question))) return;
      try {
        const { payment } = await api.post(`operator/one-time-payments/${encodeURIComponent(id)}/cancel`);
        const isOver = payment.status === 'cancelled';
        showNotice(
          isOver
            ? { text: word('story.cancelled'), tone: 'good' }
            : { text: word('story.cancelChecking'), tone: 'warn' },
        );
      } catch (error) {
        const text = error.code === 'payment-verifying' ? word('story.cancelChecking') : notCancelled(error);
        showNotice({ text, tone: 'warn' });
      }
      refresh();
    },
  });
}
