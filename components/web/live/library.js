// Loads the chart library, plotly.js. This module keeps the one promise of it.

import { make } from "./dom.js";

let library = null;

/** A promise of plotly. The first call starts to load it. */
export function loadPlotly(url) {
  library ??= new Promise((done, failed) => {
    if (window.Plotly) {
      done(window.Plotly);
      return;
    }
    let script = document.getElementById("chart-library"); // the first document may have started to load it
    if (!script) {
      script = Object.assign(make("script"), { src: new URL(url, document.baseURI).href });
      document.head.append(script);
    }
    script.addEventListener("load", () => done(window.Plotly));
    script.addEventListener("error", () => failed(new Error("The chart library did not load.")));
  });
  return library;
}
