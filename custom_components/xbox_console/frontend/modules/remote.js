// The remote: what runs, and every button of a console.
import { Card } from "./card.js";
import { addressOf, make, tell } from "./dom.js";
import { drive, isDriving, leave } from "./gamepad.js";
import { companion, consolesOf, domainOf, nameOf } from "./house.js";
import { icon } from "./icons.js";
import { GROUPS, isPress, KEYS, typed } from "./keys.js";
import { Sender } from "./sender.js";
import { REMOTE } from "./style.js";
import { say } from "./words.js";
import "./covers.js";

const OPTIONS = ["keys", "media", "text", "sources", "keyboard", "gamepad"];
const ASLEEP = ["off", "unavailable", "unknown"];

export const stub = (hass) => ({ entity: consolesOf(hass)[0]?.one("remote") ?? "" });

export const form = (hass) => ({
  schema: [
    { name: "entity", required: true, selector: { entity: { filter: { integration: "xbox_console", domain: "remote" } } } },
    { name: "name", selector: { text: {} } },
    ...OPTIONS.map((name) => ({ name, default: true, selector: { boolean: {} } })),
  ],
  computeLabel: ({ name }) => say(hass, `option_${name}`),
});

class Remote extends Card {
  static style = REMOTE;

  constructor() {
    super();
    this._sender = new Sender((command) => this._call("remote", "send_command", { command }), (error) => this.refuse(error));
    this.shadowRoot.addEventListener("keydown", (event) => this._keyDown(event));
    this.shadowRoot.addEventListener("keyup", (event) => this._keyUp(event));
    this.shadowRoot.addEventListener("refused", ({ detail }) => this.refuse(detail));
    for (const use of ["focusin", "pointerdown"]) this.addEventListener(use, () => this._take());
    this.addEventListener("focusout", () => this._letGo());
  }

