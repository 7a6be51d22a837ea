"use strict";
// What was dropped, and how the run went.
(function () {
  const {element, number, seconds, table, picture, relationName, units, p, quiet, bar, data} = awase;
  const {training} = data;

  function dropped() {
    const rows = [];
    for (const [what, report] of [
      ["orders", training.orders],
      ["products", training.products],
    ]) {
      for (const drop of report.rows_dropped)
        rows.push([`rows of ${what}: ${drop.reason}`, number(drop.rows), drop.bad ? "bad" : "by design"]);
    }
    const cleaning = training.cleaning;
    const line = (value, what) => {
      if (value > 0) rows.push([what, number(value), "by design"]);
    };
    line(cleaning.lines_duplicate, "lines that repeat a product of their order: counted once");
    line(cleaning.lines_cancelled, "lines that were cancelled");
    line(cleaning.lines_returned, "lines that are returns");
    line(cleaning.lines_undone, "lines whose product was returned in full");
    line(cleaning.returns_unmatched, "returns without a purchase to subtract from");
    line(cleaning.orders_emptied, "orders of which nothing is left");
    line(training.catalogue.duplicate_ids, "product rows that repeat a product_id");
    line(training.catalogue.parent_cycles, "parent_ids that lead back to their own product");
    for (const [name, relation] of Object.entries(training.relations)) {
      line(relation.units_too_large, `${units(name)} too large to be counted for ${relationName(name).toLowerCase()}`);
    }
    const kept = (what, report) =>
      report.files.length === 0
        ? null
        : p(`${what}: ${number(report.rows_kept)} of ${number(report.rows_read)} rows kept.`);
    const notes = [...training.orders.notes, ...training.products.notes];
    return [
      kept("Orders", training.orders),
      kept("Products", training.products),
      rows.length === 0
        ? p("Nothing was dropped.")
        : table(
            null,
            [
              ["what and why", false],
              ["count", true],
              ["", false],
            ],
            rows,
          ),
      notes.length === 0
        ? null
        : element(
            "ul",
            null,
            notes.map((note) => element("li", null, note)),
          ),
      quiet("Samples of dropped rows are in the manifest, not here: they may name customers."),
    ];
  }

  function theRun() {
    const inOrder = ["read", "intern", "tune", "ladder", "count", "rank", "write"]; // as they ran
    const stages = Object.entries(training.stages)
      .map(([stage, time]) => ({stage, ...time}))
      .sort((a, b) => inOrder.indexOf(a.stage) - inOrder.indexOf(b.stage));
    const all = stages.reduce((sum, stage) => sum + stage.seconds, 0);
    const files = [...training.orders.files, ...training.products.files];
    return [
      picture(
        "Where the time went",
        `${seconds(all)} in all, ${number(training.peak_rss_bytes / 1048576)} MiB of memory at most.`,
        () => ({
          height: 30 * stages.length + 40,
          marginLeft: 60,
          marginRight: 60,
          x: {label: "seconds", grid: true, ticks: 5},
          y: {domain: stages.map((d) => d.stage), label: null},
          marks: [
            Plot.barX(stages, {x: "seconds", y: "stage", fill: bar, insetTop: 3, insetBottom: 3}),
            Plot.ruleX([0]),
          ],
        }),
        [
          ["stage", false],
          ["time", true],
          ["rows", true],
        ],
        stages.map((d) => [d.stage, seconds(d.seconds), number(d.rows)]),
      ),
      element(
        "details",
        null,
        element("summary", null, `Files (${number(files.length)})`),
        table(
          null,
          [
            ["file", false],
            ["bytes", true],
            ["SHA-256", false],
          ],
          files.map((file) => [file.path, number(file.bytes), file.sha256]),
        ),
      ),
    ];
  }

  awase.sections.dropped = dropped;
  awase.sections.run = theRun;
})();
