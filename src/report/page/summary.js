"use strict";
// First: what happened, in words.
(function () {
  const {element, number, percent, date, moment, count, p, gain, comparisonWithFixed, data} = awase;
  const {training, dump} = data;
  const {promotion} = training;

  function activation() {
    const reasons = element(
      "ul",
      null,
      promotion.reasons.map((reason) => element("li", null, reason)),
    );
    const against = promotion.compared_with;
    if (training.activated && promotion.forced) {
      return element(
        "div",
        {class: "notice warn"},
        element("strong", null, "It was activated although it is worse than " + "the version before it. "),
        "What was said: “",
        promotion.forced,
        "”",
        reasons,
      );
    }
    if (training.activated) {
      if (!against)
        return element("div", {class: "notice good"}, "It is active: there was no active version before it.");
      if (against === training.version) {
        return element("div", {class: "notice good"}, "It is active, as it was before: the same orders and settings.");
      }
      return element(
        "div",
        {class: "notice good"},
        "It is active: it stays within all bounds against ",
        element("code", null, against),
        ", the version before it.",
      );
    }
    if (promotion.reasons.length === 0) {
      return element(
        "div",
        {class: "notice"},
        "It is not active, because that was not asked for (--no-activate). It " + "stays within all bounds",
        against ? " against the active version." : ".",
      );
    }
    return element(
      "div",
      {class: "notice bad"},
      element(
        "strong",
        null,
        data.wants_activation ? "It stays inactive: the version before it goes on serving." : "It would stay inactive.",
      ),
      reasons,
    );
  }

  function period() {
    if (training.first_order_micros === undefined) return "";
    return ` made from ${date(training.first_order_micros / 1000)} to ${date(training.last_order_micros / 1000)}`;
  }

  function whatIsNew() {
    if (training.appended_to) return ` Orders were added to those of version ${training.appended_to}.`;
    return "";
  }

  function summary() {
    const together = training.relations.bought_together;
    const state = training.activated ? ["good", "active"] : ["bad", "not active"];
    document
      .getElementById("top")
      .append(
        element("h1", null, "Training report: ", data.model),
        p(
          element("span", {class: `badge ${state[0]}`, id: "state"}, state[1]),
          " version ",
          element("code", null, training.version),
          element("span", {class: "quiet"}, ` · ${moment(data.written_at_ms)}`),
        ),
      );
    const figure = (value, label) =>
      element("div", {class: "figure"}, element("b", null, value), element("span", null, label));
    return [
      activation(),
      p(
        `${count(training.orders.rows_read, "row", "rows")} of ${count(training.orders.files.length, "file", "files")} were ` +
          `read. After cleaning ${count(dump.orders, "order", "orders")} remain,${period()}` +
          (training.catalogue.customers > 0
            ? `, by ${count(training.catalogue.customers, "customer", "customers")}`
            : "") +
          `. ${count(dump.products, "product", "products")} were bought.${whatIsNew()}`,
      ),
      p(comparisonWithFixed()),
      promotion.churn === undefined
        ? null
        : p(
            `Of what the first ten of the lists showed in the version before it, ` +
              `${percent(promotion.churn)} would be replaced, each page counted as often as its product was ordered.`,
          ),
      element(
        "div",
        {class: "figures"},
        figure(number(dump.orders), "orders"),
        figure(number(dump.products), "products bought"),
        together ? figure(number(together.products_with_list), "products with a list") : null,
        together
          ? figure(number(together.products_with_claim), "with a claim: said to people, and fit for bundles")
          : null,
        figure(number(training.ladders.products_with_served_rung), "with a lower or higher model"),
        gain === null
          ? null
          : figure(percent(Math.abs(gain)), `${gain >= 0 ? "better" : "worse"} than the best fixed score`),
      ),
      training.warnings.length === 0
        ? null
        : element(
            "div",
            {class: "notice warn"},
            element("strong", null, "Look at this"),
            element(
              "ul",
              {id: "warnings"},
              training.warnings.map((warning) => element("li", null, warning)),
            ),
          ),
    ];
  }

  awase.sections.summary = summary;
})();
