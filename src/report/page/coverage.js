"use strict";
// Which products have something to show.
(function () {
  const {number, picture, relationName, units, p, bar, quietBar, data} = awase;
  const {training, settings} = data;

  function coverage() {
    const relations = Object.entries(training.relations).sort(
      ([a], [b]) => (b === "bought_together") - (a === "bought_together"),
    );
    const rows = relations.flatMap(([name, relation]) => [
      {relation: relationName(name), what: "with a list", products: relation.products_with_list},
      {relation: relationName(name), what: "with a claim", products: relation.products_with_claim},
    ]);
    return [
      p(
        "A product has a list when at least ",
        number(settings.min_buyers),
        " people bought it with something, and otherwise, unless it is switched off, one made of its kind: its type, " +
          "category, brand, author or series. A claim is an entry " +
          "with enough evidence to be said to people: it passed a test against chance that knows how large orders are, " +
          "and where it is about orders or sessions it lasted from one period to the next. " +
          "Only claims get into bundles.",
      ),
      picture(
        "Products with a list and with a claim",
        `Of ${number(training.catalogue.products)} products in the catalogue.`,
        () => ({
          height: 70 * relations.length + 50,
          marginLeft: 100,
          marginRight: 125,
          x: {label: null, grid: true, tickFormat: "~s", ticks: 4},
          y: {label: null, axis: null, domain: ["with a list", "with a claim"]},
          fy: {label: null, domain: relations.map(([name]) => relationName(name))},
          marks: [
            Plot.axisFy({anchor: "left", label: null, dx: -100, textAnchor: "start"}),
            Plot.barX(rows, {
              x: "products",
              y: "what",
              fy: "relation",
              fill: (d) => (d.what === "with a list" ? quietBar : bar),
              insetTop: 1,
            }),
            Plot.text(rows, {
              x: "products",
              y: "what",
              fy: "relation",
              text: (d) => `${number(d.products)} ${d.what}`,
              textAnchor: "start",
              dx: 5,
            }),
            Plot.ruleX([0]),
          ],
        }),
        [
          ["relation", false],
          ["counted in", false],
          ["units", true],
          ["entries", true],
          ["with a list", true],
          ["with a claim", true],
          ["claims", true],
          ["pairs tested", true],
        ],
        relations.map(([name, r]) => [
          relationName(name),
          units(name),
          number(r.units),
          number(r.entries),
          number(r.products_with_list),
          number(r.products_with_claim),
          number(r.claims),
          number(r.pairs_tested),
        ]),
      ),
    ];
  }

  awase.sections.coverage = coverage;
})();
