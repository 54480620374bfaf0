// The reader's inputs: for each a label, a value that can be typed, the mark of where it comes from, and a slider.
//
// A move of the handle is shown at once by sweeps.js; the server is told on release, and of a row of keys at its start and
// a little after its end. What the reader has set counts until the server has answered that very message: an answer to an
// earlier one, which is still on its way, moves no handle back.

import { describe, make, say, takeOwnHeight } from "./dom.js";
import { hint } from "./hint.js";
import { paintNow, paintSoon } from "./painting.js";
import { nearest, stopsOf, typed, written } from "./stops.js";
import { noteMove } from "./sweeps.js";
import { moveByTouch } from "./touch.js";

const KEYS_MS = 250; // keys that follow each other faster are a row

const known = new Map(); // input key -> Input
let message = 0; // the number of the last message to the server
let byKey = false; // whether the reader moves the handle with keys

/** The stop to which the reader has moved a slider, where the server has not answered that yet; otherwise undefined. */
export function heldAt(key) {
  return known.get(key)?.held;
}

class Input {
  constructor(key, group, send) {
    Object.assign(this, { key, send, mine: null, sent: 0, told: -Infinity, timer: null });
    this.box = make("div", `live-input st-key-${key}`, group);
    const head = make("div", "live-input-head", this.box);
    this.label = make("label", "live-input-label", head);
    this.field = make("input", "live-field", head);
    Object.assign(this.field, { type: "text", inputMode: "decimal", id: `field-${key}`, autocomplete: "off" });
    this.label.htmlFor = this.field.id;
    this.unit = make("span", "live-unit", head);
    this.chip = make("button", "live-chip", head);
    this.chip.type = "button";
    this.said = make("p", "live-problem", this.box);
    this.said.setAttribute("role", "alert");
    this.field.addEventListener("change", () => this.takeTyped());
    this.field.addEventListener("focus", () => this.field.select());
    this.field.addEventListener("keydown", ({ key: pressed }) => {
      if (pressed !== "Escape") return;
      this.written = this.field.value; // nothing is being typed any more
      this.show(this.value);
    });
  }

  /** Takes over a description and the value from the server, unless the reader has set another one since. */
  take(data, heard) {
    const { decimals, slides } = data;
    const stops = JSON.stringify([data.low, data.high, data.step, data.home, slides]);
    if (stops !== this.laid) {
      this.laid = stops;
      this.stops = slides ? stopsOf(data) : [];
      if (slides) this.layTrack(data);
    }
    Object.assign(this, { decimals, low: data.low, high: data.high, home: data.home });
    say(this.label, data.label);
    say(this.unit, data.unit);
    for (const part of [this.field, this.range]) if (part) describe(part, data.name);
    if (this.mine !== null && heard < this.sent) return;
    this.mine = null;
    this.chip.className = `live-chip live-${data.origin}`;
    say(this.chip, data.origin === "assumed" ? "" : data.origin[0].toUpperCase());
    describe(this.chip, `${data.label}: ${data.origin}`);
    hint(this.chip, data.reason);
    this.show(data.value);
  }

  /** The stop to which the reader has moved the handle and of which the server does not know. */
  get held() {
    if (this.mine === null || !this.range) return undefined;
    const place = nearest(this.stops, this.mine);
    return this.stops[place] === this.mine ? place : undefined;
  }

  layTrack({ home }) {
    if (!this.range) {
      const track = make("div", "live-track", this.box);
      this.range = make("input", "", track);
      Object.assign(this.range, { type: "range", min: 0, step: 1 });
      this.tick = make("span", "live-home", track);
      this.range.addEventListener("input", () => this.slide());
      this.range.addEventListener("change", () => this.release());
      // A drag that ends where it began is no change to the browser.
      for (const end of ["pointerup", "blur"]) this.range.addEventListener(end, () => setTimeout(() => this.letGo()));
      moveByTouch(track, this.range);
    }
    this.range.max = this.stops.length - 1;
    this.tick.style.setProperty("--at", nearest(this.stops, home) / Math.max(this.stops.length - 1, 1));
  }

