// Who has played how long: today as it is now, this week from long-term statistics.
import { Card } from "./card.js";
import { addressOf, make } from "./dom.js";
import { peopleOf } from "./house.js";
import { PLAY } from "./style.js";
import { say } from "./words.js";

const MINUTES = { s: 1 / 60, min: 1, h: 60, d: 1440 };
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const STATISTICS_LAST = 10 * 60_000;

export const stub = () => ({});

export const form = (hass) => ({
  schema: [
    { name: "name", selector: { text: {} } },
    { name: "people", selector: { device: { multiple: true, filter: { integration: "xbox_console", model: "Xbox profile" } } } },
  ],
  computeLabel: ({ name }) => say(hass, `option_${name}`),
});

function midnight() {
  const day = new Date();
  day.setHours(0, 0, 0, 0);
  return day;
}

// Where the language does not tell, a week begins on Monday.
function beginningOfWeek({ first_weekday: chosen, language }) {
  const told = WEEKDAYS.indexOf(chosen);
  const first = told >= 0 ? told : (new Intl.Locale(language).getWeekInfo?.().firstDay ?? 1) % 7;
  const day = midnight();
  day.setDate(day.getDate() - ((day.getDay() - first + 7) % 7));
  return day;
}

function duration(minutes, language) {
  const told = { hours: Math.floor(minutes / 60), minutes: Math.round(minutes % 60) };
  if (!Intl.DurationFormat) return `${told.hours}:${String(told.minutes).padStart(2, "0")}`;
  return new Intl.DurationFormat(language, { style: "short", minutesDisplay: "always" }).format(told);
}

class Play extends Card {
  static style = PLAY;

  constructor() {
    super();
    this._span = "today";
    this._earlier = {};
  }

  draw() {
    this._list = make("ol");
    this._none = make("p", { class: "none" }, this.say("nobody"));
    this._spans = ["today", "week"].map((span) =>
      make("button", { type: "button", "data-span": span, onclick: () => this._choose(span) }, this.say(span)));
    const spans = make("div", { class: "spans", role: "group" }, ...this._spans);
    return [make("div", { class: "title" }, ...this.title("play_time"), spans), this._list, this._none];
  }

  update(before) {
    const people = this._people;
    if (before && people.every((person) => before.states[person.sensor] === this.hass.states[person.sensor]) && before.entities === this.hass.entities) return;
    this._show();
    if (Date.now() - (this._asked ?? 0) > STATISTICS_LAST) this._ask();
  }

  get _people() {
    const { people: chosen } = this.config;
    return peopleOf(this.hass)
      .filter((person) => person.one("sensor", "played_today") && (!chosen?.length || chosen.includes(person.id)))
      .map((person) => ({ name: person.name, sensor: person.one("sensor", "played_today"), face: person.one("image", "gamerpic") }));
  }

  _choose(span) {
    this._span = span;
    this._show();
  }

  // What earlier days of the week have come to; today is not in the statistics until its hours have ended.
  async _ask() {
    this._asked = Date.now();
    const [start, today] = [beginningOfWeek(this.hass.locale), midnight()];
    const days = start < today && await this.hass.callWS({
      type: "recorder/statistics_during_period", start_time: start.toISOString(), end_time: today.toISOString(), period: "day",
      statistic_ids: this._people.map(({ sensor }) => sensor), types: ["change"], units: { duration: "min" },
    }).catch(() => ({}));
    this._earlier = Object.fromEntries(Object.entries(days || {}).map(([id, rows]) => [id, rows.reduce((sum, { change }) => sum + Math.max(0, change ?? 0), 0)]));
    if (this._drawn) this._show();
  }

  _minutes({ sensor }) {
    const state = this.hass.states[sensor];
    const today = (Number.parseFloat(state?.state) || 0) * (MINUTES[state?.attributes.unit_of_measurement] ?? 1);
    return this._span === "today" ? today : today + (this._earlier[sensor] ?? 0);
  }

  _show() {
    for (const button of this._spans) button.setAttribute("aria-pressed", String(button.dataset.span === this._span));
    const rows = this._people.map((person) => ({ ...person, minutes: this._minutes(person) })).sort((one, other) => other.minutes - one.minutes);
    const most = Math.max(1, ...rows.map(({ minutes }) => minutes));
    this._none.hidden = rows.length > 0;
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
