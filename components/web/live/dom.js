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

/** Runs `work` when the browser is idle. */
export function whenIdle(work) {
  (window.requestIdleCallback ?? setTimeout)(work);
}
