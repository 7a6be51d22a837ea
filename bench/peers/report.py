"""report.py RESULT.json: writes the tables between the markers of docs/benchmarks.md, and docs/images/peers-*.svg."""

import json
import pathlib
import sys

import pictures
import tables
from systems import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
IMAGES = ROOT / "docs" / "images"
CAPTIONS = {"peers-lines": "Cost against order lines", "peers-products": "Cost against products",
            "peers-threads": "Cost against threads"}


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    result_path = pathlib.Path(sys.argv[1]).resolve()
    result = json.loads(result_path.read_text(encoding="utf-8"))
    for old in IMAGES.glob("peers-*.svg"):
        old.unlink()
    drawn = pictures.draw_all(result, IMAGES)
    source = result_path.relative_to(ROOT) if result_path.is_relative_to(ROOT) else result_path.name
    parts = [f"From [{result_path.name}](../{source}).", tables.as_markdown(result).strip(),
             *(f"![{CAPTIONS[path.stem]}](images/{path.name})" for path in drawn)]
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(tables.replace_between_markers(page, "\n\n".join(parts)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
