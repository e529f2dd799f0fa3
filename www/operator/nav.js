// The sections of the desk: beside the view, or on a telephone behind a button.
import { byId } from '/lib/dom.js';
import { language, word } from '/lib/words.js';
import { call } from '/pkg/status.js';
import { number } from './format.js';
import { catalogMistakes } from './shop-health.js';

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

export const closeNav = () => open(false);

/** Shows the sections to who is signed in. */
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

/** Tells how much needs a person; undefined asks the Worker. No answer tells nothing new. */
export async function tellAttention(count) {
  try {
    const told = count ?? (await asked());
    const badge = byId('attention-count');
    badge.hidden = !(told > 0);
    badge.textContent = told > 0 ? number(told) : '';
  } catch {
    // The view that is shown tells what is wrong.
  }
}

async function asked() {
  const [list, mistakes] = await Promise.all([
    call('operator/attention?pageSize=1', { language: language() }),
    catalogMistakes(),
  ]);
  // Without the answer the figure would be a guess.
  if (!mistakes) throw new Error('nothing is known of the catalog');
  return list.count + Number(mistakes.length > 0);
}

function open(isOpen) {
  menu.setAttribute('aria-expanded', String(isOpen));
  menu.textContent = word(isOpen ? 'closeMenu' : 'menu');
  nav.dataset.open = String(isOpen);
}
