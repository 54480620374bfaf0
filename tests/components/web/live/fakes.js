// The little of a browser that the modules' logic needs.

import { registerHooks } from "node:module";

/** An element with children, a class and data attributes. A selector is one class, or several with commas. */
export class FakeElement {
  constructor(tag) {
    Object.assign(this, { tagName: tag.toUpperCase(), className: "", children: [], dataset: {}, text: "", attributes: {}, on: {} });
    this.style = { setProperty: (name, value) => (this.style[name] = value) };
    const classes = () => this.className.split(" ").filter(Boolean);
    this.classList = {
      add: (name) => (this.className = [...classes(), name].join(" ")),
      toggle: (name, on) => (this.className = [...classes().filter((each) => each !== name), ...(on ? [name] : [])].join(" ")),
    };
  }

  append(...children) {
    for (const child of children) child.parentElement = this;
    this.children.push(...children);
  }

  replaceChildren(...children) {
    this.children = [];
    this.append(...children);
  }

  setAttribute(name, value) {
    this.attributes[name] = String(value);
  }

  addEventListener(event, listener) {
    this.on[event] = listener;
  }

  remove() {
    this.parentElement.children = this.parentElement.children.filter((child) => child !== this);
  }

  get textContent() {
    return this.text + this.children.map((child) => child.textContent).join("");
  }

  set textContent(text) {
    this.text = text;
    this.children = [];
  }

  matches(selector) {
    return selector.split(",").some((each) => this.className.split(" ").includes(each.trim().slice(1)));
  }

  closest(selector) {
    return this.matches(selector) ? this : (this.parentElement?.closest(selector) ?? null);
  }

  /** All elements below this one that match, in their order. */
  querySelectorAll(selector) {
    const below = this.children.flatMap((child) => [child, ...child.querySelectorAll(selector)]);
    return [...new Set(below)].filter((element) => element.matches(selector));
  }
}

/** Puts a document in place whose listeners, by event, are kept in `document.listeners`. */
export function fakeDocument() {
  globalThis.document = {
    baseURI: "http://server/base/",
    body: {},
    documentElement: { dataset: {} },
    listeners: {},
    createElement: (tag) => new FakeElement(tag),
    createElementNS: (_, tag) => new FakeElement(tag),
    createTextNode: (text) => Object.assign(new FakeElement("#text"), { textContent: text }),
    addEventListener: (event, listener) => (document.listeners[event] = listener),
    querySelector: () => null,
  };
  return document;
}

/** Puts requestAnimationFrame in place; the function that it returns lets one frame pass and says what was waiting. */
export function fakeFrames() {
  let works = [];
  globalThis.requestAnimationFrame = (work) => works.push(work);
  return () => {
    const due = works;
    works = [];
    for (const work of due) work();
    return due.length;
  };
}

/** Puts IntersectionObserver in place; the map that it returns has, by element, a function that says it is seen. */
export function fakeSight() {
  const tell = new Map();
  globalThis.IntersectionObserver = class {
    constructor(note) {
      this.note = note;
    }

    observe(element) {
      this.element = element;
      tell.set(element, (isIntersecting) => this.note([{ isIntersecting }]));
    }

    disconnect() {
      tell.delete(this.element);
    }
  };
  return tell;
}

/** Puts a fetch in place that always gives the same answer; the list that it returns has the addresses asked for. */
export function fakeFetch(answer) {
  const asked = [];
  globalThis.fetch = async (url) => {
    asked.push(String(url));
    return { ok: answer.ok ?? true, json: async () => answer };
  };
  return asked;
}

/** Lets all that waits for promises go on. */
export function calmDown() {
  return new Promise((done) => setImmediate(done));
}

/** Puts in place what the server makes, which no file holds; modules that import it must be imported after this. */
export function fakeServed() {
  const templates = JSON.stringify({ light: { layout: { ground: "light" } }, dark: { layout: { ground: "dark" } } });
  const source = `export const STYLES = ".a {}"; export const TEMPLATES = ${templates};
    export const DARK = { "#111111": "#eeeeee" }; export const FONT = "assets/font.css";`;
  const url = `data:text/javascript,${encodeURIComponent(source)}`;
  registerHooks({
    resolve: (name, context, next) => (name === "./served.js" ? { url, shortCircuit: true } : next(name, context)),
  });
}

/** Puts ResizeObserver in place; the map that it returns has, by element, a function that says its size. */
export function fakeRoom() {
  const tell = new Map();
  globalThis.ResizeObserver = class {
    constructor(note) {
      this.note = note;
    }

    observe(element) {
      this.element = element;
      tell.set(element, (width, height) => this.note([{ contentRect: { width, height } }]));
    }

    disconnect() {
      tell.delete(this.element);
    }
  };
  return tell;
}
