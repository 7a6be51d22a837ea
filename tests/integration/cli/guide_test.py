"""docs/merchandising.md: each example is run as it stands, and shows each line that the page prints, in its order."""

import re
import shlex

from awase_testing import SOURCE_DIR, AwaseTest

GUIDE = SOURCE_DIR / "docs" / "merchandising.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
FILES = {"yaml": "rules/guide.yaml", "json": "customer.json", "config": "server.yaml"}


def examples():
    """(title, [(language, text), …]) of each section after the first."""
    sections = re.split(r"^## ", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [(section.partition("\n")[0], BLOCK.findall(section)) for section in sections]


class Guide(AwaseTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.train_shop(cls.folder / "models")

    def run_command(self, command, place):
        words = shlex.split(command.replace("\\\n", " "))
        self.assertEqual(words[0], "awase", command)
        known = {"models/shop": self.model, "rules/": place / "rules", "customer.json": place / "customer.json",
                 "server.yaml": place / "server.yaml"}
        return self.run_ok(*[known.get(word, word) for word in words[1:]])

    def test_every_example_shows_what_the_guide_says(self):
        for number, (title, blocks) in enumerate(examples()):
            with self.subTest(title):
                place = self.folder / f"example{number}"
                (place / "rules").mkdir(parents=True)
                shown = None
                told = 0
                for language, text in blocks:
                    if language in FILES:
                        (place / FILES[language]).write_text(text, encoding="utf-8")
                    elif language == "sh":
                        shown = self.run_command(text, place)
                    elif language == "text":
                        told += 1
                        self.assert_lines_in_order(text, shown)
                self.assertGreater(told, 0, "an example shows something")

    def assert_lines_in_order(self, wanted, shown):
        rest = [" ".join(line.split()) for line in shown.splitlines()]
        for line in wanted.splitlines():
            line = " ".join(line.split())
            place = next((i for i, other in enumerate(rest) if line in other), None)
            self.assertIsNotNone(place, f"no line with {line!r} in what is left of:\n{shown}")
            rest = rest[place + 1:]

    def test_no_example_is_warned_of(self):
        for number, (title, blocks) in enumerate(examples()):
            place = self.folder / f"checked{number}"
            place.mkdir()
            rules = [text for language, text in blocks if language == "yaml"]
            for i, text in enumerate(rules):
                (place / f"{i}.yaml").write_text(text, encoding="utf-8")
            with self.subTest(title):
                found = self.run_ok("rules", "validate", place, "--model", self.model)
                self.assertIn("0 errors, 0 warnings", found)
