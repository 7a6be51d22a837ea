// Families (families.h) of specs that can be compared (spec_table.h); a few steps per product are worth judging
// (step_candidates.h); the catalogue and then customers say what each is worth (step_judge.h, step_grades.h); the best
// of the nearest become rungs (choose_rungs.h). Here the rungs of members become those of all their variants.

#include "awase/ladder/ladder.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "awase/base/parallel.h"
#include "awase/ladder/share_bounds.h"
#include "ladder/internal/choose_rungs.h"
#include "ladder/internal/dominance.h"
#include "ladder/internal/families.h"
#include "ladder/internal/own_brands.h"
#include "ladder/internal/pack_rungs.h"
#include "ladder/internal/pack_steps.h"
#include "ladder/internal/price_band.h"
#include "ladder/internal/spec_table.h"
#include "ladder/internal/step_candidates.h"
#include "ladder/internal/step_grades.h"
#include "ladder/internal/step_judge.h"
#include "ladder/internal/tiers.h"

namespace awase::ladder {
namespace {

using catalog::Catalog;
using catalog::Product;
using namespace ladder_internal;  // NOLINT(google-build-using-namespace): the parts of this library, nothing else

constexpr std::size_t kProductGrain = 1024;

class RungWriter {
 public:
  RungWriter(const Catalog& catalog, const Families& families, const SpecTable& specs, const ChosenRungs& chosen,
             const StepJudge& judge, const StepGrader& grader, const LadderOptions& options)
      : catalog_(catalog),
        families_(families),
        specs_(specs),
        chosen_(chosen),
        judge_(judge),
        grader_(grader),
        options_(options) {}

  LadderSet Write() const {
    const std::size_t pieces = (catalog_.size() + kProductGrain - 1) / kProductGrain;
    std::vector<LadderSet> written(pieces);
    ParallelFor(options_.threads, pieces, 1, [&](std::size_t first, std::size_t last, std::size_t) {
      for (std::size_t piece = first; piece < last; ++piece) {
        const std::size_t end = std::min(catalog_.size(), (piece + 1) * kProductGrain);
        for (std::size_t p = piece * kProductGrain; p < end; ++p) {
          AddRungs(ProductAt(p), &written[piece]);
          written[piece].offsets.push_back(written[piece].rungs.size());
        }
      }
    });
    return Join(&written);
  }

 private:
  static LadderSet Join(std::vector<LadderSet>* pieces) {
    LadderSet set;
    set.offsets.push_back(0);
    for (LadderSet& piece : *pieces) {
      const std::uint64_t before = set.rungs.size();
      for (const std::uint64_t offset : piece.offsets) set.offsets.push_back(before + offset);
      set.rungs.insert(set.rungs.end(), piece.rungs.begin(), piece.rungs.end());
      set.evidence.insert(set.evidence.end(), piece.evidence.begin(), piece.evidence.end());
      piece = {};
    }
    return set;
  }

  void AddRungs(ProductIndex product, LadderSet* set) const {
    const std::uint32_t member = families_.member_of_root[Slot(catalog_.root(product))];
    if (member == kNoMember || !catalog_.product(product).price.has_value()) return;
    for (const Direction direction : {Direction::kLower, Direction::kHigher}) {
      std::uint8_t rung = 0;
      for (const std::uint32_t edge : chosen_.of_member[member][static_cast<std::size_t>(direction)]) {
        if (edge == kNoEdge) continue;
        if (AddRung(product, chosen_.edges[edge], direction, static_cast<std::uint8_t>(rung + 1), set)) ++rung;
      }
    }
  }

  // False for a variant that it is no step for, or one to what is worse in every spec: a variant has its own.
  bool AddRung(ProductIndex product, const StepEdge& chosen, Direction direction, std::uint8_t number,
               LadderSet* set) const {
    const std::optional<StepEdge> edge = judge_.DescribeFor(product, direction, number, chosen);
    if (!edge.has_value()) return false;
    const Grade grade = GradeOf(*edge);
    if (grade == Grade::kWeak && edge->is_dominated && !edge->is_last_resort) return false;
    const Member& other = families_.members[direction == Direction::kHigher ? edge->dear : edge->cheap];
    const Family& family = families_.families[other.family];
    set->rungs.push_back({.price_delta_minor = other.price_minor - catalog_.product(product).price->minor_units,
                          .other = other.product,
                          .direction = direction,
                          .rung = number,
                          .grade = grade,
                          .family_source = static_cast<std::uint8_t>(family.source)});
    set->evidence.push_back(EvidenceOf(product, other.product, *edge));
    return true;
  }

