// Our own drawings, 24 by 24, of strokes.
const PATHS = {
  up: "M6 15l6-6 6 6",
  down: "M6 9l6 6 6-6",
  left: "M15 6l-6 6 6 6",
  right: "M9 6l6 6-6 6",
  view: "M4 5h11v9H4zM9 14v5h11v-9h-5",
  menu: "M4 7h16M4 12h16M4 17h16",
  nexus: "M12 4a8 8 0 1 0 .01 0M12 9a3 3 0 1 0 .01 0",
  guide: "M4 5h16v14H4zM10 5v14",
  back: "M10 6l-6 6 6 6M4 12h11a5 5 0 0 1 5 5",
  home: "M4 11l8-7 8 7M6 10v10h12V10",
  previous: "M18 6l-8 6 8 6zM6 6v12",
  play_pause: "M5 6l7 6-7 6zM16 6v12M20 6v12",
  next: "M6 6l8 6-8 6zM18 6v12",
  volume_down: "M4 10v4h3l5 4V6L7 10zM16 12h5",
  mute: "M4 10v4h3l5 4V6L7 10zM16 9l5 6M21 9l-5 6",
  volume_up: "M4 10v4h3l5 4V6L7 10zM16 12h5M18.500 9.500v5",
  power: "M12 4v8M7 7a7 7 0 1 0 10 0",
  send: "M4 12h15M13 6l6 6-6 6",
  games: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
};

export const icon = (name) => `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${PATHS[name]}"/></svg>`;
