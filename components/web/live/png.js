// A chart as a picture to take away: with its title, subtitle and source in it, on a light ground.

import { lines, merge } from "./figure.js";
import { plain } from "./slots.js";

const TITLE_WIDTH = 84; // characters; an exported title does not wrap by itself
const SUBTITLE_WIDTH = 140;

/** Saves a figure as a PNG, as it stands on the page now. */
export async function savePng(Plotly, figure, png, template) {
  const { width, height, scale, filename } = png;
  await Plotly.downloadImage(asPicture(figure, png, template), { format: "png", width, height, scale, filename });
}

/** The figure of the picture: the chart's own, with the layout and the notes that a picture has on top. */
export function asPicture(figure, png, template) {
  const layout = merge(structuredClone(figure.layout), png.layout);
  const notes = [...(figure.layout.annotations ?? []), ...png.layout.annotations];
  layout.annotations = notes.map((note) => ({ ...note, text: plain(note.text) }));
  // The plot's own notes are sized for a screen; the picture's type is larger.
  layout.template = merge(template, { layout: { annotationdefaults: { font: { size: 19 } } } });
  layout.title.text = lines(plain(layout.title.text), TITLE_WIDTH);
  if (layout.title.text.includes("<br>")) {
    layout.title.y -= 0.035;
    layout.margin.t += 30;
  }
  layout.title.subtitle.text = lines(plain(layout.title.subtitle.text), SUBTITLE_WIDTH);
  return { data: structuredClone(figure.data), layout };
}
