// What was captured: the newest of a folder of Home Assistant's media, as a wall. A touch opens one.
import { Card } from "./card.js";
import { addressOf, make } from "./dom.js";
import { CAPTURES } from "./style.js";
import { reason, say } from "./words.js";

const ALL = "media-source://xbox_console";
const MOST = 48;

export const stub = () => ({});

export const form = (hass) => ({
  schema: ["name", "folder"].map((name) => ({ name, selector: { text: {} } })),
  computeLabel: ({ name }) => say(hass, `option_${name}`),
});

class Captures extends Card {
  static style = CAPTURES;

  draw() {
    this._list = make("ul");
    this._none = make("p", { class: "none", role: "status" });
    const close = this.hass.localize("ui.common.close");
    this._close = make("button", { class: "close", type: "button", "aria-label": close, title: close }, "✕");
    this._viewer = make("dialog", { onclick: ({ target }) => { if (target.localName !== "video") this._viewer.close(); }, onclose: () => this._viewer.replaceChildren() });
    const title = this.title("view_captures");
    this._fill();
    return [...(title.length ? [make("div", { class: "title" }, ...title)] : []), this._list, this._none, this._viewer];
  }

  // A new capture is told by the entity of the latest, where the card is given one.
  update(before) {
    const { entity } = this.config;
    if (before && entity && before.states[entity] !== this.hass.states[entity]) this._fill();
  }

  async _fill() {
    try {
      const captures = await this._newest(this.config.folder || ALL, MOST);
      this._none.textContent = captures.length ? "" : this.say("nothing_captured");
      this._list.replaceChildren(...captures.map((capture) => make("li", {}, this._tile(capture))));
    } catch (error) {
      this._none.textContent = await reason(this.hass, error);
    }
    this._none.hidden = !this._none.textContent;
  }

  // Folders come newest first, and are opened until there is enough.
  async _newest(folder, most) {
    const { children = [] } = await this.hass.callWS({ type: "media_source/browse_media", media_content_id: folder });
    const found = [];
    for (const child of children) {
      if (found.length >= most) break;
      if (child.can_play) found.push(child);
      else if (child.can_expand) found.push(...await this._newest(child.media_content_id, most - found.length));
    }
    return found;
  }

  _tile(capture) {
    const video = capture.media_class === "video";
    const button = make("button", { class: "shot", type: "button", title: capture.title, "aria-label": capture.title, onclick: () => this._open(capture, video) });
    this._address(capture).then((source) => {
      if (source) button.append(make("img", { src: source, alt: "", loading: "lazy", onerror: (event) => event.target.remove() }));
      if (video) button.append(make("span", { class: "video", "aria-hidden": "true" }, "▶"));
    });
    return button;
  }

  // What Home Assistant serves to users alone has to be signed for a picture to show it.
  async _address({ thumbnail }) {
    if (!thumbnail?.startsWith("/") || thumbnail.includes("token=")) return thumbnail;
    const { path } = await this.hass.callWS({ type: "auth/sign_path", path: thumbnail });
    return addressOf(this.hass, path);
  }

  async _open({ media_content_id: id, title }, video) {
    try {
      const { url } = await this.hass.callWS({ type: "media_source/resolve_media", media_content_id: id });
      const source = addressOf(this.hass, url);
      this._viewer.setAttribute("aria-label", title);
      this._viewer.replaceChildren(this._close, video ? make("video", { src: source, controls: true, autoplay: true, "aria-label": title }) : make("img", { src: source, alt: title }));
      this._viewer.showModal();
    } catch (error) {
      this._none.textContent = await reason(this.hass, error);
      this._none.hidden = false;
    }
  }
}

customElements.define("xbox-console-captures-face", Captures);
export { Captures as Face };
