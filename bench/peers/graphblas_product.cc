// SuiteSparse:GraphBLAS: C = BᵀB over the PLUS_PAIR semiring, so all pair counts, no ranking.

#include <algorithm>
#include <cstdlib>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "awase/base/stopwatch.h"
#include "bench/peers/runner.h"

extern "C" {  // the header does not say it itself
#include <GraphBLAS.h>
}

namespace awase::peers {
namespace {

// The GraphBLAS objects of a run, freed with it.
template <typename T, GrB_Info (*kFree)(T*)>
class Handle {
 public:
  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { kFree(&object_); }
  T get() const { return object_; }
  T* address() { return &object_; }

 private:
  T object_ = nullptr;
};
using Matrix = Handle<GrB_Matrix, GrB_Matrix_free>;
using Vector = Handle<GrB_Vector, GrB_Vector_free>;

absl::Status Check(GrB_Info info, const char* what) {
  if (info == GrB_SUCCESS) return absl::OkStatus();
  const std::string message = absl::StrCat("GraphBLAS: ", what, " failed with ", static_cast<int>(info));
  return info == GrB_OUT_OF_MEMORY ? absl::ResourceExhaustedError(message) : absl::InternalError(message);
}

// A copy of `values` in memory of malloc, which GraphBLAS takes over.
template <typename T, typename Source>
T* MallocCopy(const std::vector<Source>& values) {
  auto* copy = static_cast<T*>(std::malloc(std::max<std::size_t>(1, values.size()) * sizeof(T)));
  if (copy == nullptr) throw std::bad_alloc();
  for (std::size_t i = 0; i < values.size(); ++i) copy[i] = static_cast<T>(values[i]);
  return copy;
}

// Baskets × products, every entry true: an iso-valued matrix, as PLUS_PAIR never looks at values.
absl::Status Load(const Csr& csr, Matrix* baskets) {
  GrB_Index* offsets = MallocCopy<GrB_Index>(csr.offsets);
  GrB_Index* ids = MallocCopy<GrB_Index>(csr.ids);
  void* value = MallocCopy<bool>(std::vector<int>{1});
  return Check(GxB_Matrix_import_CSR(baskets->address(), GrB_BOOL, csr.size(), csr.product_count, &offsets, &ids,
                                     &value, csr.offsets.size() * sizeof(GrB_Index), csr.ids.size() * sizeof(GrB_Index),
                                     sizeof(bool), /*iso=*/true, /*jumbled=*/false, nullptr),
               "import");
}

absl::StatusOr<nlohmann::json> SampledLists(GrB_Matrix counts, const Csr& csr, const RunnerFlags& flags) {
  const std::vector<std::uint32_t> units = UnitsPerProduct(csr);
  nlohmann::json lists = nlohmann::json::object();
  for (const std::uint32_t product : SampledProducts(csr.product_count, flags.samples)) {
    Vector column;  // C is symmetric
    AWASE_RETURN_IF_ERROR(Check(GrB_Vector_new(column.address(), GrB_UINT32, csr.product_count), "new vector"));
    AWASE_RETURN_IF_ERROR(
        Check(GrB_Col_extract(column.get(), nullptr, nullptr, counts, GrB_ALL, csr.product_count, product, nullptr),
              "extract"));
    GrB_Index size = 0;
    AWASE_RETURN_IF_ERROR(Check(GrB_Vector_nvals(&size, column.get()), "nvals"));
    std::vector<GrB_Index> others(size);
    std::vector<std::uint32_t> values(size);
    AWASE_RETURN_IF_ERROR(
        Check(GrB_Vector_extractTuples_UINT32(others.data(), values.data(), &size, column.get()), "extract tuples"));
    std::vector<PairCount> row;
    for (std::size_t i = 0; i < size; ++i) row.push_back({static_cast<std::uint32_t>(others[i]), values[i]});
    lists[std::to_string(product)] = RankedList(product, std::move(row), units, flags.top_k);
  }
  return lists;
}

// The timed part. GraphBLAS chooses how to multiply; transposing explicitly first takes as long.
absl::StatusOr<double> Multiply(GrB_Matrix baskets, const Csr& csr, Matrix* counts) {
  const Stopwatch stopwatch;
  AWASE_RETURN_IF_ERROR(
      Check(GrB_Matrix_new(counts->address(), GrB_UINT32, csr.product_count, csr.product_count), "new matrix"));
  AWASE_RETURN_IF_ERROR(
      Check(GrB_mxm(counts->get(), nullptr, nullptr, GxB_PLUS_PAIR_UINT32, baskets, baskets, GrB_DESC_T0), "mxm"));
  AWASE_RETURN_IF_ERROR(Check(GrB_Matrix_wait(counts->get(), GrB_MATERIALIZE), "wait"));
  return stopwatch.Seconds();
}

absl::StatusOr<nlohmann::json> MeasureWithLibrary(const Csr& csr, const RunnerFlags& flags) {
  AWASE_RETURN_IF_ERROR(
      Check(GxB_Global_Option_set(GxB_GLOBAL_NTHREADS, static_cast<int>(flags.threads)), "setting threads"));
  Matrix baskets;
  AWASE_RETURN_IF_ERROR(Load(csr, &baskets));
  Matrix counts;
  AWASE_ASSIGN_OR_RETURN(const double seconds, Multiply(baskets.get(), csr, &counts));
  GrB_Index entries = 0;
  std::uint64_t sum = 0;
  AWASE_RETURN_IF_ERROR(Check(GrB_Matrix_nvals(&entries, counts.get()), "nvals"));
  AWASE_RETURN_IF_ERROR(
      Check(GrB_Matrix_reduce_UINT64(&sum, nullptr, GrB_PLUS_MONOID_UINT64, counts.get(), nullptr), "reduce"));
  AWASE_ASSIGN_OR_RETURN(nlohmann::json lists, SampledLists(counts.get(), csr, flags));
  int version[3] = {};
  GxB_Global_Option_get(GxB_LIBRARY_VERSION, version);
  return nlohmann::json{{"seconds", seconds},
                        {"version", absl::StrCat(version[0], ".", version[1], ".", version[2])},
                        {"entries", entries},
                        {"sum", sum - csr.ids.size()},  // without the diagonal
                        {"lists", std::move(lists)}};
}

absl::StatusOr<nlohmann::json> Measure(const Csr& csr, const RunnerFlags& flags) {
  AWASE_RETURN_IF_ERROR(Check(GrB_init(GrB_BLOCKING), "init"));
  absl::StatusOr<nlohmann::json> result = MeasureWithLibrary(csr, flags);
  GrB_finalize();
  return result;
}

}  // namespace
}  // namespace awase::peers

int main(int argc, char** argv) {
  return awase::peers::RunnerMain(argc, argv, "Multiplies with SuiteSparse:GraphBLAS", awase::peers::Measure);
}
