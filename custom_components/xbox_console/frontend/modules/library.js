// The games and apps of a console: a wall of covers, searched while typing. A touch starts one.
import { Card } from "./card.js";
import { make } from "./dom.js";
import { consolesOf } from "./house.js";
import { LIBRARY } from "./style.js";
import { say } from "./words.js";
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
    this.shadowRoot.addEventListener("refused", ({ detail }) => this.refuse(detail));
  }

  draw() {
    this._covers = make("xbox-console-covers", { onclick: () => this.clear() });
    const search = make("input", { type: "search", "aria-label": this.say("search"), placeholder: this.say("search"), oninput: ({ target }) => { this._covers.wanted = target.value; } });
    return [make("div", { class: "title" }, ...this.title("sources"), search), this.problem, this._covers];
  }

  update(before) {
    const { entity } = this.config;
    if (this.changed(before, entity)) this._covers.show(this.hass, entity, this.say("nothing_found"));
  }
}

customElements.define("xbox-console-library-face", Library);
export { Library as Face };
