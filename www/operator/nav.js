// The navigation: beside the view, or on a phone behind a button.
import { byId } from '/lib/dom.js';
import { language, word } from '/lib/words.js';
import { call } from '/pkg/status.js';
import { number } from './format.js';
import { isUnsure, shopMistakes, wrongFiles } from './shop-health.js';

const nav = byId('nav');
const menu = byId('menu');

export function setUpNav() {
  menu.addEventListener('click', () => open(menu.getAttribute('aria-expanded') !== 'true'));
  nav.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || menu.getAttribute('aria-expanded') !== 'true') return;
    open(false);
    menu.focus();
  });
}

/** `/` goes to the search of the view. */
addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.('input, select, textarea, dialog')) return;
  const search = byId('view').querySelector('input[type="search"]');
  if (!search) return;
  event.preventDefault();
  search.focus();
});

export const closeNav = () => open(false);

/** Shows the navigation if somebody is signed in. */
export function drawNav(isSignedIn) {
  nav.hidden = !isSignedIn;
  menu.hidden = !isSignedIn;
  menu.closest('.head').classList.toggle('has-menu', isSignedIn);
  open(false);
}

/** Marks the section that `view` belongs to. */
export function markNav(view) {
  for (const link of nav.querySelectorAll('a')) {
    if (link.dataset.view === view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

/** Shows how much needs a person; without `count` it is read from the Worker, and without an answer nothing changes. */
export async function showAttentionCount(count) {
  try {
    const known = count ?? (await asked());
    const badge = byId('attention-count');
    badge.hidden = !(known > 0);
    badge.textContent = known > 0 ? number(known) : '';
  } catch {
    // The view reports the error.
  }
}

async function asked() {
  const [list, mistakes] = await Promise.all([
    call('operator/attention?pageSize=1', { language: language() }),
    shopMistakes(),
  ]);
  // Without this answer the number would be a guess.
  if (isUnsure(mistakes)) throw new Error('it is not known whether the shop is closed');
  return list.count + wrongFiles(mistakes).length;
}

function open(isOpen) {
  menu.setAttribute('aria-expanded', String(isOpen));
  menu.textContent = word(isOpen ? 'closeMenu' : 'menu');
  nav.dataset.open = String(isOpen);
}
