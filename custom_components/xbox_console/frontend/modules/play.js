// Who has played how long, or what: today as it is now, this week from long-term statistics.
import { Card } from "./card.js";
import { addressOf, make } from "./dom.js";
import { peopleOf } from "./house.js";
import { PLAY } from "./style.js";
import { say } from "./words.js";

const MINUTES = { s: 1 / 60, min: 1, h: 60, d: 1440 };
const DAY = 86_400_000;
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const STATISTICS_LAST = 5 * 60_000;
const CHOICES = { by: ["person", "game"], span: ["today", "week"] };

export const stub = () => ({});

export const form = (hass) => ({
  schema: [
    { name: "name", selector: { text: {} } },
    { name: "people", selector: { device: { multiple: true, filter: { integration: "xbox_console", model: "Xbox profile" } } } },
    ...Object.entries(CHOICES).map(([name, values]) => ({
      name, default: values[0], selector: { select: { mode: "dropdown", options: values.map((value) => ({ value, label: say(hass, value) })) } },
    })),
  ],
  computeLabel: ({ name }) => say(hass, `option_${name}`),
});

// How many days the week has had before today, in Home Assistant's own time.
// Where the language does not tell, a week begins on Monday.
function earlierDays({ locale, config }) {
  const told = WEEKDAYS.indexOf(locale.first_weekday);
  const first = told >= 0 ? told : (new Intl.Locale(locale.language).getWeekInfo?.().firstDay ?? 1) % 7;
  const today = new Intl.DateTimeFormat("en", { weekday: "long", timeZone: config.time_zone }).format().toLowerCase();
  return (WEEKDAYS.indexOf(today) - first + 7) % 7;
}

function duration(minutes, language) {
  const whole = Math.round(minutes);
  const told = { hours: Math.floor(whole / 60), minutes: whole % 60 };
  if (!Intl.DurationFormat) return `${told.hours}:${String(told.minutes).padStart(2, "0")}`;
  return new Intl.DurationFormat(language, { style: "short", minutesDisplay: "always" }).format(told);
}

class Play extends Card {
  static style = PLAY;

  constructor() {
    super();
    this._games = {};
    this._kept = {};
  }

  draw() {
    this._chosen = Object.fromEntries(Object.entries(CHOICES).map(([name, values]) => [name, values.includes(this.config[name]) ? this.config[name] : values[0]]));
    this._list = make("ol");
    this._none = make("p", { class: "none" }, this.say("nobody"));
    const choices = Object.entries(CHOICES).map(([name, values]) => make("div", { class: "choice", role: "group", "aria-label": this.say(`option_${name}`) },
      ...values.map((value) => make("button", { type: "button", "data-value": value, onclick: () => this._choose(name, value) }, this.say(value)))));
    this._buttons = choices.flatMap((choice) => [...choice.children]);
    this._asked = 0;
    return [make("div", { class: "title" }, ...this.title("play_time"), ...choices), this._list, this._none];
  }

  update(before) {
    if (!this.changed(before, ...this._people.map(({ id }) => id))) return;
    this._show();
    if (Date.now() - this._asked > STATISTICS_LAST) this._ask();
  }

  get _people() {
    const { people: chosen } = this.config;
    return peopleOf(this.hass)
      .filter((person) => person.one("sensor", "played_today") && (!chosen?.length || chosen.includes(person.id)))
      .map((person) => ({ device: person.id, name: person.name, id: person.one("sensor", "played_today"), face: person.one("image", "gamerpic") }));
  }

  _choose(name, value) {
    this._chosen[name] = value;
    this._show();
  }

  async _ask() {
    this._asked = Date.now();
    this._games = await this._gamesOf(this._people).catch(() => ({}));
    this._kept = await this._minutesOf([...this._people.map(({ id }) => id), ...Object.keys(this._games)]).catch(() => ({}));
    this._show();
  }

  // Names of games by the ids of their statistics: those are of a person's device, and named "person: game".
  async _gamesOf(people) {
    const known = await this.hass.callWS({ type: "recorder/list_statistic_ids", statistic_type: "sum" });
    const ours = known.filter(({ statistic_id: id }) => people.some(({ device }) => id.startsWith(`xbox_console:${device}_`)) && !id.endsWith("_played"));
    return Object.fromEntries(ours.map(({ statistic_id: id, name }) => [id, (name ?? id).replace(/^.*?: /, "")]));
  }

  // What statistics know of today and of the days of the week before.
  async _minutesOf(ids) {
    const now = Date.now();
    const begin = now - earlierDays(this.hass) * DAY;
    const known = ids.length ? await this.hass.callWS({
      type: "recorder/statistics_during_period", start_time: new Date(begin).toISOString(), period: "day",
      statistic_ids: ids, types: ["change"], units: { duration: "min" },
    }) : {};
    const sum = (rows) => rows.reduce((total, { change }) => total + Math.max(0, change ?? 0), 0);
    return Object.fromEntries(Object.entries(known).map(([id, rows]) => [id, {
      today: sum(rows.filter(({ end }) => end > now)), earlier: sum(rows.filter(({ end }) => end <= now && end > begin)),
    }]));
  }

  _minutes(id, live) {
    const { today = 0, earlier = 0 } = this._kept[id] ?? {};
    return (live ?? today) + (this._chosen.span === "week" ? earlier : 0);
  }

  _byPerson() {
    return this._people.map((person) => {
      const state = this.hass.states[person.id];
      const live = (Number.parseFloat(state?.state) || 0) * (MINUTES[state?.attributes.unit_of_measurement] ?? 1);
      return { ...person, minutes: this._minutes(person.id, live) };
    });
  }

  _byGame() {
    const games = new Map();
    for (const [id, name] of Object.entries(this._games)) games.set(name, (games.get(name) ?? 0) + this._minutes(id));
    return [...games].map(([name, minutes]) => ({ name, minutes })).filter(({ minutes }) => Math.round(minutes) > 0);
  }

  _show() {
    if (!this._drawn) return;
    const chosen = Object.values(this._chosen);
    for (const button of this._buttons) button.setAttribute("aria-pressed", String(chosen.includes(button.dataset.value)));
    const rows = (this._chosen.by === "game" ? this._byGame() : this._byPerson()).sort((one, other) => other.minutes - one.minutes);
    const most = Math.max(1, ...rows.map(({ minutes }) => minutes));
    this._list.hidden = !rows.length;
    this._none.hidden = !this._list.hidden;
    this._list.replaceChildren(...rows.map((row) => this._row(row, most)));
  }

  _row({ name, face, minutes }, most) {
    const picture = this.hass.states[face]?.attributes.entity_picture;
    const circle = make("span", { class: "face", "aria-hidden": "true" }, picture ? "" : [...name][0] ?? "");
    if (picture) circle.style.backgroundImage = `url("${addressOf(this.hass, picture)}")`;
    const bar = make("i");
    bar.style.width = `${(100 * minutes) / most}%`;
    return make("li", {}, circle, make("span", { class: "who" }, name), make("span", {}, duration(minutes, this.hass.locale.language)), make("span", { class: "bar", "aria-hidden": "true" }, bar));
  }
}

customElements.define("xbox-console-play-face", Play);
export { Play as Face };
