#include "awase/rules/condition.h"

#include "absl/strings/ascii.h"

namespace awase::rules {
namespace {

// Takes the first step off a path; the rest is what follows its '>'.
absl::string_view TakeStep(absl::string_view* path, bool* is_last) {
  const std::size_t end = path->find('>');
  *is_last = end == absl::string_view::npos;
  const absl::string_view step = path->substr(0, end);
  *path = *is_last ? absl::string_view() : path->substr(end + 1);
  return absl::StripAsciiWhitespace(step);
}

// FNV-1a of 64 bits.
std::uint64_t Fnv(absl::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3;
  }
  return hash;
}

// The finaliser of MurmurHash3: each bit of the result depends on each bit of `hash`.
std::uint64_t Mix(std::uint64_t hash) {
  hash ^= hash >> 33;
  hash *= 0xff51afd7ed558ccd;
  hash ^= hash >> 33;
  hash *= 0xc4ceb9fe1a85ec53;
  hash ^= hash >> 33;
  return hash;
}

}  // namespace

bool YearlyWindow::Contains(absl::CivilDay day) const {
  const MonthDay today = {day.month(), day.day()};
  if (from < until) return from <= today && today < until;
  return from <= today || today < until;
}

bool Hours::Contains(absl::CivilMinute minute) const {
  const int now = minute.hour() * 60 + minute.minute();
  const absl::CivilDay day(minute);
  const auto begins_on = [this](absl::CivilDay begin) {
    return days[static_cast<std::size_t>(absl::GetWeekday(begin))];
  };
  if (from < until) return from <= now && now < until && begins_on(day);
  return (from <= now && begins_on(day)) || (now < until && begins_on(day - 1));
}

bool IsInCategory(absl::string_view category, absl::string_view named) {
  if (category.empty()) return false;
  bool is_last = false;
  bool is_last_named = false;
  while (true) {
    const absl::string_view step = TakeStep(&category, &is_last);
    if (step != TakeStep(&named, &is_last_named)) return false;
    if (is_last_named) return true;
    if (is_last) return false;
  }
}

std::int64_t TrafficPart(absl::string_view salt, absl::string_view id) {
  const std::uint64_t hash = Mix(Fnv(id) ^ Mix(Fnv(salt)));
  return static_cast<std::int64_t>(((hash >> 32) * static_cast<std::uint64_t>(kWhole)) >> 32);
}

}  // namespace awase::rules
