// A small remote card: it calls what the popular ones call, and as often. Configuration: `remote`, and `mode`.
const MODES = {
  android_tv: {
    keys: ["KEYCODE_DPAD_UP", "DPAD_RIGHT", "DPAD_CENTER", "BACK", "HOME", "BUTTON_Y", "VOLUME_UP", "MUTE", "SEARCH",
      "KEYCODE_VOLUME_MUTE", "MEDIA_PLAY_PAUSE"],
    text: "text:", erase: "DEL", enter: "ENTER",
  },
  roku: {
    keys: ["up", "right", "select", "back", "home", "volume_up", "play", "info"],
    text: "Lit_", erase: "backspace", enter: "enter",
  },
};
const REPEAT_DELAY = 100;

class StandInRemoteCard extends HTMLElement {
  setConfig(config) {
    this.config = config;
    const mode = MODES[config.mode];
    this.innerHTML = "<ha-card><div></div><textarea></textarea></ha-card>";
    for (const key of mode.keys) this.querySelector("div").append(this.button(key));
    this.type(this.querySelector("textarea"), mode);
  }

  set hass(hass) { this.home = hass; }

  getCardSize() { return 3; }

  // Errors are shown by the page itself.
  send(command) {
    this.dataset.calls = Number(this.dataset.calls ?? 0) + 1;
    this.home.callService("remote", "send_command", { entity_id: this.config.remote, command }).catch(() => {});
  }

  button(key) {
    const button = document.createElement("button");
    button.textContent = key;
    let repeats;
    button.addEventListener("pointerdown", () => {
      this.send(key);
      repeats = setInterval(() => this.send(key), REPEAT_DELAY);
    });
    for (const end of ["pointerup", "pointerleave"]) button.addEventListener(end, () => clearInterval(repeats));
    return button;
  }

  type(box, mode) {
    box.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Backspace") this.send(mode.erase);
      if (event.key === "Enter") this.send(mode.enter);
    });
    box.addEventListener("input", (event) => {
      if (event.inputType === "insertText" && event.data) this.send(mode.text + event.data);
    });
    box.addEventListener("paste", (event) => this.send(mode.text + event.clipboardData.getData("Text")));
  }
}

customElements.define("stand-in-remote-card", StandInRemoteCard);
