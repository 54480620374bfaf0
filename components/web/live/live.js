// Draws charts and readouts, and lets both follow a slider's handle before it is released.
//
// Four ideas carry this file:
//  * A text slot is a piece of text with a name. Whoever shows it, a title or a table cell, changes together.
//  * A sweep says, for each step of one slider, what each slot reads and what each chart draws. Python made it;
//    nothing here computes a figure. It is asked for when its slider is on the screen, and again when anything
//    that it depends on has changed; until it is here, the page follows on release.
//  * Whatever changes is painted once per animation frame, and the last position of a handle wins.
//  * Streamlit calls render() again on the same node at every rerun and never undoes the call before, so all
//    that must live longer than one call is kept per node and replaced, not added to.

// The server puts STYLES and TEMPLATES, one for light and one for dark ground, in front of this file.

const nodes = new Map(); // parent element -> view
const texts = new Map(); // slot name -> Set of spans that show it
const values = new Map(); // slot name -> text shown now
const sliders = new Map(); // slider key -> {low, step, at, shown, address, query, of, asked, sweep}
const waiting = new Map(); // slider key -> position to show as soon as its sweep is here
const dirty = new Set(); // views to draw at the next animation frame
const decoder = new TextDecoder();
let plotly = null;

export default function render({ data: bytes, parentElement }) {
  const data = JSON.parse(decoder.decode(bytes));
  adoptStyles();
  closeMenu();
  let view = nodes.get(parentElement);
  if (!view) {
    view = data.kind === "chart" ? new ChartView(parentElement) : new ReadoutView(parentElement);
    nodes.set(parentElement, view);
  }
  for (const [slot, text] of Object.entries(data.slots ?? {})) show(slot, text);
  if (data.sliders) learnSliders(data.sliders);
  view.update(data);
  watchSliders();
  arrived = true;
  paintSoon();
  return () => {
    view.remove();
    nodes.delete(parentElement);
    dirty.delete(view);
  };
}

// --- Text -----------------------------------------------------------------------------------------------------

const REMOTE_MS = 80; // what nobody sees is written when nothing has moved for so long: a drag pays for what is seen
const remote = new Set(); // roots of views out of sight with texts to write
let remoteTimer = null;

function show(slot, text) {
  if (values.get(slot) === text) return;
  values.set(slot, text);
  for (const span of texts.get(slot) ?? []) {
    span.root ??= span.closest(".live-readout, .live-chart");
    if (span.root?.outOfSight) leaveBehind(span.root);
    else paintSlot(span, text);
  }
  if (remote.size === 0) return;
  clearTimeout(remoteTimer);
  remoteTimer = setTimeout(() => remote.forEach(writeAll), REMOTE_MS);
}

function leaveBehind(root) {
  if (remote.has(root)) return;
  remote.add(root);
  root.dataset.behind = "";
}

function writeAll(root) {
  remote.delete(root);
  delete root.dataset.behind;
  for (const span of root.querySelectorAll(".live-slot")) paintSlot(span, values.get(span.dataset.slot) ?? "");
}

// Tells a view when its root comes into sight, or nearly so, and when it leaves.
function watchSight(root, tell) {
  const sight = new IntersectionObserver(
    ([entry]) => {
      root.outOfSight = !entry.isIntersecting;
      if (entry.isIntersecting && remote.has(root)) writeAll(root);
      tell?.(entry.isIntersecting);
    },
    { rootMargin: "200px" },
  );
  sight.observe(root);
  return sight;
}

function paintSlot(span, text) {
  span.textContent = text;
  span.dataset.sign = text.startsWith("−") ? "minus" : text.startsWith("+") ? "plus" : "none";
}

// Fills an element with a template such as "At {base.target} the ADS returns {base.total}".
function fill(element, template) {
  if (element.dataset.template === template) return;
  forget(element);
  element.dataset.template = template;
  element.replaceChildren(
    ...template.split(/\{([a-z0-9_.-]+)\}/i).map((part, index) => {
      if (index % 2 === 0) return document.createTextNode(part);
      const span = make("span", "live-slot");
      span.dataset.slot = part;
      paintSlot(span, values.get(part) ?? "");
      if (!texts.has(part)) texts.set(part, new Set());
      texts.get(part).add(span);
      return span;
    }),
  );
}

