// A ZIP file of files that are compressed already: each is stored as it is (PKWARE's APPNOTE, 4.3). By hand, because a
// library would have to come from a registry at installation, and plotly.js alone has a substitute where none is reached.

const LOCAL = 0x04034b50, CENTRAL = 0x02014b50, END = 0x06054b50;
const VERSION = 20, UTF8 = 0x0800; // the least that a reader must know; names are UTF-8
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  return sum >>> 0;
});

/** The check sum of bytes: CRC-32. */
export function crc32(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

/** A ZIP of files, each with `name` and `bytes` (a Uint8Array), all of one time. */
export function zipOf(files, time = new Date()) {
  const parts = [], entries = [];
  let offset = 0;
  const day = ((time.getFullYear() - 1980) << 9) | ((time.getMonth() + 1) << 5) | time.getDate();
  const clock = (time.getHours() << 11) | (time.getMinutes() << 5) | (time.getSeconds() >> 1);
  for (const { name, bytes } of files) {
    const label = new TextEncoder().encode(name);
    const facts = [VERSION, UTF8, 0, clock, day];
    const sizes = [crc32(bytes), bytes.length, bytes.length];
    const local = record([[LOCAL, 4], ...short(facts), ...long(sizes), ...short([label.length, 0])]);
    parts.push(local, label, bytes);
    entries.push(
      record([[CENTRAL, 4], [VERSION, 2], ...short(facts), ...long(sizes), ...short([label.length, 0, 0, 0, 0]), [0, 4], [offset, 4]]),
      label,
    );
    offset += local.length + label.length + bytes.length;
  }
  const length = entries.reduce((sum, part) => sum + part.length, 0);
  const count = files.length;
  const end = record([[END, 4], ...short([0, 0, count, count]), [length, 4], [offset, 4], [0, 2]]);
  return new Blob([...parts, ...entries, end], { type: "application/zip" });
}

function short(numbers) {
  return numbers.map((number) => [number, 2]);
}

function long(numbers) {
  return numbers.map((number) => [number, 4]);
}

// Numbers of two or four bytes, the lowest byte first.
function record(fields) {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [, size]) => sum + size, 0)));
  let at = 0;
  for (const [number, size] of fields) {
    if (size === 2) view.setUint16(at, number, true);
    else view.setUint32(at, number, true);
    at += size;
  }
  return new Uint8Array(view.buffer);
}
