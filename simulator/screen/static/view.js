// Draws the state that the simulator sends; presses are sent back, never shown before the simulator says so.
import { drawActivity, makeActivity } from "./activity.js";
import { drawKnobs, makeKnobs } from "./knobs.js";
import { drawCaptures } from "./captures.js";
import { drawLan, drawLanSwitches, lanActions } from "./lan.js";
import { drawPeople } from "./people.js";
import { drawScreen, drawMoments } from "./tv.js";

const element = (selector, root = document) => root.querySelector(selector);
const testid = (name, root = document) => element(`[data-testid="${name}"]`, root);
const cards = new Map();
let state = null;
let received = 0;

const FAULTS = [
  { name: "outage", text: "Outage: every connection is cut", fault: { kind: "outage" } },
  { name: "429", text: "Too many requests (429)", fault: { kind: "status", status: 429, retry_after: 30 } },
  { name: "503", text: "Service unavailable (503)", fault: { kind: "status", status: 503 } },
  { name: "slow", text: "Slow: 5 seconds an answer", fault: { kind: "slow", seconds: 5 } },
  { name: "unreachable", text: "Consoles cannot be called", fault: { kind: "xccs", host: "xccs.xboxlive.com", path: "/commands", word: "ErrorCallingWNS" } },
  { name: "unauthorized", text: "Tokens refused (401)", fault: { kind: "unauthorized" } },
  { name: "html", text: "A web page where data is due", fault: { kind: "html", status: 200 } },
];

async function send(method, path, body) {
  const answer = await fetch(`/_simulator/${path}`, { method, body: body === undefined ? undefined : JSON.stringify(body) });
  if (answer.ok) return "";
  const text = await answer.text();
  try { return JSON.parse(text).error; } catch { return text || answer.statusText; }
}

function act(card, action, body = {}) {
  send("POST", `consoles/${card.id}/${action}`, body).then((problem) => { card.part.problem.textContent = problem; });
}

// What each button of a console's card does.
const ACTIONS = {
  plug: (card, now) => act(card, now.plugged ? "unplug" : "plug"),
  launch: (card) => act(card, "launch", { product_id: card.part.titles.value }),
  video: (card, now) => act(card, "video", { action: now.shell.playback === "Playing" ? "pause" : "play" }),
  achievement: (card) => act(card, "achievement"),
  screenshot: (card) => act(card, "capture", { kind: "screenshot" }),
  gameclip: (card) => act(card, "capture", { kind: "gameclip" }),
  "remote-features": (card, now) => act(card, "remote-features", { enabled: !now.remote_features }),
  "instant-on": (card, now) => act(card, "instant-on", { enabled: !now.instant_on }),
  idle: (card) => act(card, "idle"),
  reboot: (card) => act(card, "reboot"),
  maintenance: (card) => act(card, "maintenance"),
  update: (card) => act(card, "update"),
  "add-drive": (card) => act(card, "add-drive"),
  "remove-drive": (card) => act(card, "remove-drive"),
  install: (card) => act(card, "install", { product_id: card.part.titles.value }),
  uninstall: (card) => act(card, "uninstall", { product_id: card.part.titles.value }),
  rename: (card, now) => { const name = prompt("New name", now.name); if (name) act(card, "rename", { name }); },
  ...lanActions(send),
};
const NEEDS_ON = ["launch", "video", "achievement", "screenshot", "gameclip", "idle", "reboot", "update"];

function makeCard(now) {
  const root = element("#console").content.firstElementChild.cloneNode(true);
  const part = Object.fromEntries([...root.querySelectorAll("[data-part]")].map((node) => [node.dataset.part, node]));
  const card = { id: now.id, root, part, seen: {} };
  root.dataset.console = now.id;
  const current = () => state.consoles.find((item) => item.id === card.id);
  for (const button of root.querySelectorAll("[data-press]"))
    button.addEventListener("click", () => act(card, "press", { button: button.dataset.press }));
  for (const button of root.querySelectorAll("[data-act]"))
    button.addEventListener("click", (event) => {
      if (button.type === "checkbox") event.preventDefault();
      ACTIONS[button.dataset.act](card, current());
    });
  part.titles.append(...state.titles.filter((title) => title.product_id && title.aumid).map((title) => new Option(title.name, title.product_id)));
  makeKnobs(card, send);
  element("#consoles").append(root);
  cards.set(now.id, card);
  return card;
}

