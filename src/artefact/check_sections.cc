#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

#include "absl/strings/ascii.h"
#include "artefact/internal/sections.h"
#include "awase/base/parallel.h"
#include "awase/base/status_macros.h"
#include "awase/base/utf8.h"

namespace awase::artefact_internal {
namespace {

// `offsets` must be 0 = o[0] ≤ o[1] ≤ … = elements, with `rows` + 1 of them.
absl::Status CheckOffsets(absl::string_view section, absl::Span<const std::uint64_t> offsets, std::size_t rows,
                          std::size_t elements) {
  if (offsets.size() != rows + 1 || offsets.front() != 0 || offsets.back() != elements ||
      !std::is_sorted(offsets.begin(), offsets.end())) {
    return BrokenSection(section, "offsets out of order or of bounds");
  }
  return absl::OkStatus();
}

absl::Status CheckStrings(const Sections& s) {
  if (s.string_offsets.empty()) return BrokenSection(kStringOffsets, "is empty");
  AWASE_RETURN_IF_ERROR(
      CheckOffsets(kStringOffsets, s.string_offsets, s.string_offsets.size() - 1, s.string_bytes.size()));
  if (s.string_offsets.size() < 2 || s.string_offsets[1] != 0)
    return BrokenSection(kStringBytes, "string 0 must be empty");
  // No message of an API can carry anything else. Where all bytes are UTF-8, so is what begins and ends at characters.
  const auto is_within_character = [&s](std::uint64_t offset) {
    return offset < s.string_bytes.size() && (static_cast<unsigned char>(s.string_bytes[offset]) & 0xC0) == 0x80;
  };
  if (!IsValidUtf8(s.string_bytes) ||
      std::any_of(s.string_offsets.begin(), s.string_offsets.end(), is_within_character)) {
    return BrokenSection(kStringBytes, "a string is not UTF-8");
  }
  return absl::OkStatus();
}

bool IsCurrency(const std::array<char, 3>& letters) {
  return std::all_of(letters.begin(), letters.end(),
                     [](char c) { return absl::ascii_isupper(static_cast<unsigned char>(c)); });
}

// Amounts as catalogues have them; what has no flag means nothing.
bool HasValidAmounts(const ProductRecord& product) {
  const auto has = [&product](ProductFlags flag) { return (product.flags & flag) != 0; };
  return IsCurrency(product.price_currency) && IsCurrency(product.cost_currency) &&
         !(has(kHasPrice) && product.price_minor < 0) && !(has(kHasCost) && product.cost_minor < 0) &&
         std::isfinite(product.pack_quantity) && !(has(kHasPackQuantity) && product.pack_quantity <= 0);
}

absl::Status CheckAttributes(const Sections& s) {
  const std::size_t strings = s.string_offsets.size() - 1;
  AWASE_RETURN_IF_ERROR(CheckOffsets(kAttributeOffsets, s.attribute_offsets, s.products.size(), s.attributes.size()));
  for (std::size_t product = 0; product < s.products.size(); ++product) {
    const std::uint64_t first = s.attribute_offsets[product];
    for (std::uint64_t a = first; a < s.attribute_offsets[product + 1]; ++a) {
      const AttributeRecord& attribute = s.attributes[a];
      if (attribute.name >= strings || attribute.text >= strings) {
        return BrokenSection(kAttributes, "a number points outside");
      }
      if (std::isinf(attribute.number)) return BrokenSection(kAttributes, "a number is not valid");
      if (a > first && s.attributes[a - 1].name >= attribute.name) {
        return BrokenSection(kAttributes, "a product's attributes are not in order of name");
      }
    }
  }
  return absl::OkStatus();
}

absl::Status CheckProducts(const Sections& s) {
  const std::size_t count = s.products.size();
  const std::size_t strings = s.string_offsets.size() - 1;
  std::uint32_t previous_id = 0;  // "" is string 0, so the first id must be above it, too
  for (const ProductRecord& product : s.products) {
    // Strings are sorted and distinct (CheckStringOrder), so ascending numbers are ascending ids.
    if (product.strings[kProductId] <= previous_id) return BrokenSection(kProducts, "ids are not in ascending order");
    previous_id = product.strings[kProductId];
    const bool strings_in_bounds =
        std::all_of(product.strings.begin(), product.strings.end(), [&](std::uint32_t id) { return id < strings; });
    const bool parent_in_bounds = product.parent < count || product.parent == static_cast<std::uint32_t>(kNoProduct);
    if (!strings_in_bounds || !parent_in_bounds || product.root >= count ||
        s.products[product.root].root != product.root) {
      return BrokenSection(kProducts, "a number points outside");
    }
    if (!HasValidAmounts(product)) return BrokenSection(kProducts, "an amount is not valid");
  }
  return absl::OkStatus();
}

absl::Status CheckStringOrder(const Sections& s) {
  for (std::size_t i = 1; i + 1 < s.string_offsets.size(); ++i) {
    if (!(StringAt(s, i - 1) < StringAt(s, i)))
      return BrokenSection(kStringBytes, "strings are not in ascending order");
  }
  return absl::OkStatus();
}

absl::Status CheckVariants(const Sections& s) {
  const std::size_t count = s.products.size();
  AWASE_RETURN_IF_ERROR(CheckOffsets(kVariantOffsets, s.variant_offsets, count, s.variants.size()));
  if (s.variants.size() != count) return BrokenSection(kVariants, "must name every product once");
  std::vector<bool> seen(count, false);
  for (std::size_t root = 0; root < count; ++root) {
    for (std::uint64_t v = s.variant_offsets[root]; v < s.variant_offsets[root + 1]; ++v) {
      const std::size_t product = Slot(s.variants[v]);
      if (product >= count || s.products[product].root != root) {
        return BrokenSection(kVariants, "a product is listed under another root");
      }
      if (seen[product]) return BrokenSection(kVariants, "must name every product once");
      seen[product] = true;
    }
  }
  return absl::OkStatus();
}

// One entry of `product`'s list, which is a root's.
absl::Status CheckEntry(absl::string_view section, const Sections& s, std::size_t product,
                        const relations::RelationEntry& entry) {
  const std::size_t other = Slot(entry.other);
  if (other >= s.products.size() || other == product || s.products[other].root != other) {
    return BrokenSection(section, "a number points outside, or to no root");
  }
  if (!std::isfinite(entry.score) || !std::isfinite(entry.lift) || !std::isfinite(entry.lift_low) ||
      !std::isfinite(entry.lift_high) || entry.is_claim > 1 || entry.reserved != 0 ||
      static_cast<std::uint8_t>(entry.entry_class) > relations::kLastEntryClass ||
      static_cast<std::uint8_t>(entry.source) > relations::kLastEntrySource ||
      (entry.is_claim == 1 && entry.source != relations::EntrySource::kCounted)) {
    return BrokenSection(section, "a figure is not valid");
  }
  return absl::OkStatus();
}

// The list of `product`, whose offsets are known to be good.
absl::Status CheckList(absl::string_view section, const Sections& s, const RelationSections& relation,
                       std::size_t product) {
  const std::uint64_t first = relation.offsets[product];
  const std::uint64_t last = relation.offsets[product + 1];
  if (first < last && s.products[product].root != product) return BrokenSection(section, "a variant has a list");
  for (std::uint64_t e = first; e < last; ++e) {
    AWASE_RETURN_IF_ERROR(CheckEntry(section, s, product, relation.entries[e]));
    if (e == first) continue;
    const relations::RelationEntry& before = relation.entries[e - 1];
    const relations::RelationEntry& entry = relation.entries[e];
    if (before.score < entry.score || (before.score == entry.score && before.other >= entry.other)) {
      return BrokenSection(section, "a list is not in order of score");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckRelation(relations::RelationKind kind, const RelationSections& relation, const Sections& s,
                           std::size_t threads) {
  const std::string entries = RelationSection(relations::RelationName(kind), "entries");
  const std::size_t products = s.products.size();
  if (relation.units.size() != products || (!relation.other_units.empty() && relation.other_units.size() != products)) {
    return BrokenSection(entries, "the units are not one per product");
  }
  // Readers divide by the number of units, and take the root of what the factor gives.
  if (!(std::isfinite(relation.summary.basket_size_factor) && relation.summary.basket_size_factor >= 0) ||
      (relation.summary.unit_count == 0 && !relation.entries.empty())) {
    return BrokenSection(entries, "the summary is not valid");
  }
  AWASE_RETURN_IF_ERROR(CheckOffsets(entries, relation.offsets, products, relation.entries.size()));
  std::vector<absl::Status> of_worker(std::max<std::size_t>(threads, 1));
  ParallelFor(threads, products, 4096, [&](std::size_t first, std::size_t last, std::size_t worker) {
    for (std::size_t product = first; product < last && of_worker[worker].ok(); ++product) {
      of_worker[worker] = CheckList(entries, s, relation, product);
    }
  });
  for (const absl::Status& status : of_worker) AWASE_RETURN_IF_ERROR(status);
  return absl::OkStatus();
}

// `first` … `last` is the list of `product`.
absl::Status CheckCartList(const Sections& s, std::size_t product, std::uint64_t first, std::uint64_t last) {
  if (first < last && s.products[product].root != product) return BrokenSection(kCartWeights, "a variant has a list");
  for (std::uint64_t w = first; w < last; ++w) {
    const cart::CartWeight& weight = s.cart.weights[w];
    const std::size_t other = Slot(weight.other);
    if (other >= s.products.size() || other == product || s.products[other].root != other) {
      return BrokenSection(kCartWeights, "a number points outside, or to no root");
    }
    if (!std::isfinite(weight.weight)) return BrokenSection(kCartWeights, "a figure is not valid");
    if (w > first && !cart::IsStronger(s.cart.weights[w - 1], weight)) {
      return BrokenSection(kCartWeights, "a list is not in order of strength");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckCart(const Sections& s) {
  if (!s.cart.present) return absl::OkStatus();
  const std::size_t products = s.products.size();
  AWASE_RETURN_IF_ERROR(CheckOffsets(kCartOffsets, s.cart.offsets, products, s.cart.weights.size()));
  if (s.cart.baselines.size() != products ||
      !std::all_of(s.cart.baselines.begin(), s.cart.baselines.end(), [](float b) { return std::isfinite(b); })) {
    return BrokenSection(kCartBaselines, "must hold one finite number per product");
  }
  for (std::size_t product = 0; product < products; ++product) {
    AWASE_RETURN_IF_ERROR(CheckCartList(s, product, s.cart.offsets[product], s.cart.offsets[product + 1]));
  }
  return absl::OkStatus();
}

absl::Status CheckPeriod(const Sections& s) {
  if (!s.period.has_value() || s.period->first_micros <= s.period->last_micros) return absl::OkStatus();
  return BrokenSection(kOrderPeriod, "ends before it begins");
}

// By which the rungs of a product ascend; before format 4 all are to models.
std::tuple<ladder::Direction, std::uint8_t, ladder::StepKind> PlaceOf(const Sections& s, std::uint64_t rung) {
  const bool is_known = rung < s.rung_evidence.size();
  return {s.rungs[rung].direction, s.rungs[rung].rung,
          is_known ? s.rung_evidence[rung].kind : ladder::StepKind::kModel};
}

absl::Status CheckRungs(const Sections& s) {
  AWASE_RETURN_IF_ERROR(CheckOffsets(kRungOffsets, s.rung_offsets, s.products.size(), s.rungs.size()));
  for (std::size_t product = 0; product < s.products.size(); ++product) {
    const std::uint64_t first = s.rung_offsets[product];
    for (std::uint64_t r = first; r < s.rung_offsets[product + 1]; ++r) {
      const ladder::Rung& rung = s.rungs[r];
      if (Slot(rung.other) >= s.products.size() || Slot(rung.other) == product ||
          rung.direction > ladder::Direction::kHigher || rung.grade > ladder::Grade::kCertified || rung.rung < 1 ||
          rung.family_source > ladder::kLastFamilySource) {
        return BrokenSection(kRungs, "a rung is not valid");
      }
      if (r > first && PlaceOf(s, r - 1) >= PlaceOf(s, r)) {
        return BrokenSection(kRungs, "a product's rungs are not in order");
      }
    }
  }
  return absl::OkStatus();
}

bool IsShareOrUnknown(float share) { return share == -1.0F || (share >= 0 && share <= 1); }

bool IsValid(const ladder::RungEvidence& evidence) {
  return std::isfinite(evidence.moved_up_low) && evidence.moved_up_low >= 0 && evidence.moved_up_low <= 1 &&
         std::isfinite(evidence.strength_gap) && IsShareOrUnknown(evidence.returned_cheap) &&
         IsShareOrUnknown(evidence.returned_dear) && std::isfinite(evidence.content_ratio) &&
         evidence.content_ratio >= 0 && static_cast<std::uint8_t>(evidence.kind) <= ladder::kLastStepKind &&
         (evidence.gained_specs & evidence.given_up_specs) == 0 && evidence.reserved == 0;
}

// Masks name attributes of the product.
absl::Status CheckRungEvidence(const Sections& s) {
  if (!s.has_rung_evidence) return absl::OkStatus();
  if (s.rung_evidence.size() != s.rungs.size()) return BrokenSection(kRungEvidence, "must hold one record per rung");
  for (std::size_t product = 0; product < s.products.size(); ++product) {
    const std::uint64_t attributes = s.attribute_offsets[product + 1] - s.attribute_offsets[product];
    const std::uint32_t known = attributes >= 32 ? ~std::uint32_t{0} : (std::uint32_t{1} << attributes) - 1;
    for (std::uint64_t r = s.rung_offsets[product]; r < s.rung_offsets[product + 1]; ++r) {
      const ladder::RungEvidence& evidence = s.rung_evidence[r];
      if (!IsValid(evidence)) return BrokenSection(kRungEvidence, "a figure is not valid");
      if (((evidence.gained_specs | evidence.given_up_specs) & ~known) != 0) {
        return BrokenSection(kRungEvidence, "a number points outside");
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckSections(const Sections& sections, std::size_t threads) {
  if (sections.products.size() >= static_cast<std::size_t>(kNoProduct))
    return BrokenSection(kProducts, "too many products");
  AWASE_RETURN_IF_ERROR(CheckStrings(sections));
  AWASE_RETURN_IF_ERROR(CheckStringOrder(sections));
  AWASE_RETURN_IF_ERROR(CheckProducts(sections));
  AWASE_RETURN_IF_ERROR(CheckAttributes(sections));
  AWASE_RETURN_IF_ERROR(CheckVariants(sections));
  for (const relations::RelationKind kind : relations::kAllRelationKinds) {
    if (!sections.relation(kind).present) continue;
    AWASE_RETURN_IF_ERROR(CheckRelation(kind, sections.relation(kind), sections, threads));
  }
  AWASE_RETURN_IF_ERROR(CheckCart(sections));
  AWASE_RETURN_IF_ERROR(CheckPeriod(sections));
  AWASE_RETURN_IF_ERROR(CheckRungs(sections));
  return CheckRungEvidence(sections);
}

}  // namespace awase::artefact_internal
