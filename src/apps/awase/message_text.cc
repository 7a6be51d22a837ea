#include "apps/awase/message_text.h"

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "awase/base/money.h"
#include "awase/service/convert.h"

namespace awase::apps {

std::string MoneyText(const v1::Money& proto) {
  const absl::StatusOr<Money> money = service::MoneyFromProto(proto);
  return money.ok() ? FormatMoney(*money) : absl::StrCat(proto.currency_code(), " ", proto.minor_units());
}

std::string BenefitText(const v1::Benefit& benefit) {
  return benefit.text().empty() ? v1::Benefit::Kind_Name(benefit.kind()) : benefit.text();
}

}  // namespace awase::apps
