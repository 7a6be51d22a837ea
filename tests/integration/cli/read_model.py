"""A reader of awase's model format 4, written from docs/model_format.md alone. Python's standard library only."""
import hashlib
import json
import math
import struct
from pathlib import Path

NO_PRODUCT = 0xFFFFFFFF
STRING_FIELDS = ("product_id title category product_type brand author series family tier pack_unit "
                 "subscription_interval tags url image_url").split()
CLASSES = ("undecided", "complement", "substitute", "multi_pack", "variant")
SOURCES = ("counted", "family", "type", "category", "author", "series", "brand", "popularity")
DIRECTIONS = ("lower", "higher")
STEP_KINDS = ("model", "pack", "subscription", "brand")
GRADES = ("WEAK", "ASSERTED", "STATISTICAL", "CERTIFIED")


class Model:
    def __init__(self, path):
        path = Path(path)
        if not (path / "manifest.json").exists():
            path = path / (path / "ACTIVE").read_text().strip()
        self._path = path
        text = (path / "manifest.json").read_bytes()
        expected = f"{hashlib.sha256(text).hexdigest()}  manifest.json\n"
        if (path / "manifest.sha256").read_text() != expected:
            raise ValueError("manifest.json does not match manifest.sha256")
        self.manifest = json.loads(text)
        if self.manifest["format_version"] > 4:
            raise ValueError("a newer format")
        if self.manifest["version"] != self._version_id() or self.manifest["version"] != path.name:
            raise ValueError("the version id is not that of the content")
        self._strings = self._read_strings()
        self.products = self._read_products()

    def _version_id(self):
        settings = json.dumps(self.manifest["settings"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        lines = [f"awase artefact format {self.manifest['format_version']}\n", settings + "\n"]
        for name in sorted(self.manifest["sections"]):
            section = self.manifest["sections"][name]
            lines.append(f"{name} {section['bytes']} {section['sha256']}\n")
        return hashlib.sha256("".join(lines).encode()).hexdigest()[:16]

    def section(self, name):
        info = self.manifest["sections"][name]
        data = (self._path / info["file"]).read_bytes()
        if len(data) != info["bytes"] or hashlib.sha256(data).hexdigest() != info["sha256"]:
            raise ValueError(f"section {name} is broken")
        return data

    def _records(self, name, layout):
        return list(struct.iter_unpack("<" + layout, self.section(name)))

    def _rows(self, offsets_name, elements):
        offsets = [o for (o,) in self._records(offsets_name, "Q")]
        return [elements[a:b] for a, b in zip(offsets, offsets[1:])]

    def _read_strings(self):
        data = self.section("string_bytes")
        offsets = [o for (o,) in self._records("string_offsets", "Q")]
        return [data[a:b].decode("utf-8", "surrogateescape") for a, b in zip(offsets, offsets[1:])]

    def _read_products(self):
        attributes = self._rows("attribute_offsets", self._records("attributes", "IId"))
        variants = self._rows("variant_offsets", [v for (v,) in self._records("variants", "I")])
        products = []
        for number, record in enumerate(self._records("products", "14III3qd3s3sBB")):
            product = {field: self._strings[s] for field, s in zip(STRING_FIELDS, record)}
            parent, root, price, cost, stock, pack, price_currency, cost_currency, flags, _ = record[14:]
            product.update(
                parent=None if parent == NO_PRODUCT else parent, root=root, visible=bool(flags & 1),
                price=(price, price_currency.decode()) if flags & 2 else None,
                cost=(cost, cost_currency.decode()) if flags & 4 else None,
                stock=stock if flags & 8 else None, pack_quantity=pack if flags & 16 else None,
                attributes={self._strings[n]: (self._strings[t], None if math.isnan(x) else x)
                            for n, t, x in attributes[number]},
                variants=variants[number])
            products.append(product)
        return products

    def relation(self, name):
        """(N, basket-size factor, units per product, the same as the other one of a pair, list of entries per product)."""
        ((units_total, factor, _, _, _),) = self._records(f"relation.{name}.summary", "QddQQ")
        units = [u for (u,) in self._records(f"relation.{name}.units", "I")]
        other_units = units
        if f"relation.{name}.other_units" in self.manifest["sections"]:
            other_units = [u for (u,) in self._records(f"relation.{name}.other_units", "I")]
        entries = self._records(f"relation.{name}.entries", "IfIIfffBBBx")
        return units_total, factor, units, other_units, self._rows(f"relation.{name}.offsets", entries)

    def cart_model(self):
        """(list of (other, weight) per product, baseline per product), or nothing."""
        if "cart.offsets" not in self.manifest["sections"]:
            return None
        baselines = [b for (b,) in self._records("cart.baselines", "f")]
        return self._rows("cart.offsets", self._records("cart.weights", "If")), baselines

    def rungs(self):
        return self._rows("rung_offsets", self._records("rungs", "qIBBBB"))

    def rung_evidence(self):
        """Parallel to rungs()."""
        return self._rows("rung_offsets", self._records("rung_evidence", "6I5fBBxx"))
