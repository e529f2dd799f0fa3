// The index behind the lists, which follows the orders and can be rebuilt from them.

export function indexPart({ entries, rebuilding }, rebuild, { action, counted, element, word }) {
  const title = element('h2', { id: 'index-title', textContent: word('index.title') });
  const text = rebuilding ? word('index.rebuilding') : counted('index.text', entries);
  const button = action(word('index.rebuild'), { onClick: rebuild });
  button.id = 'index-rebuild';
  const parts = [title, element('p', { className: 'soft', textContent: text }), ...(rebuilding ? [] : [button])];
  return element('section', { className: 'index', attributes: { 'aria-labelledby': title.id } }, ...parts);
}