function forget(element) {
  for (const span of element.querySelectorAll(".live-slot")) texts.get(span.dataset.slot)?.delete(span);
}

function plain(template) {
  return template.replace(/\{([a-z0-9_.-]+)\}/gi, (_, slot) => values.get(slot) ?? "");
}

function make(tag, className, parent) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  parent?.append(element);
  return element;
}

// --- Sliders --------------------------------------------------------------------------------------------------

// The sweeps of what is on the screen are asked for when a page has been calm for so long: soon where it is new, later
// where a reader is moving a slider, whose own sweep is here and who would be done before the others are of use.
const CALM_MS = 150;
const REST_MS = 1000;
let watcher = null;
let calm = null;

// A sweep depends on every input but its own slider's: moving a slider leaves its own sweep as good as it was.
function learnSliders({ address, query, market, places }) {
  for (const key of sliders.keys()) if (!(key in places)) sliders.delete(key);
  for (const [key, place] of Object.entries(places)) {
    const others = Object.entries({ ...query, [key]: "" }).sort();
    const of = JSON.stringify([address, market, others, place.low]);
    const known = sliders.get(key);
    const kept = known?.of === of ? { asked: known.asked, sweep: known.sweep } : {};
    sliders.set(key, { ...place, address, query, of, shown: place.at, ...kept });
  }
  fetchWhenCalm([...sliders.values()].some((slider) => slider.sweep) ? REST_MS : CALM_MS);
}

function fetchWhenCalm(calmMs) {
  clearTimeout(calm);
  calm = setTimeout(() => fetchSweeps([...sliders.keys()].filter(isOnScreen)), calmMs);
}

function isOnScreen(key) {
  const box = document.querySelector(`.st-key-${key}`)?.getBoundingClientRect();
  return box && box.height > 0 && box.bottom > 0 && box.top < window.innerHeight;
}

async function fetchSweeps(keys) {
  const asked = new Map(keys.map((key) => [key, sliders.get(key)]).filter(([, slider]) => slider && !slider.asked));
  if (asked.size === 0) return;
  for (const slider of asked.values()) slider.asked = true; // once; a failure is tried again with the next change
  const [{ address, query }] = asked.values();
  const url = new URL(`${address}${[...asked.keys()].join(",")}?${new URLSearchParams(query)}`, document.baseURI);
  try {
    const response = await fetch(url);
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    for (const [key, { of }] of asked) {
      const slider = sliders.get(key);
      if (slider?.of === of) slider.sweep = answer[key]; // else it comes too late
    }
    if (waiting.size > 0) paintSoon();
  } catch (problem) {
    console.warn(`The page follows ${[...asked.keys()].join(", ")} on release only: ${problem.message}`);
  }
}

// One observer for the page: a native slider writes each step of a drag into its range input's attributes.
function watchSliders() {
  if (watcher) return;
  watcher = new MutationObserver((changes) => changes.forEach((change) => noteMove(change.target)));
  watcher.observe(document.body, { subtree: true, attributeFilter: ["value", "aria-valuetext"] });
  document.addEventListener("input", (event) => noteMove(event.target), true);
  document.addEventListener("keydown", () => (byKey = true), true);
  document.addEventListener("pointerdown", () => (byKey = false), true);
  // Whoever goes near a slider is about to move it.
  for (const sign of ["pointerover", "focusin"]) {
    document.addEventListener(sign, ({ target }) => fetchSweeps([keyOf(target)]), { passive: true });
  }
  document.addEventListener("scroll", () => fetchWhenCalm(CALM_MS), { passive: true, capture: true });
}

function keyOf(element) {
  return /st-key-([\w-]+)/.exec(element.closest?.("[class*=st-key-]")?.className ?? "")?.[1];
}

function noteMove(input) {
  if (input.type !== "range") return;
  const [key, position] = [keyOf(input), Number(input.value)];
  const slider = sliders.get(key);
  if (!slider || slider.shown === position) return; // Streamlit writes the same value again at each rerun
  showAt(key, slider, position);
  if (byKey) paintNow();
  else paintSoon();
}

