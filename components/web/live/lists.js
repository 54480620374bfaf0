// Spares plotly.js a search. At every step of a slider it looks through all attributes that a trace may have, to find
// those that are lists, and does so for each trace: a third of the time of a drawing. Traces of the same shape have the
// same lists.

/** Lets plotly's schema remember what it found for traces of a shape; nothing changes where it has no such search. */
export function rememberLists(schema) {
  const search = schema?.findArrayAttributes;
  if (!search || search.remembers) return;
  const known = new Map();
  const remembered = (trace) => {
    const shape = `${trace.type} ${shapeOf(trace._input ?? trace)}`;
    if (!known.has(shape)) known.set(shape, search(trace));
    return [...known.get(shape)];
  };
  schema.findArrayAttributes = Object.assign(remembered, { remembers: true });
}

/** The names in an object, those of lists marked, with what is in objects and in lists of objects. */
export function shapeOf(value) {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const first = value.find((each) => each !== null && each !== undefined);
    return typeof first === "object" ? `[${Array.from(value, shapeOf).join()}]` : "[]";
  }
  if (typeof value !== "object" || value === null) return "";
  const names = Object.keys(value).filter((name) => name[0] !== "_");
  return `{${names.map((name) => name + shapeOf(value[name])).join()}}`;
}
