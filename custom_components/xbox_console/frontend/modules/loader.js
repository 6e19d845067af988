// On every page: says what there is to choose from. What it is comes when somebody first wants it.
const STRATEGY = "xbox-console";
const CARDS = {
  "xbox-console-remote": { module: "remote", size: 9, about: "remote" },
  "xbox-console-library": { module: "library", size: 7, about: "media_player" },
  "xbox-console-captures": { module: "captures", size: 6 },
  "xbox-console-play": { module: "play", size: 4 },
};

const get = (module) => import(`./${module}.js`);
const home = () => document.querySelector("home-assistant")?.hass;
const word = (key) => home()?.localize(`component.xbox_console.common.${key}`) || undefined;

function define(tag, element) {
  if (!customElements.get(tag)) customElements.define(tag, element);
}

// Read when a picker is open, in the language that is spoken then.
function offer(list, entry, words) {
  const offered = window[list] ??= [];
  if (offered.some(({ type }) => type === entry.type)) return;
  for (const [name, key] of Object.entries(words)) Object.defineProperty(entry, name, { get: () => word(key), enumerable: true });
  offered.push(entry);
}

for (const level of ["dashboard", "view"]) {
  define(`ll-strategy-${level}-${STRATEGY}`, class extends HTMLElement {
    static async generate(config, hass) { return (await get("strategy"))[level](config, hass); }

    static async getCreateSuggestions() { return { title: "Xbox", icon: "mdi:controller" }; }

    static noEditor = true;
  });
}
offer("customStrategies", { type: STRATEGY, strategyType: "dashboard", name: "Xbox Console" }, { description: "strategy_description" });

// Stands where a page wants a card, and brings it.
function stand({ module, size }) {
  return class extends HTMLElement {
    static async getConfigForm() { return (await get(module)).form(home()); }

    static async getStubConfig(hass) { return (await get(module)).stub(hass); }

    setConfig(config) {
      this._config = config;
      this._tell();
    }

    set hass(hass) {
      this._hass = hass;
      this._tell();
    }

    getCardSize() { return size; }

    getGridOptions() { return { rows: "auto", columns: 12, min_columns: 6 }; }

    async connectedCallback() {
      this.style.display = "block";
      const { Face } = await get(module);
      if (this._card) return;
      this._card = new Face();
      this._tell();
      this.append(this._card);
    }

    _tell() {
      if (!this._card || !this._config || !this._hass) return;
      if (this._card.config !== this._config) this._card.config = this._config;
      this._card.hass = this._hass;
    }
  };
}

for (const [type, card] of Object.entries(CARDS)) {
  define(type, stand(card));
  const key = card.module;
  // Whoever picks an entity of ours is shown the card that is about it.
  const getEntitySuggestion = (hass, entity) =>
    (hass.entities[entity]?.platform === "xbox_console" && entity.startsWith(`${card.about}.`) ? { config: { type: `custom:${type}`, entity } } : null);
  offer("customCards", { type, preview: true, getEntitySuggestion }, { name: `card_${key}`, description: `card_${key}_description` });
}

// Pickers read names at once, so the words have to be there before.
async function learnWords() {
  await customElements.whenDefined("home-assistant");
  await window.hassConnection;
  while (!home()?.loadBackendTranslation) await new Promise((again) => setTimeout(again, 500));
  await home().loadBackendTranslation("common", "xbox_console");
}
learnWords();
