// The people in the world: who is there, what they play, and what they can be made to do.
const element = (selector, root = document) => root.querySelector(selector);
const testid = (name) => element(`[data-testid="${name}"]`);
const rows = new Map();
let post = null;

function act(row, action, body = {}) {
  post("POST", `people/${row.now.key}/${action}`, body).then((problem) => { testid("people-problem").textContent = problem; });
}

function asked(question, was, send) {
  const text = prompt(question, was);
  if (text) send(text);
}

// What each button of a person does.
const ACTIONS = {
  play: (row) => act(row, "play", { product_id: row.part.titles.value, device: row.part.devices.value }),
  online: (row) => act(row, "online", { device: row.part.devices.value }),
  offline: (row) => act(row, "offline"),
  stop: (row) => act(row, "stop"),
  unlock: (row) => act(row, "unlock", row.now.title ? {} : { product_id: row.part.titles.value }),
  message: (row) => asked(`Message from ${row.now.gamertag}`, "Are you there?", (text) => act(row, "message", { text })),
  rename: (row) => asked("New gamertag", row.now.gamertag, (gamertag) => act(row, "rename", { gamertag })),
  unfriend: (row) => act(row, row.now.friend ? "unfriend" : "friend"),
  privacy: (row) => act(row, "privacy", { enabled: !row.now.private }),
};

function makeRow(now, titles) {
  const root = element("#person").content.firstElementChild.cloneNode(true);
  const part = Object.fromEntries([...root.querySelectorAll("[data-part]")].map((node) => [node.dataset.part, node]));
  const row = { root, part, now };
  root.dataset.person = now.key;
  for (const button of root.querySelectorAll("[data-act]"))
    button.addEventListener("click", (event) => {
      if (button.type === "checkbox") event.preventDefault();
      ACTIONS[button.dataset.act](row);
    });
  part.titles.append(...titles.filter((title) => title.product_id && title.aumid).map((title) => new Option(title.name, title.product_id)));
  rows.set(now.key, row);
  return row;
}

function doing(now) {
  if (now.state === "Offline") return now.last_seen ? `last seen: ${now.last_seen.name || "somewhere"}` : "never seen";
  return `${now.running} · ${now.device.replace(/([a-z])([A-Z])/g, "$1 $2")}`;
}

function drawRow(now, titles) {
  const row = rows.get(now.key) ?? makeRow(now, titles);
  const { root, part } = row;
  row.now = now;
  Object.assign(root.dataset, { state: now.state, running: now.running, friend: now.friend, private: now.private, gamerscore: now.gamerscore, unread: now.unread });
  root.style.setProperty("--tint", `#${now.colors[0]}`);
  part.face.textContent = now.gamertag[0];
  part.face.style.backgroundImage = now.title ? `url("/_simulator/art/${now.title.key}.logo")` : "";
  part.gamertag.textContent = now.gamertag;
  part.doing.textContent = doing(now);
  part.doing.title = now.rich_presence;
  part.mark.textContent = [now.private && "private", now.cloaked && "appears offline", !now.friend && now.key !== "parent" && "no friend", now.unread && `${now.unread} unread`].filter(Boolean).join(" · ");
  part.score.textContent = now.gamerscore.toLocaleString("en");
  element('[data-act="privacy"]', root).checked = now.private;
  element('[data-act="unfriend"]', root).textContent = now.friend ? "Unfriend" : "Befriend";
  element('[data-act="unfriend"]', root).hidden = now.key === "parent";
  element('[data-act="message"]', root).hidden = now.key === "parent";
  element('[data-act="stop"]', root).disabled = !now.title || !now.elsewhere;
  element('[data-act="offline"]', root).disabled = now.state === "Offline";
  return root;
}

export function drawPeople(state, send) {
  post = send;
  const known = new Set(state.people.map((now) => now.key));
  for (const [key, row] of rows) if (!known.has(key)) { row.root.remove(); rows.delete(key); }
  const online = state.people.filter((now) => now.state !== "Offline").length;
  testid("people-count").textContent = `${online} of ${state.people_count} online`;
  const list = testid("people-list");
  // Moved only when the order differs, so that an open row and its focus stay.
  state.people.map((now) => drawRow(now, state.titles)).forEach((root, index) => {
    if (list.children[index] !== root) list.insertBefore(root, list.children[index] ?? null);
  });
}
