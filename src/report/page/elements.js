"use strict";
// Elements, numbers and pictures of the page. Texts of the dump only ever become text nodes.
const awase = {};

// element("td", {class: "number"}, "12", otherElement): what is null or false is left out.
awase.element = function (name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value);
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) made.append(child);
  }
  return made;
};

const whole = new Intl.NumberFormat("en-GB", {maximumFractionDigits: 0});
awase.number = (value) => whole.format(value);
awase.decimal = (value, digits) =>
  new Intl.NumberFormat("en-GB", {minimumFractionDigits: digits, maximumFractionDigits: digits}).format(value);
awase.percent = (share, digits = 1) => `${awase.decimal(100 * share, digits)}\u00a0%`;
// As few digits as say it: settings are 0.25, 300, 1e9.
awase.plain = (value) => (typeof value === "number" ? String(Number(value.toPrecision(4))) : String(value));
awase.date = (ms) =>
  new Intl.DateTimeFormat("en-GB", {day: "numeric", month: "short", year: "numeric", timeZone: "UTC"}).format(ms);
awase.moment = (ms) => `${awase.date(ms)}, ${new Date(ms).toISOString().slice(11, 16)} UTC`;
awase.seconds = (s) =>
  s < 100 ? `${awase.decimal(s, 2)} s` : `${awase.number(Math.floor(s / 60))} min ${awase.number(s % 60)} s`;
awase.count = (value, one, many) => `${awase.number(value)} ${value === 1 ? one : many}`;

// columns: [title, isNumber]; rows: arrays of texts or elements, or {cells, class}. The first cell of a row heads it.
awase.table = function (caption, columns, rows) {
  const {element} = awase;
  const classOf = (i) => (columns[i][1] ? "number" : null);
  const head = element(
    "tr",
    null,
    columns.map((column, i) => element("th", {scope: "col", class: classOf(i)}, column[0])),
  );
  const body = rows.map((row) => {
    const cells = Array.isArray(row) ? row : row.cells;
    return element(
      "tr",
      {class: Array.isArray(row) ? null : row.class},
      cells.map((cell, i) => {
        if (cell instanceof HTMLTableCellElement) return cell;
        if (i === 0) return element("th", {scope: "row", class: classOf(i)}, cell);
        return element("td", {class: classOf(i) || "text"}, cell);
      }),
    );
  });
  return element(
    "div",
    {class: "scroll"},
    element(
      "table",
      null,
      caption ? element("caption", null, caption) : null,
      element("thead", null, head),
      element("tbody", null, body),
    ),
  );
};

const drawings = [];

// A picture with its numbers below. `plot(width)` gives the options of Plot.plot; the picture is drawn as wide as there
// is room, and again when that changes.
awase.picture = function (title, about, plot, columns, rows) {
  const {element} = awase;
  const canvas = element("div", {class: "canvas"});
  drawings.push(() => {
    const width = Math.max(260, Math.floor(canvas.clientWidth));
    if (canvas.dataset.width === String(width)) return;
    canvas.dataset.width = String(width);
    canvas.replaceChildren(
      Plot.plot({
        width,
        ariaLabel: title,
        ariaDescription: about,
        style: {background: "none", fontSize: "12px"},
        ...plot(width),
      }),
    );
  });
  return element(
    "figure",
    null,
    element("figcaption", null, title, about ? element("span", {class: "quiet"}, about) : null),
    canvas,
    element("details", null, element("summary", null, "Numbers"), awase.table(title, columns, rows)),
  );
};

awase.drawAll = function () {
  for (const draw of drawings) draw();
};

awase.drawAlways = function () {
  awase.drawAll();
  let waiting = false;
  new ResizeObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      awase.drawAll();
    });
  }).observe(document.getElementById("report"));
};
