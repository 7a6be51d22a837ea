#ifndef AWASE_ORDERS_INTERNAL_SOURCE_RUNS_H_
#define AWASE_ORDERS_INTERNAL_SOURCE_RUNS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/orders/order_log.h"
#include "awase/orders/unfilled_vector.h"
#include "orders/internal/line_word.h"
#include "orders/internal/log_source.h"

namespace awase::orders_internal {

// The runs of all sources under one numbering: blocks and lists are counted through. thread-compatible; different links
// may be set at once.
class SourceRuns {
 public:
  explicit SourceRuns(absl::Span<const LogSource> sources) : sources_(sources) {
    for (std::size_t s = 0; s < sources.size(); ++s) {
      starts_.push_back({blocks_.size(), next_list_, links_.size()});
      for (const LineWord* const block : sources[s].blocks) blocks_.push_back({block, s});
      next_list_ += sources[s].lists.size();
      // The first source links to no other. Pages of it that nothing is written to are no memory.
      if (s > 0) links_.resize(links_.size() + sources[s].keys.size());
    }
  }

  // A run of source s, in the common numbering. Links are in it already.
  Run Common(std::size_t s, Run run) const {
    if (run.linked()) return run;
    Run common = run.several() ? Run::Several(run.list() + starts_[s].list)
                               : Run(run.first() + starts_[s].block * kBlockLines, run.count());
    common.NoteTwoCustomers(run.two_customers());
    return common;
  }

  // The runs of order `order` of source s, in front of `next`; both in the common numbering. REQUIRES: s > 0.
  Run Link(std::size_t s, std::size_t order, Run own, Run next) {
    const std::uint64_t link = starts_[s].link + order;
    links_[link] = {own, next};
    Run run = Run::Linked(link);
    run.NoteTwoCustomers(own.two_customers() || next.two_customers());
    return run;
  }

  struct Block {
    const LineWord* lines;
    std::size_t source;
  };
  // REQUIRES: !run.several() && !run.linked().
  const Block& BlockOf(Run run) const { return blocks_[run.first() >> kBlockBits]; }
  const LineWord* LinesOf(Run run) const { return BlockOf(run).lines + (run.first() & (kBlockLines - 1)); }

  // The quantity beside line i of a run.
  std::int64_t LargeQuantity(Run run, std::size_t i) const {
    const std::size_t source = BlockOf(run).source;
    const std::uint64_t line = run.first() + i - starts_[source].block * kBlockLines;
    return LargeQuantityAt(sources_[source].large_quantities, line);
  }

  // Calls take(run) for each run that `run` stands for.
  template <typename Take>
  void ForEach(Run run, const Take& take) const {
    for (; run.linked(); run = links_[run.link()].next) ForEachOfList(links_[run.link()].own, take);
    ForEachOfList(run, take);
  }

 private:
  struct Start {
    std::size_t block;
    std::uint64_t list;
    std::uint64_t link;
  };
  struct LinkedRuns {
    Run own;
    Run next;
  };

  template <typename Take>
  void ForEachOfList(Run run, const Take& take) const {
    if (!run.several()) return take(run);
    std::size_t s = starts_.size() - 1;
    while (starts_[s].list > run.list()) --s;
    const std::uint64_t* const list = &sources_[s].lists[run.list() - starts_[s].list];
    for (std::uint64_t r = 1; r <= list[0]; ++r) take(Common(s, Run::FromBits(list[r])));
  }

  absl::Span<const LogSource> sources_;
  std::vector<Start> starts_;
  std::vector<Block> blocks_;
  std::uint64_t next_list_ = 0;
  orders::UnfilledVector<LinkedRuns> links_;
};

}  // namespace awase::orders_internal

#endif  // AWASE_ORDERS_INTERNAL_SOURCE_RUNS_H_
