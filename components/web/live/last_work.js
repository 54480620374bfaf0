// The last unsaved settings of this browser: kept in it alone, and offered at the next visit.

import { make } from "./dom.js";

const KEY = "thesis-last-work", SEEN = "thesis-visit";

/** Keeps what a link to the present settings holds. */
export function remember(link, about) {
  const page = location.pathname.split("/").pop();
  write(localStorage, KEY, JSON.stringify({ link, page, about: about.split(" · ")[0], when: Date.now() }));
}

/** A line that leads back to the settings of the last visit; null where this visit has its own, or there are none. */
export function whereYouWere() {
  const hasOwn = new URLSearchParams(location.search).has("v"); // a link with settings says its version
  if (read(sessionStorage, SEEN) || hasOwn) {
    write(sessionStorage, SEEN, "1");
    return null;
  }
  const last = parsed(read(localStorage, KEY));
  if (!last) return null;
  const line = make("p", "live-last-work");
  const link = make("a", "", line);
  link.href = new URL(`${last.page}?${new URLSearchParams(last.link)}`, document.baseURI).href;
  const day = new Date(last.when).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  link.textContent = "Go on where you were";
  line.append(` · ${last.about}, ${day} `);
  const close = make("button", "live-tool", line);
  Object.assign(close, { type: "button", textContent: "✕", ariaLabel: "Do not go on where I was" });
  close.onclick = () => {
    write(sessionStorage, SEEN, "1");
    line.remove();
  };
  link.addEventListener("click", () => write(sessionStorage, SEEN, "1"));
  return line;
}

function parsed(text) {
  try {
    const found = JSON.parse(text ?? "null");
    const sound = found && typeof found.page === "string" && typeof found.about === "string" && Number.isFinite(found.when);
    return sound && /^[a-z]*$/.test(found.page) && typeof found.link === "object" ? found : null;
  } catch {
    return null;
  }
}

// A browser may refuse to keep anything.
function read(store, name) {
  try {
    return store.getItem(name);
  } catch {
    return null;
  }
}

function write(store, name, text) {
  try {
    store.setItem(name, text);
  } catch {
    // there is nothing to go on with at the next visit, that is all
  }
}