  show(value) {
    this.value = value;
    say(this.said, "");
    const text = written(value, this.decimals);
    // What is being typed stays until it is done, whatever the server says meanwhile.
    const types = document.activeElement === this.field && this.field.value !== this.written;
    if (!types) this.field.value = text;
    this.written = text;
    if (!this.range) return;
    const place = nearest(this.stops, value);
    if (Number(this.range.value) !== place) this.range.value = place;
    this.range.setAttribute("aria-valuetext", `${text} ${this.unit.textContent}`.trim());
    this.range.style.setProperty("--at", place / Math.max(this.stops.length - 1, 1));
    this.box.dataset.value = String(value);
    this.box.classList.toggle("live-moved", value !== this.home);
  }

  slide() {
    const place = Number(this.range.value);
    this.set(this.stops[place]);
    if (!noteMove(this.key, place)) return;
    if (byKey) paintNow();
    else paintSoon();
  }

  release() {
    clearTimeout(this.timer);
    // The first of a row of keys is told at once, the others together.
    if (byKey && performance.now() - this.told < KEYS_MS) this.timer = setTimeout(this.send, KEYS_MS);
    else this.send();
    this.told = performance.now();
  }

  letGo() {
    if (this.sent === Infinity && this.mine === this.value && !byKey) this.release();
  }

  takeTyped() {
    const value = typed(this.field.value);
    if (value === null || value < this.low || value > this.high) {
      const [low, high] = [this.low, this.high].map((end) => written(end, 0));
      const what = value === null ? `“${this.field.value.slice(0, 20)}” is no number` : `It goes from ${low} to ${high}`;
      const stays = written(this.value, this.decimals);
      this.written = this.field.value;
      this.show(this.value);
      this.said.textContent = `${what}; it stays at ${stays}.`;
      return;
    }
    this.written = this.field.value;
    this.set(value);
    if (this.held !== undefined && noteMove(this.key, this.held)) paintSoon();
    clearTimeout(this.timer);
    this.send();
  }

  // Until the server has answered, nothing that it sends counts for this input.
  set(value) {
    this.mine = value;
    this.sent = Infinity;
    this.show(value);
  }
}

/** One panel of inputs on the page. */
export class InputsView {
  constructor(parent) {
    this.root = make("div", "live-inputs", parent);
    this.parent = parent;
    this.inputs = new Map();
    this.root.addEventListener("keydown", () => (byKey = true), true);
    this.root.addEventListener("pointerdown", () => (byKey = false), true);
  }

  /** Takes over the inputs' values from the server. */
  update(data) {
    this.id = data.id;
    message = Math.max(message, data.heard);
    const shape = JSON.stringify(data.groups.map(({ title, inputs }) => [title, inputs.map(({ key }) => key)]));
    if (shape !== this.shape) {
      this.shape = shape;
      this.build(data);
    }
    for (const { inputs } of data.groups) for (const each of inputs) this.inputs.get(each.key).take(each, data.heard);
    takeOwnHeight(this.parent);
  }

  /** A panel has no figure that a slider could move. */
  move() {
    return false;
  }

  /** Takes the panel off the page. */
  remove() {
    this.forgetInputs();
    this.root.remove();
  }

  build({ groups, columns }) {
    this.forgetInputs();
    this.root.style.setProperty("--columns", columns);
    const made = groups.map(({ title, unit, inputs }) => {
      const group = make("fieldset", "live-group");
      if (title) {
        const legend = make("legend", "", group);
        legend.textContent = title;
        if (unit) make("span", "live-unit", legend).textContent = unit;
      }
      for (const { key } of inputs) {
        const input = new Input(key, group, () => this.send());
        this.inputs.set(key, input);
        known.set(key, input);
      }
      return group;
    });
    this.root.replaceChildren(...made);
  }

  // All values that the server has not confirmed go along, so that none is lost between two messages.
  send() {
    message += 1;
    const waiting = [...this.inputs.values()].filter((input) => input.mine !== null);
    for (const input of waiting) input.sent = message;
    this.tell("set", { values: Object.fromEntries(waiting.map(({ key, mine }) => [key, mine])), message });
  }

  forgetInputs() {
    for (const [key, input] of this.inputs) if (known.get(key) === input) known.delete(key);
    this.inputs.clear();
  }
}
