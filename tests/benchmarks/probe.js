// Put into every page that is measured. Notes key presses, pointer releases, changes inside a chart, and layout shift.
(() => {
  const probe = { keys: [], paints: [], shift: 0 };
  window.probe = probe;
  const inChart = (node) => node instanceof Element && node.closest(".svg-container");
  let waiting = false;
  const paint = () => {
    waiting = false;
    probe.paints.push(performance.now());
  };
  new MutationObserver((changes) => {
    if (waiting) return;
    const touched = changes.some((change) => inChart(change.target) || [...change.addedNodes].some(inChart));
    if (!touched) return;
    waiting = true;
    requestAnimationFrame(paint);
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  document.addEventListener("keydown", () => probe.keys.push(performance.now()), true);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) probe.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
})();
