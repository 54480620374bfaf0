// Small helpers for elements that all modules share.

/** Creates an element, and appends it to `parent` where one is given. */
export function make(tag, className, parent) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  parent?.append(element);
  return element;
}

/** Sets an element's name for screen readers, unless it has that name already. */
export function describe(element, text) {
  if (element.ariaLabel !== text) element.ariaLabel = text;
}

/** Sets an element's text, unless it has that text already: the browser lays out anew whatever is set. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Runs `work` when the browser is idle. */
export function whenIdle(work) {
  (window.requestIdleCallback ?? setTimeout)(work);
}

/**
 * Lets a view take the height that it needs. The server reserved an estimate, so that the page does not jump when the
 * view arrives.
 */
export function takeOwnHeight(parent) {
  const outermost = parent.closest("[data-testid=stElementContainer]");
  for (let box = parent; box && box !== outermost?.parentElement; box = box.parentElement) {
    Object.assign(box.style, { height: "auto", flex: "0 0 auto", overflow: "visible" });
  }
}
