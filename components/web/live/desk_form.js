// The form for one claim on the desk: statement, form and numbers, unit, period, test, and a figure typed in.

import { make } from "./dom.js";

const KEPT = "(kept)"; // a test that the form does not offer, as the server knows it
let forms = 0; // for ids of lists

/** The form of a row. `act` is told what is to be saved. */
export function makeForm(row, { tests, forms: kinds, units }, act) {
  const form = make("form", "live-desk-form");
  const { edit } = row;
  const list = make("datalist", "", form);
  list.id = `units-${(forms += 1)}`;
  for (const unit of units) make("option", "", list).value = unit;

  const short = field(form, "Name", text(edit.short), "live-desk-name");
  const statement = field(form, "Statement", text(edit.statement), "live-desk-wide");
  const kind = field(form, "Stated as", select(kinds, edit.form));
  const value = field(form, "Value", text(edit.value));
  const high = field(form, "to", text(edit.high));
  const unit = field(form, "Unit", text(edit.unit));
  unit.setAttribute("list", list.id);
  const about = field(form, "about", tick(edit.approximate));
  const period = field(form, "Period ends", day(edit.period));
  // Those that the rules found come first, in their order.
  const rank = ({ name }) => (row.likely.includes(name) ? row.likely.indexOf(name) : row.likely.length);
  const ordered = [...tests].sort((one, other) => rank(one) - rank(other));
  const choices = [["", "none: recorded"], ...ordered.map(({ name, label }) => [name, label])];
  const isOffered = !edit.test.name || tests.some(({ name }) => name === edit.test.name);
  if (!isOffered) choices.splice(1, 0, [KEPT, row.test]); // by the company's own facts, which no form can choose
  const test = field(form, "Test", select(choices, isOffered ? (edit.test.name ?? "") : KEPT));
  const arguments_ = make("span", "live-desk-arguments", form);
  const showArguments = () => {
    const chosen = tests.find(({ name }) => name === test.value);
    arguments_.replaceChildren();
    for (const each of chosen?.arguments ?? []) {
      const given = edit.test.name === test.value ? edit.test[each.name] : undefined;
      field(arguments_, each.label, argument(each, given)).dataset.argument = each.name;
    }
  };
  const showNumbers = () => {
    const isNumber = !["words", "date", "year", "happens", "list"].includes(kind.value);
    high.parentElement.hidden = kind.value !== "range";
    unit.parentElement.hidden = !isNumber || kind.value === "times";
    about.parentElement.hidden = !["value", "range"].includes(kind.value);
    value.parentElement.hidden = kind.value === "happens";
  };
  test.addEventListener("change", showArguments);
  kind.addEventListener("change", showNumbers);
  showArguments();
  showNumbers();

  const typed = make("fieldset", "live-desk-typed", form);
  make("legend", "", typed).textContent = "A figure that the service does not have: type it in, with where it stands";
  const own = {
    value: field(typed, "Value found", text(edit.typed.value ?? "")),
    unit: field(typed, "Unit", text(edit.typed.unit ?? edit.unit)),
    day: field(typed, "Of the day", day(edit.typed.day ?? edit.period)),
    source: field(typed, "Source", text(edit.typed.source ?? "")),
    url: field(typed, "Link", text(edit.typed.url ?? "")),
  };

  const read = () => ({
    do: "save",
    id: row.id,
    short: short.value,
    statement: statement.value,
    form: kind.value,
    value: value.value,
    high: high.value,
    unit: unit.value,
    approximate: about.checked,
    period: period.value,
    test: test.value
      ? Object.fromEntries([["name", test.value], ...[...arguments_.querySelectorAll("[data-argument]")].map((each) => [
        each.dataset.argument, each.type === "checkbox" ? each.checked : each.value])])
      : null,
    typed: Object.fromEntries(Object.entries(own).map(([name, each]) => [name, each.value])),
  });
  const buttons = make("span", "live-desk-buttons", form);
  const press = (label, next, isMain) => {
    const button = make("button", isMain ? "live-button live-button-main" : "live-button", buttons);
    button.type = isMain ? "submit" : "button";
    button.textContent = label;
    if (!isMain) button.addEventListener("click", () => act({ ...read(), next }));
  };
  press("Save", "", false);
  press("Save and accept", "accept", true);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act({ ...read(), next: "accept" });
  });
  return form;
}

function field(parent, label, control, className = "") {
  const box = make("label", `live-desk-field ${className}`, parent);
  make("span", "", box).textContent = label;
  box.append(control);
  return control;
}

function text(value) {
  return Object.assign(make("input"), { type: "text", value });
}

function day(value) {
  return Object.assign(make("input"), { type: "date", value });
}

function tick(checked) {
  return Object.assign(make("input"), { type: "checkbox", checked });
}

function select(options, chosen) {
  const box = make("select");
  for (const [value, label] of options) {
    const option = Object.assign(make("option", "", box), { value, textContent: label });
    option.selected = value === chosen;
  }
  return box;
}

function argument({ kind, options, required }, given) {
  if (kind === "date") return day(given ?? "");
  if (kind === "switch") return tick(given === true);
  if (options.length) return select(required ? options : [["", "–"], ...options], given ?? "");
  return text(given ?? "");
}