function drawCard(now) {
  const card = cards.get(now.id) ?? makeCard(now);
  const { root, part } = card;
  const { shell } = now;
  Object.assign(root.dataset, {
    name: now.name, power: now.power, view: now.view, networkPower: now.network.power, plugged: now.plugged,
    app: shell.app?.product_id ?? (now.view === "home" ? "home" : ""), appName: shell.app?.name ?? "", focus: shell.focus,
    overlay: shell.overlay, typed: shell.typed, volume: shell.volume, muted: shell.muted, playback: shell.playback,
    lastKey: shell.last_key, lastKeyAt: shell.last_key_at, tile: shell.tile, toast: shell.toast, pairing: now.pairing,
    remoteFeatures: now.remote_features, instantOn: now.instant_on, disc: now.disc ?? "",
    operation: now.operation ? `${now.operation.command}:${now.operation.status}` : "",
    modelFamily: now.type.includes("SeriesS") ? "small" : now.type.includes("Series") ? "new" : "old",
  });
  part.name.textContent = now.name;
  part.model.textContent = now.type.replace(/([a-z])([A-Z])/g, "$1 $2");
  part.network.textContent = now.network.power;
  part.slot.dataset.disc = now.disc ?? "";
  part.slot.title = now.disc ? `Disc: ${now.disc}` : "No disc";
  part.drives.textContent = now.storage.map((drive) => `${drive.name}: ${Math.round((drive.total_bytes - drive.used_bytes) / 2 ** 30)} of ${Math.round(drive.total_bytes / 2 ** 30)} GB free`).join(" · ");
  testid("remote-features", root).checked = now.remote_features;
  testid("instant-on", root).checked = now.instant_on;
  testid("video", root).textContent = shell.playback === "Playing" ? "Pause" : "Play";
  const on = now.plugged && now.power === "On" && !["waking", "rebooting", "updating", "maintenance"].includes(now.view);
  for (const name of NEEDS_ON) element(`[data-act="${name}"]`, root).disabled = !on;
  for (const button of root.querySelectorAll(".pad button")) button.disabled = !on && !(button.dataset.press === "Nexus" && now.plugged);
  drawKnobs(card, now);
  drawLanSwitches(root, now);
  drawScreen(card, now, state.elapsed);
}

function fill(list, items, draw) {
  list.replaceChildren(...items.map(draw));
}

function make(tag, text, dataset = {}) {
  const node = document.createElement(tag);
  node.textContent = text;
  Object.assign(node.dataset, dataset);
  return node;
}

function drawNetwork() {
  for (const { name } of FAULTS) testid(`fault-${name}`).checked = state.faults.some((fault) => fault.label === name);
  const other = state.faults.filter((fault) => !FAULTS.some(({ name }) => name === fault.label) || fault.host);
  fill(testid("faults"), other, (fault) =>
    make("li", `${fault.label || fault.kind}: ${fault.host ?? "every host"}${fault.path ?? ""}${fault.times === null ? "" : ` × ${fault.times}`}`));
  const skew = testid("skew");
  if (![...skew.options].some((option) => Number(option.value) === state.skew)) skew.append(new Option(`${state.skew} s`, state.skew));
  skew.value = state.skew;
  fill(testid("requests"), state.requests, (entry) => {
    const item = make("li", "", { status: entry.status, host: entry.host, path: entry.path, bad: entry.status >= 400 || entry.status === 0 });
    const place = make("span", entry.path);
    place.append(make("em", entry.host));
    item.append(make("b", entry.status || "cut"), make("u", entry.method), place);
    return item;
  });
}

function draw() {
  const known = new Set(state.consoles.map((now) => now.id));
  for (const [id, card] of cards) if (!known.has(id)) { card.root.remove(); cards.delete(id); }
  state.consoles.forEach(drawCard);
  drawPeople(state, send);
  drawCaptures(state, send);
  drawNetwork();
  drawActivity(state.activity, state.elapsed);
  drawLan(state);
}

function elapsed() {
  return state.elapsed + (performance.now() - received) / 1000;
}

for (const { name, text, fault } of FAULTS) {
  const label = document.createElement("label");
  label.className = "switch danger";
  label.innerHTML = `<input type="checkbox" data-testid="fault-${name}"><i></i>${text}`;
  element("input", label).addEventListener("click", async (event) => {
    event.preventDefault();
    const active = state.faults.filter((item) => item.label === name);
    if (active.length) { for (const item of active) await send("DELETE", `faults?id=${item.id}`); return; }
    const host = testid("fault-host").value;
    await send("POST", "faults", { ...(host && fault.kind !== "outage" ? { host } : {}), ...fault, label: name });
  });
  element("#switches").append(label);
}
makeActivity(send, () => state.activity);
testid("skew").addEventListener("change", (event) => send("POST", "clock", { skew: Number(event.target.value) }));
testid("reset").addEventListener("click", () => send("POST", "reset"));

const source = new EventSource("/_simulator/events");
source.onopen = () => { document.body.dataset.connected = "true"; };
source.onerror = () => { document.body.dataset.connected = "false"; };
source.onmessage = (event) => {
  state = JSON.parse(event.data);
  received = performance.now();
  document.body.dataset.connected = "true";
  draw();
};
setInterval(() => {
  if (!state) return;
  const time = new Date(Date.parse(state.time) + performance.now() - received);
  testid("clock").textContent = `${time.toISOString().slice(11, 19)} UTC`;
  for (const now of state.consoles) drawMoments(cards.get(now.id), now, elapsed(), performance.now() - received);
}, 200);
