// Every button: the remote's command, how it looks, and what presses it beside a finger.
// `keyboard` is a name of KeyboardEvent.key, `pad` a button of the Gamepad API's standard layout.
export const KEYS = {
  Up: { icon: "up", word: "key_up", repeats: true, keyboard: "ArrowUp", pad: 12 },
  Down: { icon: "down", word: "key_down", repeats: true, keyboard: "ArrowDown", pad: 13 },
  Left: { icon: "left", word: "key_left", repeats: true, keyboard: "ArrowLeft", pad: 14 },
  Right: { icon: "right", word: "key_right", repeats: true, keyboard: "ArrowRight", pad: 15 },
  A: { letter: "A", keyboard: "Enter", pad: 0 },
  B: { letter: "B", keyboard: "Escape", pad: 1 },
  X: { letter: "X", pad: 2 },
  Y: { letter: "Y", pad: 3 },
  View: { icon: "view", word: "key_view", pad: 8 },
  Nexus: { icon: "nexus", word: "key_nexus", pad: 16 },
  Menu: { icon: "menu", word: "key_menu", pad: 9 },
  GoBack: { icon: "back", word: "key_back" },
  GoHome: { icon: "home", word: "key_home" },
  Guide: { icon: "guide", word: "key_guide" },
  Previous: { icon: "previous", word: "key_previous" },
  PlayPause: { icon: "play_pause", word: "key_play_pause" },
  Next: { icon: "next", word: "key_next" },
  VolumeDown: { icon: "volume_down", word: "key_volume_down", repeats: true },
  MuteToggle: { icon: "mute", word: "key_mute" },
  VolumeUp: { icon: "volume_up", word: "key_volume_up", repeats: true },
};

// In the order in which Tab goes through them.
export const GROUPS = {
  system: ["View", "Nexus", "Menu"],
  cross: ["Up", "Left", "Right", "Down"],
  face: ["Y", "X", "B", "A"],
  ways: ["GoBack", "GoHome", "Guide"],
  media: ["Previous", "PlayPause", "Next", "VolumeDown", "MuteToggle", "VolumeUp"],
};

const by = (how) => new Map(Object.entries(KEYS).filter(([, key]) => how in key).map(([name, key]) => [key[how], name]));
const BY_KEYBOARD = by("keyboard");
export const BY_PAD = by("pad");

// Whether a key of the keyboard presses the button that has the focus.
export const isPress = ({ key }, button) => (key === "Enter" || key === " ") && button.dataset?.key in KEYS;

// What a key of a keyboard means; letters only where they are meant to be typed.
export function typed({ key, ctrlKey, metaKey, altKey }, letters) {
  if (ctrlKey || metaKey || altKey) return undefined;
  const name = BY_KEYBOARD.get(key);
  if (name || !letters) return name;
  if (key === "Backspace") return key;
  return [...key].length === 1 ? `text:${key}` : undefined;
}
