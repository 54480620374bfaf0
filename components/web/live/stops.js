// Where a slider's handle can stand, and how a number is written and read. Pure: no element, no state.
//
// Python's `scenario/types.py` lays the same stops; a frame of a sweep belongs to each.

const DIGITS = 9;
const NEARLY = 1e-9;

/** All round steps from low to high, and the default (`home`) as it is. */
export function stopsOf({ low, high, step, home }) {
  const [first, last] = [Math.ceil(low / step - NEARLY), Math.floor(high / step + NEARLY)];
  const round = Array.from({ length: Math.max(last - first + 1, 0) }, (_, place) => trimmed((first + place) * step));
  if (round.some((stop) => Math.abs(stop - home) < NEARLY * step)) return round;
  return [...round, home].sort((one, other) => one - other);
}

/** The place of the stop that is nearest to a value. */
export function nearest(stops, value) {
  const distances = stops.map((stop) => Math.abs(stop - value));
  return distances.indexOf(Math.min(...distances));
}

/** A number as the reader sees it: with so many decimals, or those that it needs, thousands separators, a true minus. */
export function written(value, decimals) {
  let places = decimals;
  while (places < 6 && Math.abs(Number(value.toFixed(places)) - value) > NEARLY) places += 1;
  return rounded(value, places);
}

/** A number with exactly so many decimals, thousands separators and a true minus. */
export function rounded(value, places) {
  const digits = { minimumFractionDigits: places, maximumFractionDigits: places };
  return value.toLocaleString("en-US", digits).replace("-", "−");
}

/** The number that a reader has typed, or null where it is none: 1,234.5 and −5 and 10% are. */
export function typed(text) {
  const plain = text.trim().replace("−", "-").replace(/[\s\u00a0]|,(?=\d{3}(\D|$))/g, "").replace(/(%|x)$/, "");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

/** A number without the crumbs of a computer's sum. */
export function trimmed(value) {
  return Number(value.toFixed(DIGITS));
}
