// Charts: a plotly figure with title, subtitle, source line and tools. It follows the sliders.

import { Tools } from "./cards.js";
import { describe, make, say, whenIdle } from "./dom.js";
import { fillOf, fits, merge, MOVABLE, pick, put, recoloured, stillServe, take } from "./figure.js";
import { adoptGround } from "./ground.js";
import { loadPlotly } from "./library.js";
import { paintSoon } from "./painting.js";
import { asPng, asSvg } from "./png.js";
import { save } from "./save.js";
import { DARK, TEMPLATES } from "./served.js";
import { fill, forget, plain, watchSight } from "./slots.js";

const NARROW = 520; // below this width in pixels, a chart has the layout for narrow screens
const SLOW_MS = 25; // a chart that takes longer is drawn in every other frame only
const OPTIONS = { displayModeBar: false, showSendToCloud: false, scrollZoom: false };
const TOUCH = globalThis.matchMedia?.("(pointer: coarse)").matches ?? false;
const AT_ONCE = { mode: "immediate", frame: { duration: 0, redraw: false }, transition: { duration: 0 } };

/** One chart on the page. */
export class ChartView {
  constructor(parent) {
    this.root = make("figure", "live-chart", parent);
    const caption = make("figcaption", "", this.root);
    this.title = make("div", "live-title", caption);
    this.subtitle = make("div", "live-subtitle", caption);
    this.plot = make("div", "live-plot", this.root);
    this.plot.setAttribute("role", "img");
    this.table = make("div", "live-data", this.root);
    Object.assign(this.table, { hidden: true, tabIndex: 0 });
    this.table.setAttribute("role", "region");
    const foot = make("div", "live-foot", this.root);
    this.source = make("span", "live-source", foot);
    this.tools = new Tools(this, foot);
    this.gone = false;
    this.isSlow = false;
    this.seen = false;
    this.late = false; // whether drawing waits until the chart is in sight
    this.paths = new Set(); // the places that have moved since the server's last word
    this.moved = new Set(); // indices of the traces that have moved since the last drawing
    this.anew = true; // whether the whole chart must be drawn, not only the traces that moved
    this.loose = false; // whether the axes no longer serve, so that plotly should choose new ones
    // A chart out of sight is first drawn when the browser is idle, and again only when it comes into sight. A drag
    // thus draws only what is on the screen.
    this.stopWatching = watchSight(this.root, (seen) => this.comeIntoView(seen));
    // An observer reports the size. Reading it would make the browser lay out the page in the middle of a frame.
    this.size = { width: this.plot.clientWidth, height: this.plot.clientHeight };
    this.room = new ResizeObserver(([entry]) => this.resize(entry.contentRect));
    this.room.observe(this.plot);
  }

  /** Takes over the chart's data from the server. */
  update(data) {
    this.id = data.id;
    this.data = data;
    fill(this.title, data.title);
    fill(this.subtitle, data.subtitle);
    say(this.source, data.source);
    this.tools.name(plain(data.title));
    this.tools.note.show(data.note, plain(data.title));
    describe(this.table, `Figures: ${plain(data.title)}`);
    describe(this.plot, plain(data.alt));
    // After a drag, the chart often shows the server's answer already and need not be drawn again.
    const dark = adoptGround(this.root);
    const shows = ({ path, value }) => JSON.stringify(take(this.figure, path)) === JSON.stringify(value);
    const told = new Set(data.patches.map(({ path }) => String(path)));
    const same =
      [...this.paths].every((path) => told.has(path)) &&
      data.figure === this.written && dark === this.dark && data.patches.every(shows);
    this.paths.clear();
    if (!same) {
      this.figure = JSON.parse(data.figure);
      for (const { path, value } of data.patches) put(this.figure, path, value);
      this.written = data.figure;
      this.dark = dark;
    }
    if (!same || this.loose) this.drawAnew();
    this.tools.refresh();
  }

  /** Puts a slider's value into the figure. Returns whether that changed anything. */
  move(path, value) {
    if (take(this.figure, path) === value) return false;
    put(this.figure, path, value);
    this.paths.add(String(path));
    const [part, index, attribute] = path;
    if (part === "data" && MOVABLE.includes(attribute)) this.moved.add(index);
    else this.anew = true;
    this.tools.refresh();
    return true;
  }

  /**
   * Draws the chart if it is in sight; otherwise once it is, or, for the first time, when the browser is idle. Returns
   * the drawing, or null where there is none now.
   */
  draw() {
    this.late = !this.seen;
    if (!this.late) return this.plotNow();
    if (this.root.dataset.drawn === undefined) whenIdle(() => this.late && !this.gone && this.plotNow());
    return null;
  }

