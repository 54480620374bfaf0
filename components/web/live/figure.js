// Pure helpers for plotly figures: no element, no state. A figure is {data: [trace, ...], layout}.

/** The attributes of a trace that plotly can change without redrawing the whole chart. */
export const MOVABLE = ["x", "y", "base", "text"];

/** The value at a place in a figure; a path is a list such as ["data", 0, "y", 2]. */
export function take(figure, path) {
  return path.reduce((place, step) => place[step], figure);
}

/** Puts a value at a place in a figure. */
export function put(figure, path, value) {
  take(figure, path.slice(0, -1))[path.at(-1)] = value;
}

/** A copy of an object with only the named keys. */
export function pick(object, names) {
  return Object.fromEntries(names.filter((name) => name in object).map((name) => [name, object[name]]));
}

/** A copy of `base` with `extra` merged in. Objects merge key by key; anything else, lists included, is replaced. */
export function merge(base, extra) {
  const merged = { ...base };
  for (const [key, value] of Object.entries(extra ?? {})) {
    const isObject = value && typeof value === "object" && !Array.isArray(value);
    merged[key] = isObject ? merge(merged[key] ?? {}, value) : value;
  }
  return merged;
}

/** A text broken into lines of at most `most` characters, because plotly does not wrap titles. */
export function lines(text, most) {
  const rows = [""];
  for (const word of text.split(" ")) {
    if (rows.at(-1) && rows.at(-1).length + word.length >= most) rows.push("");
    rows[rows.length - 1] += (rows.at(-1) ? " " : "") + word;
  }
  return rows.join("<br>");
}

const COLOUR = /#[0-9a-f]{6}|\d+,\d+,\d+(?=,[\d.]+\))/gi; // hex, or the channels of an rgba

/** A copy of a figure's part in which each colour is exchanged for what stands for it. */
export function recoloured(part, colours) {
  return JSON.parse(JSON.stringify(part).replace(COLOUR, (colour) => colours[colour] ?? colour));
}

/** Whether values lie within an axis as plotly has drawn it. */
export function isWithin(axis, values) {
  if (!axis.autorange || axis.type === "category") return true; // a range set by chart or reader may cut values off
  const [low, high] = axis.range.map((end) => axis.r2l(end)).sort((one, other) => one - other);
  return values.every((value) => value === null || (axis.d2l(value) >= low && axis.d2l(value) <= high));
}

/** Whether a whole trace lies within a chart's axes as drawn. A bar reaches from its base to base + length. */
export function fits(trace, layout) {
  const [xaxis, yaxis] = [layout[axisOf(trace.xaxis, "xaxis")], layout[axisOf(trace.yaxis, "yaxis")]];
  const { x, y, base, orientation } = trace;
  const across = orientation === "h";
  const reach = (values) => (base ? [...values.map((value, place) => value + base[place]), ...base] : values);
  return isWithin(xaxis, across ? reach(x) : x) && isWithin(yaxis, across ? y : reach(y));
}

function axisOf(name, first) {
  return name ? `${first}${name.slice(1)}` : first; // a trace's "x2" is the layout's "xaxis2"
}
