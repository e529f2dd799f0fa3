// A form whose fields are named by JSON pointers, with their values and problems. Problems come from the checks or from the Worker's
// answer; both name fields by pointer.
import { byId, element } from './dom.js';
import { word } from './words.js';

/** Whether a pointer is pressed. */
let pressing = false;
addEventListener('pointerdown', () => (pressing = true));
for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => (pressing = false));

/** An error that appears or disappears above a pressed button would move it away from under the pointer. */
const released = () =>
  pressing && new Promise((resolve) => addEventListener('pointerup', () => setTimeout(resolve), { once: true }));

/**
 * Wires the fields of `form` that have a `data-pointer`, each with an element for its problem (`<id>-error`). `summary` is the error
 * summary: a title (`h2`) and a list. `elsewhere(problems)` may describe problems outside the form in one line, `{ target, text }`; without
 * it they are listed as they are.
 */
export function fieldsOf(form, summary, { elsewhere = () => undefined } = {}) {
  const fields = [...form.querySelectorAll('[data-pointer]')];
  /** The problems in the summary. */
  let shown = [];

  /** Checks a field when it loses the focus, never during typing. `check(pointer, value)` returns a problem, or nothing. */
  function checkOnLeaving(check) {
    const touched = new Set();
    form.addEventListener('input', (event) => touched.add(event.target));
    form.addEventListener('focusout', async ({ target }) => {
      if (!fields.includes(target) || !touched.has(target)) return;
      await released();
      const problem = check(target.dataset.pointer, target.value);
      if (problem !== undefined) mark(target, problem && said(problem));
    });
  }

  /** Removes a problem when its field changes: whether the new value is valid is known after sending. */
  function forgetCorrected() {
    form.addEventListener('change', async ({ target }) => {
      if (!fields.includes(target)) return;
      const before = shown;
      await released();
      // The press may have sent the form, and its answer be shown, or have left the view.
      if (shown === before && target.isConnected) mark(target);
    });
  }

  /** Returns what was typed as an object with each field at its pointer. */
  function typed() {
    const body = {};
    for (const field of fields) {
      const path = field.dataset.pointer.split('/').slice(1);
      const last = path.pop();
      const parent = path.reduce((object, name) => (object[name] ??= {}), body);
      parent[last] = field.value;
    }
    return body;
  }

  /** Shows each problem at its field, and all in a summary that takes the focus. */
  function showProblems(problems) {
    showAll(problems);
    goToSummary();
  }

  /** A summary may be taller than the window: its title is scrolled to. */
  function goToSummary() {
    summary.focus({ preventScroll: true });
    summary.scrollIntoView({ block: 'start' });
  }

  /** Shows the problems in the new language. Only `check` has the words: without it, they are removed. */
  function redrawProblems(check) {
    const marked = fields.filter((field) => field.hasAttribute('aria-invalid'));
    const checked = marked.map((field) => check(field.dataset.pointer, field.value));
    const others = outside(shown);
    const together = shown.length > 0;
    clearProblems();
    if (checked.includes(undefined)) return;
    const problems = [...(elsewhere(others) ? others : []), ...checked.filter(Boolean)];
    if (together && problems.length > 0) return showAll(problems);
    for (const [at, field] of marked.entries()) mark(field, checked[at] && said(checked[at]));
  }

  function showAll(problems) {
    clearProblems();
    shown = problems;
    const lines = [];
    for (const field of fields) {
      const problem = problems.find(({ pointer }) => pointer === field.dataset.pointer);
      if (!problem) continue;
      mark(field, said(problem));
      lines.push(link(field, said(problem)));
    }
    const others = outside(problems);
    const other = elsewhere(others);
    if (other) lines.unshift(link(other.target, other.text));
    else lines.push(...others.map((problem) => element('li', { textContent: said(problem) })));
    const title = lines.length === 1 ? word('summaryOne') : word('summaryMany', { count: lines.length });
    showSummary(title, lines);
  }

  /** Shows a failure that no field causes; `more` are elements below the text. */
  function showTrouble(text, title = word('troubleTitle'), ...more) {
    clearProblems();
    showSummary(title, [element('li', { textContent: text }), ...more], 'warn');
    goToSummary();
  }

  function clearProblems() {
    summary.hidden = true;
    shown = [];
    for (const field of fields) mark(field);
  }

  function showSummary(title, lines, tone = 'bad') {
    summary.className = `notice ${tone}`;
    summary.querySelector('h2').textContent = title;
    summary.querySelector('ul').replaceChildren(...lines);
    summary.hidden = false;
  }

  const outside = (problems) =>
    problems.filter(({ pointer }) => !fields.some((field) => field.dataset.pointer === pointer));

  return { checkOnLeaving, forgetCorrected, typed, showProblems, redrawProblems, showTrouble, clearProblems };
}

/** Returns the page's own words for a code if it has them: it knows that a state is chosen, not typed. */
const said = ({ code, detail }) => word(`problem:${code}`) || detail || word('fieldRefused');

function link(target, text) {
  const anchor = element('a', { href: `#${target.id}`, textContent: text });
  anchor.addEventListener('click', (event) => {
    event.preventDefault();
    target.focus();
    target.scrollIntoView({ block: 'center' });
  });
  return element('li', {}, anchor);
}

/** Marks a field, and its frame if it has a prefix. */
export function markInvalid(field, isInvalid) {
  if (isInvalid) field.setAttribute('aria-invalid', 'true');
  else field.removeAttribute('aria-invalid');
  field.closest('.prefixed')?.classList.toggle('invalid', isInvalid);
}

/** Shows a field's problem, or that it has none. */
export function mark(field, detail) {
  const error = byId(`${field.id}-error`);
  error.textContent = detail ?? '';
  error.hidden = !detail;
  markInvalid(field, Boolean(detail));
}
