"""awase rules schema: what it prints is a JSON Schema that takes all rules of the docs and of the small shop."""

import json
import re
import unittest

from awase_testing import SHOP, SOURCE_DIR, AwaseTest

try:
    import jsonschema
    import yaml
except ImportError:
    jsonschema = None

BLOCK = re.compile(r"^```yaml\n(rules:\n.*?)^```", re.MULTILINE | re.DOTALL)


def as_written(text):
    """As editors read it: YAML 1.2 has no dates and no sexagesimal numbers, 09:30 and 2026-07-01 are texts."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag.rsplit(":", 1)[1] in ("null", "bool")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}
    Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
    Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789"))
    return yaml.load(text, Loader)


@unittest.skipIf(jsonschema is None, "needs the Python packages jsonschema and yaml (tools/apt-packages-test.txt)")
class RuleSchema(AwaseTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.schema = json.loads(cls.run_ok("rules", "schema"))
        jsonschema.Draft7Validator.check_schema(cls.schema)
        cls.validator = jsonschema.Draft7Validator(cls.schema)

    def refusals(self, text):
        return [error.message for error in self.validator.iter_errors(as_written(text))]

    def test_takes_every_example_of_the_docs(self):
        blocks = []
        for page in sorted((SOURCE_DIR / "docs").glob("*.md")):
            blocks += BLOCK.findall(page.read_text(encoding="utf-8"))
        self.assertGreater(len(blocks), 5)
        for block in blocks:
            self.assertEqual(self.refusals(block), [], block)

    def test_takes_the_rules_of_the_small_shop(self):
        for path in sorted((SHOP / "rules").glob("*.yaml")):
            self.assertEqual(self.refusals(path.read_text(encoding="utf-8")), [], path)

    def test_refuses_what_is_misspelled_missing_or_of_another_type(self):
        for wrong in ("rules:\n- id: a\n  bundel: {products: [A, B]}\n",
                      "rules:\n- id: a\n",
                      "rules:\n- id: a\n  hide: {products: [A]}\n  pin: {product: A, slot: higher}\n",
                      "rules:\n- hide: {products: [A]}\n",
                      "rules:\n- id: a\n  hide: {products: A}\n",
                      "rules:\n- id: a\n  priority: high\n  hide: {products: [A]}\n",
                      "rules:\n- id: a\n  from: yesterday\n  hide: {products: [A]}\n",
                      "rules:\n- id: a\n  bundle: {products: [A, B], price: 10}\n"):
            self.assertNotEqual(self.refusals(wrong), [], wrong)


if __name__ == "__main__":
    unittest.main()
