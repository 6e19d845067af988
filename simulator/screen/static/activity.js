// The push channel: who listens to what, and how it can be made to fail.
const testid = (name) => document.querySelector(`[data-testid="${name}"]`);

// A switch is on while its knob has the second value.
const SWITCHES = [
  { name: "absent", text: "Push is not there (503)", knob: "available", off: true, on: false },
  { name: "silent", text: "Push dies in silence", knob: "silent", off: false, on: true },
  { name: "deaf", text: "Push answers no ping", knob: "deaf", off: false, on: true },
  { name: "untrusted", text: "Rich presence is refused", knob: "token_type", off: "trusted", on: "no_rich_presence" },
];

function line(socket, elapsed) {
  const item = document.createElement("li");
  const minutes = Math.floor((elapsed - socket.since) / 60);
  Object.assign(item.dataset, { account: socket.account, way: socket.way, events: socket.events, subscriptions: socket.subscriptions.length });
  item.textContent = `${socket.account}: ${socket.subscriptions.length} subscriptions, ${socket.events} events, ${minutes} min, by ${socket.way}`;
  item.title = socket.subscriptions.join("\n");
  return item;
}

export function makeActivity(send, current) {
  for (const { name, text, knob, off, on } of SWITCHES) {
    const label = document.createElement("label");
    label.className = "switch danger";
    label.innerHTML = `<input type="checkbox" data-testid="push-${name}"><i></i>${text}`;
    label.querySelector("input").addEventListener("click", (event) => {
      event.preventDefault();
      send("PATCH", "activity", { [knob]: current().knobs[knob] === on ? off : on });
    });
    testid("push-switches").append(label);
  }
  for (const action of ["cut", "resync"]) testid(`push-${action}`).addEventListener("click", () => send("POST", `activity/${action}`));
}

export function drawActivity(now, elapsed) {
  for (const { name, knob, on } of SWITCHES) testid(`push-${name}`).checked = now.knobs[knob] === on;
  testid("push-count").textContent = `${now.sockets.length} open, ${now.handshakes} handshakes`;
  testid("push-sockets").replaceChildren(...now.sockets.map((socket) => line(socket, elapsed)));
}
