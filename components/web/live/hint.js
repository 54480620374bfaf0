// Explanations that a pointer, the keyboard and a tap open alike: one bubble for the whole page.

import { make } from "./dom.js";

const PAUSE_MS = 200; // a pointer that only passes opens nothing
const EDGE = 8; // pixels kept free around the bubble

let bubble = null;
let opener = null; // the element whose explanation is open
let timer = null;
let listens = false;

/** Gives an element an explanation. `isStop` says whether the Tab key comes to an element that it would pass over. */
export function hint(element, text, isStop = true) {
  listen();
  if (element.dataset.hint === text) return;
  element.dataset.hint = text;
  element.setAttribute("aria-description", text);
  if (isStop && !/^(A|BUTTON|INPUT)$/.test(element.tagName)) element.tabIndex = 0;
}

function listen() {
  if (listens) return;
  listens = true;
  document.addEventListener("pointerover", ({ target, pointerType }) => {
    const over = hinted(target);
    if (pointerType !== "mouse") return;
    clearTimeout(timer);
    if (over === opener) return;
    timer = setTimeout(() => (over ? open(over) : close()), PAUSE_MS);
  }, { passive: true });
  document.addEventListener("focusin", ({ target }) => {
    const focused = hinted(target);
    if (focused?.matches(":focus-visible")) open(focused);
    else if (focused !== opener) close();
  });
  document.addEventListener("click", ({ target }) => {
    const tapped = hinted(target);
    if (tapped) open(tapped);
    else close();
  });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  document.addEventListener("scroll", close, { passive: true, capture: true });
}

function hinted(target) {
  return target?.closest?.("[data-hint]") ?? null;
}

function open(element) {
  clearTimeout(timer);
  if (!bubble) {
    bubble = make("div", "live-hint");
    bubble.popover = "manual";
    bubble.setAttribute("role", "tooltip");
  }
  opener = element;
  bubble.textContent = element.dataset.hint;
  (element.closest(".live-readout, .live-chart, .live-inputs") ?? document.body).append(bubble); // it takes its colours
  bubble.showPopover();
  const { left, top, bottom } = element.getBoundingClientRect();
  const { width, height } = bubble.getBoundingClientRect();
  const below = bottom + EDGE + height < window.innerHeight;
  bubble.style.left = `${Math.max(EDGE, Math.min(left, window.innerWidth - width - EDGE))}px`;
  bubble.style.top = `${below ? bottom + EDGE / 2 : Math.max(EDGE, top - height - EDGE / 2)}px`;
}

function close() {
  clearTimeout(timer);
  if (!opener) return;
  opener = null;
  bubble.hidePopover();
  bubble.remove();
}
