"use strict";
// Plans, and how customers' use fits them.
(function () {
  const {element, number, count, table, p, data} = awase;
  const {plans} = data.training;

  // Exact minor units as people read them.
  function money(currency, minor) {
    try {
      const format = new Intl.NumberFormat("en-GB", {style: "currency", currency, currencyDisplay: "code"});
      return format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits);
    } catch {
      return `${currency} ${number(minor)} (minor units)`; // no currency that the browser knows
    }
  }

  function faults(title, list) {
    if (list.count === 0) return null;
    const cut = list.count > list.first.length ? `, of which the first ${number(list.first.length)}` : "";
    return [
      element("h3", null, `${title} (${number(list.count)}${cut})`),
      table(
        null,
        [
          ["product", false],
          ["column", false],
          ["what", false],
        ],
        list.first.map((fault) => [fault.product_id, fault.column, element("td", {class: "text"}, fault.message)]),
      ),
    ];
  }

  function subscribers() {
    if (plans.subscribers === 0 && plans.users_without_subscription === 0) {
      return p("No subscriptions and no usage were given (--subscriptions, --usage): nobody's plan was looked at.");
    }
    const notAdvised = [
      [plans.subscribers_with_too_many_periods, "usage of over 400 periods"],
      [plans.subscribers_with_other_periods, "usage by month, of a plan that is paid by another interval"],
      [plans.subscribers_with_unknown_options, "options that are none of the catalogue's"],
    ];
    const amounts = (sums) =>
      Object.entries(sums)
        .map(([currency, minor]) => money(currency, minor))
        .join(" and ");
    const saved = amounts(plans.savings_minor);
    const extra = amounts(plans.extra_minor);
    return [
      p(
        `${count(plans.subscribers, "subscriber", "subscribers")}, of whom ${number(plans.subscribers_with_usage)} have a ` +
          `plan and usage; ${number(plans.subscribers_without_plan)} subscribe to what is no plan. ` +
          `${count(plans.users_without_subscription, "customer has", "customers have")} usage and no subscription.`,
      ),
      plans.subscribers_with_usage === 0
        ? null
        : p(
            `A lower plan, fewer seats or options would do for ${number(plans.better_off_lower)} of them; ` +
              `${number(plans.better_off_higher)} would be better off with a higher one or more.`,
            saved === "" ? "" : ` Those who would have paid less would have saved ${saved}.`,
            extra === "" ? "" : ` Those who lack something would have paid ${extra} more.`,
            plans.need_more_than_any_plan === 0
              ? ""
              : ` ${number(plans.need_more_than_any_plan)} need more than any plan gives.`,
          ),
      notAdvised.map(([n, why]) =>
        n > 0 ? p(`${count(n, "subscriber is", "subscribers are")} not advised: ${why}.`) : null,
      ),
      plans.unknown_metrics === 0
        ? null
        : p(`${count(plans.unknown_metrics, "metric", "metrics")} of the usage is in no plan.`),
    ];
  }

  function use() {
    if (plans.use.length === 0) return null;
    return [
      element("h3", null, "Use by plan"),
      table(
        null,
        [
          ["plan", false],
          ["metric", false],
          ["customers", true],
          ["half of the periods use at most", true],
          ["nine of ten at most", true],
        ],
        plans.use.map((row) => [
          row.product_id,
          row.metric,
          number(row.customers),
          awase.plain(row.median),
          awase.plain(row.nine_of_ten),
        ]),
      ),
    ];
  }

  function switches() {
    if (plans.switches.length === 0) return null;
    return [
      element("h3", null, "Who changed plan"),
      table(
        null,
        [
          ["from", false],
          ["to", false],
          ["", false],
          ["customers", true],
        ],
        plans.switches.map((row) => [row.from, row.to, row.direction, number(row.customers)]),
      ),
    ];
  }

  // Nothing for a shop without plans.
  function planSection() {
    const counts = [plans.plans, plans.options, plans.faults.count, plans.notes.count, plans.subscribers];
    if (counts.every((n) => n === 0) && plans.users_without_subscription === 0) return null;
    return [
      p(
        `${count(plans.plans, "plan", "plans")} in ${count(plans.families, "family", "families")}, ` +
          `${count(plans.options, "option", "options")}.`,
      ),
      subscribers(),
      faults("What keeps products from being plans", plans.faults),
      faults("Worth a look", plans.notes),
      use(),
      switches(),
    ];
  }

  awase.sections.plans = planSection;
})();
