// Shows the page as one piece when it stands, in place of the first words. Its own parts come one by one, each
// pushing the others about; until the first run is over and each component has drawn something, they stay unseen.
(() => {
  const page = document.documentElement;
  const chosen = Object.keys(localStorage).find((key) => key.startsWith("stActiveTheme"));
  const theme = /Light|Dark/.exec(localStorage.getItem(chosen ?? "") ?? "")?.[0];
  const isDark = theme ? theme === "Dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  page.dataset.ground = isDark ? "dark" : "light";
  page.classList.add("opening");

  const live = (box) => box.querySelector(".live-readout, .live-chart, .live-inputs");
  const stands = () =>
    document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]") &&
    document.querySelector("[data-testid=stMain] [data-testid=stElementContainer]") &&
    !document.querySelector("[data-testid=stSkeleton]") &&
    [...document.querySelectorAll("[class*=st-key-readout-], [class*=st-key-chart-], [class*=st-key-panel-]")].every(live);
  const watcher = new MutationObserver(() => stands() && requestAnimationFrame(open));
  const late = setTimeout(open, 8000); // whatever went wrong, the reader shall see it

  function open() {
    watcher.disconnect();
    clearTimeout(late);
    page.classList.remove("opening");
    document.getElementById("first-words")?.remove();
  }
  // Once the first words are painted, the chart library is taken in while the rest is still on its way.
  const library = document.querySelector("link[rel=preload][as=script]").href;
  requestAnimationFrame(() => setTimeout(() => {
    const script = Object.assign(document.createElement("script"), { id: "chart-library", src: library });
    script.onerror = () => script.remove();
    document.head.append(script);
  }));
  watcher.observe(document, { subtree: true, childList: true, attributeFilter: ["data-test-script-state"] });
})();
