// What is said, in the language of the user: the integration's translations, category "common".
const DOMAIN = "xbox_console";

export const loadWords = (hass) => hass.loadBackendTranslation("common", DOMAIN);

export const say = (hass, key, values) => hass.localize(`component.${DOMAIN}.common.${key}`, values) || "";

// Why Home Assistant refused something: its words, which name cause and cure.
export async function reason(hass, error) {
  const { translation_domain: domain, translation_key: key, translation_placeholders: values } = error ?? {};
  if (domain && key) {
    const localize = await hass.loadBackendTranslation("exceptions", domain);
    const words = localize(`component.${domain}.exceptions.${key}.message`, values);
    if (words) return words;
  }
  return error?.message || say(hass, "no_answer");
}
