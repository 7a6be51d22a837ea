#include "config/internal/read_placements.h"

#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/rules/load_rules.h"
#include "awase/yaml/nearest_word.h"
#include "awase/yaml/quoted.h"

namespace awase::config_internal {
namespace {

using ::awase::engine::Placement;
using ::awase::engine::PlacementTable;
using ::awase::engine::SlotSpec;
using ::awase::yaml::Quoted;

constexpr std::uint32_t kMostOffers = 200;  // what four slots may have
constexpr std::int32_t kHighestPriority = 1000;

std::vector<std::string> SlotNames() {
  std::vector<std::string> names;
  for (const SlotSpec& slot : engine::StandardSlots()) names.emplace_back(slot.name);
  return names;
}

// One placement of the file. Borrows all of it.
class PlacementReader {
 public:
  PlacementReader(const v1::PlacementConfig& config, std::string path, ConfigReport* report)
      : config_(config), path_(std::move(path)), report_(report) {}

  Placement Read() {
    CheckName();
    Placement placement = Model();
    placement.name = config_.name();
    if (config_.has_cart_speaks()) {
      placement.cart_speaks = config_.cart_speaks();
      // A cart that brings nothing cannot be asked about as a whole.
      placement.is_open_cart = placement.is_open_cart && placement.cart_speaks;
    }
    if (config_.has_side_by_side()) placement.side_by_side = config_.side_by_side();
    SetRestraint(&placement);
    if (report_->Has(At(".slots"))) placement.slots = Slots();
    return placement;
  }

 private:
  std::string At(absl::string_view below) const { return absl::StrCat(path_, below); }
  void Add(absl::string_view below, absl::string_view message) { report_->Add(At(below), message); }
  bool CanJudge(absl::string_view below) const { return report_->Has(At(below)) && report_->IsSound(At(below)); }

  void CheckName() {
    if (report_->IsMissing(path_, "name")) {
      Add("", "has no name: give it one, such as name: app_home");
    } else if (CanJudge(".name") && !rules::IsPlacementName(config_.name())) {
      Add(".name", absl::StrCat("want a name of at most 64 small letters, digits and \"_\" such as app_home, got ",
                                Quoted(config_.name())));
    }
  }

  // The built-in placement that it is like.
  Placement Model() {
    const PlacementTable& built_in = *PlacementTable::BuiltIn();
    if (const Placement* itself = built_in.Find(config_.name())) {
      if (report_->Has(At(".like"))) Add(".like", "is not for built-in placements: they are like themselves");
      return *itself;
    }
    if (report_->IsMissing(path_, "like")) {
      Add("", "has no like: say which built-in placement it is like, such as like: cart");
    } else if (CanJudge(".like")) {
      if (const Placement* model = built_in.Find(config_.like())) return *model;
      Add(".like", yaml::UnknownWord("placement", config_.like(), built_in.names()));
    }
    return Placement();
  }

  void SetRestraint(Placement* placement) {
    if (config_.has_max_offers()) {
      placement->max_offers = config_.max_offers();
      if (CanJudge(".max_offers") && (config_.max_offers() < 1 || config_.max_offers() > kMostOffers)) {
        Add(".max_offers", absl::StrCat("want 1 to ", kMostOffers, ", got ", config_.max_offers()));
      }
    }
    if (config_.has_least_score()) {
      placement->least_score = config_.least_score();
      if (CanJudge(".least_score") && !(config_.least_score() >= 0 && config_.least_score() <= 1)) {
        Add(".least_score", absl::StrCat("want 0 to 1, got ", config_.least_score()));
      }
    }
  }

  std::vector<SlotSpec> Slots() {
    std::vector<SlotSpec> slots;
    if (config_.slots().empty() && CanJudge(".slots")) {
      Add(".slots", "is empty: name at least one slot, or take the key away for those of the placement it is like");
    }
    absl::flat_hash_set<std::string> seen;
    for (int i = 0; i < config_.slots_size(); ++i) {
      const std::string below = absl::StrCat(".slots[", i, "]");
      const SlotSpec* standard = FindSlot(config_.slots(i), below);
      if (standard == nullptr) continue;
      if (!seen.insert(config_.slots(i).slot()).second) {
        Add(absl::StrCat(below, ".slot"), absl::StrCat("slot ", standard->name, " is named twice"));
      }
      slots.push_back(*standard);
      SetOffers(config_.slots(i), below, &slots.back());
      SetPriority(config_.slots(i), below, &slots.back());
    }
    return slots;
  }

  const SlotSpec* FindSlot(const v1::SlotConfig& config, const std::string& below) {
    if (report_->IsMissing(At(below), "slot")) {
      Add(below, absl::StrCat("has no slot: want one of ", absl::StrJoin(SlotNames(), ", ")));
      return nullptr;
    }
    const std::string at_slot = absl::StrCat(below, ".slot");
    if (!CanJudge(at_slot)) return nullptr;
    const SlotSpec* standard = engine::FindStandardSlot(config.slot());
    if (standard == nullptr) Add(at_slot, yaml::UnknownWord("slot", config.slot(), SlotNames()));
    return standard;
  }

  void SetOffers(const v1::SlotConfig& config, const std::string& below, SlotSpec* slot) {
    const std::string at_offers = absl::StrCat(below, ".offers");
    if (!config.has_offers() || !CanJudge(at_offers)) return;
    if (config.offers() < 1 || config.offers() > slot->most) {
      Add(at_offers, absl::StrCat("want 1 to ", slot->most, " in ", slot->name, ", got ", config.offers()));
    }
    slot->count = config.offers();
  }

  void SetPriority(const v1::SlotConfig& config, const std::string& below, SlotSpec* slot) {
    slot->priority = config.priority();
    const std::string at_priority = absl::StrCat(below, ".priority");
    if (!CanJudge(at_priority) || (config.priority() >= -kHighestPriority && config.priority() <= kHighestPriority))
      return;
    Add(at_priority, absl::StrCat("want -1000 to 1000, got ", config.priority()));
  }

  const v1::PlacementConfig& config_;
  const std::string path_;
  ConfigReport* report_;
};

}  // namespace

std::vector<Placement> ReadPlacements(const v1::ServerConfig& config, ConfigReport* report) {
  std::vector<Placement> placements;
  absl::flat_hash_set<std::string> seen;
  std::size_t count = PlacementTable::BuiltIn()->all().size();
  for (int i = 0; i < config.placements_size(); ++i) {
    const std::string path = absl::StrCat("placements[", i, "]");
    placements.push_back(PlacementReader(config.placements(i), path, report).Read());
    const std::string& name = placements.back().name;
    if (name.empty()) continue;
    if (!seen.insert(name).second)
      report->Add(absl::StrCat(path, ".name"), absl::StrCat(Quoted(name), " is there twice"));
    if (PlacementTable::BuiltIn()->Find(name) == nullptr && ++count == engine::kMostPlacements + 1) {
      report->Add(path, absl::StrCat("is one too many: with those built in there may be ", engine::kMostPlacements));
    }
  }
  return placements;
}

}  // namespace awase::config_internal
