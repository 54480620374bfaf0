// A small menu: a button that opens a list of what can be done.

import { make } from "./dom.js";

/** A button. `name` is what it is called for those who only hear it. */
export function makeTool(parent, text, work, name = text) {
  const made = make("button", "live-tool", parent);
  Object.assign(made, { type: "button", textContent: text, ariaLabel: name, onclick: work });
  return made;
}

/**
 * A menu of `entries`, pairs of a text and what it does; it closes after a choice, by Escape, and when it is left.
 * Gives the menu and the mark that opens it.
 */
export function makeMenu(text, name, entries) {
  const menu = make("details", "live-menu");
  const mark = make("summary", "live-tool", menu);
  Object.assign(mark, { textContent: text, ariaLabel: name });
  const list = make("div", "live-menu-list", menu);
  const close = () => (menu.open = false);
  for (const [label, work] of entries) {
    makeTool(list, label, () => {
      close();
      work();
    });
  }
  menu.addEventListener("focusout", ({ relatedTarget }) => !menu.contains(relatedTarget) && close());
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    close();
    mark.focus();
  });
  return { menu, mark };
}
