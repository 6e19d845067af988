// What a console can start, with covers: the sources of its player, in their order.
import { addressOf, make, tell } from "./dom.js";
import { BASE, COVERS } from "./style.js";

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

const browse = (hass, entityId, id, type) => hass.callWS({ type: "media_player/browse_media", entity_id: entityId, media_content_id: id, media_content_type: type });

// Names with their covers: the folders of the media browser, divided ones included.
async function pictures(hass, player, folder, found) {
  const { children = [] } = await browse(hass, player, folder.media_content_id, folder.media_content_type);
  for (const child of children) if (child.thumbnail) found.set(child.title, child.thumbnail);
  await Promise.all(children.filter((child) => child.can_expand).map((child) => pictures(hass, player, child, found)));
  return found;
}

const LIBRARY = { media_content_id: "library", media_content_type: "library" };

class Covers extends HTMLElement {
  constructor() {
    super();
    this._list = make("ul");
    this._none = make("p", { class: "none", role: "status", hidden: true });
    this.attachShadow({ mode: "open" }).append(make("style", {}, BASE + COVERS), this._list, this._none);
    this._covers = new Map();
    this._wanted = "";
  }

  // `none` is what to say if nothing is found.
  show(hass, player, none) {
    const state = hass.states[player];
    const before = this._state;
    Object.assign(this, { _hass: hass, _player: player, _state: state });
    this._none.textContent = none;
    if (before?.attributes.source_list?.join("\n") !== state?.attributes.source_list?.join("\n")) this._fill();
    if (before !== state) this._mark();
  }

  set wanted(text) {
    this._wanted = folded(text);
    this._filter();
  }

  get _sources() { return this._state?.attributes.source_list ?? []; }

  async _fill() {
    this._draw();
    // Pictures come when they come: what can be started is known already.
    this._covers = await pictures(this._hass, this._player, LIBRARY, new Map()).catch(() => new Map());
    this._draw();
  }

  _draw() {
    this._list.replaceChildren(...this._sources.map((name) => make("li", {}, this._cover(name))));
    this._mark();
    this._filter();
  }

  _cover(name) {
    const picture = make("span", { class: "picture", "aria-hidden": "true" }, [...name][0].toLocaleUpperCase());
    const address = this._covers.get(name);
    if (address) picture.append(make("img", { src: addressOf(this._hass, address), alt: "", loading: "lazy", onerror: (event) => event.target.remove() }));
    const button = make("button", { class: "cover", type: "button", onclick: () => this._start(name, button) }, picture, make("span", { class: "name" }, name));
    button.name = name;
    return button;
  }

  async _start(name, button) {
    tell(this, "haptic", "light");
    button.classList.add("starting");
    try {
      if (!this._hass.connected) throw undefined;
      await this._hass.callService("media_player", "select_source", { entity_id: this._player, source: name }, undefined, false);
    } catch (error) {
      tell(this, "refused", error);
    } finally {
      button.classList.remove("starting");
    }
  }

  _mark() {
    for (const button of this._list.querySelectorAll("button"))
      button.setAttribute("aria-current", String(button.name === this._state?.attributes.source));
  }

  _filter() {
    let found = 0;
    for (const item of this._list.children) {
      item.hidden = !folded(item.firstChild.name).includes(this._wanted);
      found += !item.hidden;
    }
    this._none.hidden = found > 0;
  }
}

if (!customElements.get("xbox-console-covers")) customElements.define("xbox-console-covers", Covers);
