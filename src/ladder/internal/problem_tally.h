#ifndef AWASE_LADDER_INTERNAL_PROBLEM_TALLY_H_
#define AWASE_LADDER_INTERNAL_PROBLEM_TALLY_H_

// Gathers what could not be used of a catalogue, by kind and column, with the first products concerned.

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "awase/base/product_index.h"
#include "awase/catalog/catalog.h"
#include "awase/ladder/ladder.h"

namespace awase::ladder_internal {

// The result does not depend on the order of the calls. single-thread.
class ProblemTally {
 public:
  void Add(ladder::LadderProblem::Kind kind, const std::string& column, ProductIndex product) {
    Entry& entry = entries_[{kind, column}];
    ++entry.products;
    Keep(product, &entry.examples);
  }

  void Merge(const ProblemTally& other) {
    for (const auto& [key, theirs] : other.entries_) {
      Entry& entry = entries_[key];
      entry.products += theirs.products;
      for (const ProductIndex product : theirs.examples) Keep(product, &entry.examples);
    }
  }

  // By kind, then column.
  std::vector<ladder::LadderProblem> Problems(const catalog::Catalog& catalog) const {
    std::vector<ladder::LadderProblem> problems;
    for (const auto& [key, entry] : entries_) {
      problems.push_back({key.first, key.second, entry.products, {}});
      for (const ProductIndex product : entry.examples) {
        problems.back().examples.push_back(catalog.product(product).product_id);
      }
    }
    return problems;
  }

 private:
  struct Entry {
    std::uint64_t products = 0;
    std::vector<ProductIndex> examples;  // ascending
  };

  // The smallest few.
  static void Keep(ProductIndex product, std::vector<ProductIndex>* examples) {
    examples->insert(std::upper_bound(examples->begin(), examples->end(), product), product);
    if (examples->size() > ladder::LadderProblem::kMaxExamples) examples->pop_back();
  }

  std::map<std::pair<ladder::LadderProblem::Kind, std::string>, Entry> entries_;
};

}  // namespace awase::ladder_internal

#endif  // AWASE_LADDER_INTERNAL_PROBLEM_TALLY_H_
