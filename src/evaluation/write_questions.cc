#include "awase/evaluation/write_questions.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"

namespace awase::evaluation {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20;  // bytes that are gathered before they are written

std::string Join(absl::Span<const ProductIndex> products) {
  return absl::StrJoin(products, " ",
                       [](std::string* out, ProductIndex product) { absl::StrAppend(out, Slot(product)); });
}

absl::Status WriteOrders(const std::string& path, const orders::BasketSet& baskets) {
  AWASE_ASSIGN_OR_RETURN(OutputFile file, OutputFile::Create(path));
  std::string rows = "order,product\n";
  for (std::size_t order = 0; order < baskets.size(); ++order) {
    for (const ProductIndex product : baskets.basket(order)) absl::StrAppend(&rows, order, ",", Slot(product), "\n");
    if (rows.size() < kPiece) continue;
    AWASE_RETURN_IF_ERROR(file.Append(rows));
    rows.clear();
  }
  AWASE_RETURN_IF_ERROR(file.Append(rows));
  return file.Finish();
}

}  // namespace

absl::Status WriteQuestions(const std::string& directory, const orders::BasketSet& learned_from,
                            const TestCases& cases) {
  AWASE_RETURN_IF_ERROR(MakeDirectories(directory));
  AWASE_RETURN_IF_ERROR(WriteOrders(JoinPath(directory, "learned_from.csv"), learned_from));
  std::string lists = "anchor,targets\n";
  for (const ListCase& question : cases.lists) {
    absl::StrAppend(&lists, Slot(question.anchor), ",", Join(question.targets), "\n");
  }
  AWASE_RETURN_IF_ERROR(WriteFile(JoinPath(directory, "lists.csv"), lists));
  std::string carts = "cart,hidden\n";
  for (const CartCase& question : cases.carts) {
    absl::StrAppend(&carts, Join(question.cart), ",", Slot(question.hidden), "\n");
  }
  return WriteFile(JoinPath(directory, "carts.csv"), carts);
}

}  // namespace awase::evaluation
