// Words, money and times in the reader's language, which before-paint.js has chosen.

const root = document.documentElement;
/** The languages of the shop. */
const languages = (root.dataset.languages || 'es-MX en').split(' ');
let words = {};

export const language = () => root.lang;

/** Returns the word under `key`, with `{names}` filled in from `values`. */
export function word(key, values = {}) {
  const text = words[key] ?? '';
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

/** Returns the reader's language of a table per language, such as an item's name. */
export const inLanguage = (table) => table?.[root.lang] ?? table?.['es-MX'] ?? table?.en ?? '';

/** Formats decimal text or centavos as `$350.50 MXN`. */
export function money(amount, currency = 'MXN') {
  const pesos = typeof amount === 'number' ? amount / 100 : Number(amount);
  const format = new Intl.NumberFormat(root.lang, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  return `${format.format(pesos)} ${currency}`;
}

/** Formats a time in the reader's own zone: the hour if it is today, else with its date. */
export function moment(rfc3339) {
  const at = new Date(rfc3339);
  const today = at.toDateString() === new Date().toDateString();
  return at.toLocaleString(root.lang, { dateStyle: today ? undefined : 'long', timeStyle: 'short' });
}

/** Formats how long to wait in whole seconds, at least one: `8 segundos`. */
export function seconds(ms = 30_000) {
  const format = new Intl.NumberFormat(root.lang, { style: 'unit', unit: 'second', unitDisplay: 'long' });
  return format.format(Math.max(1, Math.ceil(ms / 1000)));
}

/** Formats the day of a time in the reader's own zone. */
export const day = (rfc3339) => new Date(rfc3339).toLocaleDateString(root.lang, { dateStyle: 'long' });

/**
 * Loads the words, fills them into the page and wires the language button. `onChange` renders what modules wrote, at the start and after
 * each switch. `folder` holds a page's words, by default the shop's.
 */
export async function loadLocale(onChange, folder = '/words') {
  const button = document.getElementById('language');
  await use(language(), folder);
  onChange();
  button.hidden = languages.length < 2;
  button.addEventListener('click', async () => {
    const next = languages.find((tag) => tag !== language());
    await use(next, folder);
    try {
      localStorage.setItem('language', next);
    } catch {
      // The choice lasts as long as the page.
    }
    onChange();
  });
}

async function use(tag, folder) {
  words = (await import(`${folder}/${tag}.js`)).default;
  root.lang = tag;
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = word(element.dataset.word);
  // What the merchant wrote is in the markup in both languages.
  for (const element of document.querySelectorAll('[data-en]')) element.textContent = element.getAttribute(`data-${tag}`);
  const button = document.getElementById('language');
  button.textContent = word('otherLanguage');
  button.lang = languages.find((other) => other !== tag) ?? tag;
  delete root.dataset.words;
}
