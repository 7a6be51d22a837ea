"use strict";
// How good the lists are, by themselves and beside the active version, and with which settings.
(function () {
  const {
    element,
    number,
    decimal,
    percent,
    plain,
    count,
    table,
    picture,
    p,
    quiet,
    bar,
    quietBar,
    comparisonWithFixed,
    data,
  } = awase;
  const {training, settings} = data;
  const {promotion, tuning} = training;

  function quality() {
    const parts = [];
    if (tuning.tuned) {
      const rows = [{...tuning.chosen, ranker: "this version", own: true}, ...tuning.classical].sort(
        (a, b) => b.ndcg_at_10 - a.ndcg_at_10,
      );
      parts.push(
        p(
          "One product of each of the last orders is shown, and the rest of the order is to be found among all products. " +
            "NDCG@10 is 1 when what was bought stands at the top of the list, and 0 when none of it is among the first ten.",
        ),
        picture(
          "NDCG@10 of the lists",
          "More is better. The fixed scores learn from the same orders.",
          () => ({
            height: 34 * rows.length + 40,
            marginLeft: 110,
            marginRight: 60,
            x: {label: null, grid: true, tickFormat: (d) => decimal(d, 2), ticks: 5},
            y: {domain: rows.map((d) => d.ranker), label: null},
            marks: [
              Plot.barX(rows, {
                x: "ndcg_at_10",
                y: "ranker",
                fill: (d) => (d.own ? bar : quietBar),
                insetTop: 3,
                insetBottom: 3,
              }),
              Plot.text(rows, {
                x: "ndcg_at_10",
                y: "ranker",
                text: (d) => decimal(d.ndcg_at_10, 4),
                textAnchor: "start",
                dx: 5,
              }),
              Plot.ruleX([0]),
            ],
          }),
          [
            ["", false],
            ["NDCG@10", true],
            ["this version is better by", true],
            ["coverage@10", true],
          ],
          rows.map((d) => ({
            class: d.own ? "own" : null,
            cells: [
              d.ranker,
              decimal(d.ndcg_at_10, 4),
              d.own || !(d.ndcg_at_10 > 0) ? "" : percent(tuning.chosen.ndcg_at_10 / d.ndcg_at_10 - 1),
              percent(d.coverage_at_10),
            ],
          })),
        ),
        quiet(
          "The settings were chosen by these orders, so that the figure of this version is a little flattered; " +
            "awase eval judges a version by orders that had no part in it.",
        ),
      );
    } else {
      parts.push(p(comparisonWithFixed()));
    }
    const carts = training.carts;
    if (carts.tuned) {
      parts.push(
        p(
          `Carts: one product of ${number(carts.cases)} late orders was hidden, and ${percent(carts.hr_at_10)} of them ` +
            `came back among the first ten proposals (${percent(carts.default_hr_at_10)} before the search for settings).`,
        ),
      );
    } else if (carts.weights > 0) {
      parts.push(p(`Carts: a model of ${number(carts.weights)} weights, with its settings as given.`));
    } else {
      parts.push(p("Carts: no model of carts was made."));
    }
    return parts;
  }

  const settingNames = {
    basket_size_exponent: "how much less an order of many products says (0 = as much)",
    half_life_days: "days after which an order counts half (0 = age does not matter)",
    popularity_exponent: "discount of best-sellers",
    season_weight: "what an order of this season of an earlier year counts against one of now",
    trend_exponent: "how much a product gains that sells more lately",
    popularity_orders: "orders' worth of what everybody buys, for rare products",
    type_orders: "orders' worth of what is bought with their type, for rare products",
    similar_orders: "orders' worth of what is bought with products of a like profile",
    same_type_bonus: "bonus of products of the same type",
    type_lift_exponent: "how much products gain whose type goes with the page's",
    coverage_bonus: "what a product is worth that no list shows yet",
    expected_cases: "pages over which that bonus is reckoned",
  };

  function tunedSettings() {
    const ranking = Object.entries(settings.ranking || {});
    const cart = settings.cart || {};
    return [
      p(
        tuning.tuned
          ? `Found by ${count(tuning.evaluations, "trial", "trials")} on the dump's own last orders, for the lists ` +
              "of bought together."
          : "Taken as they were given, or by default.",
      ),
      tuning.tuned && !tuning.knows_season
        ? p("No season was looked for: the orders that settings are learned from reach back less than 395 days.")
        : null,
      table(
        null,
        [
          ["setting", false],
          ["value", true],
          ["meaning", false],
        ],
        [
          ...ranking.map(([name, value]) => [name, plain(value), settingNames[name] || ""]),
          ["cart neighbours", plain(cart.neighbours), "products on which each one is regressed for carts"],
          ["cart lambda", plain(cart.lambda), "purchases it takes to be believed there"],
          ["top_k", plain(settings.top_k), "longest list kept"],
          ["min_buyers", plain(settings.min_buyers), "pairs that fewer people bought are left out"],
        ],
      ),
    ];
  }

  function againstActive() {
    if (!promotion.compared_with && promotion.reasons.length === 0)
      return [p("There was no active version to hold it against.")];
    if (promotion.compared_with === training.version) return [p("It is the active version itself, trained once more.")];
    if (promotion.churn === undefined) return promotion.reasons.map((reason) => p(reason));
    const {active, next, quality: q, bounds} = promotion;
    const mark = (fails) => element("td", {class: fails ? "bad" : "good"}, fails ? "✗ beyond" : "✓ within");
    const fails = (word) => promotion.reasons.some((reason) => reason.startsWith(word));
    const basis = {
      same_orders: `on ${number(q.questions)} orders that neither has learned from`,
      own_orders: "each on the last tenth of its own orders",
      none: "",
    }[q.basis];
    const rows = [
      [
        "Share of ordered products that any list shows",
        percent(active.coverage_at_10),
        percent(next.coverage_at_10),
        `at most ${percent(bounds.max_coverage_loss, 0)} less`,
        mark(fails("coverage")),
      ],
      [
        "Ordered products without a list",
        percent(active.empty_share),
        percent(next.empty_share),
        `at most ${decimal(100 * bounds.max_empty_rise, 0)} points more`,
        mark(fails("empty")),
      ],
      [
        "Products in 100 orders or more with a claim",
        percent(active.claim_share),
        percent(next.claim_share),
        `at most ${percent(bounds.max_claim_loss, 0)} less`,
        mark(fails("claims")),
      ],
      [
        "Of what lists show, gone (churn)",
        "",
        percent(promotion.churn),
        `at most ${percent(bounds.max_churn, 0)}`,
        mark(fails("churn")),
      ],
    ];
    if (q.basis !== "none") {
      rows.unshift([
        `NDCG@10, ${basis}`,
        decimal(q.active_ndcg_at_10, 4),
        decimal(q.ndcg_at_10, 4),
        `at most ${percent(bounds.max_quality_loss, 0)} less`,
        mark(fails("quality")),
      ]);
    }
    return [
      table(
        null,
        [
          ["", false],
          [`active, ${promotion.compared_with.slice(0, 8)}…`, true],
          ["this version", true],
          ["bound", false],
          ["", false],
        ],
        rows,
      ),
      q.basis === "same_orders"
        ? quiet(
            "The lists of this version were learned without the last tenth of the orders for this, those of " +
              "the active version as they are: the comparison leans to the active one. Only a loss that is not chance counts.",
          )
        : null,
      q.basis === "none"
        ? quiet("Quality could not be compared: too few new orders, or a version that does not say how good it was.")
        : null,
    ];
  }

  awase.sections.quality = quality;
  awase.sections.settings = tunedSettings;
  awase.sections.againstActive = againstActive;
})();
