// What our cards look like, in the colours of the theme.
export const BASE = `
:host { display: block; --accent: var(--primary-color); --faint: color-mix(in srgb, var(--primary-text-color) 8%, transparent); --line: color-mix(in srgb, var(--primary-text-color) 60%, transparent) }
ha-card { display: block; overflow: hidden; container-type: inline-size; color: var(--primary-text-color) }
* { box-sizing: border-box }
h2, p { margin: 0 }
h2 { font: 500 16px/1.3 var(--ha-font-family-body, inherit) }
button { font: inherit; color: inherit; border: 0; background: none; padding: 0; cursor: pointer; -webkit-tap-highlight-color: transparent }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
svg { width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; display: block }
input { font: inherit; color: inherit; background: var(--faint); border: 1px solid var(--line); border-radius: 12px; min-height: 44px; padding: 0 12px; width: 100%; min-width: 0 }
input::placeholder { color: var(--secondary-text-color); opacity: 1 }
.title { padding: 16px 16px 0; display: flex; align-items: center; gap: 12px; justify-content: space-between }
.problem { margin: 12px 16px 0; padding: 10px 12px; border-radius: 12px; background: color-mix(in srgb, var(--error-color) 16%, transparent); border-inline-start: 4px solid var(--error-color); overflow-wrap: anywhere }
[hidden] { display: none !important }
`;

export const REMOTE = `
.now { position: relative; display: flex; align-items: flex-end; gap: 12px; min-height: 132px; padding: 16px; color: #fff; background: linear-gradient(150deg, #14532d, #0b1f16 70%) center / cover; isolation: isolate }
.now.art::before { content: ""; position: absolute; inset: 0; z-index: -1; background: linear-gradient(#0003, #000d) }
.now.asleep { filter: saturate(.35) }
.words { flex: 1; min-width: 0; text-shadow: 0 1px 3px #000 }
.words h2 { font-size: 20px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.words p { overflow: hidden; text-overflow: ellipsis }
.power { flex: none; width: 52px; height: 52px; border-radius: 50%; display: grid; place-items: center; background: #000a; border: 1px solid #fff8; color: #fff }
.power[aria-pressed=true] { background: #107c41; border-color: #fff }
.power.pending svg { animation: breathe 1.2s ease-in-out infinite alternate }
@keyframes breathe { to { opacity: .25 } }
.controls { display: grid; gap: 16px; padding: 16px; justify-items: center; grid-template: "system system" "cross face" "ways ways" "media media" / 1fr 1fr; touch-action: manipulation; border-radius: 12px; outline-offset: -4px }
.group { display: grid; gap: 8px; grid-auto-flow: column; direction: ltr }
.system { grid-area: system } .cross { grid-area: cross } .face { grid-area: face } .ways { grid-area: ways }
.media { grid-area: media; grid-auto-flow: row; grid-template-columns: repeat(6, 44px); width: 100%; justify-content: space-between; max-width: 420px }
.key { min-width: 44px; min-height: 44px; border-radius: 22px; display: grid; place-items: center; background: var(--faint); user-select: none; -webkit-user-select: none; -webkit-touch-callout: none; transition: transform 80ms }
.key:hover { background: color-mix(in srgb, var(--primary-text-color) 14%, transparent) }
.key.pressed { background: var(--accent); color: var(--text-primary-color, #fff); transform: scale(.93) }
.system .key, .ways .key { width: 72px }
.cross, .face { grid-template: repeat(3, 48px) / repeat(3, 48px); gap: 2px; grid-auto-flow: row }
.cross { background: radial-gradient(circle, var(--faint) 68%, #0000 69%); border-radius: 50% }
.cross .key, .face .key { width: 48px; height: 48px }
.cross .key { background: none } .cross .key:hover { background: var(--faint) } .cross .key.pressed { background: var(--accent) }
[data-key=Up], [data-key=Y] { grid-area: 1 / 2 } [data-key=Left], [data-key=X] { grid-area: 2 / 1 }
[data-key=Right], [data-key=B] { grid-area: 2 / 3 } [data-key=Down], [data-key=A] { grid-area: 3 / 2 }
.face .key { border-radius: 50%; font-weight: 700; font-size: 18px; border: 2px solid var(--tint) }
.face .key.pressed { background: var(--tint); color: #000 }
[data-key=A] { --tint: #3fa34d } [data-key=B] { --tint: #d6453d } [data-key=X] { --tint: #3b82d6 } [data-key=Y] { --tint: #d9a514 }
.asleep ~ .controls .key { opacity: .75 }
form { display: flex; gap: 8px; padding: 0 16px 16px }
form .key, .more { flex: none; width: 52px }
form:dir(rtl) svg { transform: scaleX(-1) }
.more { width: auto; margin: 0 16px 16px; padding: 0 16px; display: flex; align-items: center; gap: 8px; justify-content: center }
.more[aria-expanded=true] { background: color-mix(in srgb, var(--accent) 24%, transparent) }
xbox-console-covers { display: block; padding: 0 16px 16px }
@container (max-width: 339px) {
  .controls { gap: 12px; padding: 12px 8px; grid-template: "system" "cross" "face" "ways" "media" / 1fr }
  .media { grid-template-columns: repeat(3, 44px) } .system .key, .ways .key { width: max(44px, 18cqw) }
}
@container (min-width: 620px) {
  .controls { grid-template: "cross system face" "cross ways face" "media media media" / 1fr auto 1fr; align-items: center }
  .media { max-width: 480px }
}
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important } }
`;

