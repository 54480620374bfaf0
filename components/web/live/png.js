// A chart as a picture for download, with its title, subtitle and source, on a light background.

import { lines, merge } from "./figure.js";
import { plain } from "./slots.js";

const TITLE_WIDTH = 84; // characters; plotly does not wrap titles
const SUBTITLE_WIDTH = 140;

/** Saves a figure as a PNG, as the page shows it now. */
export async function savePng(Plotly, figure, png, template) {
  const { width, height, scale, filename } = png;
  await Plotly.downloadImage(asPicture(figure, png, template), { format: "png", width, height, scale, filename });
}

/** The figure of the picture: the chart's own, with the additional layout and notes of a picture. */
export function asPicture(figure, png, template) {
  const layout = merge(structuredClone(figure.layout), png.layout);
  const notes = [...(figure.layout.annotations ?? []), ...png.layout.annotations];
  layout.annotations = notes.map((note) => ({ ...note, text: plain(note.text) }));
  // The chart's own notes have the type size of a screen; a picture needs a larger one.
  layout.template = merge(template, { layout: { annotationdefaults: { font: { size: 19 } } } });
  layout.title.text = lines(plain(layout.title.text), TITLE_WIDTH);
  if (layout.title.text.includes("<br>")) {
    layout.title.y -= 0.035;
    layout.margin.t += 30;
  }
  layout.title.subtitle.text = lines(plain(layout.title.subtitle.text), SUBTITLE_WIDTH);
  return { data: structuredClone(figure.data), layout };
}
