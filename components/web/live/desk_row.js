// One claim in the queue of the desk.

import { makeForm } from "./desk_form.js";
import { make } from "./dom.js";
import { hint } from "./hint.js";
import { makeVerdicts } from "./marks.js";

const STATES = { open: "○", accepted: "✓", rejected: "✕" };

/** The row of a claim. `desk` is the view: it knows what is current and open, and does what the buttons say. */
export function makeRow(row, desk) {
  const isNow = row.id === desk.current;
  const item = make("li", `live-desk-row live-desk-is-${row.state}${isNow ? " live-desk-now" : ""}`);
  item.dataset.id = row.id;
  item.addEventListener("click", ({ target }) => {
    if (!target.closest("button, input, select, a")) desk.go(row.id, false);
  });
  const line = make("div", "live-desk-line", item);
  const sign = make("span", "live-desk-sign", line);
  sign.textContent = STATES[row.state];
  sign.setAttribute("role", "img");
  sign.ariaLabel = row.state;
  make("span", "live-desk-number", line).textContent = row.number;
  const statement = make("span", "live-desk-statement", line);
  statement.textContent = row.short;
  statement.title = row.sentence || row.statement;
  cell(line, "Stated", row.stated, "live-strong");
  cell(line, "Period", row.period);
  cell(line, "Test", row.test);
  const found = cell(line, "Found now", row.found || "not found", row.lacks ? "live-desk-lacks" : "live-strong");
  if (row.then) make("span", "live-after", found).textContent = `then ${row.then}`;
  if (row.chip) {
    const chip = make("span", `live-chip live-${row.chip.origin}`, found);
    chip.textContent = row.chip.origin[0].toUpperCase();
    chip.setAttribute("role", "img");
    chip.ariaLabel = row.chip.origin;
    hint(chip, [row.chip.text, row.chip.help].filter(Boolean).join(" · "), false);
  }
  const verdict = cell(line, "Verdict", "");
  if (row.verdicts.length) verdict.append(makeVerdicts(row.verdicts));
  const buttons = make("span", "live-desk-buttons", line);
  const press = (label, name, work, isMain) => buttons.append(makeButton(label, `${name}-${row.id}`, work, false, isMain));
  if (row.state === "open") press("Accept", "accept", () => desk.decide(row.id, "accept"), true);
  press(row.id === desk.editing ? "Close" : "Edit", "edit", () => desk.edit(row.id === desk.editing ? null : row.id));
  if (row.state === "open") press("Reject", "reject", () => desk.decide(row.id, "reject"));
  else press("Undo", "reopen", () => desk.decide(row.id, "reopen"));
  for (const button of buttons.children) button.ariaLabel = `${button.textContent}: ${row.short}`;
  if (row.doubts && row.state === "open") make("p", "live-desk-doubts", item).textContent = `Look twice: ${row.doubts}.`;
  if (row.id === desk.editing) {
    desk.form ??= makeForm(row, desk.data, (message) => desk.act(message));
    if (row.sentence) make("p", "live-note", item).textContent = `The text says: “${row.sentence}”`;
    make("p", "live-note", item).textContent = row.why;
    item.append(desk.form);
    if (desk.data.problem.id === row.id && desk.data.problem.text) {
      const said = make("p", "live-desk-problem", item);
      said.setAttribute("role", "alert");
      said.textContent = desk.data.problem.text;
    }
  }
  return item;
}

/** A button that keeps the focus when the queue is drawn anew: it is found again by the name `focus`. */
export function makeButton(label, focus, work, isDisabled = false, isMain = false) {
  const button = make("button", isMain ? "live-button live-button-main" : "live-button");
  button.type = "button";
  button.textContent = label;
  button.dataset.focus = focus;
  button.disabled = isDisabled;
  button.addEventListener("click", work);
  return button;
}

function cell(line, label, text, className = "") {
  const box = make("span", `live-desk-cell ${className}`, line);
  box.dataset.label = label;
  make("span", "live-desk-words", box).textContent = text;
  box.title = text;
  return box;
}
