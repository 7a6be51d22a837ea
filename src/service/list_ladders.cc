#include "service/list_ladders.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "awase/base/sha256.h"
#include "awase/base/status_macros.h"
#include "awase/engine/differences.h"
#include "awase/families/family.h"
#include "awase/families/rung_text.h"
#include "awase/service/convert.h"

namespace awase::service {
namespace {

using artefact::Model;
using artefact::ProductView;

constexpr int kMostProductIds = 1000;
constexpr std::int32_t kDefaultPageSize = 50;
constexpr std::int32_t kMaxPageSize = 1000;

// The numbers of the artefact, one less than those of the protocol.
template <typename Enum>
int NumberOf(Enum value) {
  return static_cast<int>(value) + 1;
}
static_assert(v1::Rung::LOWER == static_cast<int>(ladder::Direction::kLower) + 1);
static_assert(v1::Rung::WEAK == static_cast<int>(ladder::Grade::kWeak) + 1);
static_assert(v1::Rung::CERTIFIED == static_cast<int>(ladder::Grade::kCertified) + 1);
static_assert(v1::Rung::MODEL == static_cast<int>(ladder::StepKind::kModel) + 1);
static_assert(v1::Rung::BRAND == static_cast<int>(ladder::StepKind::kBrand) + 1);

void EvidenceToProto(const ladder::RungEvidence& evidence, v1::RungEvidence* proto) {
  proto->set_dominates((evidence.flags & ladder::kDominates) != 0);
  proto->set_upgrades(evidence.upgrades);
  proto->set_downgrades(evidence.downgrades);
  proto->set_switches_up(evidence.switches_up);
  proto->set_switches_down(evidence.switches_down);
  proto->set_moved_up_low(evidence.moved_up_low);
  proto->set_strength_gap(evidence.strength_gap);
  if (evidence.returned_cheap >= 0) proto->set_returned_cheap(evidence.returned_cheap);
  if (evidence.returned_dear >= 0) proto->set_returned_dear(evidence.returned_dear);
  proto->set_content_ratio(evidence.content_ratio);
}

void RungToProto(const Model& model, ProductIndex product, std::size_t position, v1::Rung* proto) {
  const ladder::Rung& rung = model.rungs(product)[position];
  const auto evidence = model.rung_evidence(product);
  const ladder::RungEvidence* known = evidence.empty() ? nullptr : &evidence[position];
  const ProductView other = model.product(rung.other);
  proto->set_direction(static_cast<v1::Rung::Direction>(NumberOf(rung.direction)));
  proto->set_rung(rung.rung);
  proto->set_grade(static_cast<v1::Rung::Grade>(NumberOf(rung.grade)));
  proto->set_kind(static_cast<v1::Rung::Kind>(NumberOf(known == nullptr ? ladder::StepKind::kModel : known->kind)));
  proto->set_product_id(std::string(other.product_id()));
  proto->set_title(std::string(other.title()));
  if (const std::optional<Money> price = other.price(); price.has_value()) {
    MoneyToProto(*price, proto->mutable_price());
    MoneyToProto(families::PriceDifference(model, rung), proto->mutable_price_difference());
  }
  for (const engine::SpecDifference& difference : engine::FindDifferences(model, product, rung.other, known)) {
    SpecDifferenceToProto(difference, proto->add_differences());
  }
  if (known != nullptr) EvidenceToProto(*known, proto->mutable_evidence());
  proto->set_evidence_text(families::RungEvidenceText(model, product, position));
}

// The next page's first place, and what it must belong to.
class PageToken {
 public:
  PageToken(const Model& model, const v1::ListLaddersRequest& request) {
    v1::ListLaddersRequest filters = request;
    filters.clear_page_token();
    filters.clear_page_size();
    // The bytes of a message are the same for the same fields within one build; another build refuses the token, as it
    // may: the caller begins again.
    prefix_ = absl::StrCat(model.version(), ".", Sha256Hex(filters.SerializeAsString()).substr(0, 16), ".");
  }

  std::string Write(std::size_t place) const { return absl::StrCat(prefix_, place); }