  /** Takes the chart off the page. */
  remove() {
    this.gone = true;
    this.stopWatching();
    this.room.disconnect();
    forget(this.root);
    this.root.remove();
    Promise.resolve(this.stepped).then(() => window.Plotly?.purge(this.plot)); // a step under way still needs the plot
  }

  resize({ width, height }) {
    if (!width || (width === this.size.width && height === this.size.height)) return; // not while its table is shown
    this.size = { width, height };
    if (this.figure) this.drawAnew();
  }

  comeIntoView(seen) {
    this.seen = seen;
    if (seen && this.late) paintSoon(this);
  }

  drawAnew() {
    this.anew = true;
    paintSoon(this);
  }

  async plotNow() {
    this.late = false;
    try {
      const Plotly = await loadPlotly(this.data.plotly);
      if (this.gone) return;
      const { moved, anew } = this;
      [this.moved, this.anew] = [new Set(), false];
      if (anew || !this.holds(moved)) await this.react(Plotly);
      else await this.step(Plotly, moved);
      describe(this.plot, plain(this.data.alt));
      this.root.dataset.drawn = String(Number(this.root.dataset.drawn ?? 0) + 1);
    } catch (error) {
      this.plot.textContent = `This chart cannot be drawn: ${error.message}`;
    }
  }

  // Whether the traces that moved still fit within the axes as drawn.
  holds(moved) {
    return [...moved].every((index) => fits(this.figure.data[index], this.plot._fullLayout));
  }

  async react(Plotly) {
    this.loose = false;
    await this.stepped; // during a step, plotly would not choose new axes
    await Plotly.react(this.plot, recoloured(this.figure.data, this.dark ? DARK : {}), this.layout(), { ...OPTIONS });
    this.fill = fillOf(this.figure.data, this.plot._fullLayout);
    this.scaleOnPaper();
  }

  // With a view box, what was drawn for the screen can shrink to the width of a page; see styles/7-print.css.
  scaleOnPaper() {
    const { width, height } = this.size;
    this.plot.style.setProperty("--drawn", `${width} / ${height}`);
    this.plot.style.setProperty("--drawn-width", `${width}px`);
    for (const svg of this.plot.querySelectorAll(".main-svg")) svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }

  // While a handle moves, plotly draws only the traces: it takes half the time, and the axes do not jump. With the
  // server's answer it chooses new axes, if what is drawn has outgrown these or fills them no more. Traces that do not move are listed too, as empty objects, because plotly
  // removes the layer of a trace that is not listed.
  step(Plotly, moved) {
    this.loose = !stillServe(this.fill, fillOf(this.figure.data, this.plot._fullLayout));
    const movement = (trace, index) => (moved.has(index) ? structuredClone(pick(trace, MOVABLE)) : {});
    const data = this.figure.data.map(movement);
    const begun = performance.now();
    this.stepped = Plotly.animate(this.plot, { data }, AT_ONCE).catch(() => this.drawAnew()); // overtaken
    this.isSlow = performance.now() - begun > SLOW_MS;
    return this.stepped;
  }

  // plotly writes the reader's zoom into the layout that it receives, so it gets a fresh copy each time.
  layout() {
    const template = TEMPLATES[this.dark ? "dark" : "light"];
    const given = this.size.width < NARROW ? merge(this.figure.layout, this.data.narrow) : this.figure.layout;
    const layout = { ...recoloured(given, this.dark ? DARK : {}), template, ...this.size, uirevision: this.id };
    return TOUCH ? still(layout) : layout;
  }

  /** Saves the chart as the page shows it now, as a PNG or as `kind` says. */
  async save(kind = "png") {
    const svg = await this.drawing();
    const blob = kind === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : await asPng(svg, this.data.png);
    save(`${this.data.png.filename}.${kind}`, blob);
  }

  /** The chart as a PNG, as the page shows it now. */
  async picture() {
    return asPng(await this.drawing(), this.data.png);
  }

  async drawing() {
    return asSvg(await loadPlotly(this.data.plotly), this.figure, this.data.png, TEMPLATES.light);
  }
}

// Under a finger a chart lets the page scroll; it is enlarged with two fingers, as the whole page is.
function still(layout) {
  const axes = Object.keys(layout).filter((name) => /^[xy]axis/.test(name));
  const fixed = Object.fromEntries([...axes, "xaxis", "yaxis"].map((name) => [name, { fixedrange: true }]));
  return merge(layout, { dragmode: false, ...fixed });
}
