// Whether the page is light or dark.

/** Tells the styles whether the page's ground is light or dark. The reader can change that at any time. */
export function adoptGround(element) {
  const ground = isDark(element) ? "dark" : "light";
  if (document.documentElement.dataset.ground !== ground) document.documentElement.dataset.ground = ground;
  return ground === "dark";
}

function isDark(element) {
  const [red, green, blue] = getComputedStyle(element.closest("[data-testid=stApp]") ?? document.body)
    .backgroundColor.match(/[\d.]+/g)
    .map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128; // brightness as the eye perceives it
}
