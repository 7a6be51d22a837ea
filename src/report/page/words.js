"use strict";
// The data of the page (see PageDataJson), and words that several sections share.
(function () {
  const {element, percent, number, decimal} = awase;
  const data = JSON.parse(document.getElementById("data").textContent);
  const {tuning} = data.training;
  awase.data = data;
  awase.sections = {}; // name → a function that gives the section's elements
  awase.bar = "var(--bar)";
  awase.quietBar = "var(--bar-quiet)";

  // "bought_after" → "Bought after".
  awase.relationName = (name) => name[0].toUpperCase() + name.slice(1).replaceAll("_", " ");
  // What a relation counts (relations::RelationUnits).
  const relationUnits = {
    bought_together: "orders",
    also_bought: "customers",
    bought_after: "customers",
    viewed_together: "sessions",
    viewed_bought: "sessions",
  };
  awase.units = (name) => relationUnits[name] || "units";
  awase.p = (...children) => element("p", null, ...children);
  awase.quiet = (...children) => element("p", {class: "quiet small"}, ...children);

  const bestClassical = (tuning.classical || []).reduce((a, b) => (a && a.ndcg_at_10 >= b.ndcg_at_10 ? a : b), null);
  const gain = tuning.tuned && bestClassical ? tuning.chosen.ndcg_at_10 / bestClassical.ndcg_at_10 - 1 : null;
  // Over the best fixed score, as a share; null where nothing was searched for.
  awase.gain = gain;

  awase.comparisonWithFixed = function () {
    if (gain === null) {
      return (
        "It was not held against the fixed scores: " +
        (tuning.judges < 200 && data.settings.tune
          ? "there are too few orders of two or more products to tell them apart."
          : "its settings were taken as given, without a search (--no-tune).")
      );
    }
    const verdict = `${percent(Math.abs(gain))} ${gain >= 0 ? "better" : "worse"} than`;
    return (
      `Asked what else is in the last ${number(tuning.judges)} orders, of which its trial had not seen any, its ` +
      `lists are ${verdict} the best fixed score (${bestClassical.ranker}): NDCG@10 ` +
      `${decimal(tuning.chosen.ndcg_at_10, 4)} against ${decimal(bestClassical.ndcg_at_10, 4)}.`
    );
  };
})();
