#ifndef AWASE_REPORT_SAMPLE_PAGES_H_
#define AWASE_REPORT_SAMPLE_PAGES_H_

// A few products with what a version says of them, for a person who knows the shop to judge.

#include <cstdint>
#include <string>
#include <vector>

#include "awase/artefact/model.h"
#include "awase/relations/relation.h"

namespace awase::report {

struct SampleEntry {
  std::string product_id;
  std::string title;
  std::string price;           // as people read it; empty without one
  std::uint32_t together = 0;  // units with both; 0: backed off to the product's type or to popularity
  double lift = 0;
  double lift_low = 0;
  double lift_high = 0;
  bool claim = false;
};

struct SampleList {
  std::string relation;
  std::uint32_t units = 0;       // with the page's product
  std::uint64_t unit_count = 0;  // in all
  std::vector<SampleEntry> entries;
};

struct SampleRung {
  std::string direction;  // "lower", "higher"
  std::string product_id;
  std::string title;
  std::string price;
  std::string price_delta;  // with its sign
};

struct SamplePage {
  std::string product_id;  // of the best-selling variant where there are several
  std::string title;
  std::string price;
  std::string kind;  // product_type, else category
  std::string band;  // evaluation::BandName: how often it is bought
  std::uint32_t orders = 0;
  std::vector<SampleList> lists;  // of the relations that the version has
  std::vector<SampleRung> rungs;
};

// About a third of the pages from each band of popularity, `count` in all where there are as many visible products with
// orders; which ones is decided by a hash of their ids, so that a product stays a sample from version to version. The
// most bought first. O(products).
std::vector<SamplePage> SamplePages(const artefact::Model& version, std::size_t count = 20,
                                    std::size_t list_length = 8);

}  // namespace awase::report

#endif  // AWASE_REPORT_SAMPLE_PAGES_H_
