// The dashboard: what there is, as Home Assistant's own cards wherever one serves.
import { capturesOf, consolesOf, gamesOf, peopleOf } from "./house.js";
import { loadWords, say } from "./words.js";

const STRATEGY = "custom:xbox-console";
const DAY = 24;
const WEEK = 7;
const GALLERY = "/media-browser/browser/app%2Cmedia-source%3A%2F%2Fxbox_console";
const full = { grid_options: { columns: "full" } };
const beside = { grid_options: { columns: 9 } };
const face = { show_entity_picture: true };

const present = (...things) => things.flat(2).filter(Boolean);

// A heading alone is none.
const section = (cards) => cards.length > 1 && { type: "grid", cards };

const heading = (text, icon, options) => ({ type: "heading", heading: text, icon, ...options });

// The heading names the device already.
const tile = (entity, options) => entity && { type: "tile", entity, name: { type: "entity" }, ...options };

// Only where there is something to tell.
const known = (entity) => ({ visibility: [{ condition: "state", entity, state_not: ["unknown", "unavailable"] }] });

const page = (sections, columns) => ({ type: "sections", max_columns: columns, sections: present(sections) });

const remoteOf = (device) => device.one("remote") ?? device.one("media_player");

const pathOf = (device) => `console-${remoteOf(device).split(".")[1]}`;

// A tab shows its icon or, without one, its title.
const tab = (title, path, icon, strategy) => ({ title, path, ...(icon && { icon }), strategy: { type: STRATEGY, view: path, ...strategy } });

export async function dashboard(config, hass) {
  const words = await speaker(hass);
  const consoles = consolesOf(hass).map((device) => tab(device.name, pathOf(device), undefined, { view: "console", device: device.id }));
  return {
    views: present(
      tab(words("view_consoles"), "consoles", "mdi:view-dashboard"),
      consoles,
      peopleOf(hass).length > 0 && tab(words("view_people"), "people", "mdi:account-group"),
      capturesOf(hass).length > 0 && tab(words("view_captures"), "captures", "mdi:image-multiple"),
    ),
  };
}

async function speaker(hass) {
  const localize = await loadWords(hass);
  return (key, values) => say({ localize }, key, values);
}

const VIEWS = { consoles, console: oneConsole, people, captures };

export async function view(config, hass) { return VIEWS[config.view](hass, await speaker(hass), config); }

// A drive's sensors are registered one after the other: the nth of one key belongs to the nth of the other.
function storage(hass, device) {
  const [free, total] = ["free_space", "total_space"].map((key) => device.all("sensor", key));
  return free.map((entity, index) => {
    const max = free.length === total.length && Number.parseFloat(hass.states[total[index]]?.state);
    return tile(entity, { ...full, ...(max > 0 && { features_position: "inline", features: [{ type: "bar-gauge", min: 0, max }] }) });
  });
}

const nothing = (words) => section([heading(words("view_consoles")), { type: "markdown", content: words("no_console") }]);

function consoles(hass, words) {
  const dashboardPath = location.pathname.split("/")[1];
  const sections = consolesOf(hass).map((device) => section(present(
    heading(device.name, "mdi:gamepad-square", { tap_action: { action: "navigate", navigation_path: `/${dashboardPath}/${pathOf(device)}` } }),
    { type: "custom:xbox-console-remote", entity: remoteOf(device), keys: false, text: false, sources: false },
    tile(device.one("sensor", "who_plays"), face),
    tile(device.one("sensor", "installed_games")),
    storage(hass, device),
  )));
  return page(sections.length ? sections : [nothing(words)], 4);
}

// A console's player is named after the device alone.
const named = (entity, player) => ({ entity, name: { type: entity === player ? "device" : "entity" } });

