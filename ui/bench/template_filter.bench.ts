// What a key press costs in the picker of an account with 1,000 templates in three languages, beside a plain
// scan of the same strings. A frame has 16 ms. `npx vitest bench --run`

import { bench, describe } from "vitest";
import { manyTemplates } from "../src/backend/fake/template_catalogue";
import { fold } from "../src/text/fuzzy";
import { groupsOf } from "../src/text/template_choice";
import { TemplateIndex } from "../src/text/template_search";

const templates = manyTemplates(1000);
const index = new TemplateIndex(templates, (view) => `${view.category} ${view.language}`);
const texts = templates.map((view) =>
  fold(`${view.name} ${view.parts.body} ${view.category} ${view.language}`),
);
const TYPED = ["s", "so", "sofa", "sofa r", "sofa rem", "bestellung", "zzz"];

describe("one key press, 3,000 templates", () => {
  bench("a plain scan of the same strings", () => {
    for (const typed of TYPED) {
      const words = typed.split(" ");
      texts.filter((text) => words.every((word) => text.includes(word)));
    }
  });
  bench("the picker's search", () => {
    for (const typed of TYPED) index.find(typed);
  });
});

describe("once for each list", () => {
  bench("folding it", () => {
    new TemplateIndex(templates, (view) => view.category);
  });
  bench("grouping it", () => {
    groupsOf(index.families, null);
  });
});
