// Runs before the first paint, so that the page does not change its words or its layout.
(() => {
  const root = document.documentElement;
  const offered = (root.dataset.languages || 'es-MX en').split(' ');
  let language = null;
  let order = null;
  try {
    language = localStorage.getItem('language');
    order = localStorage.getItem('order') ?? sessionStorage.getItem('receipt');
  } catch {
    // Storage may be forbidden: the browser's language decides.
  }
  if (!offered.includes(language)) {
    const match = (tag) => offered.find((other) => other.split('-')[0] === tag.split('-')[0].toLowerCase());
    language = navigator.languages.map(match).find(Boolean) ?? 'es-MX';
  }
  // The markup is in Spanish of Mexico: for another language the text is hidden until its words are loaded (tokens.css).
  if (language !== root.lang) root.dataset.words = 'awaited';
  root.lang = language;
  // An earlier order will be shown above the catalog (shop.css reserves its space).
  if (order) root.dataset.order = 'kept';
  // In a frame, which only the page that saves a card may be: without the shop's header and footer (card.css).
  if (window.top !== window) root.dataset.framed = '';
})();
