// The default styles of the elements, which pages change by custom properties and parts. Colours follow the page's color-scheme.
export const css = `
:host { display: block; max-width: 32rem; margin-block: 1rem; --a: #5b3f85; --o: #fff; --b: #a3211d; --s: #fbe7e4; }
@supports (color: light-dark(red, red)) {
  :host { --a: light-dark(#5b3f85, #cbb4ec); --o: light-dark(#fff, #25173b); --b: light-dark(#a3211d, #ffaaa0); --s: light-dark(#fbe7e4, #43201c); }
}
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }
@supports not (color: light-dark(red, red)) { dialog { color-scheme: light; } }
[part~="box"], [part~="status"], dialog { font: 1rem/1.5 var(--compago-font, system-ui, sans-serif); overflow-wrap: anywhere; }
[part~="box"], form { display: grid; gap: 1rem; }
dialog { display: none; width: min(34rem, 100% - 2rem); max-width: none; max-height: calc(100% - 2rem); margin: auto; padding: 0 1.25rem 1.25rem; overflow: auto; overscroll-behavior: contain; scroll-padding-top: 4.5rem; border: 1px solid var(--compago-line, #7c7c7c); border-radius: var(--compago-radius, .75rem); background: var(--compago-surface, Canvas); color: var(--compago-text, CanvasText); }
dialog[open] { display: block; }
dialog[role] { width: auto; max-height: none; margin-top: 1rem; }
dialog::backdrop { background: rgba(0, 0, 0, .6); }
@media (max-width: 30rem) { dialog:not([role]) { width: 100%; height: 100%; max-height: none; border: 0; border-radius: 0; } }
[part~="head"] { position: sticky; top: 0; z-index: 1; display: flex; align-items: center; justify-content: space-between; gap: 1rem; margin: 0 -1.25rem; padding: .5rem .5rem .5rem 1.25rem; background: inherit; }
h2, p, ul, dl, dd, small, fieldset, legend { margin: 0; padding: 0; font-size: 1rem; }
h2 { font-size: 1.375rem; line-height: 1.25; }
ul { list-style: none; }
[part~="summary-title"] { font-weight: 600; }
[part~="summary"] ul { display: grid; gap: .5rem; }
[part~="line"], [part~="item"], [part~="sum"], [part~="totals"] div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; }
[part~="item"], [part~="total"] dt { font-weight: 600; }
[part~="note"], [part~="hint"] { font-size: .9375rem; }
[part~="label"], p[part~="hint"] { margin-bottom: .25rem; }
p:empty, dl:empty, div:empty { display: none; }
[part~="announcement"], [part~="changes"] { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
[part~="announcement"]:empty, [part~="changes"]:empty, [part~="status"]:empty { display: block; }
label { display: block; font-weight: 600; }
button, input, select, [part~="checkout"] { width: 100%; min-height: 2.75rem; padding: .5rem .75rem; border: 1px solid var(--compago-line, #7c7c7c); border-radius: var(--compago-radius, .75rem); background: transparent; color: inherit; font: inherit; }
option { background: Canvas; color: CanvasText; }
button, [part~="checkout"] { border-color: transparent; background: var(--compago-accent, var(--a)); color: var(--compago-on-accent, var(--o)); font-weight: 600; cursor: pointer; touch-action: manipulation; }
[part~="checkout"] { display: block; text-align: center; text-decoration: none; }
[part~="actions"] { display: grid; gap: .75rem; }
[part~="cancel"] { border-color: currentColor; background: transparent; color: inherit; }
[part~="close"] { width: 2.75rem; padding: 0; border-color: transparent; background: transparent; color: inherit; font-size: 1.5rem; line-height: 1; }
[part~="sold-out"], [part~="status"], [part~="test"] { font-weight: 600; }
[part~="status"]:not(:empty) { margin-top: .5rem; }
button[aria-disabled="true"] { cursor: progress; }
:focus-visible { outline: 3px solid var(--compago-accent, var(--a)); outline-offset: 2px; }
[aria-invalid] { border: 2px solid var(--compago-bad, var(--b)); }
[part~="error"] { color: var(--compago-bad, var(--b)); font-weight: 600; }
[part~="summary"] { padding: 1rem; border-inline-start: 4px solid var(--compago-bad, var(--b)); background: var(--compago-bad-soft, var(--s)); }
[part~="notice"] { border-color: var(--compago-accent, var(--a)); background: transparent; }
[part~="legal"] { display: flex; flex-wrap: wrap; gap: 0 1.25rem; font-size: .9375rem; }
[part~="summary"] li > a:not([part]), [part~="legal"] a { display: inline-block; min-height: 2.75rem; padding-block: .5rem; color: inherit; }
dt { font-size: .9375rem; }
dd { font-weight: 600; }
dd[part~="reference"] { white-space: nowrap; }
[part~="subtotal"] dd { font-weight: 400; }
dl { display: grid; gap: .5rem; }
[part~="totals"] { gap: .25rem; padding-top: .75rem; border-top: 1px solid var(--compago-line, #7c7c7c); }
[part~="totals"] dt { font-size: 1rem; }
[part~="totals"] [part~="total"] > * { font-size: 1.125rem; }
fieldset { min-width: 0; border: 0; }
legend { font-weight: 600; }
[part~="method"] { display: grid; grid-template-columns: auto 1fr auto; align-items: center; gap: .75rem; min-height: 2.75rem; padding-block: .5rem; font-weight: 400; cursor: pointer; }
[type="radio"] { width: 1.25rem; min-height: 0; height: 1.25rem; padding: 0; accent-color: var(--compago-accent, var(--a)); }
small { display: block; font-size: .9375rem; }
[part~="cart"] [part~="lines"] { display: grid; gap: 1rem; }
[part~="cart"] li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .5rem 1rem; align-items: center; padding-bottom: 1rem; border-bottom: 1px solid var(--compago-line, #7c7c7c); }
[part~="cart"] [part~="name"] { font-weight: 600; }
[part~="cart"] [part~="note"] { grid-column: 1 / -1; }
[part~="stepper"] { display: flex; align-items: center; gap: .25rem; }
[part~="quantity"] { min-width: 2.5ch; text-align: center; font-variant-numeric: tabular-nums; }
[part~="step"], [part~="remove"] { width: auto; min-width: 2.75rem; border-color: var(--compago-line, #7c7c7c); background: transparent; color: inherit; }
[part~="remove"] { grid-area: 2 / 2; justify-self: end; padding-inline: 0; border-color: transparent; font-weight: 400; text-decoration: underline; }
[part~="cart"] [part~="unavailable"] [part~="note"] { grid-column: 1; }
ul:empty { display: none; }
[part~="step"][aria-disabled="true"] { cursor: not-allowed; opacity: .5; }
[part~="sum"] { font-weight: 600; font-size: 1.125rem; }
@media (forced-colors: active) { button, [part~="checkout"] { border-color: currentColor; } }
`;
