// Draws charts and readouts, and lets both follow a slider's handle before it is released.
//
// Three ideas carry this file:
//  * A text slot is a piece of text with a name. Whoever shows it, a title or a table cell, changes together.
//  * A sweep says, for each step of one slider, what each slot reads and what each chart draws. Python made it;
//    nothing here computes a figure.
//  * Streamlit calls render() again on the same node at every rerun and never undoes the call before, so all
//    that must live longer than one call is kept per node and replaced, not added to.

const nodes = new Map(); // parent element -> view
const texts = new Map(); // slot name -> Set of spans that show it
const values = new Map(); // slot name -> text shown now
const sweeps = new Map(); // slider key -> {low, step, at, slots, marks}
const waiting = new Map(); // slider key -> position to show at the next animation frame
let plotly = null;

export default function render({ data, parentElement }) {
  adoptStyles();
  closeMenu();
  let view = nodes.get(parentElement);
  if (!view) {
    view = data.kind === "chart" ? new ChartView(parentElement) : new ReadoutView(parentElement);
    nodes.set(parentElement, view);
  }
  for (const [slot, text] of Object.entries(data.slots ?? {})) show(slot, text);
  for (const [slider, sweep] of Object.entries(data.sweeps ?? {})) sweeps.set(slider, sweep);
  view.update(data);
  watchSliders();
  followHandles();
  return () => {
    view.remove();
    nodes.delete(parentElement);
  };
}

// --- Text -----------------------------------------------------------------------------------------------------

function show(slot, text) {
  if (values.get(slot) === text) return;
  values.set(slot, text);
  for (const span of texts.get(slot) ?? []) paintSlot(span, text);
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

let watcher = null;

// One observer for the page: a native slider writes each step of a drag into its range input's attributes.
function watchSliders() {
  if (watcher) return;
  watcher = new MutationObserver((changes) => changes.forEach((change) => noteMove(change.target)));
  watcher.observe(document.body, { subtree: true, attributeFilter: ["value", "aria-valuetext"] });
  document.addEventListener("input", (event) => noteMove(event.target), true);
}

function noteMove(input) {
  if (input.type !== "range") return;
  const key = /st-key-([\w-]+)/.exec(input.closest("[class*=st-key-]")?.className ?? "")?.[1];
  const sweep = sweeps.get(key);
  if (!sweep) return;
  if (waiting.size === 0) requestAnimationFrame(showWaiting);
  waiting.set(key, Number(input.value)); // a later step of the same frame replaces an earlier one
}

// New data from the server may arrive while a handle is held elsewhere: the handle wins.
function followHandles() {
  for (const [key, sweep] of sweeps) {
    const input = document.querySelector(`.st-key-${key} input[type=range]`);
    if (input && Math.abs(Number(input.value) - sweep.at) > sweep.step / 2) noteMove(input);
  }
}

function showWaiting() {
  const moved = new Set();
  for (const [key, position] of waiting) {
    const sweep = sweeps.get(key);
    if (!sweep) continue;
    const frame = Math.round((position - sweep.low) / sweep.step);
    for (const [slot, { head, cores, tail }] of Object.entries(sweep.slots)) {
      if (frame in cores) show(slot, head + cores[frame] + tail);
    }
    for (const mark of sweep.marks) {
      for (const view of nodes.values()) if (view.id === mark.chart && view.move(mark, frame)) moved.add(view);
    }
  }
  waiting.clear();
  moved.forEach((view) => view.draw());
}

// --- Charts ---------------------------------------------------------------------------------------------------

function loadPlotly(url) {
  plotly ??= new Promise((done, failed) => {
    if (window.Plotly) return done(window.Plotly);
    const script = make("script");
    script.src = new URL(url, document.baseURI).href;
    script.onload = () => done(window.Plotly);
    script.onerror = () => failed(new Error("The chart library did not load."));
    document.head.append(script);
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
    const foot = make("div", "live-foot", this.root);
    this.source = make("span", "live-source", foot);
    this.button = make("button", "live-png", foot);
    this.button.type = "button";
    this.button.textContent = "PNG";
    this.button.onclick = () => this.savePng();
    this.gone = false;
    this.seen = false;
    this.late = false;
    // A chart that nobody sees is drawn when it comes into view: a drag pays only for what is on the screen.
    this.sight = new IntersectionObserver(([entry]) => this.comeIntoView(entry.isIntersecting), { rootMargin: "200px" });
    this.sight.observe(this.root);
  }

  comeIntoView(seen) {
    this.seen = seen;
    if (seen && this.late) this.draw();
  }

  update(data) {
    this.id = data.id;
    this.data = data;
    fill(this.title, data.title);
    fill(this.subtitle, data.subtitle);
    this.source.textContent = data.source;
    this.button.setAttribute("aria-label", `Download this chart as PNG: ${plain(data.title)}`);
    this.plot.setAttribute("role", "img");
    this.plot.setAttribute("aria-label", data.alt);
    // After a drag the chart often shows already what the server says; drawing it again would only cost time.
    const look = JSON.stringify([data.figure, isDark(this.root)]);
    const shown = this.figure && JSON.stringify([this.figure, this.dark]);
    this.figure = structuredClone(data.figure); // frames are written into it, and the data is not ours
    this.dark = isDark(this.root);
    if (look !== shown) this.draw();
  }

  move(mark, frame) {
    if (!(frame in mark.frames)) return false;
    let place = this.figure;
    for (const step of mark.path.slice(0, -1)) place = place[step];
    place[mark.path.at(-1)] = mark.frames[frame];
    return true;
  }

  layout() {
    const narrow = this.root.clientWidth < 520;
    const template = this.data.templates[isDark(this.root) ? "dark" : "light"];
    const layout = { ...this.figure.layout, template, autosize: true, uirevision: this.id };
    return narrow ? merge(layout, this.data.narrow) : layout;
  }

  async draw() {
    this.late = !this.seen && this.root.dataset.drawn !== undefined;
    if (this.late) return;
    try {
      const Plotly = await loadPlotly(this.data.plotly);
      if (this.gone) return;
      // plotly writes zoom back into the layout object it was given, so a fresh copy goes in each time.
      await Plotly.react(this.plot, structuredClone(this.figure.data), structuredClone(this.layout()), {
        displayModeBar: false,
        responsive: true,
        showSendToCloud: false,
        scrollZoom: false,
      });
      this.plot.setAttribute("aria-label", plain(this.data.alt));
      this.root.dataset.drawn = String(Number(this.root.dataset.drawn ?? 0) + 1);
    } catch (error) {
      this.plot.textContent = `This chart cannot be drawn: ${error.message}`;
    }
  }

  async savePng() {
    const { png, templates } = this.data;
    const Plotly = await loadPlotly(this.data.plotly);
    const layout = merge(structuredClone(this.figure.layout), png.layout);
    layout.annotations = [...(this.figure.layout.annotations ?? []), ...png.layout.annotations].map((note) => ({ ...note }));
    // The plot's own notes are sized for a screen; the picture's type is larger.
    layout.template = merge(templates.light, { layout: { annotationdefaults: { font: { size: 19 } } } });
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
    forget(this.root);
    window.Plotly?.purge(this.plot);
    this.root.remove();
  }
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
  style.textContent = STYLES; // put in front of this file by the server
  document.head.append(style);
}
