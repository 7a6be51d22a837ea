"use strict";
// Puts the sections in their places, and draws.
(function () {
  const {element, sections: made} = awase;
  const all = [
    ["summary", "In short", made.summary],
    ["dump", "The orders", made.orders],
    ["quality", "Quality", made.quality],
    ["against-active", "Against the active version", made.againstActive],
    ["coverage", "Lists and claims", made.coverage],
    ["families", "Families and ladders", made.families],
    ["plans", "Plans", made.plans],
    ["samples", "Sample pages", made.samples],
    ["dropped", "What was dropped, and why", made.dropped],
    ["settings", "Settings", made.settings],
    ["run", "The run", made.run],
  ];
  // A section that has nothing to say of this shop makes null.
  const sections = all.map(([id, title, make]) => [id, title, make()]).filter(([, , content]) => content !== null);
  const main = document.getElementById("report");
  for (const [id, title, content] of sections) main.append(element("section", {id}, element("h2", null, title), content));
  document.getElementById("contents").append(
    element(
      "ul",
      null,
      sections.map(([id, title]) => element("li", null, element("a", {href: `#${id}`}, title))),
    ),
  );
  awase.drawAlways();
  document.documentElement.dataset.drawn = "yes";
})();
