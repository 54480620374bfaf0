// Put into every page that is measured. Notes key presses, the ends of frames that show a change (in a chart: paints,
// or anywhere: frames), clicks and when what was wanted after them was shown, layout shift and the largest paint.
(() => {
  const probe = { keys: [], paints: [], frames: [], changed: 0, shift: 0, largest: 0, wanted: null, found: null };
  window.probe = probe;
  const inChart = (node) => node instanceof Element && node.closest(".svg-container");

  // A message sent in a frame arrives when the frame is out. What changes within a frame belongs to it; what changes
  // between frames belongs to the next.
  let inFrame = false;
  const after = [];
  const line = new MessageChannel();
  line.port1.onmessage = () => {
    inFrame = false;
    for (const done of after.splice(0)) done(performance.now());
  };
  const native = window.requestAnimationFrame.bind(window);
  const frame = (work) =>
    native((time) => {
      if (!inFrame) line.port2.postMessage(0);
      inFrame = true;
      work(time);
    });
  window.requestAnimationFrame = frame;

  const whenShown = (done) => {
    after.push(done);
    if (!inFrame) frame(() => {});
  };
  let [anyWaits, chartWaits] = [false, false];
  new MutationObserver((changes) => {
    if (probe.wanted && document.querySelector(probe.wanted)) {
      probe.wanted = null;
      whenShown((time) => (probe.found = time));
    }
    if (!anyWaits) {
      anyWaits = true;
      whenShown((time) => {
        anyWaits = false;
        probe.changed = time;
        probe.frames.push(time);
      });
    }
    if (chartWaits) return;
    if (!changes.some((change) => inChart(change.target) || [...change.addedNodes].some(inChart))) return;
    chartWaits = true;
    whenShown((time) => {
      chartWaits = false;
      probe.paints.push(time);
    });
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

  document.addEventListener("click", () => (probe.clicked = performance.now()), true);
  document.addEventListener("keydown", () => probe.keys.push(performance.now()), true);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) probe.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    probe.largest = list.getEntries().at(-1).startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
})();
