// What a reader can do with a chart: see its figures as a table, and take it away as a picture or as figures.

import { asCsv, shown, tableOf } from "./data_table.js";
import { describe, make } from "./dom.js";
import { makeMenu } from "./menu.js";
import { Note } from "./note.js";
import { saveCsv } from "./save.js";
import { plain } from "./slots.js";

const SAID_MS = 2000;

/** The buttons below a chart. `view` has the figure, `save()`, `picture()` and the elements `plot` and `table`. */
export class Tools {
  constructor(view, parent) {
    this.view = view;
    const box = make("div", "live-tools", parent);
    this.switch = this.button(box, "Table", () => this.turn());
    this.switch.ariaPressed = "false";
    this.png = this.button(box, "PNG", () => view.save());
    this.png.classList.add("live-png");
    this.csv = this.button(box, "CSV", () => this.saveCsv());
    this.note = new Note(parent.parentElement, (text) => view.tell("note", { text, at: Date.now() }));
    const { menu, mark } = makeMenu("More", "More for this chart", [
      ["Copy as a picture", () => this.copyImage()],
      ["Download as SVG", () => view.save("svg")],
      ["Write a note", () => this.note.edit()],
    ]);
    this.mark = mark;
    box.append(menu);
  }

  /** Names the buttons after their chart, for those who only hear them. */
  name(title) {
    describe(this.switch, `Figures of this chart as a table: ${title}`);
    describe(this.png, `Download this chart as PNG: ${title}`);
    describe(this.mark, `More for this chart: ${title}`);
    describe(this.csv, `Download the figures of this chart as CSV: ${title}`);
  }

  /** Writes the table anew, where it is open. */
  refresh() {
    if (!this.view.table.hidden) this.view.table.replaceChildren(drawn(tableOf(this.view.figure)));
  }

  turn() {
    const { plot, table } = this.view;
    table.hidden = !table.hidden;
    plot.hidden = !table.hidden;
    this.switch.ariaPressed = String(!table.hidden);
    this.switch.textContent = table.hidden ? "Table" : "Chart";
    this.refresh();
  }

  async copyImage() {
    try {
      // The promise itself goes in: some browsers only take a picture that is begun within the click.
      await navigator.clipboard.write([new ClipboardItem({ "image/png": this.view.picture() })]);
      this.mark.textContent = "Copied";
    } catch {
      this.mark.textContent = "No clipboard"; // that of pictures is there for secure pages only
    }
    setTimeout(() => (this.mark.textContent = "More"), SAID_MS);
  }

  saveCsv() {
    const { png, title, subtitle, source } = this.view.data;
    const told = [["Chart", title], ["Measure and unit", subtitle], ["Source", source], ["Made", png.made]];
    const { columns, rows } = tableOf(this.view.figure);
    saveCsv(`${png.filename}.csv`, asCsv({ columns, rows: [...rows, [], ...told.map(([name, text]) => [name, plain(text ?? "")])] }));
  }

  button(box, text, act) {
    const button = make("button", "live-tool", box);
    Object.assign(button, { type: "button", textContent: text, onclick: act });
    return button;
  }
}

function drawn({ columns, rows, percent }) {
  const table = make("table");
  const head = make("tr", "", make("thead", "", table));
  columns.forEach((column, place) => {
    const cell = make("th", place ? "live-numeric" : "", head);
    Object.assign(cell, { scope: "col", textContent: column });
  });
  const body = make("tbody", "", table);
  for (const cells of rows) {
    const row = make("tr", "", body);
    cells.forEach((cell, place) => {
      const box = make(place ? "td" : "th", place ? "live-numeric" : "", row);
      if (!place) box.scope = "row";
      box.textContent = shown(cell, percent[place]);
    });
  }
  return table;
}