function showAt(key, slider, position) {
  slider.shown = position;
  waiting.set(key, position); // a later step of the same frame replaces an earlier one
  fetchSweeps([key]);
}

// New data from the server may arrive while a handle is held elsewhere: the handle wins, each time anew, as a run's
// parts come one by one and each brings the texts of that run.
function followHandles() {
  for (const [key, slider] of sliders) {
    const input = document.querySelector(`.st-key-${key} input[type=range]`);
    const position = Number(input?.value);
    if (input && Math.abs(position - slider.at) > slider.step / 2) showAt(key, slider, position);
    else waiting.delete(key);
  }
}

// --- Painting -------------------------------------------------------------------------------------------------

let painting = false; // whether a painting is due
let answered = false; // whether this animation frame has had its answer to a key
let byKey = false; // whether the handle is moved by keys
let arrived = false; // whether the server has sent something since the last painting

function paintSoon(view) {
  if (view) dirty.add(view);
  if (painting) return;
  painting = true;
  requestAnimationFrame(paint);
}

// The browser hands on a pointer's moves when a frame begins, a key at any time: a key is answered at once, so that it
// does not wait for a frame to begin, but once a frame.
function paintNow() {
  if (answered) return paintSoon();
  answered = true;
  requestAnimationFrame(() => (answered = false));
  paint();
}

function paint() {
  painting = false;
  if (arrived) followHandles();
  arrived = false;
  for (const [key, position] of waiting) {
    const { sweep, low, step } = sliders.get(key) ?? {};
    if (!sweep) continue;
    waiting.delete(key);
    const frame = Math.round((position - low) / step);
    for (const [slot, { head, cores, tail }] of Object.entries(sweep.slots)) {
      if (frame in cores) show(slot, head + cores[frame] + tail);
    }
    for (const mark of sweep.marks) {
      for (const view of nodes.values()) if (view.id === mark.chart && view.move(mark, frame)) dirty.add(view);
    }
  }
  const views = [...dirty];
  dirty.clear();
  views.forEach((view) => view.draw());
}

// --- Charts ---------------------------------------------------------------------------------------------------

function loadPlotly(url) {
  plotly ??= new Promise((done, failed) => {
    if (window.Plotly) return done(window.Plotly);
    let script = document.getElementById("chart-library"); // the first document asks for it early
    if (!script) {
      script = Object.assign(make("script"), { src: new URL(url, document.baseURI).href });
      document.head.append(script);
    }
    script.addEventListener("load", () => done(window.Plotly));
    script.addEventListener("error", () => failed(new Error("The chart library did not load.")));
  });
  return plotly;
}

