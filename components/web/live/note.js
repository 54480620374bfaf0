// The reader's note on a chart: shown below it, and written in a field above its foot.

import { make } from "./dom.js";
import { makeTool } from "./menu.js";

const LONGEST = 4000; // characters, as data/notes.py keeps

/** The note of one chart. `tell` hears the text that the reader has written. */
export class Note {
  constructor(parent, tell) {
    this.parent = parent;
    this.tell = tell;
    this.shown = make("div", "live-own-note", parent);
    this.text = make("p", "", this.shown);
    this.day = make("span", "live-detail", this.shown);
    this.shown.hidden = true;
  }

  /** Shows what is kept: its text and day; nothing where there is none. */
  show({ text, day } = { text: "", day: "" }, title = "") {
    Object.assign(this, { kept: text, title });
    this.text.textContent = text;
    this.text.title = text;
    this.day.textContent = day;
    this.shown.hidden = !text;
  }

  /** Opens the field, or closes it. */
  edit() {
    if (this.form) {
      this.close();
      return;
    }
    this.form = make("form", "live-note-form", this.parent);
    const field = make("textarea", "", this.form);
    Object.assign(field, { value: this.kept ?? "", maxLength: LONGEST, rows: 4, ariaLabel: `Your note on: ${this.title}` });
    const tools = make("div", "live-note-tools", this.form);
    const save = make("button", "live-button live-button-main", tools);
    Object.assign(save, { type: "submit", textContent: "Save the note" });
    makeTool(tools, "Cancel", () => this.close());
    this.form.onsubmit = (event) => {
      event.preventDefault();
      if (field.value.trim() !== (this.kept ?? "").trim()) this.tell(field.value);
      this.close();
    };
    this.form.addEventListener("keydown", ({ key }) => key === "Escape" && this.close());
    field.focus();
  }

  close() {
    this.form?.remove();
    this.form = null;
  }
}