  connectedCallback() {
    this._ticking = setInterval(() => this._tellPending(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this._ticking);
    this._letGo();
    leave(this);
  }

  _has(option) { return this.config[option] !== false; }

  _take() { if (this._pad && this.isConnected && this._has("gamepad")) drive(this); }

  get _remote() { return this._entity("remote"); }

  get _player() { return this._entity("media_player"); }

  _entity(domain) {
    const { entity = "" } = this.config;
    return domainOf(entity) === domain ? entity : companion(this.hass, entity, domain);
  }

  // Without a connection it would be done later, when nobody wants it any more.
  async _call(domain, service, data) {
    if (!this.hass.connected) throw undefined;
    return this.hass.callService(domain, service, { entity_id: domain === "remote" ? this._remote : this._player, ...data }, undefined, false);
  }

  // Drawing.

  draw() {
    this._letGo();
    Object.assign(this, { _keys: {}, _pad: undefined, _covers: undefined });
    this._name = make("h2");
    this._status = make("p", { role: "status" });
    this._elapsed = make("span", { "aria-hidden": "true" });
    this._power = make("button", { class: "power", type: "button", "aria-label": this.say("key_power"), html: icon("power"), onclick: () => this._turn() });
    this._now = make("div", { class: "now" }, make("div", { class: "words" }, this._name, make("p", {}, this._status, this._elapsed)), this._power);
    if (!this._has("keys")) leave(this);
    const parts = { keys: () => [this._controls()], text: () => [this._text()], sources: () => this._sources() };
    return [this._now, this.problem, ...Object.entries(parts).flatMap(([name, part]) => (this._has(name) ? part() : []))];
  }

  _controls() {
    const groups = Object.entries(GROUPS).filter(([name]) => name !== "media" || this._has("media"));
    const keyboard = this._has("keyboard") && { role: "application", tabindex: "0", "aria-label": this.say("keyboard") };
    this._pad = make("div", { class: "controls", ...keyboard }, ...groups.map(([name, keys]) =>
      make("div", { class: `group ${name}`, role: "group", "aria-label": this.say(`group_${name}`) }, ...keys.map((key) => this._key(key)))));
    return this._pad;
  }

  _key(name) {
    const key = KEYS[name];
    const up = () => this.up(name);
    return this._keys[name] = make("button", {
      class: "key", type: "button", "data-key": name,
      "aria-label": key.letter ?? this.say(key.word), title: key.letter ? undefined : this.say(key.word),
      html: key.letter ?? icon(key.icon),
      onpointerdown: (event) => this._touch(event, name), onpointerup: up, onpointercancel: up, onlostpointercapture: up,
      oncontextmenu: (event) => event.preventDefault(),
      // Of a screen reader: fingers, mice and keyboards have been heard already.
      onclick: ({ detail }) => { if (!detail) this._tap(name); },
    });
  }

  _text() {
    const box = make("input", { "aria-label": this.say("text"), placeholder: this.say("text"), autocomplete: "off", enterkeyhint: "send" });
    const send = make("button", { class: "key", "aria-label": this.say("send"), title: this.say("send"), html: icon("send") });
    return make("form", { onsubmit: (event) => { event.preventDefault(); this._type(box); } }, box, send);
  }

  _sources() {
    this._covers = make("xbox-console-covers", { strip: true, hidden: true, onclick: () => this.clear() });
    this._more = make("button", { class: "key more", type: "button", "aria-expanded": "false", html: icon("games"), onclick: () => this._open() });
    this._more.append(this.say("sources"));
    return [this._more, this._covers];
  }

  _open() {
    this._covers.hidden = !this._covers.hidden;
    this._more.setAttribute("aria-expanded", String(!this._covers.hidden));
    this.update();
  }

  // What is shown.

  update(before) {
    if (!isDriving()) this._take();
    const [remote, player] = [this._remote, this._player].map((id) => this.hass.states[id]);
    if (!this.changed(before, this._remote, this._player)) return;
    const shown = player ?? remote;
    const on = Boolean(shown) && !ASLEEP.includes(shown.state);
    this._name.textContent = this.config.name || nameOf(this.hass, this.hass.entities[shown?.entity_id]?.device_id);
    this._said(this._describe(shown));
    this._power.setAttribute("aria-pressed", String(on));
    this._now.classList.toggle("asleep", !on);
    this._drawArt(player?.attributes.entity_picture);
    this._tellPending();
    if (this._covers && !this._covers.hidden && player) this._covers.show(this.hass, player.entity_id, this.say("nothing_found"));
  }

  _describe(shown) {
    if (!shown) return this.say("no_console");
    const { pending, media_title: game, app_name: app } = shown.attributes;
    const state = pending ? this.say(`pending_${pending}`) : this.hass.formatEntityState(shown);
    return [state, game ?? app].filter(Boolean).join(" · ");
  }

  // A live region is read out when it is written to, so only news is written.
  _said(text) { if (this._status.textContent !== text) this._status.textContent = text; }

  _drawArt(address) {
    this._now.classList.toggle("art", Boolean(address));
    this._now.style.backgroundImage = address ? `url("${addressOf(this.hass, address)}")` : "";
  }

  _tellPending() {
    const { pending, pending_since: since } = this.hass?.states[this._player]?.attributes ?? {};
    if (!this._elapsed) return;
    const seconds = pending && since ? Math.max(0, Math.round((Date.now() - Date.parse(since)) / 1000)) : undefined;
    this._elapsed.textContent = seconds === undefined ? "" : ` ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    this._power.classList.toggle("pending", Boolean(pending));
  }

  // What is pressed, by whatever.

  down(name) {
    this.clear();
    this._keys[name]?.classList.add("pressed");
    tell(this, "haptic", "light");
    this._held = name;
    this._sender.press(name, KEYS[name].repeats);
  }

  up(name) {
    this._keys[name]?.classList.remove("pressed");
    if (this._held === name) this._letGo();
  }

  _letGo() {
    this._keys?.[this._held]?.classList.remove("pressed");
    this._held = undefined;
    this._sender.release();
  }

  _tap(name) {
    this.down(name);
    setTimeout(() => this.up(name), 100);
  }

  _touch(event, name) {
    if (event.button !== 0) return;
    // The keyboard goes on with the whole pad, rather than with one button of it.
    event.preventDefault();
    this._pad.focus({ preventScroll: true });
    event.currentTarget.setPointerCapture(event.pointerId);
    this.down(name);
  }

  _keyDown(event) {
    const from = event.target;
    // One press is one press, however long the browser goes on with it.
    if (event.repeat && from.localName === "button") event.preventDefault();
    const command = isPress(event, from) ? from.dataset.key : this._has("keyboard") && this._pad?.contains(from) && typed(event, from === this._pad);
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat) return;
    if (command in KEYS) this.down(command);
    else this._sender.send(command);
  }

  _keyUp(event) {
    const pressed = isPress(event, event.target);
    // The space bar would click now.
    if (pressed) event.preventDefault();
    const command = pressed ? event.target.dataset.key : typed({ key: event.key }, false);
    if (command) this.up(command);
  }

  async _turn() {
    const on = this._power.getAttribute("aria-pressed") === "true";
    this.clear();
    tell(this, "haptic", "medium");
    await this._try(this._call("remote", on ? "turn_off" : "turn_on"));
  }

  async _type(box) {
    if (!box.value) return;
    this.clear();
    box.select();
    await this._try(this._player ? this._call("xbox_console", "send_text", { text: box.value }) : this._call("remote", "send_command", { command: `text:${box.value}` }));
  }

  async _try(call) {
    try {
      await call;
    } catch (error) {
      await this.refuse(error);
    }
  }
}

customElements.define("xbox-console-remote-face", Remote);
export { Remote as Face };
