#include "ingest/internal/query_rows.h"

#include <memory>
#include <new>
#include <vector>

#include "ingest/internal/columns.h"
#include "ingest/internal/duckdb_session.h"
#include "ingest/internal/read_meter.h"
#include "tests/testing/status_matchers.h"

namespace awase::ingest_internal {
namespace {

using ::awase::testing::StatusIs;
using ::testing::HasSubstr;

// Counts rows, until its memory is said to give out.
class CountingSink final : public RowSink {
 public:
  explicit CountingSink(std::size_t room) : room_(room) {}
  ColumnUse UseOf(std::size_t /*column*/) const override { return ColumnUse::kText; }
  void Take(const Row& /*row*/) override {
    if (rows == room_) throw std::bad_alloc();
    ++rows;
  }

  std::size_t rows = 0;

 private:
  const std::size_t room_;
};

// Reads 1,000,000 rows, on as many threads as there are sinks.
absl::Status ReadInto(absl::Span<const std::unique_ptr<CountingSink>> sinks) {
  std::vector<RowSink*> borrowed;
  for (const auto& sink : sinks) borrowed.push_back(sink.get());
  const ingest::ReadOptions options;
  ReadMeter meter(options);
  QueryRows rows(borrowed, &meter);
  absl::StatusOr<std::unique_ptr<DuckDbSession>> session = DuckDbSession::Open(sinks.size());
  if (!session.ok()) return session.status();
  absl::Status status = rows.Register(session->get());
  if (!status.ok()) return status;
  QuerySource source;
  source.from = "(SELECT CAST(i AS VARCHAR) AS order_id FROM range(1000000) t(i))";
  source.label = "orders.parquet";
  source.columns = {{"order_id", DUCKDB_TYPE_VARCHAR, 0, 0}};
  ColumnPlan plan;
  plan.sources = {{kOrderId, 0}};
  const ColumnSet columns(OrderSchema());
  return rows.Take(session->get(), source, plan, columns, [](double share) { return share; });
}

std::vector<std::unique_ptr<CountingSink>> Sinks(std::size_t count, std::size_t room) {
  std::vector<std::unique_ptr<CountingSink>> sinks;
  for (std::size_t i = 0; i < count; ++i) sinks.push_back(std::make_unique<CountingSink>(room));
  return sinks;
}

TEST(QueryRows, HandsEachRowToOneSink) {
  for (const std::size_t threads : {1, 2, 4}) {
    const auto sinks = Sinks(threads, 1'000'000);
    AWASE_ASSERT_OK(ReadInto(sinks));
    std::size_t rows = 0;
    for (const auto& sink : sinks) rows += sink->rows;
    EXPECT_EQ(rows, 1'000'000u);
  }
}

TEST(QueryRows, SaysWhenASinkFindsNoMemory) {
  for (const std::size_t threads : {1, 2, 4}) {
    EXPECT_THAT(ReadInto(Sinks(threads, 5000)), StatusIs(absl::StatusCode::kResourceExhausted,
                                                         HasSubstr("not enough memory for reading orders.parquet")));
  }
}

}  // namespace
}  // namespace awase::ingest_internal
