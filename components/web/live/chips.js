// Where a figure comes from: a letter in a chip, or a badge in words; both may lead to the source.

import { make } from "./dom.js";
import { hint } from "./hint.js";
import { fill } from "./slots.js";

/** The first letter of an origin, in its colour; its date and source wait in the tooltip. */
export function makeChip({ origin, text, help, url }, isStop = false) {
  const leads = isStop && leadsOut(url); // a table of them would be a long way for the Tab key
  const chip = make(leads ? "a" : "span", `live-chip live-${origin}`);
  if (leads) leadTo(chip, url);
  else chip.setAttribute("role", "img");
  chip.textContent = origin[0].toUpperCase();
  hint(chip, [text, help].filter(Boolean).join(" · "), isStop);
  chip.ariaLabel = origin;
  return chip;
}

/** The origin of a figure in words. */
export function makeBadge({ origin, text, help, url }) {
  const badge = make(leadsOut(url) ? "a" : "span", `live-badge live-${origin}`);
  if (leadsOut(url)) leadTo(badge, url);
  fill(badge, text);
  if (help) hint(badge, help);
  return badge;
}

/** Whether an address may become a link: it comes from files that anybody may write, so only those of the web do. */
export function leadsOut(url) {
  return /^https?:\/\/\w/.test(url ?? "");
}

/** Makes an element lead to an address outside. */
export function leadTo(link, url) {
  return Object.assign(link, { href: url, target: "_blank", rel: "noopener noreferrer" });
}
