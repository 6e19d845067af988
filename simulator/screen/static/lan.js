// The local network: the switches of a console, and what was heard last.
const WAKE_PACKETS = 3;

// What each switch sets, and when it is on.
const SWITCHES = {
  "lan-answers": { on: (knobs) => knobs.answers !== false, set: (on) => ({ answers: on }) },
  "lan-asleep": { on: (knobs) => knobs.answers_asleep === true, set: (on) => ({ answers_asleep: on }) },
  "lan-impostor": { on: (knobs) => knobs.impostor === true, set: (on) => ({ impostor: on }) },
  "lan-deaf": { on: (knobs) => knobs.wake_packets === 0, set: (on) => ({ wake_packets: on ? 0 : WAKE_PACKETS }) },
};

export function lanActions(send) {
  const actions = Object.entries(SWITCHES).map(([name, { on, set }]) => [name, (card, now) => {
    send("PATCH", `consoles/${card.id}/lan`, set(!on(now.lan.knobs))).then((problem) => { card.part.problem.textContent = problem; });
  }]);
  return Object.fromEntries(actions);
}

export function drawLanSwitches(root, now) {
  root.dataset.lanAnswers = now.lan.answers;
  for (const [name, { on }] of Object.entries(SWITCHES))
    root.querySelector(`[data-testid="${name}"]`).checked = on(now.lan.knobs);
}

export function drawLan({ lan }) {
  const find = (name) => document.querySelector(`[data-testid="${name}"]`);
  find("lan-count").textContent = `${lan.probes} probes, ${lan.wakes} wakes`;
  find("lan-packets").replaceChildren(...lan.packets.map((packet) => {
    const item = document.createElement("li");
    Object.assign(item.dataset, { kind: packet.kind, bad: packet.kind === "noise" });
    const cells = { b: new Date(packet.at * 1000).toISOString().slice(17, 19), u: packet.kind, span: packet.name };
    item.append(...Object.entries(cells).map(([tag, text]) => Object.assign(document.createElement(tag), { textContent: text })));
    return item;
  }));
}
