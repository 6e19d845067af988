// What a console's television shows.
const art = (title, purpose) => `url("/_simulator/art/${title.key}.${purpose}")`;

const VOLUME_SECONDS = 3;
const TOAST_SECONDS = 5;
const KEYBOARD = [..."1234567890qwertyuiopasdfghjkl-zxcvbnm,.@"];

function make(tag, name = "", text = "") {
  const node = document.createElement(tag);
  if (name) node.className = name;
  node.textContent = text;
  return node;
}

function backdrop(title, purpose = "superheroart") {
  const node = make("div", "fill");
  if (title) node.style.backgroundImage = art(title, purpose);
  return node;
}

function label(title, line = title.publisher) {
  const node = make("div", "label");
  node.append(make("b", "", title.name), make("span", "", line));
  return node;
}

function clockText() {
  return new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

function home(now) {
  const { shell } = now;
  const bar = make("div", "bar");
  bar.append(make("i", "face"), make("span", "", now.people.join(", ") || "Nobody is signed in"), make("span", "time", clockText()));
  const tiles = make("div", "tiles");
  shell.tiles.forEach((title, index) => {
    const tile = make("div", index === shell.tile ? "tile focus" : "tile");
    tile.style.backgroundImage = art(title, "tile");
    tile.dataset.tile = title.product_id ?? "";
    tile.append(make("b", "", title.name));
    if (shell.suspended?.key === title.key) tile.append(make("u", "", "resume"));
    tiles.append(tile);
  });
  const row = Math.floor(shell.tile / 4);
  tiles.style.transform = `translateY(${-row * 25.1}cqw)`;
  return [backdrop(shell.tiles[shell.tile]), tiles, bar];
}

function boot(text) {
  return () => {
    const rings = make("div", "boot");
    rings.append(make("i"), make("i"), make("i"));
    return [rings, make("div", "center", text)];
  };
}

function media({ shell }) {
  const state = make("div", "state");
  state.innerHTML = shell.playback === "Playing"
    ? '<svg viewBox="0 0 24 24"><path d="M8 5l12 7-12 7z"/></svg>'
    : '<svg viewBox="0 0 24 24"><path d="M6 5h4v14H6zM14 5h4v14h-4z"/></svg>';
  const progress = make("div", "progress");
  progress.append(make("i"));
  return [backdrop(shell.app), make("div", "fill shade"), state, label({ name: shell.media.name }, shell.app.name), make("div", "times"), progress];
}

const VIEWS = {
  home,
  media,
  title: ({ shell }) => [backdrop(shell.app), make("div", "fill shade"), label(shell.app)],
  launching: ({ shell }) => [backdrop(shell.launching), label(shell.launching, "Starting …"), make("div", "spinner")],
  screensaver: ({ shell }) => [backdrop(shell.tiles[0]), make("div", "time", clockText())],
  waking: boot("Starting"),
  rebooting: boot("Restarting"),
  updating: boot("Updating the system. Please do not switch off."),
  turning_off: () => [make("div", "center", "Good night")],
  standby: () => [make("div", "center", "asleep")],
  maintenance: () => [make("div", "center", "busy with itself")],
  off: () => [make("div", "center", "off")],
  unplugged: () => [make("div", "center", "no signal – the plug is out")],
};
const DARK = ["standby", "maintenance", "off", "unplugged"];

export function drawScreen(card, now, elapsed) {
  const { part } = card;
  const { shell, view } = now;
  // Redrawn only when it differs, so that animations are not restarted by every event.
  const key = JSON.stringify([view, shell.app?.key, shell.launching?.key, shell.suspended?.key, shell.tile, shell.tiles.map((title) => title.key), shell.playback, shell.media?.name, now.signed_in]);
  if (card.seen.picture !== key) {
    card.seen.picture = key;
    part.picture.className = `picture ${view}${DARK.includes(view) ? " dark" : ""}`;
    part.picture.replaceChildren(...VIEWS[view](now));
  }
  part.guide.replaceChildren(make("b", "", "Guide"), ...shell.guide_items.map((item, index) => make("span", index === shell.guide_item ? "focus" : "", item)));
  if (!part.keyboard.firstChild) {
    const keys = make("div", "keys");
    keys.append(...KEYBOARD.map((letter) => make("i", "", letter)));
    part.keyboard.append(make("div", "field"), keys);
  }
  part.keyboard.firstChild.textContent = shell.typed;
  part.volume.style.setProperty("--level", `${shell.volume}%`);
  part.volume.lastElementChild.textContent = shell.muted ? "mute" : shell.volume;
  part.glass.classList.toggle("muted", shell.muted);
  part.toast.textContent = shell.toast;
  // The first state after loading tells of old keys: only later ones flash.
  if (card.seen.key !== undefined && card.seen.key !== shell.last_key_at) {
    part.flash.textContent = shell.last_key;
    part.flash.classList.remove("hit");
    void part.flash.offsetWidth;
    part.flash.classList.add("hit");
  }
  card.seen.key = shell.last_key_at;
  drawMoments(card, now, elapsed, 0);
}

const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

// What moves without an event: notifications that go away, and a film that goes on.
export function drawMoments(card, { shell, view }, elapsed, age) {
  const { part } = card;
  const lit = !DARK.includes(view);
  part.volume.classList.toggle("seen", lit && elapsed - shell.volume_at < VOLUME_SECONDS);
  part.toast.classList.toggle("seen", lit && Boolean(shell.toast) && elapsed - shell.toast_at < TOAST_SECONDS);
  if (view !== "media") return;
  const { position, duration } = shell.media;
  const at = Math.min(duration, position + (shell.playback === "Playing" ? age / 1000 : 0));
  part.picture.querySelector(".progress i").style.width = `${(100 * at) / duration}%`;
  part.picture.querySelector(".times").textContent = `${minutes(at)} / ${minutes(duration)}`;
}
