// The captures of each account: how many, and the latest with their pictures.
const testid = (name) => document.querySelector(`[data-testid="${name}"]`);
let send = null;

testid("more-captures").addEventListener("click", () => send?.("POST", "captures", { count: 10 }));

function picture(capture) {
  const item = document.createElement("li");
  Object.assign(item.dataset, { capture: capture.id, kind: capture.kind });
  item.title = `${capture.game} · ${capture.taken}`;
  item.style.backgroundImage = `url("${capture.picture}")`;
  return item;
}

function gallery(now) {
  const root = document.createElement("div");
  root.className = "gallery";
  Object.assign(root.dataset, { gallery: now.key, count: now.count });
  const head = document.createElement("h3");
  head.textContent = `${now.gamertag}: ${now.count}`;
  const list = document.createElement("ul");
  list.append(...now.latest.map(picture));
  root.append(head, list);
  return root;
}

let drawn = "";
export function drawCaptures(state, sender) {
  send = sender;
  // Pictures are not loaded again for what changed elsewhere.
  const now = JSON.stringify(state.galleries);
  if (now === drawn) return;
  drawn = now;
  testid("galleries").replaceChildren(...state.galleries.map(gallery));
}
