// The head of a page: its question, the article, the price with its age, and the link to hand on.

import { make } from "./dom.js";
import { hint } from "./hint.js";
import { remember, whereYouWere } from "./last_work.js";
import { currentQuery } from "./sweeps.js";

const SAID_MS = 2000;

/** The head, which Python's `readouts/head.py` describes. */
export function makeHead({ question, help, about, price, age, badge, link, follows, base, moved }) {
  const box = make("div");
  const head = make("header", "live-head", box);
  const title = make("h1", "live-question", head);
  title.textContent = question;
  const mark = make("button", "live-mark-help", head);
  Object.assign(mark, { type: "button", textContent: "?", ariaLabel: "What this page is about" });
  hint(mark, help);
  make("span", "live-about", head).textContent = about;
  if (!link) return box;
  const now = make("span", "live-price", head);
  make("span", "live-quote", now).textContent = price;
  if (badge) {
    const chip = make("button", `live-chip live-${badge.origin}`, now);
    Object.assign(chip, { type: "button", textContent: badge.origin[0].toUpperCase(), ariaLabel: `Price: ${badge.origin}` });
    hint(chip, [badge.text, badge.help].filter(Boolean).join(" · "));
  }
  make("span", "live-age", now).textContent = age;
  head.append(makeCopy(() => (follows && Object.keys(currentQuery()).length ? currentQuery() : link), base));
  const before = whereYouWere();
  if (before) box.append(before);
  if (moved) remember(link, about);
  return box;
}

function makeCopy(settings, base) {
  const button = make("button", "live-tool live-copy");
  Object.assign(button, { type: "button", textContent: "Copy link" });
  hint(button, "Copies a link with your settings and the share price that they were made at, for another day and another machine.");
  button.onclick = async () => {
    // What the reader looks at is in the address; the settings and their price are those of the last answer.
    const view = Object.fromEntries(new URLSearchParams(location.search));
    const query = `?${new URLSearchParams({ ...view, ...settings() })}`;
    const page = location.pathname.split("/").pop();
    const url = new URL(query, base ? `${base}/${page}` : location.href);
    button.textContent = (await copied(url.href)) ? "Copied" : "Copy it from the address bar";
    setTimeout(() => (button.textContent = "Copy link"), SAID_MS);
  };
  button.setAttribute("aria-live", "polite");
  return button;
}

// The clipboard's interface is there for secure pages only; a server in an office network is none.
/** Copies a text, and says whether that worked. */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = make("textarea", "live-spoken", document.body);
    field.value = text;
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
