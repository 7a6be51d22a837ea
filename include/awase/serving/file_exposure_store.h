#ifndef AWASE_SERVING_FILE_EXPOSURE_STORE_H_
#define AWASE_SERVING_FILE_EXPOSURE_STORE_H_

// The embedded exposure store: a table in memory and a log in a folder.
//
// Ids of customers are nowhere in it: it knows them by their HMAC-SHA-256 under a key that is made with the folder
// (`key`, readable to its owner alone). Without the key nobody can tell whether a customer is in the log.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "awase/base/directory_lock.h"
#include "awase/base/mutex.h"
#include "awase/rules/rule_set.h"
#include "awase/serving/exposure_store.h"

namespace awase::serving {

class ExposureLog;
class NextExposureLog;
class ExposureTable;

// thread-safe. What was committed outlives the process, however that ends; when the machine fails, the system may not
// have written the last seconds.
class FileExposureStore final : public ExposureStore {
 public:
  // The longest time that a cap may look back.
  static constexpr absl::Duration kKeep = absl::Hours(400 * 24);
  // Exposures of one customer: about 90 pages full of offers.
  static constexpr std::size_t kMostOfCustomer = 1'000;

  struct Options {
    std::string directory;
    // Bounds of memory and disk: a thousand exposures take about 100 kB. Customers written to longest ago go first.
    // Of a customer those exposures go first that no cap in time of `rules` counts (docs/operations.md), when there are
    // an eighth more than this. Both are counted.
    std::size_t max_customers = 1'000'000;
    std::size_t max_exposures_per_customer = kMostOfCustomer;
    // The rules that serve. Default, or null: none.
    std::function<std::shared_ptr<const rules::RuleSet>()> rules;
    std::function<absl::Time()> now;                        // default: absl::Now
    std::function<void(const std::string& sentence)> warn;  // from any thread; default: nobody is told
    // A shorter log is not rewritten.
    std::uint64_t least_rewritten_bytes = std::uint64_t{64} << 20;
  };
  struct Stats {
    std::uint64_t customers = 0;
    std::uint64_t dropped_customers = 0;
    std::uint64_t dropped_exposures = 0;
    // Commits that the log could not take when they came. All that hold are written with the first that it takes again.
    std::uint64_t unwritten = 0;
  };

  // Makes the folder and the key where there are none.
  //   kUnavailable  another process has the folder
  //   kDataLoss     the key or the log is not as it was written: see the message
  //   else          as the system says
  static absl::StatusOr<std::unique_ptr<FileExposureStore>> Open(Options options);
  // The errors that Open would have for what the directory holds, without a lock or a change. OK for an empty one.
  // REQUIRES: no process has the directory.
  static absl::Status Check(const std::string& directory);
  ~FileExposureStore() override;

  absl::StatusOr<CustomerHistory> Read(absl::string_view customer_id, absl::Time now) override;

  // Also where the disk is full: then memory alone knows it, which is said and counted. Does not wait for the log to be
  // rewritten.
  absl::Status Commit(absl::string_view customer_id, std::uint64_t version,
                      absl::Span<const engine::Exposure> exposures) override;

  // Gone from memory and from the log when it returns OK; rewrites the log.
  absl::Status Erase(absl::string_view customer_id) override;

  Stats stats() const;

 private:
  FileExposureStore(Options options, std::string key, DirectoryLock lock);

  std::string KeyedHash(absl::string_view customer_id) const;
  void Write(const std::string& record);
  std::uint64_t RewriteAt(std::uint64_t live_bytes) const;
  absl::StatusOr<NextExposureLog> WriteNextLog();
  absl::Status RewriteLog();
  void RewriteLogInTheBackground();

  const Options options_;
  const std::string key_;
  const DirectoryLock directory_lock_;
  const std::unique_ptr<ExposureTable> table_;
  std::atomic<std::uint64_t> unwritten_{0};

  // Order of locks: rewriter, rewriting, a shard of the table, the log.
  Mutex rewriter_mutex_;  // guards rewriter_
  std::thread rewriter_ ABSL_GUARDED_BY(rewriter_mutex_);
  Mutex rewriting_;  // held while the log is rewritten
  Mutex log_mutex_;  // guards what follows; held for what commits can wait for
  std::unique_ptr<ExposureLog> log_ ABSL_GUARDED_BY(log_mutex_);
  std::uint64_t rewrite_at_bytes_ ABSL_GUARDED_BY(log_mutex_) = 0;
  bool rewriter_runs_ ABSL_GUARDED_BY(log_mutex_) = false;
  bool has_unwritten_ ABSL_GUARDED_BY(log_mutex_) = false;  // neither the log nor the next one has all of the table
  absl::Time next_try_ ABSL_GUARDED_BY(log_mutex_) = absl::InfinitePast();  // to write it
};

}  // namespace awase::serving

#endif  // AWASE_SERVING_FILE_EXPOSURE_STORE_H_
