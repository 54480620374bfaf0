// Changes to the page outside the component's own charts and readouts.

import { make } from "./dom.js";
import { STYLES } from "./served.js";

let shownPage = location.pathname;

/** Adds the component's styles to the document, once. */
export function adoptStyles() {
  if (document.getElementById("live-styles")) return;
  const style = make("style");
  style.id = "live-styles";
  style.textContent = STYLES;
  document.head.append(style);
}

/** Closes the list of pages after a choice. On a narrow screen it covers the page, and Streamlit leaves it open. */
export function closeMenu() {
  if (location.pathname === shownPage) return;
  shownPage = location.pathname;
  if (window.innerWidth < 768) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
}
