"use strict";
// The dump: when, how large, how popular.
(function () {
  const {element, number, percent, date, count, table, picture, p, bar, data, quietBar} = awase;
  const {dump} = data;

  function ordersOverTime() {
    if (dump.periods.length === 0) return p("The orders have no times.");
    const each = dump.weeks_per_period === 1 ? "week" : `${dump.weeks_per_period} weeks`;
    const rows = dump.periods.map((d) => ({
      at: new Date(d.from_ms),
      until: new Date(d.from_ms + dump.weeks_per_period * 6048e5),
      orders: d.orders,
    }));
    return picture(
      `Orders per ${each}`,
      "A gap or a cliff is often a file that is missing. The first and the last are seldom whole.",
      () => ({
        height: 220,
        marginLeft: 55,
        x: {type: "utc", label: null},
        y: {grid: true, nice: true, label: "orders", tickFormat: number, ticks: 5},
        marks: [Plot.rectY(rows, {x1: "at", x2: "until", y: "orders", fill: bar, insetLeft: 0.5}), Plot.ruleY([0])],
      }),
      [
        ["from", false],
        ["orders", true],
      ],
      dump.periods.map((d) => [date(d.from_ms), number(d.orders)]),
    );
  }

  function basketSizes() {
    const name = (bin) =>
      bin.to === undefined ? `${bin.from}+` : bin.from === bin.to ? String(bin.from) : `${bin.from}–${bin.to}`;
    const rows = dump.sizes.map((bin) => ({size: name(bin), orders: bin.orders}));
    return picture(
      "Products in an order",
      `Half of the orders have ${number(dump.median_size)} or fewer, the largest has ` +
        `${number(dump.largest_size)}. Only orders of two or more say what goes together.`,
      (width) => ({
        height: 220,
        marginLeft: 55,
        marginBottom: 45,
        x: {type: "band", domain: rows.map((d) => d.size), label: null, tickRotate: width < 700 ? -45 : 0},
        y: {grid: true, nice: true, label: "orders", tickFormat: number, ticks: 5},
        marks: [
          Plot.barY(rows, {x: "size", y: "orders", fill: (d) => (d.size === "1" ? quietBar : bar)}),
          Plot.ruleY([0]),
        ],
      }),
      [
        ["products", false],
        ["orders", true],
        ["share", true],
      ],
      rows.map((d) => [d.size, number(d.orders), percent(d.orders / Math.max(1, dump.orders))]),
    );
  }

  // How many of the products make up `share` of all purchases.
  const productsFor = (share) =>
    (dump.popularity.find((d) => d.purchases >= share * dump.purchases) || {products: 0}).products;

  function popularity() {
    const rows = dump.popularity.map((d) => ({products: d.products, share: d.purchases / Math.max(1, dump.purchases)}));
    return picture(
      "How much of all purchases the best-sellers make up",
      `About ${count(productsFor(0.5), "product makes", "products make")} up half of them; ` +
        `${count(dump.rare_products, "product is", "products are")} in fewer than five orders, too few to learn much from.`,
      () => ({
        height: 240,
        marginLeft: 55,
        marginBottom: 45,
        x: {type: "log", label: "best-sellers", tickFormat: "~s", ticks: 5},
        y: {
          grid: true,
          domain: [0, 1],
          label: "share of purchases",
          tickFormat: (d) => `${Math.round(100 * d)} %`,
          ticks: 5,
        },
        marks: [
          Plot.areaY(rows, {x: "products", y: "share", fill: bar, fillOpacity: 0.25}),
          Plot.lineY(rows, {x: "products", y: "share", stroke: bar, strokeWidth: 2}),
          Plot.ruleY([0]),
        ],
      }),
      [
        ["best-sellers", false],
        ["share of purchases", true],
      ],
      dump.popularity.map((d) => [number(d.products), percent(d.purchases / Math.max(1, dump.purchases))]),
    );
  }

  function theDump() {
    return [
      ordersOverTime(),
      element("div", {class: "pair"}, basketSizes(), popularity()),
      element("h3", null, "Best-sellers"),
      table(
        null,
        [
          ["product", false],
          ["orders", true],
          ["share of orders", true],
        ],
        dump.best_sellers.map((seller) => [
          seller.title || seller.id,
          number(seller.orders),
          percent(seller.orders / Math.max(1, dump.orders)),
        ]),
      ),
    ];
  }

  awase.sections.orders = theDump;
})();
