// The billing form: what was typed, and problems shown where they are. What is a problem is told by the checks (the same
// Rust rules as in the Worker) or by the Worker's answer; both name fields by JSON pointer.
import { byId, element } from './dom.js';
import { word } from './words.js';

const form = byId('checkout');
const fields = [...form.querySelectorAll('[data-pointer]')];
const summary = byId('summary');
/** The problems that are shown all together. */
let shown = [];

/** Checks a field when it is left, never while somebody types. `check(pointer, value)` answers a problem, or nothing. */
export function checkOnLeaving(check) {
  const touched = new Set();
  let pressing = false;
  form.addEventListener('input', (event) => touched.add(event.target));
  form.addEventListener('focusout', async ({ target }) => {
    if (!fields.includes(target) || !touched.has(target)) return;
    // An error that opens under a pressed button would move the button away from under the pointer.
    if (pressing)
      await new Promise((resolve) => addEventListener('pointerup', () => setTimeout(resolve), { once: true }));
    const problem = check(target.dataset.pointer, target.value);
    if (problem !== undefined) mark(target, problem && said(problem));
  });
  addEventListener('pointerdown', () => (pressing = true));
  for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => (pressing = false));
}

/** The `billingInformation` of an order's body: what was typed, as it was typed. */
export function billingInformation() {
  const body = {};
  for (const field of fields) {
    const path = field.dataset.pointer.split('/').slice(1);
    const last = path.pop();
    const parent = path.reduce((object, name) => (object[name] ??= {}), body);
    parent[last] = field.value;
  }
  return body.billingInformation;
}

/** Shows all problems: each at its field, and together in a summary that takes the focus. */
export function showProblems(problems) {
  tell(problems);
  summary.focus();
}

/** Says what is shown in the reader's new language. Only `check` has the words: without it, nothing stays. */
export function retellProblems(check) {
  const marked = fields.filter((field) => field.hasAttribute('aria-invalid'));
  const checked = marked.map((field) => check(field.dataset.pointer, field.value));
  const elsewhere = shown.filter(({ pointer }) => pointer.startsWith('/items'));
  const together = shown.length > 0;
  clearProblems();
  if (checked.includes(undefined)) return;
  const problems = [...elsewhere, ...checked.filter(Boolean)];
  if (together && problems.length > 0) return tell(problems);
  for (const [at, field] of marked.entries()) mark(field, checked[at] && said(checked[at]));
}

function tell(problems) {
  clearProblems();
  shown = problems;
  const lines = [];
  for (const field of fields) {
    const problem = problems.find(({ pointer }) => pointer === field.dataset.pointer);
    if (!problem) continue;
    mark(field, said(problem));
    lines.push(link(field, said(problem)));
  }
  const elsewhere = problems.filter(({ pointer }) => !fields.some((field) => field.dataset.pointer === pointer));
  if (elsewhere.some(({ code }) => code === 'items-empty'))
    lines.unshift(link(byId('catalog-title'), word('cartIsEmpty')));
  else if (elsewhere.some(({ pointer }) => pointer.startsWith('/items')))
    lines.unshift(link(byId('cart-title'), word('itemsRefused')));
  else lines.push(...elsewhere.map((problem) => element('li', { textContent: said(problem) })));
  const title = lines.length === 1 ? word('summaryOne') : word('summaryMany', { count: lines.length });
  showSummary(title, lines);
}

/** Shows trouble that no field is to blame for. */
export function showTrouble(text, title = word('troubleTitle')) {
  clearProblems();
  showSummary(title, [element('li', { textContent: text })], 'warn');
  summary.focus();
}

/** The page's own words for a code where it has them: it knows that a state is chosen, not typed. */
const said = ({ code, detail }) => word(`problem:${code}`) || detail || word('fieldRefused');

export function clearProblems() {
  summary.hidden = true;
  shown = [];
  for (const field of fields) mark(field);
}

function showSummary(title, lines, tone = 'bad') {
  summary.className = `notice ${tone}`;
  byId('summary-title').textContent = title;
  byId('summary-list').replaceChildren(...lines);
  summary.hidden = false;
}

function link(target, text) {
  const anchor = element('a', { href: `#${target.id}`, textContent: text });
  anchor.addEventListener('click', (event) => {
    event.preventDefault();
    target.focus();
    target.scrollIntoView({ block: 'center' });
  });
  return element('li', {}, anchor);
}

function mark(field, detail) {
  const error = byId(`${field.id}-error`);
  error.textContent = detail ?? '';
  error.hidden = !detail;
  if (detail) field.setAttribute('aria-invalid', 'true');
  else field.removeAttribute('aria-invalid');
}
