// Draws the report's charts: one that answers the pointer on the screen, and one as SVG on paper.

const { figures, template } = JSON.parse(document.getElementById("charts").textContent);
const NARROW = 521; // pixels: below it a chart has the layout for narrow places
const PAPER = { narrow: 520, wide: 1080 }; // pixels: half a sheet, and a whole one

// A copy of a layout with changes merged in, key by key; lists are replaced.
function merged(base, changes) {
  const made = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    const isPart = value && typeof value === "object" && !Array.isArray(value);
    made[key] = isPart ? merged(made[key] ?? {}, value) : value;
  }
  return made;
}

for (const place of document.querySelectorAll("[data-chart]")) {
  const { data, layout, narrow, name } = figures[place.dataset.chart];
  const height = Number(place.dataset.height);
  const live = place.appendChild(Object.assign(document.createElement("div"), { className: "live" }));
  const still = place.appendChild(Object.assign(document.createElement("div"), { className: "still" }));
  const fitted = (width) => merged({ ...layout, template, height }, width < NARROW ? narrow : {});
  const drawn = { ...fitted(place.clientWidth), autosize: true };
  const options = { displayModeBar: false, responsive: true, toImageButtonOptions: { filename: name } };
  window.Plotly.newPlot(live, structuredClone(data), structuredClone(drawn), options);
  const width = place.closest(".charts").children.length > 1 ? PAPER.narrow : PAPER.wide;
  const paper = { data, layout: { ...fitted(width), autosize: false, width } };
  window.Plotly.toImage(paper, { format: "svg", width, height }).then((url) => {
    still.innerHTML = decodeURIComponent(url.slice(url.indexOf(",") + 1));
    const svg = still.querySelector("svg");
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.removeAttribute("width");
    svg.removeAttribute("height");
    place.dataset.drawn = "";
  });
}
