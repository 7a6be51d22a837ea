"use strict";
// Pages to judge.
(function () {
  const {element, number, decimal, count, table, relationName, units, p, data} = awase;

  const bandNames = {head: "best-seller", middle: "bought often", tail: "bought seldom"};
  const named = (thing) =>
    thing.title ? [thing.title, " ", element("span", {class: "quiet small"}, thing.id)] : [thing.id];

  function entryRow(entry, list) {
    const evidence =
      entry.together === 0
        ? "never yet, by its type or popularity"
        : `${number(entry.together)} of ${number(list.units)}`;
    return [
      element(
        "th",
        {scope: "row"},
        ...named(entry),
        entry.claim ? [" ", element("span", {class: "badge mark"}, "claim")] : [],
      ),
      element("td", {class: "number"}, entry.price),
      element("td", {class: entry.together === 0 ? "quiet small" : "number"}, evidence),
      element("td", {class: "number"}, entry.together === 0 ? "" : `${decimal(entry.lift, 1)} ×`),
    ];
  }

  function samplePage(page) {
    const lists = page.lists.map((list) => [
      element("h4", null, relationName(list.relation)),
      list.entries.length === 0
        ? p(element("span", {class: "quiet"}, "Nothing: the slot stays empty."))
        : table(
            null,
            [
              ["product", false],
              ["price", true],
              [`${units(list.relation)} with both`, true],
              ["lift", true],
            ],
            list.entries.map((entry) => entryRow(entry, list)),
          ),
    ]);
    const rung = (direction, title) => {
      const rungs = page.rungs.filter((r) => r.direction === direction);
      if (rungs.length === 0) return [];
      return [
        element("h4", null, title),
        table(
          null,
          [
            ["product", false],
            ["price", true],
            ["difference", true],
          ],
          rungs.map((r) => [element("th", {scope: "row"}, ...named(r)), r.price, r.price_delta]),
        ),
      ];
    };
    return element(
      "article",
      {class: "sample"},
      element("h3", null, page.title || page.id),
      element(
        "p",
        {class: "small"},
        page.price ? element("span", {class: "price"}, page.price, " · ") : null,
        element(
          "span",
          {class: "quiet"},
          [page.id, page.kind, `${count(page.orders, "order", "orders")}, ${bandNames[page.band] || page.band}`]
            .filter((text) => text)
            .join(" · "),
        ),
      ),
      lists,
      rung("lower", "The lower model"),
      rung("higher", "The higher model"),
    );
  }

  function samplePages() {
    return [
      p(
        "Does this make sense to somebody who knows the shop? These products are drawn from best-sellers, from what is " +
          "bought often and from what is bought seldom; a product that was drawn once is drawn again. The lists are as " +
          "learned: stock, rules and what is in the cart come in when a page is asked for, and ",
        element("em", null, "claims"),
        " may be said to people.",
      ),
      element("div", {class: "pages"}, data.pages.map(samplePage)),
    ];
  }

  awase.sections.samples = samplePages;
})();
