// What all our cards are: drawn once their words are there, and told of every change of states.
import { make, tell } from "./dom.js";
import { BASE } from "./style.js";
import { loadWords, reason } from "./words.js";

const PROBLEM_STAYS = 10_000;

export class Card extends HTMLElement {
  static style = "";

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
    this.problem = make("p", { class: "problem", role: "alert", hidden: true });
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

  // Whether there is something new about these entities: their states, or what they and their devices are called.
  changed(before, ...entities) {
    return !before || ["localize", "entities", "devices"].some((part) => before[part] !== this.hass[part])
      || entities.some((id) => before.states[id] !== this.hass.states[id]);
  }

  say(key, values) { return this._localize(`component.xbox_console.common.${key}`, values); }

  // The title that the user gave, which may be none at all.
  title(key) {
    const { name } = this.config;
    return name === "" ? [] : [make("h2", {}, name ?? this.say(key))];
  }

  async refuse(error) {
    tell(this, "haptic", "failure");
    this.problem.textContent = await reason(this.hass, error);
    this.problem.hidden = false;
    clearTimeout(this._clearing);
    this._clearing = setTimeout(() => this.clear(), PROBLEM_STAYS);
  }

  clear() { this.problem.hidden = true; }

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
