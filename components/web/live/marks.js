// Marks that say something by shape as well as by colour: verdicts, and where a figure stands beside what was stated.

import { make } from "./dom.js";
import { hint } from "./hint.js";

const SVG = "http://www.w3.org/2000/svg";

// What a verdict's mark shows on a disc, half-disc, diamond, square or dashed ring of 16 units.
const SHAPES = {
  supported: '<circle cx="8" cy="8" r="7" class="live-fill"/><path d="M4.6 8.2l2.4 2.4 4.4-4.8" class="live-cut"/>',
  outdated: '<circle cx="8" cy="8" r="6.2" class="live-line"/><path d="M8 1.8a6.2 6.2 0 0 0 0 12.4z" class="live-fill"/>',
  imprecise: '<path d="M8 .8L15.2 8 8 15.2.8 8z" class="live-fill"/><path d="M4.8 8.8q1.6-2.2 3.2-.8t3.2-.8" class="live-cut"/>',
  contradicted: '<rect x="1" y="1" width="14" height="14" rx="2" class="live-fill"/><path d="M5 5l6 6M11 5l-6 6" class="live-cut"/>',
  recorded: '<path d="M4 8h8" class="live-line"/>',
  untestable: '<circle cx="8" cy="8" r="6.2" class="live-line" stroke-dasharray="2.4 2"/>',
};

/** Two verdicts, then and now, the later one with its word and whether it turned for the better or the worse. */
export function makeVerdicts([then, now], isBrief = false) {
  const box = make("span", "live-verdicts");
  box.append(shape(then, 12), arrow(), shape(now, 16));
  if (!isBrief) make("span", "", box).textContent = now.text;
  if (now.turn) box.append(turned(now.turn, isBrief));
  if (!isBrief) hint(box, inBoth(then, now), false);
  return box;
}

/** A verdict with how many claims have it. */
export function makeVerdictCount(verdict) {
  const box = make("span", "live-verdicts");
  box.append(shape(verdict, 16));
  make("strong", "", box).textContent = verdict.count;
  make("span", "", box).textContent = verdict.text;
  return box;
}

/** All claims of a topic side by side, each a link to it. */
export function makeStrip({ items }) {
  const strip = make("div", "live-strip");
  for (const topic of new Set(items.map((each) => each.topic))) {
    const group = make("section", "", strip);
    make("h3", "", group).textContent = topic;
    const list = make("ul", "", group);
    for (const { label, statement, verdicts, link } of items.filter((each) => each.topic === topic)) {
      const to = make("a", "", make("li", "", list));
      to.href = link;
      to.append(makeVerdicts(verdicts, true));
      make("span", "live-detail", to).textContent = label;
      hint(to, `${statement}. ${inBoth(...verdicts)}`);
    }
  }
  return strip;
}

function inBoth(then, now) {
  return `As published: ${then.text}. Today: ${now.text}${now.turn ? `, for the ${now.turn}` : ""}. ${now.help ?? ""}`.trim();
}

function turned(turn, isBrief) {
  const mark = make("span", `live-turned live-turn-${turn}`);
  mark.textContent = (turn === "better" ? "▲" : "▼") + (isBrief ? "" : ` ${turn}`);
  return mark;
}

function shape({ origin, text }, size) {
  const mark = draw("svg", { viewBox: "0 0 16 16", width: size, height: size, role: "img", "aria-label": text });
  mark.classList.add("live-mark", `live-${origin}`);
  mark.innerHTML = SHAPES[origin] ?? "";
  return mark;
}

function arrow() {
  const between = make("span", "live-arrow");
  between.textContent = "→";
  return between;
}

const COURSE = 34;
const WIDTH = 104, HEIGHT = 18, MOST = 1.4; // shares of what is stated run from nought to 140%

