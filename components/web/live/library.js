// Loads the chart library, plotly.js. This module keeps the one promise of it.

import { make } from "./dom.js";
import { rememberLists } from "./lists.js";

let library = null;

/** A promise of plotly. The first call starts to load it. */
export function loadPlotly(url) {
  library ??= new Promise((loaded, failed) => {
    const done = () => {
      rememberLists(window.Plotly.PlotSchema);
      loaded(window.Plotly);
    };
    if (window.Plotly) {
      done();
      return;
    }
    let script = document.getElementById("chart-library"); // the first document may have started to load it
    if (!script) {
      script = Object.assign(make("script"), { src: new URL(url, document.baseURI).href });
      document.head.append(script);
    }
    script.addEventListener("load", done);
    script.addEventListener("error", () => failed(new Error("The chart library did not load.")));
  });
  return library;
}
