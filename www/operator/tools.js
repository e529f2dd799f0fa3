// The tools of views. A view is a module of this folder, loaded when it is first shown:
//
//   export async function show(main, query, tools)
//
// `main` is the element to fill, `query` the URL's search parameters (`view` and the filters). A view fetches first and then renders at once
// with `main.replaceChildren(...)`: until then the page shows a skeleton, or the view with its last parameters, marked as busy. If `show`
// rejects, the page shows the error and retries temporary failures. Each showing has its own tools: when the user leaves, `tools.signal`
// aborts and its calls reject, which need not be caught; after other waits check it before rendering. After a change of language the view
// is shown again, unless `show` resolved to a function, which is called instead, after elements with `data-word` were updated: so a form
// keeps what was typed.
//
// Words are in /words/operator/<tag>/<part>.js, keyed `<view>.<name>`; every view has a `<view>.title`.
import { patience } from '/pkg/status.js';
import { action, byId, element } from '/lib/dom.js';
import { language, word } from '/lib/words.js';
import { ask } from '/staff/ask.js';
import { announce } from '/staff/announce.js';
import { addressOf, changed, detailHref, go, hrefOf } from './address.js';
import { apiOf } from './api.js';
import { empty, notice, skeleton } from './placeholders.js';
import { searchForm, tabs } from './filters.js';
import { counted, dayOf, money, moment, momentNamed, number, problem, startOfDay, time, wordOr } from './format.js';
import { showAttentionCount } from './nav.js';
import { code, facts, pager, portions, soft, state, table } from './table.js';

/**
 * Returns the tools of one showing:
 *
 * - `api`: the Worker's calls (api.js). `signal` ends with the showing. `wait(ms)` resolves later (`patience`), at once with `signal` (check `signal.aborted`).
 * - Words: `word(key, values)`, `wordOr(key, otherwise)`, `counted(key, count)` (`keyOne`, `keyMany`), `language()`.
 * - Values (format.js), times by the shop's clock: `money(amount, currency)`, `time(rfc3339)` as an element, `moment(rfc3339)` as
 *   text, `momentNamed(rfc3339)` with the place, `number`, `startOfDay(day, daysLater)` and `dayOf(instant)` between
 *   date fields and instants, `problem(error)`.
 * - Elements: `element(name, properties, ...children)` and `action(label, { href | onClick, kind })` (lib/dom.js),
 *   `table`, `pager`, `portions`, `facts`, `state`, `soft`, `code` (table.js), `tabs`, `searchForm`
 *   (filters.js), `empty`, `notice`, `skeleton` (placeholders.js).
 * - Addresses (address.js): `href(view, params)`, `detailHref({ reference, paymentId })`, `hrefOf(kind, known)`, `changed(params)`,
 *   `go(href, { keepFocus, replace })`. A plain link to one is handled without reloading the page.
 * - `title(text, ...actions)`: the headline, the window's title, and buttons beside it. By default `<view>.title`.
 * - `announce(text)`: announces text to screen readers. `showNotice({ title, text, tone })`: a notice above the view, announced as
 *   well, until the user goes on: the outcome of an action. Without arguments it is removed.
 * - `confirm({ title, text, more, yes, kind, no })`: asks for confirmation of what cannot be undone; resolves to whether it was
 *   given. `yes` says what is done, with the amount: "Reembolsar $500.00 MXN". `kind` is `danger` by default. `more` is an
 *   element below the text, such as a field. It resolves to false once the view is gone.
 * - `refresh()`: shows the view again. `showAttentionCount(count)`: the number beside that section.
 */
export function toolsOf(signal, { query, setTitle, showNotice, refresh }) {
  // After the view was left, they do nothing.
  const here =
    (act) =>
    (...values) =>
      signal.aborted ? undefined : act(...values);
  return {
    signal,
    query,
    api: apiOf(signal),
    wait: (ms) => patience(ms, signal),
    word,
    wordOr,
    counted,
    language,
    money,
    time,
    moment,
    momentNamed,
    number,
    startOfDay,
    dayOf,
    problem,
    byId,
    element,
    action,
    table,
    pager,
    portions,
    facts,
    state,
    soft,
    code,
    tabs,
    searchForm,
    empty,
    notice,
    skeleton,
    href: addressOf,
    detailHref,
    hrefOf,
    changed,
    go,
    title: here(setTitle),
    announce: here(announce),
    showNotice: here(showNotice),
    confirm: async (question) => !signal.aborted && (await confirmed(question)) && !signal.aborted,
    refresh: here(refresh),
    showAttentionCount: here(showAttentionCount),
  };
}

async function confirmed({ title, text, more, yes, kind = 'danger', no = word('no') }) {
  const choices = [
    { label: yes, value: 'yes', kind },
    { label: no, value: '' },
  ];
  return (await ask({ title, text, more, choices })) === 'yes';
}