function oneConsole(hass, words, { device: id }) {
  const device = consolesOf(hass).find((one) => one.id === id);
  if (!device) return page([nothing(words)], 1);
  const player = device.one("media_player");
  const activity = present(device.one("sensor", "running_app"), player, device.one("sensor", "who_plays"));
  return page([
    section(present(heading(words("remote"), "mdi:remote"), { type: "custom:xbox-console-remote", entity: remoteOf(device) })),
    section(present(heading(words("sources"), "mdi:view-grid"), player && { type: "custom:xbox-console-library", entity: player, name: "" })),
    section(present(
      heading(words("storage"), "mdi:harddisk"),
      storage(hass, device),
      tile(device.one("sensor", "installed_games")),
      tile(device.one("sensor", "installed_apps")),
      tile(device.one("sensor", "who_plays"), face),
      device.all("binary_sensor").map((entity) => tile(entity)),
      device.all("switch").map((entity) => tile(entity)),
    )),
    section(present(
      heading(words("activity"), "mdi:chart-timeline"),
      activity.length > 0 && { type: "history-graph", entities: activity.map((entity) => named(entity, player)), hours_to_show: DAY, ...full },
    )),
  ], 3);
}

function people(hass, words) {
  const everybody = peopleOf(hass);
  const played = everybody.map((person) => person.one("sensor", "played_today")).filter(Boolean);
  return page([
    section(present(
      heading(words("play_time"), "mdi:timer-outline"),
      played.length > 0 && ["person", "game"].map((by) => ({ type: "custom:xbox-console-play", name: "", by })),
      played.length > 0 && { type: "statistics-graph", entities: played, stat_types: ["change"], period: "day", days_to_show: WEEK, chart_type: "bar", ...full },
    )),
    ...everybody.map(onePerson),
    ...gamesOf(hass).map(oneGame),
  ], 3);
}

// A tile cannot show what is called like the entity's own name.
const unlocked = (entity) => `**{{ (state_attr("${entity}", "name") or "") | e }}**
{{ (state_attr("${entity}", "description") or "") | e }}`;

function onePerson(person) {
  const [picture, achievement] = [person.one("image", "gamerpic"), person.one("event", "achievement")];
  const width = picture ? beside : full;
  return section(present(
    heading(person.name, "mdi:account"),
    picture && { type: "picture-entity", entity: picture, show_name: false, show_state: false, fit_mode: "cover", grid_options: { columns: 3, rows: 2 } },
    tile(person.one("sensor", "status"), width),
    tile(person.one("sensor", "played_today"), width),
    tile(person.one("sensor", "now_playing"), { ...face, ...full }),
    tile(person.one("sensor", "progress")),
    tile(person.one("sensor", "gamerscore")),
    achievement && [
      tile(achievement, { state_content: ["state", "game"], ...full, ...known(achievement) }),
      { type: "markdown", content: unlocked(achievement), ...full, ...known(achievement) },
    ],
  ));
}

function oneGame(game) {
  const progress = game.one("sensor", "game_progress");
  return section(present(
    heading(game.name, "mdi:trophy-outline"),
    tile(progress, { ...full, features_position: "inline", features: [{ type: "bar-gauge", min: 0, max: 100 }] }),
    tile(game.one("sensor", "last_unlocked"), { state_content: ["state", "unlocked_at"], ...full }),
    tile(game.one("sensor", "game_gamerscore")),
    tile(game.one("sensor", "game_minutes")),
  ));
}

function captures(hass, words) {
  return page(capturesOf(hass).flatMap((device) => [
    section(present(
      heading(device.name, "mdi:image-multiple"),
      device.one("image", "latest_screenshot") && { type: "picture-entity", entity: device.one("image", "latest_screenshot"), show_state: false, ...full },
      ["captures", "captures_space", "captures_not_backed_up", "next_capture_expiry", "backup_progress"]
        .map((key) => device.one("sensor", key)).map((entity) => tile(entity, known(entity))),
      tile(device.one("button", "back_up_captures"), { hide_state: true, tap_action: { action: "toggle" } }),
    )),
    section(present(
      heading(words("all_captures"), "mdi:folder-multiple-image", { tap_action: { action: "navigate", navigation_path: GALLERY } }),
      { type: "custom:xbox-console-captures", name: "", folder: folderOf(hass, device), entity: device.one("sensor", "captures") },
    )),
  ]), 3);
}

// The account's own captures, newest first.
const folderOf = (hass, { id }) => `media-source://xbox_console/entry=${hass.devices[id].primary_config_entry}&shelf=by_date`;
