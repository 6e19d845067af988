// The knobs of one console: a preset, one knob at a time, and what is not as usual.
const described = fetch("/_simulator/console-knobs").then((answer) => answer.json());

const shown = (value) => (value === null ? "–" : value === "" ? "as usual" : String(value));

// What makes no sense goes to the simulator as it is: that tells why.
function read(text, { choice, or = [] }) {
  const known = choice?.find((value) => String(value) === text);
  if (known !== undefined) return known;
  if (text.trim() === "") return or.includes(null) ? null : text;
  return choice || Number.isNaN(Number(text)) ? text : Number(text);
}

export async function makeKnobs(card, send) {
  const { knobs, presets } = await described;
  const { part } = card;
  const set = (body) => send("PATCH", `consoles/${card.id}/knobs`, body).then((problem) => { part.problem.textContent = problem; });
  part.preset.append(...presets.map((name) => new Option(name)));
  part.knob.append(...Object.keys(knobs).map((name) => new Option(name.replaceAll("_", " "), name)));
  part.preset.addEventListener("change", () => { set({ preset: part.preset.value }); });
  part["knob-set"].addEventListener("click", () => set({ [part.knob.value]: read(part["knob-value"].value, knobs[part.knob.value]) }));
  part["knob-draw"].addEventListener("click", () => set({ seed: Math.floor(Math.random() * 2 ** 31) }));
  const choose = () => {
    const { seconds, count, choice, or = [] } = knobs[part.knob.value];
    const [, highest] = seconds ?? count ?? [];
    part["knob-choices"].replaceChildren(...(choice ?? or.filter((value) => value !== null)).map((value) => new Option("", value ?? "null")));
    part["knob-value"].placeholder = choice ? choice.map(shown).join(" / ") : [`0–${highest}`, ...or.map(shown)].join(" / ");
    part["knob-value"].value = "";
  };
  part["knob-choices"].id = `choices-${card.id}`;
  part["knob-value"].setAttribute("list", `choices-${card.id}`);
  part.knob.addEventListener("change", choose);
  choose();
}

export function drawKnobs({ part }, now) {
  const items = Object.entries(now.knobs).map(([name, value]) => {
    const item = document.createElement("li");
    item.dataset.knob = name;
    item.textContent = `${name.replaceAll("_", " ")}: ${shown(value)}`;
    return item;
  });
  part.knobs.replaceChildren(...items);
}
