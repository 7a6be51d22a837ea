#ifndef AWASE_TESTS_TESTING_MODEL_BUILDER_H_
#define AWASE_TESTS_TESTING_MODEL_BUILDER_H_

// Makes a small artefact with exactly the lists and rungs that a test states, through the real writer and reader.
//
//   ModelBuilder builder;
//   builder.Add("camera", 50000).product_type = "camera";
//   builder.Add("film", 1000);
//   builder.Relate(RelationKind::kBoughtTogether, "camera", "film", {.together = 30});
//   AWASE_ASSERT_OK_AND_ASSIGN(std::shared_ptr<const Model> model, builder.Build(temp_dir.path()));

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "awase/artefact/model.h"
#include "awase/cart/cart_weights.h"
#include "awase/catalog/product.h"
#include "awase/ladder/ladder.h"
#include "awase/relations/relation.h"

namespace awase::testing {

// What a test says of a pair; lift follows from the counts.
struct PairCounts {
  std::uint32_t together = 10;
  double score = -1;  // < 0: the count is the score
  bool claim = true;
  relations::EntryClass entry_class = relations::EntryClass::kUndecided;
  relations::EntrySource source = relations::EntrySource::kCounted;
};

// single-thread.
class ModelBuilder {
 public:
  // A visible product without stock tracking. `price_minor` < 0: no price. The reference stays valid.
  catalog::Product& Add(absl::string_view id, std::int64_t price_minor = 1000, absl::string_view currency = "USD");

  // How many units (orders or customers) hold the product, and how many there are; 100 and 10,000 where not said.
  void SetUnits(relations::RelationKind kind, absl::string_view id, std::uint32_t units);
  // Makes the relation a directed one.
  void SetUnitsAsOther(relations::RelationKind kind, absl::string_view id, std::uint32_t units);
  void SetUnitCount(relations::RelationKind kind, std::uint64_t unit_count);

  // An entry of `product`'s list, in this direction only. Both must be roots.
  void Relate(relations::RelationKind kind, absl::string_view product, absl::string_view other,
              PairCounts counts = PairCounts());
  // Makes the model have the relation even when nothing is in it.
  void HaveRelation(relations::RelationKind kind) { relations_[kind]; }

  // What having `product` in the cart adds to `other`. Both must be roots. The first call gives the model cart weights.
  void WeighForCarts(absl::string_view product, absl::string_view other, float weight);
  void SetCartBaseline(absl::string_view id, float baseline);

  // `evidence.flags` and `grade` need not agree.
  void AddRung(absl::string_view product, absl::string_view other, ladder::Direction direction, std::uint8_t rung = 1,
               ladder::Grade grade = ladder::Grade::kAsserted, const ladder::RungEvidence& evidence = {});

  // The first and the last moment of the orders; not said, they had no times.
  void SetPeriod(artefact::OrderPeriod period) { period_ = period; }

  // Which variant of a root comes first.
  void SetPopularity(absl::string_view id, std::uint32_t orders) { popularity_[std::string(id)] = orders; }

  // The manifest's report, a JSON object; {} where not said.
  void SetReport(absl::string_view report_json) { report_json_ = std::string(report_json); }

  // Writes a version into `model_dir` and maps it; the directory may go away while the model lives.
  // kInvalidArgument for a name in a relation or rung that was not added.
  absl::StatusOr<std::shared_ptr<const artefact::Model>> Build(const std::string& model_dir) const;

 private:
  struct Pair {
    std::string other;
    PairCounts counts;
  };
  struct RelationDraft {
    std::uint64_t unit_count = 10'000;
    std::map<std::string, std::uint32_t> units;
    std::map<std::string, std::uint32_t> other_units;
    std::map<std::string, std::vector<Pair>> lists;
  };
  struct RungDraft {
    std::string other;
    ladder::Direction direction;
    std::uint8_t rung;
    ladder::Grade grade;
    ladder::RungEvidence evidence;
  };

  absl::StatusOr<relations::Relation> BuildRelation(const catalog::Catalog& catalog, relations::RelationKind kind,
                                                    const RelationDraft& draft) const;
  absl::StatusOr<ladder::LadderSet> BuildLadders(const catalog::Catalog& catalog) const;

  std::deque<catalog::Product> products_;
  std::map<relations::RelationKind, RelationDraft> relations_;
  struct CartDraft {
    std::map<std::string, std::map<std::string, float>> weights;
    std::map<std::string, float> baselines;
  };
  absl::StatusOr<cart::CartWeights> BuildCartWeights(const catalog::Catalog& catalog) const;

  std::map<std::string, std::vector<RungDraft>> rungs_;
  std::optional<CartDraft> cart_;
  std::optional<artefact::OrderPeriod> period_;
  std::map<std::string, std::uint32_t> popularity_;
  std::string report_json_ = "{}";
};

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_MODEL_BUILDER_H_
