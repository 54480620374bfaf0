// The few things that every part does to elements.

/** Makes an element, and puts it last into `parent` where one is given. */
export function make(tag, className, parent) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  parent?.append(element);
  return element;
}

/** Gives an element its name for screen readers. Writing the same name again would be work for nothing. */
export function describe(element, text) {
  if (element.ariaLabel !== text) element.ariaLabel = text;
}

/** Does something when the browser has nothing else to do. */
export function whenIdle(work) {
  (window.requestIdleCallback ?? setTimeout)(work);
}
