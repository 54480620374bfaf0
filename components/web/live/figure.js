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
  if (!isChosen(axis)) return true; // a range set by chart or reader may cut values off
  const [low, high] = ends(axis);
  return values.every((value) => value === null || (axis.d2l(value) >= low && axis.d2l(value) <= high));
}

/** Whether a whole trace lies within a chart's axes as drawn. A bar reaches from its base to base + length. */
export function fits(trace, layout) {
  return reach(trace).every(([axis, values]) => isWithin(layout[axis], values));
}

/** Of each axis whose range plotly chose: the shares of its length at which the traces' lowest and highest values lie. */
export function fillOf(traces, layout) {
  const fill = {};
  for (const [name, values] of traces.flatMap(reach)) {
    const axis = layout[name];
    if (!isChosen(axis)) continue;
    const [low, high] = ends(axis);
    const places = values.filter((value) => value !== null).map((value) => (axis.d2l(value) - low) / (high - low));
    const [first, last] = fill[name] ?? [Infinity, -Infinity];
    fill[name] = [Math.min(first, ...places), Math.max(last, ...places)];
  }
  return fill;
}

/** Whether axes chosen when the traces filled them so (`before`) still serve: nothing at the edge, no more than a third idle. */
export function stillServe(before, now) {
  return Object.entries(now).every(([axis, [first, last]]) => {
    const [low, high] = before[axis] ?? [0, 0];
    const edge = first < Math.min(low, EDGE) || last > Math.max(high, 1 - EDGE);
    return !edge && (last - first) * 1.5 >= high - low;
  });
}

const EDGE = 0.03; // a mark's half width or so, as a share of the axis

function isChosen(axis) {
  return axis.autorange && axis.type !== "category";
}

function ends(axis) {
  return axis.range.map((end) => axis.r2l(end)).sort((one, other) => one - other);
}

// The names of a trace's two axes, each with the values that the trace takes up on it.
function reach({ xaxis, yaxis, x, y, base, orientation }) {
  const across = orientation === "h";
  const along = (values) => (base ? [...values.map((value, place) => value + base[place]), ...base] : values);
  return [
    [axisOf(xaxis, "xaxis"), across ? along(x) : x],
    [axisOf(yaxis, "yaxis"), across ? y : along(y)],
  ];
}

function axisOf(name, first) {
  return name ? `${first}${name.slice(1)}` : first; // a trace's "x2" is the layout's "xaxis2"
}
