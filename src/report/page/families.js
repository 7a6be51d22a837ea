"use strict";
// Families of comparable products, and the steps between them.
(function () {
  const {element, number, count, table, p, quiet, data} = awase;
  const {ladders} = data.training;

  const sources = {
    family: "family",
    product_type: "product type",
    category: "category",
    series: "product type and series",
  };
  const kinds = {model: "", pack: "pack, ", subscription: "subscription, ", brand: "brand, "};
  const specName = (column) => column.slice(column.indexOf(".") + 1).replaceAll("_", " ");

  function step(next) {
    const isShown = next.grade !== "WEAK";
    return element(
      "div",
      {class: isShown ? "step" : "step quiet", title: next.evidence},
      next.product_id,
      element("span", {class: "small"}, ` ${next.price_delta} `),
      element("span", {class: isShown ? "badge mark" : "small"}, `${kinds[next.kind]}${next.grade}`),
    );
  }

  function stepsOf(row, direction) {
    return element(
      "td",
      {class: "steps"},
      row.steps.filter((next) => next.direction === direction && next.rung === 1).map(step),
    );
  }

  function evidence(family) {
    const steps = family.rows.flatMap((row) => row.steps.map((next) => ({...next, from: row.product_id})));
    return element(
      "details",
      null,
      element("summary", null, `Evidence of ${count(steps.length, "step", "steps")}`),
      table(
        null,
        [
          ["from", false],
          ["to", false],
          ["", false],
          ["grade", false],
          ["what speaks for it", false],
        ],
        steps.map((next) => [
          next.from,
          next.product_id,
          `${next.direction} ${next.rung}`,
          next.grade,
          element("td", {class: "text small"}, next.evidence),
        ]),
      ),
    );
  }

  function familyTable(family) {
    const has = (name) => family.rows.some((row) => row[name]);
    const columns = [["product", false], ["price", true]];
    if (has("unit_price")) columns.push(["unit price", true]);
    columns.push(["orders", true]);
    if (has("tier")) columns.push(["tier", false]);
    for (const spec of family.specs) columns.push([specName(spec), false]);
    columns.push(["next cheaper", false], ["next better", false]);
    const rows = family.rows.map((row) => [
      element(
        "th",
        {scope: "row"},
        row.title || row.product_id,
        row.title ? [" ", element("span", {class: "quiet small"}, row.product_id)] : null,
      ),
      row.price,
      ...(has("unit_price") ? [row.unit_price] : []),
      number(row.orders),
      ...(has("tier") ? [element("td", null, row.tier)] : []),
      ...family.specs.map((spec) => element("td", null, row.specs[spec] || "")),
      stepsOf(row, "lower"),
      stepsOf(row, "higher"),
    ]);
    return element(
      "div",
      {class: "family"},
      element("h3", null, family.family),
      quiet(
        `By ${sources[family.source] || family.source}: ${count(family.products, "product", "products")}, ` +
          `${count(family.orders, "purchase", "purchases")}.`,
        family.rows.length < family.products
          ? ` Shown by price: numbers ${number(family.first + 1)} to ${number(family.first + family.rows.length)}, ` +
              "around the one that is bought most."
          : "",
      ),
      table(null, columns, rows),
      evidence(family),
    );
  }

  function problems() {
    if (ladders.problems.length === 0) return null;
    return element(
      "details",
      null,
      element("summary", null, "What of the catalogue could not be compared"),
      table(
        null,
        [
          ["column", false],
          ["problem", false],
          ["products", true],
          ["such as", false],
        ],
        ladders.problems.map((problem) => [
          problem.column,
          element("td", {class: "text"}, problem.problem),
          number(problem.products),
          problem.examples.join(", "),
        ]),
      ),
    );
  }

  function familySection() {
    const graded = ["CERTIFIED", "STATISTICAL", "ASSERTED", "WEAK"]
      .map((grade) => `${number(ladders.rungs[grade])} ${grade}`)
      .join(", ");
    return [
      p(
        `${count(ladders.families, "family", "families")} of comparable products, in which ` +
          `${count(ladders.products_with_rung, "product has", "products have")} a next cheaper or better one; pages ` +
          `show that of ${number(ladders.products_with_served_rung)} of them. Steps by grade: ${graded}. CERTIFIED is ` +
          "a better product in every way that compares to which customers move, STATISTICAL one to which they move, " +
          "ASSERTED one that the catalogue says is better; WEAK has nothing but its price for it, and is never shown.",
      ),
      data.families.length === 0 ? quiet("No family has a step that pages show.") : data.families.map(familyTable),
      problems(),
    ];
  }

  awase.sections.families = familySection;
})();