export const COVERS = `
ul { list-style: none; margin: 0; padding: 2px; display: grid; gap: 12px; grid-template-columns: repeat(auto-fill, minmax(92px, 1fr)); max-height: var(--wall, none); overflow: auto; overscroll-behavior: contain; scrollbar-width: thin }
:host([strip]) ul { grid-auto-flow: column; grid-template-columns: none; grid-auto-columns: 92px }
li { content-visibility: auto; contain-intrinsic-size: 92px 124px }
.cover { width: 100%; text-align: start; border-radius: 10px; display: block }
.cover:focus-visible { outline-offset: 0 }
.picture { display: grid; place-items: center; aspect-ratio: 1; width: 100%; border-radius: 10px; overflow: hidden; background: var(--faint); font-size: 28px; font-weight: 600; position: relative }
.picture img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: cover }
.cover[aria-current=true] .picture::after { content: ""; position: absolute; inset: 0; border: 3px solid var(--accent); border-radius: inherit; box-shadow: inset 0 0 0 2px #fff }
.cover.starting .picture { opacity: .5 }
.name { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; font-size: 13px; line-height: 1.3; margin-top: 4px; min-height: 2.6em; overflow-wrap: anywhere }
.none { color: var(--secondary-text-color); padding: 8px 0 }
`;

export const LIBRARY = `
.title { flex-wrap: wrap } .title input { flex: 1; min-width: 160px }
xbox-console-covers { display: block; padding: 16px; --wall: 480px }
`;

export const PLAY = `
.title { flex-wrap: wrap } .title h2 { flex: 1 0 auto }
.choice { display: flex; border-radius: 12px; background: var(--faint); padding: 4px; gap: 4px }
.choice button { min-height: 36px; padding: 0 8px; border-radius: 9px }
.choice button[aria-pressed=true] { background: color-mix(in srgb, var(--accent) 22%, var(--card-background-color)); box-shadow: inset 0 0 0 2px var(--accent); font-weight: 500 }
ol { list-style: none; margin: 0; padding: 16px; display: grid; gap: 14px }
li { display: grid; grid-template-columns: 40px 1fr auto; column-gap: 12px; align-items: center }
.face { grid-row: 1 / 3; width: 40px; height: 40px; border-radius: 50%; background: var(--faint) center / cover; display: grid; place-items: center; font-weight: 600 }
.who { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.bar { grid-column: 2 / 4; height: 10px; border-radius: 5px; background: var(--faint); overflow: hidden }
.bar i { display: block; height: 100%; border-radius: 5px; background: var(--accent); transition: width 300ms }
.none { padding: 16px; color: var(--secondary-text-color) }
@media (prefers-reduced-motion: reduce) { .bar i { transition: none } }
`;

export const CAPTURES = `
ul { list-style: none; margin: 0; padding: 8px; display: grid; gap: 6px; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); max-height: 560px; overflow: auto; overscroll-behavior: contain }
.shot { position: relative; display: block; width: 100%; aspect-ratio: 16 / 9; border-radius: 8px; overflow: hidden; background: var(--faint) }
.shot img { width: 100%; height: 100%; object-fit: cover }
.video { position: absolute; inset-inline-end: 6px; bottom: 6px; padding: 2px 8px; border-radius: 10px; background: #000b; color: #fff; font-size: 12px }
.none { padding: 16px; color: var(--secondary-text-color) }
dialog { padding: 0; border: 0; background: none; max-width: 96vw; max-height: 96vh }
dialog::backdrop { background: #000c }
dialog > * { display: block; max-width: 96vw; max-height: 96vh; border-radius: 8px }
.close { position: absolute; inset-block-start: 8px; inset-inline-end: 8px; z-index: 1; width: 44px; height: 44px; border-radius: 50%; background: #000b; color: #fff }
`;
