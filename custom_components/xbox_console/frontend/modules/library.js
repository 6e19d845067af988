// The games and apps of a console: a wall of covers, searched while typing. A touch starts one.
import { Card } from "./card.js";
import { make } from "./dom.js";
import { consolesOf } from "./house.js";
import { LIBRARY } from "./style.js";
import { reason, say } from "./words.js";
import "./covers.js";

export const stub = (hass) => ({ entity: consolesOf(hass)[0]?.one("media_player") ?? "" });

export const form = (hass) => ({
  schema: [
    { name: "entity", required: true, selector: { entity: { filter: { integration: "xbox_console", domain: "media_player" } } } },
    { name: "name", selector: { text: {} } },
  ],
  computeLabel: ({ name }) => say(hass, `option_${name}`),
});

class Library extends Card {
  static style = LIBRARY;

  constructor() {
    super();
    this.shadowRoot.addEventListener("refused", ({ detail }) => this._refuse(detail));
  }

  draw() {
    this._covers = make("xbox-console-covers");
    this._problem = make("p", { class: "problem", role: "alert", hidden: true });
    const search = make("input", { type: "search", "aria-label": this.say("search"), placeholder: this.say("search"), oninput: ({ target }) => { this._covers.wanted = target.value; } });
    return [make("div", { class: "title" }, ...this.title("sources"), search), this._problem, this._covers];
  }

  update(before) {
    const { entity } = this.config;
    if (before?.states[entity] === this.hass.states[entity]) return;
    this._problem.hidden = true;
    this._covers.show(this.hass, entity, this.say("nothing_found"));
  }

  async _refuse(error) {
    this._problem.textContent = await reason(this.hass, error);
    this._problem.hidden = false;
  }
}

customElements.define("xbox-console-library-face", Library);
export { Library as Face };
