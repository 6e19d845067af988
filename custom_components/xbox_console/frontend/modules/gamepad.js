// Controllers that the browser knows drive one card: the one that was used last.
import { BY_PAD } from "./keys.js";

const STICK = 0.6;
const STEERING = [["Left", "Right"], ["Up", "Down"]];
let driven;
let frame;
let before = new Set();

const connected = () => [...(navigator.getGamepads?.() ?? [])].filter((pad) => pad?.connected);

// `target` has `down(command)` and `up(command)`.
export function drive(target) {
  if (driven !== target) tell(new Set());
  driven = target;
  begin();
}

export function leave(target) {
  if (driven !== target) return;
  tell(new Set());
  driven = undefined;
}

export const isDriving = () => driven !== undefined;

function tell(now) {
  for (const name of before) if (!now.has(name)) driven?.up(name);
  for (const name of now) if (!before.has(name)) driven?.down(name);
  before = now;
}

function pressed(pads) {
  const names = new Set();
  for (const { buttons, axes } of pads) {
    for (const [index, name] of BY_PAD) if (buttons[index]?.pressed) names.add(name);
    STEERING.forEach(([less, more], axis) => {
      if (axes[axis] < -STICK) names.add(less);
      if (axes[axis] > STICK) names.add(more);
    });
  }
  return names;
}

// Pages are only looked at while there is something to see.
function begin() {
  if (driven && connected().length) frame ??= requestAnimationFrame(look);
}

function look() {
  frame = undefined;
  tell(document.hasFocus() ? pressed(connected()) : new Set());
  begin();
}

window.addEventListener("gamepadconnected", begin);
// Frames end with what is seen of the page, and whatever is held would stay so.
window.addEventListener("blur", () => tell(new Set()));
document.addEventListener("visibilitychange", () => tell(new Set()));
