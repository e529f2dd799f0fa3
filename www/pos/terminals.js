// The terminal of the charges: typed once, and stored with those used before.
import { byId, closeDialog, element, openDialog } from '/lib/dom.js';
import { word } from '/lib/words.js';
import { terminals } from './kept.js';

const dialog = byId('terminals');
const field = byId('terminal-code');
let onChosen;

/** The code of the chosen terminal; null for any, undefined before the first choice. */
export const chosen = () => terminals.read()?.chosen;
const known = () => terminals.read()?.known ?? [];

export function setUpTerminals() {
  byId('terminal').addEventListener('click', () => chooseTerminal());
  byId('terminals-close').addEventListener('click', () => closeDialog(dialog));
  byId('terminal-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const code = field.value.trim();
    if (code) use(code);
    else showProblem(word('terminalCodeMissing'));
  });
  field.addEventListener('input', () => showProblem());
  terminals.onElsewhere(drawTerminals);
}

/** Opens the choice of a terminal; `then` is called after it. `problem` is that of the code that was used. */
export function chooseTerminal({ then, problem, code = '' } = {}) {
  drawTerminals();
  field.value = code;
  showProblem(problem);
  openDialog(dialog);
  onChosen = then;
  const first = byId('terminal-list').querySelector('[aria-pressed="true"], button');
  (problem || known().length === 0 ? field : first).focus();
}

/** Removes a code from the list. */
export function forget(code) {
  const kept = terminals.read() ?? {};
  const others = known().filter((other) => other !== code);
  terminals.write(kept.chosen === code ? { known: others } : { ...kept, known: others });
  drawTerminals();
}

export function drawTerminals() {
  const now = chosen();
  byId('terminal-name').textContent = now ?? word(now === null ? 'terminalAny' : 'terminalNone');
  byId('terminal').dataset.chosen = String(now !== undefined);
  byId('terminal-change').textContent = word(now === undefined ? 'choose' : 'change');
  const rows = known().map((code) => row(code, element('span', { textContent: code, translate: false }), code));
  rows.push(row(null, word('terminalAny'), undefined, word('terminalAnyHint')));
  byId('terminal-list').replaceChildren(...rows);
}

/** Returns an item of the list; one with a `code` can be removed. */
function row(value, name, code, hint) {
  const choice = element(
    'button',
    { type: 'button', className: 'choice', attributes: { 'aria-pressed': String(chosen() === value) } },
    element('span', {}, name),
  );
  if (hint) choice.append(element('span', { className: 'hint', textContent: hint }));
  choice.addEventListener('click', () => use(value));
  if (!code) return element('li', {}, choice);
  const label = word('terminalForget', { code });
  const off = element('button', { type: 'button', className: 'button quiet', textContent: '×', ariaLabel: label });
  off.addEventListener('click', () => {
    forget(code);
    byId('terminal-list').querySelector('button').focus();
  });
  return element('li', {}, choice, off);
}

function use(code) {
  const others = known().filter((other) => other !== code);
  terminals.write({ chosen: code, known: code ? [code, ...others] : others });
  const then = onChosen;
  drawTerminals();
  closeDialog(dialog);
  then?.();
}

function showProblem(text = '') {
  const place = byId('terminal-code-error');
  place.textContent = text;
  place.hidden = !text;
  if (!text) return field.removeAttribute('aria-invalid');
  field.setAttribute('aria-invalid', 'true');
  field.focus();
}
