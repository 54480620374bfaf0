// Hands the reader a file.

/** Saves a blob under a name, as a download. */
export function save(name, blob) {
  const link = document.createElement("a");
  Object.assign(link, { download: name, href: URL.createObjectURL(blob) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Saves a table. A mark at its start tells spreadsheets that the text is UTF-8. */
export function saveCsv(name, text) {
  save(name, new Blob(["\ufeff", text], { type: "text/csv" }));
}
