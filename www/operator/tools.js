// What a view is given to work with. A view is a module of this folder, loaded when it is first shown:
//
//   export async function show(main, query, tools)
//
// `main` is the element to fill, `query` the address's URLSearchParams (`view` and the filters). Fetch first, then draw all at
// once with `main.replaceChildren(...)`: until then the shell shows a skeleton, or the view as it was before with other
// parameters, marked as busy. If `show` rejects, the shell tells why and offers a way on; what passes by itself is tried again.
// Each showing has tools of its own: when somebody goes on, `tools.signal` aborts and all its calls reject, which need not be
// caught; after waiting for anything else it is to be looked at before something is drawn. After a change of language the view
// is shown again, unless `show` resolved to a function: then that one is called, and elements with `data-word` have been said
// again already. So a form keeps what was typed.
//
// Words stand in /words/operator/<tag>/<part>.js, keyed `<view>.<name>`; every view has a `<view>.title`.
import { patience } from '/pkg/status.js';
import { action, byId, element } from '/lib/dom.js';
import { language, word } from '/lib/words.js';
import { ask } from '/staff/ask.js';
import { say } from '/staff/say.js';
import { addressOf, changed, go, hrefOf, storyOf } from './address.js';
import { apiOf } from './api.js';
import { empty, notice, skeleton } from './faces.js';
import { searchForm, tabs } from './filters.js';
import { counted, dayOf, money, moment, momentNamed, number, problem, startOfDay, time, wordOr } from './format.js';
import { tellAttention } from './nav.js';
import { code, facts, pager, portions, soft, state, table } from './table.js';

/**
 * Tools of one showing:
 *
 * - `api`: the Worker's calls (api.js). `signal` ends with the showing. `wait(ms)` resolves later: not while nobody looks or
 *   there is no network, at once with `signal` (check `signal.aborted`).
 * - Words: `word(key, values)`, `wordOr(key, otherwise)`, `counted(key, count)` (`keyOne`, `keyMany`), `language()`.
 * - Values (format.js), times by the shop's clock: `money(amount, currency)`, `time(rfc3339)` as an element, `moment(rfc3339)` as
 *   text, `momentNamed(rfc3339)` for who reads it elsewhere, `number`, `startOfDay(day, daysLater)` and `dayOf(instant)` between
 *   date fields and instants, `problem(error)`.
 * - Elements: `element(name, properties, ...children)` and `action(label, { href | onClick, kind })` (lib/dom.js),
 *   `table`, `pager`, `portions`, `facts`, `state`, `soft`, `code` (table.js), `tabs`, `searchForm`
 *   (filters.js), `empty`, `notice`, `skeleton` (faces.js).
 * - Addresses (address.js): `href(view, params)`, `storyOf({ reference, paymentId })`, `hrefOf(kind, known)`, `changed(params)`,
 *   `go(href, { keepFocus, replace })`. A plain link to one is followed without loading the page.
 * - `title(text, ...actions)`: the headline, the window's title, and buttons beside it. Before, it is `<view>.title`.
 * - `say(text)`: the one place that speaks to a screen reader. `tell({ title, text, tone })`: a notice above the view, said as
 *   well, until somebody goes on: what came of an action. Without arguments it is taken away.
 * - `confirm({ title, text, more, yes, kind, no })`: asks once before what cannot be undone; resolves to whether it shall be
 *   done. `yes` says what is done, with the amount: "Reembolsar $500.00 MXN". `kind` is `danger` unless told. `more` is an
 *   element below the text, such as a field. What a view asked is not done once it is gone.
 * - `refresh()`: shows the view anew. `tellAttention(count)`: what the section of that name tells beside it.
 */
export function toolsOf(signal, { query, setTitle, tell, refresh }) {
  // What a call that ended with its view would still have done is of no account any more.
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
    storyOf,
    hrefOf,
    changed,
    go,
    title: here(setTitle),
    say: here(say),
    tell: here(tell),
    confirm: async (question) => !signal.aborted && (await confirmed(question)) && !signal.aborted,
    refresh: here(refresh),
    tellAttention: here(tellAttention),
  };
}

async function confirmed({ title, text, more, yes, kind = 'danger', no = word('no') }) {
  const choices = [
    { label: yes, value: 'yes', kind },
    { label: no, value: '' },
  ];
  return (await ask({ title, text, more, choices })) === 'yes';
}
