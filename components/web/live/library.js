// The chart library, plotly.js. This module owns the one promise of it.

import { make } from "./dom.js";

let library = null;

/** Gives plotly as soon as it is here; asks for it the first time. */
export function loadPlotly(url) {
  library ??= new Promise((done, failed) => {
    if (window.Plotly) {
      done(window.Plotly);
      return;
    }
    let script = document.getElementById("chart-library"); // the first document asks for it early
    if (!script) {
      script = Object.assign(make("script"), { src: new URL(url, document.baseURI).href });
      document.head.append(script);
    }
    script.addEventListener("load", () => done(window.Plotly));
    script.addEventListener("error", () => failed(new Error("The chart library did not load.")));
  });
  return library;
}
