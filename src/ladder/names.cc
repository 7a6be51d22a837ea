#include "awase/ladder/ladder.h"

namespace awase::ladder {

const char* GradeName(Grade grade) {
  switch (grade) {
    case Grade::kWeak:
      return "WEAK";
    case Grade::kAsserted:
      return "ASSERTED";
    case Grade::kStatistical:
      return "STATISTICAL";
    case Grade::kCertified:
      return "CERTIFIED";
  }
  return "UNKNOWN";
}

const char* DirectionName(Direction direction) { return direction == Direction::kLower ? "lower" : "higher"; }

const char* StepKindName(StepKind kind) {
  switch (kind) {
    case StepKind::kModel:
      return "model";
    case StepKind::kPack:
      return "pack";
    case StepKind::kSubscription:
      return "subscription";
    case StepKind::kBrand:
      return "brand";
  }
  return "unknown";
}

const char* FamilySourceName(FamilySource source) {
  switch (source) {
    case FamilySource::kDeclared:
      return "family";
    case FamilySource::kProductType:
      return "product_type";
    case FamilySource::kCategoryLeaf:
      return "category";
    case FamilySource::kSeries:
      return "series";
  }
  return "unknown";
}

const char* LadderProblemText(LadderProblem::Kind kind) {
  switch (kind) {
    case LadderProblem::Kind::kNegativePrice:
      return "a price of zero or less, and no free plan: left out";
    case LadderProblem::Kind::kOnlyFreePlans:
      return "nothing is paid for any plan that it could be compared with: no step";
    case LadderProblem::Kind::kNoPrice:
      return "no price: left out";
    case LadderProblem::Kind::kNoUnitPrice:
      return "a pack so small or so large that its price per unit is no number: left out";
    case LadderProblem::Kind::kSeveralCurrencies:
      return "another currency than most of the family: compared within each currency only";
    case LadderProblem::Kind::kSeveralIntervals:
      return "paid at another interval than most of the family: compared within each interval only";
    case LadderProblem::Kind::kSeveralFeesPerSeat:
      return "another fee per seat than most of the family has, beside the price: which costs more depends on the "
             "seats, so not compared";
    case LadderProblem::Kind::kNumberAndText:
      return "sometimes a number and sometimes text within a family: not compared";
    case LadderProblem::Kind::kUnitsDiffer:
      return "units that cannot be converted into each other within a family: not compared";
    case LadderProblem::Kind::kOddValue:
      return "a value that does not compare with those of nearly all others of the family: left out of the comparison";
    case LadderProblem::Kind::kKindsDiffer:
      return "numbers of kinds of which a family has one product each: not compared";
    case LadderProblem::Kind::kUnorderedText:
      return "text without an order that is known or goes with price: not compared";
    case LadderProblem::Kind::kUnorderedTiers:
      return "tiers of a family without an order that is known or goes with price: not used";
    case LadderProblem::Kind::kTierAgainstPrice:
      return "the next tier of the family costs no more: no step";
  }
  return "unknown";
}

}  // namespace awase::ladder
