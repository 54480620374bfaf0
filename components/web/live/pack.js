// All charts in one file: fetched from the server at the present settings, drawn one after another, packed here.

import { make, takeOwnHeight } from "./dom.js";
import { loadPlotly } from "./library.js";
import { asPng, asSvg } from "./png.js";
import { save } from "./save.js";
import { TEMPLATES } from "./served.js";
import { currentQuery } from "./sweeps.js";
import { zipOf } from "./zip.js";

/** The buttons for the charts of this page and of all pages, with progress and a way to stop. */
export class PackView {
  constructor(parent) {
    this.parent = parent;
    this.root = make("div", "live-pack", parent);
    this.buttons = make("div", "live-pack-buttons", this.root);
    for (const [which, text] of [["all", "All charts, ZIP"], ["page", "This page’s charts, ZIP"]]) {
      const button = make("button", "live-button", this.buttons);
      Object.assign(button, { type: "button", textContent: text, onclick: () => this.pack(which) });
    }
    this.state = make("div", "live-pack-state", this.root);
    this.said = make("span", "", this.state);
    this.said.setAttribute("role", "status");
    this.bar = make("progress", "", this.state);
    this.stop = make("button", "live-tool", this.state);
    Object.assign(this.stop, { type: "button", textContent: "Cancel", onclick: () => this.running?.abort() });
    this.show("");
  }

  /** Takes over the addresses of the charts. */
  update(data) {
    this.id = data.id;
    this.data = data;
    takeOwnHeight(this.parent);
  }

  /** No slider moves anything here. */
  move() {
    return false;
  }

  /** Takes the buttons off the page; what is being packed is dropped. */
  remove() {
    this.running?.abort();
    this.root.remove();
  }

  async pack(which) {
    this.running?.abort();
    const running = (this.running = new AbortController());
    try {
      this.show("Working out the charts…", 0, 1);
      const [Plotly, charts] = await Promise.all([loadPlotly(this.data.plotly), this.fetched(which, running.signal)]);
      const files = await drawn(Plotly, charts, running.signal, (done) => {
        this.show(`${done} of ${charts.length} charts`, done, charts.length);
      });
      if (files.length === 0) throw new Error("There is no chart here.");
      save(`${nameOf(charts, which)}.zip`, zipOf(files));
      this.show(`${charts.length} charts are saved.`);
    } catch (wrong) {
      this.show(running.signal.aborted ? "Cancelled; nothing is saved." : `The charts could not be packed: ${wrong.message}`);
    } finally {
      if (this.running === running) this.running = null;
    }
  }

  async fetched(which, signal) {
    const url = new URL(this.data.addresses[which], document.baseURI);
    // A handle that was just released: the browser knows later settings than the server has said.
    for (const [name, value] of Object.entries(currentQuery())) url.searchParams.set(name, value);
    const answer = await fetch(url, { signal });
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? `status ${answer.status}`);
    return answer.json();
  }

  show(text, done = null, all = null) {
    this.said.textContent = text;
    this.bar.hidden = this.stop.hidden = done === null;
    this.state.hidden = !text;
    if (done !== null) Object.assign(this.bar, { value: done, max: all });
  }
}

/** Every chart as PNG and SVG, in order; `tell` hears how many are done. An aborted `signal` ends it with an error. */
export async function drawn(Plotly, charts, signal, tell) {
  const files = [];
  let before = Promise.resolve(); // a picture is packed while the next chart is drawn
  for (const [place, { name, figure, png, slots }] of charts.entries()) {
    signal.throwIfAborted();
    const svg = await asSvg(Plotly, figure, png, TEMPLATES.light, slots);
    await before;
    before = asPng(svg, png).then(async (blob) => {
      files.push({ name: `${name}.png`, bytes: new Uint8Array(await blob.arrayBuffer()) });
      files.push({ name: `${name}.svg`, bytes: new TextEncoder().encode(svg) });
      tell(place + 1);
    });
    before.catch(() => {}); // it is told where it is awaited
  }
  await before;
  signal.throwIfAborted();
  return files;
}

// The part of the names that all charts share: share, article, day.
function nameOf(charts, which) {
  const base = charts[0].name.replace(/^(.*)-\d\d-.*$/, "$1");
  return which === "all" ? `${base}-charts` : `${base}-${charts[0].page}-charts`;
}