  absl::StatusOr<std::size_t> Read(const std::string& token) const {
    if (token.empty()) return std::size_t{0};
    absl::string_view rest = token;
    std::uint64_t place = 0;
    if (!absl::ConsumePrefix(&rest, prefix_) || !absl::SimpleAtoi(rest, &place)) {
      return absl::InvalidArgumentError(
          "page_token: not of this list: its filters, or the version that serves, were others; begin again without it");
    }
    return static_cast<std::size_t>(place);
  }

 private:
  std::string prefix_;
};

class LadderLister {
 public:
  LadderLister(const Model& model, const v1::ListLaddersRequest& request, v1::ListLaddersResponse* response)
      : model_(model), request_(request), response_(response) {}

  absl::Status List(std::size_t most_visited) {
    AWASE_RETURN_IF_ERROR(Check());
    const PageToken token(model_, request_);
    AWASE_ASSIGN_OR_RETURN(std::size_t place, token.Read(request_.page_token()));
    response_->set_model_version(model_.version());
    Resolve();
    const std::size_t count = request_.product_ids().empty() ? model_.product_count() : named_.size();
    const int page_size = request_.page_size() == 0 ? kDefaultPageSize : std::min(request_.page_size(), kMaxPageSize);
    place = std::min(place, count);
    const std::size_t last = std::min(count, place + most_visited);
    for (; place < last && response_->ladders_size() < page_size; ++place) {
      AddLadder(request_.product_ids().empty() ? ProductAt(place) : named_[place]);
    }
    if (place < count) response_->set_next_page_token(token.Write(place));
    return absl::OkStatus();
  }

 private:
  absl::Status Check() const {
    if (request_.page_size() < 0) {
      return absl::InvalidArgumentError(absl::StrCat("page_size: want 0 or more, got ", request_.page_size()));
    }
    if (request_.product_ids_size() > kMostProductIds) {
      return absl::InvalidArgumentError(absl::StrCat("product_ids: ", request_.product_ids_size(), " are more than ",
                                                     kMostProductIds, ": ask in several calls"));
    }
    if (!v1::Rung::Grade_IsValid(request_.least_grade())) {
      return absl::InvalidArgumentError(absl::StrCat("least_grade: ", static_cast<int>(request_.least_grade()),
                                                     " is not one of WEAK, ASSERTED, STATISTICAL, CERTIFIED"));
    }
    return absl::OkStatus();
  }

  void Resolve() {
    for (const std::string& id : request_.product_ids()) {
      const std::optional<ProductIndex> product = model_.Find(id);
      if (product.has_value()) {
        named_.push_back(*product);
      } else if (request_.page_token().empty()) {
        response_->add_missing_ids(id);
      }
    }
    std::sort(named_.begin(), named_.end());
    named_.erase(std::unique(named_.begin(), named_.end()), named_.end());
  }

  // Nothing for a product that the filters leave out.
  void AddLadder(ProductIndex product) {
    const auto rungs = model_.rungs(product);
    const auto is_listed = [this](const ladder::Rung& rung) { return NumberOf(rung.grade) >= request_.least_grade(); };
    const bool has_rung = std::any_of(rungs.begin(), rungs.end(), is_listed);
    if (!has_rung && request_.product_ids().empty()) return;
    const std::optional<families::FamilyKey> family = families::KeyOf(model_, product);
    if (!request_.family().empty() && (!family.has_value() || family->name != request_.family())) return;
    v1::Ladder* ladder = response_->add_ladders();
    const ProductView view = model_.product(product);
    ladder->set_product_id(std::string(view.product_id()));
    ladder->set_title(std::string(view.title()));
    if (view.price().has_value()) MoneyToProto(*view.price(), ladder->mutable_price());
    if (family.has_value()) {
      ladder->set_family(family->name);
      ladder->set_family_source(ladder::FamilySourceName(family->source));
    }
    for (std::size_t r = 0; r < rungs.size(); ++r) {
      if (is_listed(rungs[r])) RungToProto(model_, product, r, ladder->add_rungs());
    }
  }

  const Model& model_;
  const v1::ListLaddersRequest& request_;
  v1::ListLaddersResponse* response_;
  std::vector<ProductIndex> named_;  // of the request, ascending
};

}  // namespace

absl::Status ListLadders(const Model& model, const v1::ListLaddersRequest& request, v1::ListLaddersResponse* response,
                         std::size_t most_visited) {
  return LadderLister(model, request, response).List(most_visited);
}

}  // namespace awase::service
