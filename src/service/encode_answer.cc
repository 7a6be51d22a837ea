#include "service/encode_answer.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "awase/service/convert.h"
#include "service/convert_answer.h"
#include "service/convert_evidence.h"
#include "service/convert_prices.h"

namespace awase::service {
namespace {

// Guesses of how many bytes a message's length takes.
constexpr std::size_t kShort = 1;  // below 128 bytes
constexpr std::size_t kLong = 2;   // below 16 KiB

// What few answers have is made as messages, as for everybody else.
template <typename Proto, typename Fill>
void WriteProto(int field, const Fill& fill, WireWriter& writer) {
  Proto proto;
  fill(&proto);
  writer.Element(field, proto.SerializeAsString());
}

class AnswerEncoder {
 public:
  AnswerEncoder(const engine::Answer& answer, engine::Explanation explanation, const artefact::Model& model,
                WireWriter& writer)
      : answer_(answer), explanation_(explanation), model_(model), writer_(writer) {}

  void WriteAnswer(absl::string_view token) {
    using Proto = v1::RecommendResponse;
    for (const engine::Slot& slot : answer_.slots) WriteSlot(Proto::kSlotsFieldNumber, slot);
    for (const std::string& id : answer_.missing_ids) writer_.Element(Proto::kMissingIdsFieldNumber, id);
    for (const engine::TraceEntry& entry : answer_.trace) {
      WriteProto<v1::RemovedCandidate>(
          Proto::kTraceFieldNumber, [&](v1::RemovedCandidate* proto) { TraceEntryToProto(entry, proto); }, writer_);
    }
    writer_.Text(Proto::kTokenFieldNumber, token);
    writer_.Text(Proto::kModelVersionFieldNumber, answer_.model_version);
    writer_.Text(Proto::kRuleRevisionFieldNumber, answer_.rule_revision);
    writer_.Varint(Proto::kDegradedFieldNumber, answer_.degraded ? 1 : 0);
    writer_.Text(Proto::kLanguageCodeFieldNumber, answer_.language_code);
    if (answer_.cart_price.has_value()) {
      WriteProto<v1::CartPrice>(
          Proto::kCartPriceFieldNumber,
          [&](v1::CartPrice* proto) { CartPriceToProto(*answer_.cart_price, model_, proto); }, writer_);
    }
    for (const engine::BenefitOffer& benefit : answer_.benefits) {
      WriteProto<v1::Benefit>(
          Proto::kBenefitsFieldNumber, [&](v1::Benefit* proto) { BenefitToProto(benefit, model_, proto); }, writer_);
    }
    if (answer_.restraint != engine::Restraint()) {
      WriteProto<v1::Restraint>(
          Proto::kRestraintFieldNumber, [&](v1::Restraint* proto) { RestraintToProto(answer_.restraint, proto); },
          writer_);
    }
  }

 private:
  void WriteSlot(int field, const engine::Slot& slot) {
    using Proto = v1::Slot;
    writer_.Message(field, kLong, [&] {
      writer_.Text(Proto::kNameFieldNumber, slot.name);
      for (const engine::Offer& offer : slot.offers) WriteOffer(Proto::kOffersFieldNumber, offer);
      for (std::size_t cause = 0; cause < engine::kRemovalCauseCount; ++cause) {
        if (slot.removed[cause] != 0) WriteRemoval(static_cast<engine::RemovalCause>(cause), slot.removed[cause]);
      }
      writer_.Text(Proto::kEmptyReasonFieldNumber, slot.empty_reason);
    });
  }

  void WriteRemoval(engine::RemovalCause cause, std::uint32_t count) {
    writer_.Message(v1::Slot::kRemovedFieldNumber, kShort, [&] {
      writer_.Varint(v1::Removal::kCauseFieldNumber, static_cast<std::uint64_t>(CauseToProto(cause)));
      writer_.Varint(v1::Removal::kCountFieldNumber, count);
    });
  }

  void WriteOffer(int field, const engine::Offer& offer) {
    using Proto = v1::Offer;
    writer_.Message(field, kLong, [&] {
      WriteProduct(Proto::kProductFieldNumber, offer.product);
      writer_.Varint(Proto::kIntentFieldNumber, static_cast<std::uint64_t>(IntentToProto(offer.intent)));
      WriteMoney(Proto::kPriceFieldNumber, offer.price);
      WriteMoney(Proto::kPriceDifferenceFieldNumber, offer.price_difference);
      for (const engine::SpecDifference& difference : offer.differences) WriteDifference(difference);
      writer_.Varint(Proto::kRungFieldNumber, offer.rung);
      if (offer.bundle.has_value()) WriteBundle(*offer.bundle);
      if (explanation_ != engine::Explanation::kNone) WriteReason(offer.reason);
      writer_.Double(Proto::kScoreFieldNumber, offer.score);
      if (offer.plan_change.has_value()) {
        WriteProto<v1::PlanChange>(
            Proto::kPlanChangeFieldNumber,
            [&](v1::PlanChange* proto) { OfferedPlanChangeToProto(*offer.plan_change, model_, proto); }, writer_);
      }
      if (offer.list_price.has_value()) {
        WriteMoney(Proto::kListPriceFieldNumber, *offer.list_price);
        WriteMoney(Proto::kSavingFieldNumber,
                   Money{offer.list_price->minor_units - offer.price->minor_units, offer.price->currency});
      }
    });
  }

