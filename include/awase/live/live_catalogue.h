#ifndef AWASE_LIVE_LIVE_CATALOGUE_H_
#define AWASE_LIVE_LIVE_CATALOGUE_H_

// Prices, stock and visibility of products as the shop's feed says them, kept on disk by product id
// (docs/live_catalogue.md). What is acknowledged is on disk and in the table that answers are made with; it outlives
// the process, the machine and the model.
//
//   AWASE_ASSIGN_OR_RETURN(auto catalogue, LiveCatalogue::Open({.directory = "live"}));
//   catalogue->Bind({model->product_count(), [model](absl::string_view id) { return model->Find(id); },
//                    [&](const LiveTable& table) { … }});
//   AWASE_ASSIGN_OR_RETURN(const auto outcome, catalogue->Update({{.product_id = "7", .set = {.stock = 0}}}));

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "awase/base/directory_lock.h"
#include "awase/base/mutex.h"
#include "awase/base/product_index.h"
#include "awase/live/live_table.h"
#include "awase/live/product_update.h"

namespace awase::live {

class LiveStore;

// thread-safe. Calls that come together are written together (group commit), by one thread of its own.
class LiveCatalogue {
 public:
  struct Options {
    std::string directory;  // made where there is none
    // Bounds memory and disk against a feed that makes ids up. Products count from their first update on, until a reset
    // without a number.
    std::size_t max_products = 10'000'000;
    // The log is rewritten when it is four times as long as after the last time, but not below this.
    std::uint64_t compact_from_bytes = std::uint64_t{64} << 20;
    std::function<void(const std::string& sentence)> warn;  // from any thread; default: nobody is told
    // Why updates cannot be written, whenever that changes; empty: they can again. By the catalogue's thread, before
    // the calls are answered; must not call the catalogue. Default: nobody is told.
    std::function<void(const std::string& problem)> tell_problem;
  };

  using FindProduct = std::function<std::optional<ProductIndex>(absl::string_view product_id)>;

  // A second model that answers beside the bound one, with the same values.
  struct Beside {
    std::size_t product_count = 0;
    FindProduct find;
    // Is given every new table of this model, before Binding::publish is given the bound model's of the same updates:
    // that is called each time, so that it can make both serve at once.
    std::function<void(const LiveTable& table)> prepare;
  };

  // Which products the answers are about. The functions are called by the catalogue's thread, until the next Bind has
  // returned or the catalogue is gone, and must not call the catalogue.
  struct Binding {
    std::size_t product_count = 0;
    FindProduct find;
    // Is given every new table, in order. What it was given serves when it returns.
    std::function<void(const LiveTable& table)> publish;
    std::optional<Beside> beside = std::nullopt;
  };

  // Of the updates of one call.
  struct Outcome {
    std::size_t applied = 0;  // at least one of their fields took effect
    std::size_t late = 0;     // no field did: later ones, or the same, had come before
    std::size_t unknown = 0;  // of the applied: of products that the bound model does not have; kept for the next one

    friend bool operator==(const Outcome&, const Outcome&) = default;
  };

  struct Stats {
    std::size_t products = 0;          // that are held
    std::size_t unknown_products = 0;  // of these, that the bound model does not have; all of them when none is bound
    std::uint64_t applied = 0;         // updates since Open
    std::uint64_t late = 0;
    std::uint64_t failed = 0;  // updates of calls that failed: more than max_products, or they could not be written
    std::uint64_t log_bytes = 0;
    std::size_t waiting = 0;  // calls that are not being written yet

    friend bool operator==(const Stats&, const Stats&) = default;
  };

  // Reads what the directory holds. The end of the log that a dying machine or process has left half written, and that
  // nobody was told of, is cut off; `warn` is told.
  //   kUnavailable         another process has the directory
  //   kDataLoss            the log is broken: it is left alone; the message says where, and what to do
  //   kFailedPrecondition  a newer awase has written it
  //   kResourceExhausted   the system gives no thread, or the disk is full
  //   else                 as the system says
  static absl::StatusOr<std::unique_ptr<LiveCatalogue>> Open(Options options);

  // The errors that Open would have for what the directory holds, without a lock or a change. OK for an empty one.
  // REQUIRES: no process has the directory.
  static absl::Status Check(const std::string& directory);

  // Ends when all calls have returned. REQUIRES: no call begins from now on.
  ~LiveCatalogue();
  LiveCatalogue(const LiveCatalogue&) = delete;
  LiveCatalogue& operator=(const LiveCatalogue&) = delete;

  // All of the updates or none, in their order. Returns when they are on disk and the table with them is published:
  // waits for the disk, and for a Bind or a compaction under way. A call that failed can be made again without harm.
  //   kInvalidArgument    the updates have faults (FindFaults): nothing is changed
  //   kResourceExhausted  more than max_products, or the disk is full: nothing is changed, and the next call tries anew
  //   else                as the system says; when the disk itself has failed, a restart may find the updates all the
  //                       same
  absl::StatusOr<Outcome> Update(std::vector<ProductUpdate> updates);

  // From now on tables are of this model; publishes the first of them before it returns, and the old one's functions
  // are not called any more. O(products held · find): updates wait meanwhile.
  void Bind(Binding binding);

  // What is live now of the products of a model that is not bound. `find` is called by the catalogue's thread, and must
  // not call the catalogue. O(products held · find): updates wait meanwhile.
  LiveTable TableOf(std::size_t product_count, const FindProduct& find);

  // Does not wait for the disk.
  Stats stats() const;

 private:
  struct Request;

  LiveCatalogue(Options options, DirectoryLock lock);

  absl::Status StartWriter();
  void Await(Request& request);
  void Write();
  std::vector<Request*> TakeGroup();
  void RefreshStats();
  void Finish(const std::vector<Request*>& group);

  const Options options_;
  const DirectoryLock directory_lock_;
  std::unique_ptr<LiveStore> store_;  // of the writer alone, once it runs

  mutable Mutex mutex_;
  std::deque<Request*> queue_ ABSL_GUARDED_BY(mutex_);  // of callers that wait
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  Stats stats_ ABSL_GUARDED_BY(mutex_);
  ConditionVariable wake_;
  ConditionVariable done_;

  std::thread writer_;
};

}  // namespace awase::live

#endif  // AWASE_LIVE_LIVE_CATALOGUE_H_
