#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "base/rng.h"

namespace hustings::cli {

/// The other side of the demo's calls: the invented people of the truth file, by their numbers. It
/// knows what no campaign knows, and is asked only by the simulated callers and by the summary.
class PhoneNetwork {
 public:
  /// Of a roll in North Carolina's layout and its truth file (tools/make_people).
  static Result<PhoneNetwork> load(const std::filesystem::path& roll,
                                   const std::filesystem::path& truth);

  enum class PickUp : std::uint8_t { nobody, busy, machine, disconnected, wrong_number, person };
  /// Dials once. `number` is E.164 without the plus.
  PickUp dial(std::int64_t number, Rng& rng) const;

  /// What the voter of that first name on that line says when asked for the candidate: 1 ours, 2
  /// the other one, 3 undecided. An opinion does not change between two calls.
  int opinion(std::int64_t number, std::string_view first_name) const;

  /// True support, 0 to 1: of everybody with a number, and of those who pick up (each weighted with
  /// the probability to do so), whom a survey by phone can at best measure.
  struct Group {
    double voters = 0;
    double support_sum = 0;
    double pick_ups = 0;
    double pick_up_support_sum = 0;
    double mean() const { return voters == 0 ? 0 : support_sum / voters; }
    double mean_of_pick_ups() const { return pick_ups == 0 ? 0 : pick_up_support_sum / pick_ups; }
  };
  /// By party as the roll names it.
  const std::map<std::string, Group>& by_party() const { return by_party_; }

 private:
  struct Person {
    std::string first_name;
    std::string ncid;
    std::uint8_t support;        // percent
    std::uint8_t answers_phone;  // percent
    bool disconnected;
    bool wrong_number;
  };
  std::unordered_map<std::int64_t, std::vector<Person>> lines_;
  std::map<std::string, Group> by_party_;
};

}  // namespace hustings::cli
