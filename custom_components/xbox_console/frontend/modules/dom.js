// Elements in one expression: attributes, `on…` listeners, `html` of our own, children.
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "html") node.innerHTML = value;
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

export const tell = (node, type, detail) => node.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));

// Where a picture is, from wherever the page was loaded.
export const addressOf = (hass, path) => (path.startsWith("/") ? hass.hassUrl?.(path) ?? path : path).replaceAll('"', "%22");
