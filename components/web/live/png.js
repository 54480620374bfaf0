// A chart as a picture to take away, with its title, subtitle and source, on a light background, in the app's font.

import { lines, merge } from "./figure.js";
import { FONT } from "./served.js";
import { plain } from "./slots.js";

const TITLE_WIDTH = 84; // characters; plotly does not wrap titles
const SUBTITLE_WIDTH = 140;
const NOTE_WIDTH = 176;
const SIZE = 12; // pixels: the type of the template

let face = null; // a promise of the font as a rule of CSS

/** The picture as SVG text, which carries its font. `texts` are the values of slots that the page does not show. */
export async function asSvg(Plotly, figure, png, template, texts = null) {
  const { width, height } = png;
  const url = await Plotly.toImage(asPicture(figure, png, template, texts), { format: "svg", width, height });
  const svg = decodeURIComponent(url.slice(url.indexOf(",") + 1));
  const rule = await loadFace();
  return rule ? svg.replace(/(<svg[^>]*>)/, `$1<style>${rule}</style>`) : svg;
}

/** The picture as a PNG. */
export async function asPng(svg, { width, height, scale }) {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = Object.assign(new Image(), { width, height, src: url });
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: width * scale, height: height * scale });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, failed) => {
      canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("The picture could not be made."))), "image/png");
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

// A picture made of SVG loads nothing: the font has to be in it.
function loadFace() {
  face ??= FONT
    ? fetch(new URL(FONT, document.baseURI))
        .then((answer) => (answer.ok ? answer.text() : ""))
        .catch(() => "")
    : Promise.resolve("");
  return face;
}

/** The figure of the picture: the chart's own, with the additional layout and notes of a picture. */
export function asPicture(figure, png, template, texts = null) {
  const filled = texts === null ? plain : (text) => text.replace(/\{([\w.-]+)\}/g, (_, slot) => texts[slot] ?? "");
  const layout = merge(structuredClone(figure.layout), png.layout);
  const told = png.layout.annotations.map((note) => ({ ...note, text: wrapped(filled(note.text)) }));
  const own = (figure.layout.annotations ?? []).map((note) => ({ ...larger(note), text: filled(note.text) }));
  layout.annotations = [...own, ...told];
  // The chart's own notes have the type size of a screen; a picture needs a larger one.
  layout.template = merge(template, { layout: { annotationdefaults: { font: { size: 19 } } } });
  layout.title.text = lines(filled(layout.title.text), TITLE_WIDTH);
  if (layout.title.text.includes("<br>")) {
    layout.title.y -= 0.035;
    layout.margin.t += 30;
  }
  layout.title.subtitle.text = lines(filled(layout.title.subtitle.text), SUBTITLE_WIDTH);
  return { data: structuredClone(figure.data).map(enlarged), layout };
}

const LARGER = 1.5; // type and marks of a picture, beside those of the page

// A trace with type and marks in proportion to the picture's axes; sizes may be lists.
function enlarged(trace) {
  const times = (size) => (Array.isArray(size) ? size.map(times) : size * LARGER);
  const fonts = ["textfont", "insidetextfont", "outsidetextfont"].filter((name) => trace[name]);
  for (const name of fonts) trace[name] = { ...trace[name], size: times(trace[name].size ?? SIZE) };
  if (trace.text !== undefined && !trace.textfont) trace.textfont = { size: times(SIZE) };
  if (trace.marker?.size !== undefined) trace.marker = { ...trace.marker, size: times(trace.marker.size) };
  return trace;
}

// A note of the chart that says how large its type is.
function larger(note) {
  return note.font?.size ? { ...note, font: { ...note.font, size: note.font.size * LARGER } } : note;
}

// Each line of a note by itself, so that none is cut at the picture's edge.
function wrapped(text) {
  return text.split("<br>").map((line) => lines(line, NOTE_WIDTH)).join("<br>");
}
