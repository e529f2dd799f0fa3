// Runs before the first paint, so that nobody sees the page change its words or move its parts.
(() => {
  const root = document.documentElement;
  let language = null;
  let order = null;
  try {
    language = localStorage.getItem('language');
    order = localStorage.getItem('order') ?? sessionStorage.getItem('receipt');
  } catch {
    // Storage may be forbidden; the browser's own language decides then.
  }
  if (language !== 'es-MX' && language !== 'en') {
    const known = navigator.languages.find((tag) => /^(es|en)\b/.test(tag)) ?? 'es';
    language = known.startsWith('en') ? 'en' : 'es-MX';
  }
  // The markup is in Spanish of Mexico: other words are awaited (tokens.css hides the text until they are there).
  if (language !== root.lang) root.dataset.words = 'awaited';
  root.lang = language;
  // An order of before will be told about above the catalog (shop.css keeps its place).
  if (order) root.dataset.order = 'kept';
  // In a frame, which only the page that saves a card may be: without the shop around it (card.css).
  if (window.top !== window) root.dataset.framed = '';
})();
