// Reading a dump of a million order lines: about ten per order, 50,000 products by a Zipf law, whole seconds. "rows" is
// reading alone, into a sink that only looks at the fields; "log" is all of ReadOrders, ids turned into numbers
// included.

#include <benchmark/benchmark.h>
#include <stdlib.h>  // mkdtemp

#include <array>
#include <deque>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/ingest/read_dump.h"
#include "ingest/internal/duckdb_session.h"
#include "ingest/internal/sql_text.h"
#include "ingest/internal/table_reader.h"

namespace awase::ingest {
namespace {

constexpr std::array<const char*, 4> kNames = {"orders.csv", "quoted.csv", "orders.csv.zst", "orders.parquet"};

// hash() instead of random(): the same dump whatever the threads.
constexpr char kOrders[] = R"(
    SELECT printf('o%07d', o) AS order_id, printf('c%06d', hash(o) % 200000) AS customer_id,
           printf('p%05d', product) AS product_id, CASE WHEN hash(o, k, 1) % 10 < 7 THEN 1 ELSE 2 END AS quantity,
           (99 + hash(product) % 9900) / 100.0 AS unit_price,
           TIMESTAMP '2024-01-01' + INTERVAL (o * 31) SECOND AS ordered_at
    FROM (SELECT o, k, floor(pow(50000, (hash(o, k) % 1000000007) / 1000000007.0))::BIGINT - 1 AS product
          FROM (SELECT o, unnest(range((1 + hash(o, 7) % 19)::BIGINT)) AS k FROM range(100000) t(o))))";

// A folder that is removed with the process.
class Dumps {
 public:
  Dumps() : folder_((std::filesystem::temp_directory_path() / "awase-bench-XXXXXX").string()) {
    if (mkdtemp(folder_.data()) == nullptr) return;
    auto session = ingest_internal::DuckDbSession::Open(1);
    if (!session.ok()) return;
    const std::string text =
        absl::StrCat("SELECT * REPLACE (strftime(ordered_at, '%Y-%m-%dT%H:%M:%S') AS ordered_at) FROM (", kOrders, ")");
    const auto copy = [&](const std::string& select, const char* name, const char* options) {
      status_.Update((*session)->Execute(
          absl::StrCat("COPY (", select, ") TO ", ingest_internal::QuoteLiteral(PathOf(name)), " (", options, ")")));
    };
    copy(text, kNames[0], "FORMAT csv, HEADER");
    copy(text, kNames[1], "FORMAT csv, HEADER, FORCE_QUOTE *");
    copy(text, kNames[2], "FORMAT csv, HEADER, COMPRESSION zstd");
    copy(kOrders, kNames[3], "FORMAT parquet, COMPRESSION zstd");
  }
  ~Dumps() { std::filesystem::remove_all(folder_); }

  std::string PathOf(const char* name) const { return folder_ + "/" + name; }
  const absl::Status& status() const { return status_; }

 private:
  std::string folder_;
  absl::Status status_;
};

const Dumps& TheDumps() {
  static const Dumps dumps;
  return dumps;
}

class LookingSink final : public ingest_internal::RowSink {
 public:
  ingest_internal::ColumnUse UseOf(std::size_t column) const override {
    if (column == ingest_internal::kQuantity || column == ingest_internal::kUnitPrice) {
      return ingest_internal::ColumnUse::kDecimal;
    }
    return column == ingest_internal::kOrderedAt ? ingest_internal::ColumnUse::kTime
                                                 : ingest_internal::ColumnUse::kText;
  }
  void Take(const ingest_internal::Row& row) override {
    for (const absl::string_view field : row.fields) bytes_ += field.size();
    tally().Keep();
  }
  std::uint64_t bytes() const { return bytes_; }

 private:
  std::uint64_t bytes_ = 0;
};

void Report(const absl::Status& status, const ReadReport& report, benchmark::State& state) {
  if (!status.ok()) return state.SkipWithError(status.ToString().c_str());
  const auto iterations = static_cast<std::int64_t>(state.iterations());
  state.SetItemsProcessed(iterations * static_cast<std::int64_t>(report.rows_read));
  state.SetBytesProcessed(iterations * static_cast<std::int64_t>(report.files.at(0).bytes));
}

ReadOptions OptionsOf(const benchmark::State& state) {
  ReadOptions options;
  options.threads = static_cast<std::size_t>(state.range(1));
  return options;
}

void BM_ReadRows(benchmark::State& state) {
  const char* name = kNames[static_cast<std::size_t>(state.range(0))];
  const std::string path = TheDumps().PathOf(name);
  const ReadOptions options = OptionsOf(state);
  absl::Status status = TheDumps().status();
  ReadReport report;
  for (auto _ : state) {
    std::deque<LookingSink> sinks(options.threads);
    std::vector<ingest_internal::RowSink*> pointers;
    for (LookingSink& sink : sinks) pointers.push_back(&sink);
    report = ReadReport();
    ingest_internal::TableReader reader(ingest_internal::OrderSchema(), {}, options, pointers, &report);
    status.Update(reader.Read({path}));
    for (LookingSink& sink : sinks) {
      benchmark::DoNotOptimize(sink.bytes());
      report.rows_read += sink.tally().rows();
    }
  }
  state.SetLabel(name);
  Report(status, report, state);
}

void BM_ReadLog(benchmark::State& state) {
  const char* name = kNames[static_cast<std::size_t>(state.range(0))];
  const std::string path = TheDumps().PathOf(name);
  absl::Status status = TheDumps().status();
  ReadReport report;
  for (auto _ : state) status.Update(ReadOrders({path}, {}, OptionsOf(state), &report).status());
  state.SetLabel(name);
  Report(status, report, state);
}

BENCHMARK(BM_ReadRows)
    ->ArgNames({"file", "threads"})
    ->ArgsProduct({{0, 1, 2, 3}, {1, 2}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ReadLog)
    ->ArgNames({"file", "threads"})
    ->ArgsProduct({{0, 1, 2, 3}, {1, 2}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace awase::ingest
