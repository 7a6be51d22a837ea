#ifndef AWASE_SERVICE_REQUEST_RECORDER_H_
#define AWASE_SERVICE_REQUEST_RECORDER_H_

// Keeps a sample of the requests that are answered, so that drafts of rules can be compared on them.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "awase/base/append_file.h"
#include "awase/base/directory_lock.h"
#include "awase/base/mutex.h"
#include "awase/rules/rule_set.h"
#include "awase/serving/exposure_store.h"
#include "awase/serving/look_back.h"
#include "awase/v1/recommendation.pb.h"

namespace awase::service {

// Writes one awase.v1.RecommendRequest as JSON per line, each with the time at which it was answered, as
// `awase rules diff --requests` reads them. Whose request it was is not in it: ids of customers and sessions are
// replaced by keyed hashes, whose key is made at the start, is written nowhere and ends with the process; of birthdays
// the month is kept. All else stands as it was asked, and beside it the exposures that the server had kept of the
// customer by then, so that caps in time find again what they counted.
// Who has the key of an exposure store and its log can tell by these whose request it was.
//
// When the file has `limit` requests it becomes PATH.1, in place of an older one, and a new file begins: the newest
// `limit` requests, and up to as many before them, are there at any time.
//
// thread-safe. What callers wait for is a copy of the requests that are in the sample; a thread of the recorder's own
// reads the exposures and writes.
class RequestRecorder {
 public:
  struct Options {
    std::string path;
    double share = 1;                             // of the requests, 0 to 1; evenly spread
    std::size_t limit = 100'000;                  // requests of a file, at least 1
    std::size_t queue_limit = 4096;               // requests that wait to be written; further ones are not recorded
    serving::ExposureStore* exposures = nullptr;  // that answers were given by; borrowed. Null: none
    // That serve, and say which exposures caps count; from the recorder's thread. Default, or null: none.
    std::function<std::shared_ptr<const rules::RuleSet>()> rules;
    // Of what goes wrong: whole sentences, from any thread.
    std::function<void(const std::string&)> warn;
  };

  // Opens the file, or begins it (mode 0600), and goes on behind what it has. PATH.lock keeps other processes out.
  //   kUnavailable  another process records there
  //   else          as the system says
  static absl::StatusOr<std::unique_ptr<RequestRecorder>> Create(Options options);

  // Writes what waits.
  ~RequestRecorder();
  RequestRecorder(const RequestRecorder&) = delete;
  RequestRecorder& operator=(const RequestRecorder&) = delete;

  // At most so many exposures that the server keeps, as many as ten full pages have: those that serving::DropExcess
  // leaves.
  static constexpr std::size_t kMostExposures = 100;

  // Of one request that was answered at `time`, with what was kept before it. Requests with an at_time are previews and
  // not recorded.
  void Record(const v1::RecommendRequest& request, absl::Time time);

  // Waits until all that was recorded before is in the file, or dropped.
  void Flush();

  // Hands out what is in the files, the newest first, until `visit` wants no more (false) or there is no more; of a
  // line that is no request why not. Takes memory for one request, and holds up nobody who records. As the system says.
  absl::Status ReadNewest(const std::function<bool(absl::StatusOr<v1::RecommendRequest>)>& visit);

  const std::string& path() const { return options_.path; }
  // Requests of the sample that were not written: the queue was full, or the disk.
  std::uint64_t dropped() const { return dropped_.load(std::memory_order_relaxed); }

 private:
  struct Answered {
    v1::RecommendRequest request;  // as it was asked
    absl::Time time;
  };

  RequestRecorder(Options options, DirectoryLock lock, std::string key, AppendFile file, std::size_t lines);

  void Run();
  void Write(std::deque<Answered> answered);
  // Empty where it cannot be said in JSON.
  std::string LineOf(Answered answered);
  void AddKeptExposures(const std::string& customer_id, absl::Time time, v1::Customer* customer);
  absl::Status StartNextFile();

  const Options options_;
  const DirectoryLock lock_;
  const std::string key_;
  std::atomic<std::uint64_t> seen_{0};
  std::atomic<std::uint64_t> dropped_{0};

  Mutex mutex_;
  std::deque<Answered> queue_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t queued_ ABSL_GUARDED_BY(mutex_) = 0;
  std::uint64_t written_ ABSL_GUARDED_BY(mutex_) = 0;  // of these
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  ConditionVariable wake_;
  ConditionVariable progress_;

  Mutex files_mutex_;  // held while the files are renamed, and while they are opened to be read

  // Of the thread alone.
  serving::ServingLookBack look_back_;
  AppendFile file_;
  std::size_t lines_;  // of the file
  bool has_warned_ = false;

  std::thread thread_;
};

// The request as it is recorded; `key` is that of the hashes.
v1::RecommendRequest WithoutIdentity(v1::RecommendRequest request, absl::string_view key, absl::Time time);

}  // namespace awase::service

#endif  // AWASE_SERVICE_REQUEST_RECORDER_H_