/** Shares of what was stated: the stated range as a band, then as a ring, now as a dot; further out as an arrow. */
export function makeBullet({ stated, then, now, turn }) {
  const [low, high] = stated;
  const mark = draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, role: "img" });
  mark.classList.add("live-bullet");
  mark.setAttribute("aria-label", inWords(then, now));
  mark.append(draw("line", { x1: 0, x2: x(MOST), y1: 9, y2: 9, class: "live-axis" }));
  const end = high ?? MOST;
  if (end > low) mark.append(draw("rect", { x: x(low), width: x(end) - x(low), y: 4, height: 10, class: "live-band" }));
  for (const at of new Set([low, high ?? low])) mark.append(draw("line", { x1: x(at), x2: x(at), y1: 3, y2: 15, class: "live-stated" }));
  if (then && middle(then) !== middle(now)) {
    mark.append(draw("line", { x1: x(middle(then)), x2: x(middle(now)), y1: 9, y2: 9, class: `live-path live-turn-${turn}` }));
    if (middle(then) <= MOST) mark.append(draw("circle", { cx: x(middle(then)), cy: 9, r: 3.4, class: "live-then" }));
  }
  const out = middle(now) > MOST;
  const dot = out
    ? draw("path", { d: `M${x(MOST) - 5} 5l6 4-6 4z`, class: `live-now live-turn-${turn}` })
    : draw("circle", { cx: x(middle(now)), cy: 9, r: 3.8, class: `live-now live-turn-${turn}` });
  mark.append(dot);
  return mark;
}

/** A measure over time: a line for each of its definitions, the last value as a dot. */
export function makeSpark(lines) {
  const mark = draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, "aria-hidden": "true" });
  mark.classList.add("live-spark");
  const points = lines.flat();
  if (points.length === 0) return mark;
  const place = scaled(points);
  for (const line of lines) {
    const path = line.map((point) => place(point).join(" ")).join("L");
    mark.append(draw("path", { d: `M${path}`, class: "live-course" }));
  }
  const [cx, cy] = place(lines.at(-1).at(-1));
  mark.append(draw("circle", { cx, cy, r: 2.2, class: "live-now" }));
  return mark;
}

/** A price before a day, faint, and since it: a ring where the later part begins, a dot at its end. */
export function makeCourse({ before, after }) {
  const mark = draw("svg", { viewBox: `0 0 ${WIDTH} ${COURSE}`, width: WIDTH, height: COURSE, "aria-hidden": "true" });
  mark.classList.add("live-spark");
  const place = scaled([...before, ...after], COURSE);
  for (const [points, name] of [[before, "live-before"], [after, "live-course"]]) {
    if (points.length > 1) mark.append(draw("path", { d: `M${points.map((point) => place(point).join(" ")).join("L")}`, class: name }));
  }
  const [[x0, y0], [x1, y1]] = [place(after[0]), place(after.at(-1))];
  if (after.length > 1) mark.append(draw("circle", { cx: x0, cy: y0, r: 3, class: "live-then" }));
  mark.append(draw("circle", { cx: x1, cy: y1, r: 2.6, class: "live-now" }));
  return mark;
}

// Where a point of some days and values stands in the mark.
function scaled(points, tall = HEIGHT) {
  const [days, values] = [0, 1].map((part) => points.map((point) => point[part]));
  const span = (all) => [Math.min(...all), Math.max(...all) - Math.min(...all) || 1];
  const [[first, time], [least, height]] = [span(days), span(values)];
  return ([day, value]) => [
    round(3 + ((day - first) / time) * (WIDTH - 6)),
    round(tall - 3 - ((value - least) / height) * (tall - 6)),
  ];
}

function round(number) {
  return Math.round(number * 10) / 10;
}

/** What a bullet shows, in words. */
export function inWords(then, now) {
  const before = then ? `${percent(then)} of what is stated when it appeared, ` : "";
  return `${before}${percent(now)} today`;
}

function percent([low, high]) {
  const [first, last] = [low, high].map((share) => `${Math.round(share * 100)}%`.replace("-", "−"));
  return first === last ? first : `${first} to ${last}`;
}

function middle([low, high]) {
  return (low + high) / 2;
}

function x(share) {
  return 4 + Math.min(Math.max(share, 0), MOST) * ((WIDTH - 8) / MOST);
}

function draw(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
