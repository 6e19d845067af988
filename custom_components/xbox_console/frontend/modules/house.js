// Consoles and people as the registries have them now: renamed, hidden, disabled as the user wants.
const PLATFORM = "xbox_console";

export const domainOf = (entityId) => entityId.split(".")[0];

const byName = (language) => (one, other) => one.name.localeCompare(other.name, language);

// A device, and its entities by domain and translation key.
class Device {
  constructor(hass, id, entities) {
    this.id = id;
    this.name = nameOf(hass, id);
    this.area = hass.devices[id]?.area_id ?? null;
    this._entities = entities;
  }

  // Entity ids of a domain, of one key or of all, in the order in which they were registered.
  all(domain, key) {
    return this._entities
      .filter((entity) => domainOf(entity.entity_id) === domain && (key === undefined || entity.translation_key === key))
      .map((entity) => entity.entity_id);
  }

  one(domain, key) { return this.all(domain, key)[0]; }
}

export function nameOf(hass, deviceId) {
  const device = hass.devices[deviceId];
  return device?.name_by_user || device?.name || "";
}

export function devicesOf(hass) {
  const entities = Object.values(hass.entities).filter((entity) => entity.platform === PLATFORM && entity.device_id && !entity.hidden);
  const groups = new Map(entities.map((entity) => [entity.device_id, []]));
  for (const entity of entities) groups.get(entity.device_id).push(entity);
  return [...groups].map(([id, members]) => new Device(hass, id, members)).sort(byName(hass.locale?.language));
}

const isConsole = (device) => Boolean(device.one("remote") || device.one("media_player"));

const isPerson = (device) => ["status", "now_playing", "played_today"].some((key) => device.one("sensor", key));

const hasCaptures = (device) => Boolean(device.one("image", "latest_screenshot") || device.one("sensor", "captures"));

export const consolesOf = (hass) => devicesOf(hass).filter(isConsole);

export const peopleOf = (hass) => devicesOf(hass).filter((device) => !isConsole(device) && isPerson(device));

export const gamesOf = (hass) => devicesOf(hass).filter((device) => device.one("sensor", "game_progress") || device.one("sensor", "last_unlocked"));

export const capturesOf = (hass) => devicesOf(hass).filter(hasCaptures);

// The console that an entity belongs to, hidden entities of it included: a card names what it wants.
export function companion(hass, entityId, domain) {
  const device = hass.entities[entityId]?.device_id;
  if (!device) return undefined;
  return Object.values(hass.entities).find((entity) => entity.device_id === device && entity.platform === PLATFORM && domainOf(entity.entity_id) === domain)?.entity_id;
}