function isDark(element) {
  const [red, green, blue] = getComputedStyle(element.closest("[data-testid=stApp]") ?? document.body)
    .backgroundColor.match(/[\d.]+/g)
    .map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

class ChartView {
  constructor(parent) {
    this.root = make("figure", "live-chart", parent);
    const caption = make("figcaption", "", this.root);
    this.title = make("div", "live-title", caption);
    this.subtitle = make("div", "live-subtitle", caption);
    this.plot = make("div", "live-plot", this.root);
    this.plot.setAttribute("role", "img");
    const foot = make("div", "live-foot", this.root);
    this.source = make("span", "live-source", foot);
    this.button = make("button", "live-png", foot);
    this.button.type = "button";
    this.button.textContent = "PNG";
    this.button.onclick = () => this.savePng();
    this.gone = false;
    this.seen = false;
    this.late = false;
    this.moved = new Set(); // traces that have moved since they were drawn
    this.anew = true; // whether more has changed than traces that moved
    this.loose = false; // whether the axes may stand otherwise than plotly would choose them for what is shown
    // A chart that nobody sees is drawn when there is time, and drawn again only when it comes into view: a drag pays
    // for what is on the screen.
    this.sight = watchSight(this.root, (seen) => this.comeIntoView(seen));
    // Sizes are told, not asked for: asking makes the browser lay out the page in the middle of a frame.
    this.size = { width: this.plot.clientWidth, height: this.plot.clientHeight };
    this.room = new ResizeObserver(([entry]) => this.resize(entry.contentRect));
    this.room.observe(this.plot);
  }

  resize({ width, height }) {
    if (width === this.size.width && height === this.size.height) return;
    this.size = { width, height };
    if (this.figure) this.drawAnew();
  }

  drawAnew() {
    this.anew = true;
    paintSoon(this);
  }

  comeIntoView(seen) {
    this.seen = seen;
    if (seen && this.late) paintSoon(this);
  }

  update(data) {
    this.id = data.id;
    this.data = data;
    fill(this.title, data.title);
    fill(this.subtitle, data.subtitle);
    this.source.textContent = data.source;
    describe(this.button, `Download this chart as PNG: ${plain(data.title)}`);
    describe(this.plot, plain(data.alt));
    if (data.figure !== this.written) {
      this.written = data.figure;
      this.bare = JSON.parse(data.figure);
    }
    const figure = structuredClone(this.bare);
    for (const { path, value } of data.marks) put(figure, path, value);
    // After a drag the chart often shows already what the server says; drawing it again would only cost time.
    const dark = isDark(this.root);
    const same = this.figure && dark === this.dark && JSON.stringify(figure) === JSON.stringify(this.figure);
    this.figure = figure;
    this.dark = dark;
    if (!same || this.loose) this.drawAnew();
  }

  move({ path, frames }, frame) {
    if (!(frame in frames) || take(this.figure, path) === frames[frame]) return false;
    put(this.figure, path, frames[frame]);
    const [part, index, attribute] = path;
    if (part === "data" && MOVABLE.includes(attribute)) this.moved.add(index);
    else this.anew = true;
    return true;
  }

  // plotly writes zoom back into the layout it was given, so it gets a fresh copy each time.
  layout() {
    const template = TEMPLATES[this.dark ? "dark" : "light"];
    const layout = { ...structuredClone(this.figure.layout), template, ...this.size, uirevision: this.id };
    return this.size.width < 520 ? merge(layout, this.data.narrow) : layout;
  }

  async draw() {
    this.late = !this.seen;
    if (this.late) {
      if (this.root.dataset.drawn === undefined) whenIdle(() => this.late && !this.gone && this.plotNow());
      return;
    }
    await this.plotNow();
  }

  async plotNow() {
    this.late = false;
    try {
      const Plotly = await loadPlotly(this.data.plotly);
      if (this.gone) return;
      const { moved, anew } = this;
      [this.moved, this.anew] = [new Set(), false];
      if (anew || ![...moved].every((index) => this.fits(index))) await this.react(Plotly);
      else await this.step(Plotly, moved);
      describe(this.plot, plain(this.data.alt));
      this.root.dataset.drawn = String(Number(this.root.dataset.drawn ?? 0) + 1);
    } catch (error) {
      this.plot.textContent = `This chart cannot be drawn: ${error.message}`;
    }
  }

  async react(Plotly) {
    this.loose = false;
    await this.stepped; // while a step is on, plotly leaves the axes as they are
    await Plotly.react(this.plot, structuredClone(this.figure.data), this.layout(), {
      displayModeBar: false,
      showSendToCloud: false,
      scrollZoom: false,
    });
  }

  // While a handle moves, plotly draws the traces alone: in half the time, and on axes that keep still under the hand.
  // With the server's answer it chooses the axes anew. Traces that stay are named too: what is not named loses its layer.
  step(Plotly, moved) {
    const { xaxis, yaxis } = this.plot._fullLayout;
    this.loose ||= Boolean(xaxis.autorange || yaxis.autorange);
    const data = this.figure.data.map((trace, index) => (moved.has(index) ? structuredClone(pick(trace, MOVABLE)) : {}));
    this.stepped = Plotly.animate(this.plot, { data }, AT_ONCE).catch(() => this.drawAnew()); // overtaken
    return this.stepped;
  }

  // Whether a trace lies within the axes as they are drawn.
  fits(index) {
    const { x, y, base } = this.figure.data[index];
    const { xaxis, yaxis } = this.plot._fullLayout;
    const ends = base ? y.map((value, place) => value + base[place]) : y;
    return isWithin(xaxis, x) && isWithin(yaxis, ends) && isWithin(yaxis, base ?? []);
  }

  async savePng() {
    const { png } = this.data;
    const Plotly = await loadPlotly(this.data.plotly);
    const layout = merge(structuredClone(this.figure.layout), png.layout);
    layout.annotations = [...(this.figure.layout.annotations ?? []), ...png.layout.annotations].map((note) => ({ ...note }));
    // The plot's own notes are sized for a screen; the picture's type is larger.
    layout.template = merge(TEMPLATES.light, { layout: { annotationdefaults: { font: { size: 19 } } } });
    layout.title.text = lines(plain(layout.title.text), 84);
    if (layout.title.text.includes("<br>")) {
      layout.title.y -= 0.035;
      layout.margin.t += 30;
    }
    layout.title.subtitle.text = lines(plain(layout.title.subtitle.text), 140);
    for (const note of layout.annotations) note.text = plain(note.text);
    await Plotly.downloadImage(
      { data: structuredClone(this.figure.data), layout },
      { format: "png", width: png.width, height: png.height, scale: png.scale, filename: png.filename },
    );
  }

  remove() {
    this.gone = true;
    this.sight.disconnect();
    remote.delete(this.root);
    this.room.disconnect();
    forget(this.root);
    this.root.remove();
    Promise.resolve(this.stepped).then(() => window.Plotly?.purge(this.plot)); // a step that is on needs the plot
  }
}

const MOVABLE = ["x", "y", "base", "text"]; // what plotly can move of a trace without drawing the chart anew
const AT_ONCE = { mode: "immediate", frame: { duration: 0, redraw: false }, transition: { duration: 0 } };

function pick(object, names) {
  return Object.fromEntries(names.filter((name) => name in object).map((name) => [name, object[name]]));
}

function isWithin(axis, values) {
  if (!axis.autorange) return true; // what lies beyond a chosen range is meant to be cut off
  const [low, high] = axis.range.map((end) => axis.r2l(end)).sort((one, other) => one - other);
  return values.every((value) => value === null || (axis.d2l(value) >= low && axis.d2l(value) <= high));
}

function take(figure, path) {
  return path.reduce((place, step) => place[step], figure);
}

function put(figure, path, value) {
  take(figure, path.slice(0, -1))[path.at(-1)] = value;
}

function whenIdle(work) {
  (window.requestIdleCallback ?? setTimeout)(work);
}

function describe(element, text) {
  if (element.ariaLabel !== text) element.ariaLabel = text;
}

// An exported title does not wrap by itself.
function lines(text, most) {
  const rows = [""];
  for (const word of text.split(" ")) {
    if (rows.at(-1) && rows.at(-1).length + word.length >= most) rows.push("");
    rows[rows.length - 1] += (rows.at(-1) ? " " : "") + word;
  }
  return rows.join("<br>");
}

// Objects merge key by key; anything else, lists too, is replaced.
function merge(base, extra) {
  const merged = { ...base };
  for (const [key, value] of Object.entries(extra ?? {})) {
    const isObject = value && typeof value === "object" && !Array.isArray(value);
    merged[key] = isObject ? merge(merged[key] ?? {}, value) : value;
  }
  return merged;
}

// --- Readouts -------------------------------------------------------------------------------------------------

class ReadoutView {
  constructor(parent) {
    this.root = make("div", "live-readout", parent);
    this.blocks = make("div", "live-blocks", this.root);
    this.spoken = make("div", "live-spoken", this.root);
    this.spoken.setAttribute("role", "status");
    this.parent = parent;
    this.sight = watchSight(this.root);
  }

  // The server reserved an estimate of the height; now that the text is here, it takes what it needs.
  takeOwnHeight() {
    const outermost = this.parent.closest("[data-testid=stElementContainer]");
    for (let box = this.parent; box && box !== outermost?.parentElement; box = box.parentElement) {
      Object.assign(box.style, { height: "auto", flex: "0 0 auto", overflow: "visible" });
    }
  }

  update(data) {
    this.id = data.id;
    const shape = JSON.stringify(data.blocks);
    if (shape !== this.shape) {
      this.shape = shape;
      forget(this.blocks);
      this.blocks.replaceChildren(...data.blocks.map((block) => builders[block.kind](block)));
    }
    this.takeOwnHeight();
    // Said once per release, not at every step of a drag.
    const said = data.spoken ? plain(data.spoken) : "";
    if (this.spoken.textContent !== said) this.spoken.textContent = said;
  }

  move() {
    return false;
  }

  remove() {
    this.sight.disconnect();
    remote.delete(this.root);
    forget(this.root);
    this.root.remove();
  }
}

const builders = {
  sentence({ text }) {
    const element = make("p", "live-sentence");
    fill(element, text);
    return element;
  },

  note({ text }) {
    const element = make("p", "live-note");
    fill(element, text);
    return element;
  },

  heading({ text, badges }) {
    const element = make("h4", "live-heading");
    fill(make("span", "", element), text);
    for (const badge of badges) element.append(makeBadge(badge));
    return element;
  },

  details({ summary, blocks }) {
    const element = make("details", "live-details");
    fill(make("summary", "", element), summary);
    const inner = make("div", "live-blocks", element);
    inner.append(...blocks.map((block) => builders[block.kind](block)));
    return element;
  },

  figures({ items }) {
    const element = make("dl", "live-figures");
    for (const item of items) {
      const box = make("div", "live-figure", element);
      const label = make("dt", "", box);
      fill(label, item.label);
      if (item.help) explain(label, item.help);
      fill(make("dd", "live-value", box), item.value);
      if (item.detail) fill(make("dd", "live-detail", box), item.detail);
      for (const badge of item.badges ?? []) box.append(makeBadge(badge));
    }
    return element;
  },

  table({ columns, rows, caption, fit }) {
    const wrap = make("div", `live-table live-${fit}`); // stacked, wide, narrow or plain
    const table = make("table", "", wrap);
    if (caption) make("caption", "", table).textContent = caption;
    const head = make("tr", "", make("thead", "", table));
    for (const column of columns) {
      const cell = make("th", column.numeric ? "live-numeric" : "", head);
      cell.scope = "col";
      cell.textContent = column.label;
    }
    const body = make("tbody", "", table);
    for (const row of rows) {
      const line = make("tr", row.strong ? "live-strong" : "", body);
      row.cells.forEach((cell, index) => {
        const column = columns[index];
        const box = make(index === 0 ? "th" : "td", column.numeric ? "live-numeric" : "", line);
        if (index === 0) box.scope = "row";
        box.dataset.label = column.label;
        const main = make("div", "live-main", box);
        fillLinked(main, cell);
        if (index === 0 && row.help) explain(main, row.help);
        if (cell.detail) fill(make("div", "live-detail", box), cell.detail);
        if (cell.badge) box.append(makeBadge(cell.badge));
      });
    }
    return wrap;
  },
};

function fillLinked(element, cell) {
  if (cell.url?.startsWith("https://")) {
    const link = make("a", "", element);
    link.href = cell.url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    fill(link, cell.text);
  } else fill(element, cell.text);
}

function explain(element, help) {
  element.classList.add("live-help");
  element.title = help;
  element.tabIndex = 0;
}

function makeBadge({ origin, text, help, url }) {
  const badge = make(url?.startsWith("https://") ? "a" : "span", `live-badge live-${origin}`);
  if (badge.tagName === "A") {
    badge.href = url;
    badge.target = "_blank";
    badge.rel = "noopener noreferrer";
  }
  fill(badge, text);
  if (help) badge.title = help;
  return badge;
}

// --- Page -----------------------------------------------------------------------------------------------------

let shownPage = location.pathname;

// On a narrow screen the list of pages lies over the page, and Streamlit leaves it open after a choice.
function closeMenu() {
  if (location.pathname === shownPage) return;
  shownPage = location.pathname;
  if (window.innerWidth < 768) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
}

// --- Styles ---------------------------------------------------------------------------------------------------

function adoptStyles() {
  if (document.getElementById("live-styles")) return;
  const style = make("style");
  style.id = "live-styles";
  style.textContent = STYLES;
  document.head.append(style);
}
