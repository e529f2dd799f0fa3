// Words, money and times in the reader's language. The language itself was picked by before-paint.js before the first paint.

const languages = ['es-MX', 'en'];
const root = document.documentElement;
let words = {};

export const language = () => root.lang;

/** The word under `key`, with `{names}` filled in from `values`. */
export function word(key, values = {}) {
  const text = words[key] ?? '';
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

/** What a table per language, such as a catalog name, says in the reader's language. */
export const inLanguage = (table) => table?.[root.lang] ?? table?.['es-MX'] ?? table?.en ?? '';

/** `$350.50 MXN` from decimal text or from centavos. */
export function money(amount, currency = 'MXN') {
  const pesos = typeof amount === 'number' ? amount / 100 : Number(amount);
  const format = new Intl.NumberFormat(root.lang, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  return `${format.format(pesos)} ${currency}`;
}

/** A moment in the reader's own zone: the hour if it is today, with its day otherwise. */
export function moment(rfc3339) {
  const at = new Date(rfc3339);
  const today = at.toDateString() === new Date().toDateString();
  return at.toLocaleString(root.lang, { dateStyle: today ? undefined : 'long', timeStyle: 'short' });
}

/**
 * Loads the words, puts them into the page, and wires the language button; `onChange` draws again whatever a module wrote
 * itself, at the start and after each switch. `folder` is where a page's own words are, if they are not the shop's.
 */
export async function speak(onChange, folder = '/words') {
  const button = document.getElementById('language');
  await use(language(), folder);
  onChange();
  button.addEventListener('click', async () => {
    const next = languages.find((tag) => tag !== language());
    await use(next, folder);
    try {
      localStorage.setItem('language', next);
    } catch {
      // Not remembered then; the page speaks it all the same.
    }
    onChange();
  });
}

async function use(tag, folder) {
  words = (await import(`${folder}/${tag}.js`)).default;
  root.lang = tag;
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = word(element.dataset.word);
  const button = document.getElementById('language');
  button.textContent = word('otherLanguage');
  button.lang = languages.find((other) => other !== tag);
  delete root.dataset.words;
}
