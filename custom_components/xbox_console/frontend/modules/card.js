// What all our cards are: drawn once their words are there, and told of every change of states.
import { make } from "./dom.js";
import { BASE } from "./style.js";
import { loadWords } from "./words.js";

export class Card extends HTMLElement {
  static style = "";

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
  }

  set config(config) {
    this._config = config;
    this._draw();
  }

  get config() { return this._config; }

  set hass(hass) {
    const before = this._hass;
    this._hass = hass;
    if (before?.language !== hass.language) this._speak();
    else if (before?.localize !== hass.localize) this._localize = hass.localize;
    if (this._drawn) this.update(before);
  }

  get hass() { return this._hass; }

  say(key, values) { return this._localize(`component.xbox_console.common.${key}`, values); }

  // The title that the user gave, which may be none at all.
  title(key) {
    const { name } = this.config;
    return name === "" ? [] : [make("h2", {}, name ?? this.say(key))];
  }

  async _speak() {
    this._localize = await loadWords(this._hass);
    this._draw();
  }

  _draw() {
    if (!this._config || !this._localize) return;
    const card = make("ha-card");
    card.append(...this.draw());
    this.shadowRoot.replaceChildren(make("style", {}, BASE + this.constructor.style), card);
    this._drawn = true;
    this.update(undefined);
  }
}