  RungEvidence EvidenceOf(ProductIndex product, ProductIndex other, const StepEdge& edge) const {
    const Comparison comparison = Compare(specs_.of(product), specs_.of(other));
    const std::uint32_t moved = edge.moves.up() + edge.moves.down();
    return {.gained_specs = comparison.gained_mask,
            .given_up_specs = comparison.given_up_mask,
            .upgrades = edge.moves.upgrades,
            .downgrades = edge.moves.downgrades,
            .switches_up = edge.moves.switches_up,
            .switches_down = edge.moves.switches_down,
            .moved_up_low = static_cast<float>(BoundsOfShare(edge.moves.up(), moved).low),
            .strength_gap = edge.strength_gap,
            .returned_cheap = static_cast<float>(grader_.returned_share(edge.cheap)),
            .returned_dear = static_cast<float>(grader_.returned_share(edge.dear)),
            .content_ratio = 0,
            .kind = StepKind::kModel,
            .flags = FlagsOf(edge),
            .reserved = 0};
  }

  std::uint8_t FlagsOf(const StepEdge& edge) const {
    const Product& cheap = catalog_.product(families_.members[edge.cheap].product);
    const Product& dear = catalog_.product(families_.members[edge.dear].product);
    const bool same_brand = !cheap.brand.empty() && cheap.brand == dear.brand;
    const bool same_series = same_brand && !cheap.series.empty() && cheap.series == dear.series;
    const bool own_to_national = IsOwnBrand(cheap.brand, options_.own_brands) && !dear.brand.empty() &&
                                 !IsOwnBrand(dear.brand, options_.own_brands);
    const int flags = (edge.dominates ? kDominates : 0) | (edge.has_behaviour ? kBehaviour : 0) |
                      (edge.is_tier_up ? kTierColumn : 0) | (same_brand ? kSameBrand : 0) |
                      (same_series ? kSameSeries : 0) | (own_to_national ? kOwnToNational : 0) |
                      (edge.returns_worse ? kReturnsWorse : 0) | (edge.is_beyond_band ? kBeyondBand : 0);
    return static_cast<std::uint8_t>(flags);
  }

  const Catalog& catalog_;
  const Families& families_;
  const SpecTable& specs_;
  const ChosenRungs& chosen_;
  const StepJudge& judge_;
  const StepGrader& grader_;
  const LadderOptions& options_;
};

std::vector<double> WidestSteps(const Families& families, const LadderOptions& options) {
  std::vector<double> widest;
  widest.reserve(families.families.size());
  for (const Family& family : families.families) widest.push_back(WidestStepOf(families.of(family), options));
  return widest;
}

void Describe(const LadderSet& set, const Families& families, const std::vector<StepEdge>& edges, LadderNotes* notes) {
  for (const Family& family : families.families) notes->families += family.size() >= 2 ? 1 : 0;
  for (std::size_t p = 0; p + 1 < set.offsets.size(); ++p) {
    const auto rungs = set.list(ProductAt(p));
    notes->products_with_rung += rungs.empty() ? 0 : 1;
    const bool is_served =
        std::any_of(rungs.begin(), rungs.end(), [](const Rung& rung) { return rung.grade > Grade::kWeak; });
    notes->products_with_served_rung += is_served ? 1 : 0;
    for (const Rung& rung : rungs) ++notes->rungs_by_grade[static_cast<std::size_t>(rung.grade)];
  }
  notes->steps_compared = edges.size();
  for (const StepEdge& edge : edges) notes->steps_with_moves += edge.moves.up() + edge.moves.down() > 0 ? 1 : 0;
}

}  // namespace

LadderSet BuildLadders(const Catalog& catalog, const Behaviour& behaviour, const LadderOptions& options,
                       LadderNotes* notes) {
  ProblemTally problems;
  const Families families = GatherFamilies(catalog, behaviour.popularity, options.min_step, &problems);
  const SpecTable specs = BuildSpecTable(catalog, families, options.threads, &problems);
  const std::vector<std::int32_t> tiers = OrderTiers(catalog, families, options.threads, &problems);
  const std::vector<double> widest_steps = WidestSteps(families, options);
  const StepJudge judge(catalog, families, specs, tiers, widest_steps, options);
  std::vector<StepEdge> edges = FindSteps(families, judge, options);
  StepGrader grader(families, behaviour, options);
  grader.GradeCandidates(&edges);
  const ChosenRungs chosen = ChooseRungs(std::move(edges), families, judge, grader, options);
  const LadderSet models = RungWriter(catalog, families, specs, chosen, judge, grader, options).Write();
  PackStepOptions packs;
  packs.rungs = options.rungs;
  packs.widest_step = options.widest_step;
  packs.own_brands = options.own_brands;
  const LadderSet set = WithPackSteps(models, FindPackSteps(catalog, behaviour.popularity, packs), catalog);
  if (notes != nullptr) {
    *notes = LadderNotes();
    Describe(set, families, chosen.edges, notes);
    notes->problems = problems.Problems(catalog);
  }
  return set;
}

}  // namespace awase::ladder