  void WriteProduct(int field, ProductIndex index) {
    using Proto = v1::OfferedProduct;
    const artefact::ProductView product = model_.product(index);
    writer_.Message(field, kLong, [&] {
      writer_.Text(Proto::kProductIdFieldNumber, product.product_id());
      writer_.Text(Proto::kTitleFieldNumber, product.title());
      WriteMoney(Proto::kPriceFieldNumber, product.price());
      writer_.Text(Proto::kImageUrlFieldNumber, product.image_url());
      writer_.Text(Proto::kUrlFieldNumber, product.url());
    });
  }

  void WriteMoney(int field, const std::optional<Money>& money) {
    if (!money.has_value()) return;
    writer_.Message(field, kShort, [&] {
      writer_.Text(v1::Money::kCurrencyCodeFieldNumber, money->currency.text());
      writer_.Sint64(v1::Money::kMinorUnitsFieldNumber, money->minor_units);
    });
  }

  void WriteDifference(const engine::SpecDifference& difference) {
    using Proto = v1::SpecDifference;
    writer_.Message(v1::Offer::kDifferencesFieldNumber, kShort, [&] {
      writer_.Text(Proto::kNameFieldNumber, difference.name);
      writer_.Text(Proto::kAnchorValueFieldNumber, difference.anchor_value);
      writer_.Text(Proto::kOfferValueFieldNumber, difference.offer_value);
      writer_.Varint(Proto::kDirectionFieldNumber, static_cast<std::uint64_t>(DirectionToProto(difference.direction)));
    });
  }

  void WriteBundle(const engine::BundleOffer& bundle) {
    using Proto = v1::Bundle;
    writer_.Message(v1::Offer::kBundleFieldNumber, kLong, [&] {
      for (const engine::BundleLine& line : bundle.lines) WriteBundleLine(bundle, line);
      WriteMoney(Proto::kListPriceFieldNumber, bundle.list_price);
      WriteMoney(Proto::kSetPriceFieldNumber, bundle.set_price);
      WriteMoney(Proto::kSavingFieldNumber,
                 Money{bundle.list_price.minor_units - bundle.set_price.minor_units, bundle.list_price.currency});
    });
  }

  void WriteBundleLine(const engine::BundleOffer& bundle, const engine::BundleLine& line) {
    using Proto = v1::BundleLine;
    writer_.Message(v1::Bundle::kLinesFieldNumber, kLong, [&] {
      WriteProduct(Proto::kProductFieldNumber, line.product);
      WriteMoney(Proto::kListPriceFieldNumber, Money{line.list_price_minor, bundle.list_price.currency});
      WriteMoney(Proto::kSetPriceFieldNumber, Money{line.set_price_minor, bundle.set_price.currency});
      writer_.Varint(Proto::kInCartFieldNumber, line.in_cart ? 1 : 0);
    });
  }

  void WriteReason(const engine::Reason& reason) {
    using Proto = v1::Reason;
    writer_.Message(v1::Offer::kReasonFieldNumber, kLong, [&] {
      writer_.Varint(Proto::kSourceFieldNumber, static_cast<std::uint64_t>(SourceToProto(reason.source)));
      writer_.Text(Proto::kTextFieldNumber, reason.text);
      if (reason.evidence.has_value()) WriteEvidence(*reason.evidence);
      for (const std::string& id : reason.rule_ids) writer_.Element(Proto::kRuleIdsFieldNumber, id);
      writer_.Varint(Proto::kBackedOffToFieldNumber, static_cast<std::uint64_t>(BackOffToProto(reason.back_off)));
      writer_.Text(Proto::kRuleAuthorFieldNumber, reason.rule_author);
    });
  }

  void WriteEvidence(const engine::Evidence& evidence) {
    using Proto = v1::Evidence;
    writer_.Message(v1::Reason::kEvidenceFieldNumber, kShort, [&] {
      writer_.Varint(Proto::kUnitsTogetherFieldNumber, evidence.units_together);
      writer_.Varint(Proto::kUnitsAnchorFieldNumber, evidence.units_anchor);
      writer_.Varint(Proto::kUnitsOtherFieldNumber, evidence.units_other);
      writer_.Varint(Proto::kUnitsTotalFieldNumber, evidence.units_total);
      writer_.Varint(Proto::kBuyersTogetherFieldNumber, evidence.buyers_together);
      writer_.Double(Proto::kExpectedTogetherFieldNumber, evidence.expected_together);
      writer_.Double(Proto::kLiftFieldNumber, evidence.lift);
      writer_.Double(Proto::kLiftLowFieldNumber, evidence.lift_low);
      writer_.Double(Proto::kLiftHighFieldNumber, evidence.lift_high);
      writer_.Varint(Proto::kClaimFieldNumber, evidence.claim ? 1 : 0);
      writer_.Varint(Proto::kEntryClassFieldNumber, static_cast<std::uint64_t>(evidence.entry_class));
      writer_.Text(Proto::kFirstDayFieldNumber, answer_.first_day);
      writer_.Text(Proto::kLastDayFieldNumber, answer_.last_day);
    });
  }

  const engine::Answer& answer_;
  const engine::Explanation explanation_;
  const artefact::Model& model_;
  WireWriter& writer_;
};

}  // namespace

void EncodeAnswer(const engine::Answer& answer, engine::Explanation explanation, const artefact::Model& model,
                  absl::string_view token, WireWriter* writer) {
  AnswerEncoder(answer, explanation, model, *writer).WriteAnswer(token);
}

}  // namespace awase::service
