#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/types/span.h"
#include "apps/awase/commands.h"
#include "apps/awase/family_text.h"
#include "apps/awase/flag_checks.h"
#include "apps/awase/print_decision.h"
#include "apps/awase/terminal_text.h"
#include "awase/artefact/model.h"
#include "awase/base/status_macros.h"
#include "awase/families/family.h"
#include "awase/families/family_json.h"
#include "awase/families/family_table.h"
#include "awase/families/rung_text.h"
#include "awase/promotion/decision.h"
#include "awase/yaml/nearest_word.h"

namespace awase::apps {
namespace {

using artefact::Model;
using artefact::ProductView;
using families::FamilyTable;
using relations::RelationKind;
using Json = nlohmann::json;

struct InspectFlags {
  std::string model;
  std::string product;
  std::string family;
  std::size_t top = 10;
  std::string format = "text";
};

Json EntryToJson(const Model& model, const relations::RelationEntry& entry) {
  return {{"product_id", std::string(model.product(entry.other).product_id())},
          {"title", std::string(model.product(entry.other).title())},
          {"score", entry.score},
          {"orders_together", entry.units_together},
          {"buyers_together", entry.buyers_together},
          {"lift", entry.lift},
          {"lift_low", entry.lift_low},
          {"lift_high", entry.lift_high},
          {"claim", entry.is_claim != 0},
          {"class", std::string(relations::EntryClassName(entry.entry_class))},
          {"source", std::string(relations::EntrySourceName(entry.source))}};
}

// "claim, multi_pack", "complement", "complement by type": what a row of a list says beside its counts.
std::string EntryNote(const relations::RelationEntry& entry) {
  std::string note = absl::StrCat(entry.is_claim != 0 ? "claim, " : "", relations::EntryClassName(entry.entry_class));
  if (entry.source == relations::EntrySource::kCounted) return note;
  return absl::StrCat(note, " by ", relations::EntrySourceName(entry.source));
}

// With the product's neighbours in price, `top` products in all; nothing for one that is compared with none.
std::optional<FamilyTable> FamilyOf(const Model& model, ProductIndex product, std::size_t top) {
  const std::optional<families::FamilyKey> key = families::KeyOf(model, product);
  if (!key.has_value()) return std::nullopt;
  const families::Family family = families::CollectFamily(model, *key);
  if (family.products.size() < 2) return std::nullopt;
  return families::TableOf(model, family, top, product);
}

Json ProductToJson(const Model& model, ProductIndex index, std::size_t top) {
  const ProductView product = model.product(index);
  Json json = {{"product_id", std::string(product.product_id())},
               {"title", std::string(product.title())},
               {"product_type", std::string(product.product_type())},
               {"category", std::string(product.category())},
               {"brand", std::string(product.brand())},
               {"visible", product.visible()},
               {"root_id", std::string(model.product(model.root(index)).product_id())}};
  if (product.price().has_value()) {
    json["price"] = {{"currency_code", std::string(product.price()->currency.text())},
                     {"minor_units", product.price()->minor_units}};
  }
  if (product.stock().has_value()) json["stock"] = *product.stock();
  for (std::size_t i = 0; i < product.attribute_count(); ++i) {
    json["attributes"][std::string(product.attribute(i).name)] = std::string(product.attribute(i).text);
  }
  for (const RelationKind kind : relations::kAllRelationKinds) {
    if (!model.has_relation(kind)) continue;
    Json& relation = json["relations"][std::string(relations::RelationName(kind))];
    relation = {
        {"orders", model.units(kind, index)}, {"orders_total", model.unit_count(kind)}, {"list", Json::array()}};
    const auto list = model.related(kind, index);
    for (const auto& entry : list.first(std::min(top, list.size())))
      relation["list"].push_back(EntryToJson(model, entry));
  }
  json["rungs"] = Json::array();
  const auto rungs = model.rungs(index);
  for (std::size_t r = 0; r < rungs.size(); ++r) {
    const ladder::Rung& rung = rungs[r];
    json["rungs"].push_back({{"direction", ladder::DirectionName(rung.direction)},
                             {"rung", rung.rung},
                             {"product_id", std::string(model.product(rung.other).product_id())},
                             {"title", std::string(model.product(rung.other).title())},
                             {"price_delta_minor", rung.price_delta_minor},
                             {"grade", ladder::GradeName(rung.grade)},
                             {"evidence", families::RungEvidenceText(model, index, r)}});
  }
  const std::optional<FamilyTable> family = FamilyOf(model, index, top);
  if (family.has_value()) json["family"] = FamilyToJson(*family);
  return json;
}

std::string NameOf(const ProductView& product) {
  return product.title().empty() ? std::string(product.product_id())
                                 : absl::StrCat(product.product_id(), "  ", product.title());
}

void PrintProduct(const Model& model, ProductIndex index, std::size_t top) {
  const ProductView product = model.product(index);
  std::printf("%s\n", NameOf(product).c_str());
  const std::string price = product.price().has_value() ? FormatMoney(*product.price()) : "no price";
  std::printf("  %s, %s%s%s\n", price.c_str(), product.visible() ? "visible" : "not visible",
              product.stock().has_value() ? absl::StrCat(", stock ", *product.stock()).c_str() : "",
              product.product_type().empty() ? "" : absl::StrCat(", type ", product.product_type()).c_str());
  for (const RelationKind kind : relations::kAllRelationKinds) {
    if (!model.has_relation(kind)) continue;
    std::printf("%s (%u of %llu %s have it)\n", std::string(relations::RelationName(kind)).c_str(),
                model.units(kind, index), static_cast<unsigned long long>(model.unit_count(kind)),
                std::string(relations::RelationUnits(kind)).c_str());
    const auto list = model.related(kind, index);
    for (const auto& entry : list.first(std::min(top, list.size()))) {
      std::printf("  %s  %6u together  lift %7.2f [%.2f, %.2f]  %s\n",
                  PadRight(NameOf(model.product(entry.other)), 48).c_str(), entry.units_together, double{entry.lift},
                  double{entry.lift_low}, double{entry.lift_high}, EntryNote(entry).c_str());
    }
    if (list.empty()) std::printf("  nothing\n");
  }
  std::printf("ladder\n");
  const auto rungs = model.rungs(index);
  for (std::size_t r = 0; r < rungs.size(); ++r) {
    const ladder::Rung& rung = rungs[r];
    const ProductView other = model.product(rung.other);
    std::printf("  %-6s %u  %s  %s  %s  %s\n", ladder::DirectionName(rung.direction), unsigned{rung.rung},
                PadRight(NameOf(other), 48).c_str(),
                FormatMoneyDifference(families::PriceDifference(model, rung)).c_str(), ladder::GradeName(rung.grade),
                families::RungEvidenceText(model, index, r).c_str());
  }
  if (model.rungs(index).empty()) std::printf("  nothing\n");
  const std::optional<FamilyTable> family = FamilyOf(model, index, top);
  if (family.has_value()) std::printf("%s", FamilyToText(*family).c_str());
}

void PrintFamilies(const Model& model, std::size_t top) {
  const std::vector<families::Family> all = families::FindFamilies(model);
  std::printf("families: %zu of two products or more%s\n", all.size(), all.empty() ? "" : "; the most ordered:");
  for (const families::Family& family : absl::MakeConstSpan(all).first(std::min(top, all.size()))) {
    std::printf("  %s  %7llu orders  %5zu products  %5zu steps\n", PadRight(family.key.name, 48).c_str(),
                static_cast<unsigned long long>(family.orders), family.products.size(), family.steps);
  }
}

void PrintModel(const Model& model, std::size_t top) {
  std::printf("version %s, %zu products\n", model.version().c_str(), model.product_count());
  for (const RelationKind kind : relations::kAllRelationKinds) {
    if (!model.has_relation(kind)) continue;
    std::size_t entries = 0;
    std::size_t claims = 0;
    std::vector<std::pair<std::uint32_t, ProductIndex>> by_units;
    for (std::size_t i = 0; i < model.product_count(); ++i) {
      if (model.root(ProductAt(i)) != ProductAt(i)) continue;
      for (const auto& entry : model.related(kind, ProductAt(i))) {
        ++entries;
        claims += entry.is_claim;
      }
      by_units.emplace_back(model.units(kind, ProductAt(i)), ProductAt(i));
    }
    std::printf("%s: %llu %s, %zu list entries, %zu claims\n", std::string(relations::RelationName(kind)).c_str(),
                static_cast<unsigned long long>(model.unit_count(kind)),
                std::string(relations::RelationUnits(kind)).c_str(), entries, claims);
    if (kind != RelationKind::kBoughtTogether) continue;
    std::sort(by_units.begin(), by_units.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    std::printf("most ordered:\n");
    for (std::size_t i = 0; i < std::min(top, by_units.size()); ++i) {
      std::printf("  %s  %7u orders\n", PadRight(NameOf(model.product(by_units[i].second)), 56).c_str(),
                  by_units[i].first);
    }
  }
  PrintFamilies(model, top);
  std::printf("more: awase inspect --model … PRODUCT, or --family NAME\n");
}

// The first few of `names` that somebody may have meant who asked for one that there is not: those that hold it, else
// the nearest. Empty when none is near.
std::string DidYouMean(const std::string& asked, const std::vector<std::string>& names) {
  constexpr std::size_t kMostNamed = 5;
  const std::string lower = absl::AsciiStrToLower(asked);
  std::vector<std::string> meant;
  for (const std::string& name : names) {
    if (meant.size() == kMostNamed) break;
    if (absl::StrContains(absl::AsciiStrToLower(name), lower)) meant.push_back(name);
  }
  if (meant.empty()) meant.push_back(yaml::NearestWord(asked, names));
  if (meant.front().empty()) return "";
  return absl::StrCat("did you mean \"", absl::StrJoin(meant, "\", \""), "\"?");
}

absl::Status NoProduct(const Model& model, const std::string& asked) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < model.product_count(); ++i) ids.emplace_back(model.product(ProductAt(i)).product_id());
  const std::string meant = DidYouMean(asked, ids);
  return absl::NotFoundError(absl::StrCat("no product \"", asked, "\" in version ", model.version(),
                                          ": ids are compared byte for byte", meant.empty() ? "" : "; ", meant));
}

// One name may be a family, a product_type and a category: each has a table of its own.
absl::Status InspectFamily(const Model& model, const InspectFlags& flags) {
  Json tables = Json::array();
  std::vector<std::string> names;  // the most ordered ones first
  for (const families::Family& family : families::FindFamilies(model)) {
    names.push_back(family.key.name);
    if (family.key.name != flags.family) continue;
    const FamilyTable table = families::TableOf(model, family, flags.top);
    if (flags.format == "text") std::printf("%s", FamilyToText(table).c_str());
    tables.push_back(FamilyToJson(table));
  }
  if (tables.empty()) {
    const std::string meant = DidYouMean(flags.family, names);
    return absl::NotFoundError(absl::StrCat("no family \"", flags.family,
                                            "\" with two products that have a price in version ", model.version(), "; ",
                                            !meant.empty() ? meant
                                                           : "awase inspect --model … without a product lists the most "
                                                             "ordered ones (--top for more)"));
  }
  if (flags.format == "json") std::printf("%s\n", tables.dump(2, ' ', false, Json::error_handler_t::replace).c_str());
  return absl::OkStatus();
}

absl::Status Inspect(const InspectFlags& flags) {
  if (!flags.family.empty() && !flags.product.empty()) {
    return absl::InvalidArgumentError("say either a PRODUCT or --family, not both");
  }
  AWASE_ASSIGN_OR_RETURN(const std::shared_ptr<const Model> model, Model::Open(flags.model));
  const bool json = flags.format == "json";
  if (!flags.family.empty()) return InspectFamily(*model, flags);
  if (flags.product.empty()) {
    if (json) {
      std::printf("%s", model->manifest_json().c_str());
    } else {
      PrintModel(*model, flags.top);
      AWASE_ASSIGN_OR_RETURN(const std::string directory, artefact::ResolveVersionDirectory(flags.model));
      const absl::StatusOr<promotion::Decision> decision = promotion::ReadDecision(directory);
      if (decision.ok()) PrintDecision(decision->reasons, decision->forced);
    }
    return absl::OkStatus();
  }
  const std::optional<ProductIndex> index = model->Find(flags.product);
  if (!index.has_value()) return NoProduct(*model, flags.product);
  if (json) {
    const Json text = ProductToJson(*model, *index, flags.top);
    std::printf("%s\n", text.dump(2, ' ', false, Json::error_handler_t::replace).c_str());
  } else {
    PrintProduct(*model, *index, flags.top);
  }
  return absl::OkStatus();
}

}  // namespace

void AddInspectCommand(CLI::App* app, int* exit_code) {
  CLI::App* command = app->add_subcommand("inspect", "Show what a version knows, all in all or of one product");
  auto flags = std::make_shared<InspectFlags>();
  command->add_option("--model", flags->model, "Model directory, or one version in it")->required();
  command->add_option("product", flags->product, "Product id; without it the model as a whole");
  command->add_option("--family", flags->family,
                      "A family, by the name of its family column, else product_type, else last step of the category");
  command->add_option("--top", flags->top, "Entries shown per list, products per family")
      ->capture_default_str()
      ->check(WholeIn(1, 10'000));
  command->add_option("--format", flags->format, "Output")->check(OneOf({"text", "json"}))->capture_default_str();
  command->callback([flags, exit_code] { *exit_code = ExitCodeOf(Inspect(*flags)); });
}

}  // namespace awase::apps
