#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "allocation/campaign.h"
#include "base/error.h"

namespace hustings::cli {

/// An allocation problem as a file has it (docs/formats/allocation-problem.md), brought into an
/// order that does not depend on the file's: markets, channels, contests by name.
struct AllocationInput {
  allocation::Problem problem;
  /// With a race: the same cells, and where their effects go. Empty: the cells' effects are worth
  /// what the file says.
  std::optional<allocation::Campaign> campaign;

  std::vector<std::string> markets;   ///< in our order
  std::vector<std::string> channels;  ///< in our order
  std::size_t weeks = 1;
  std::string currency = "USD";
  /// The place in the file of our cell i: lists by cell go back into the file's order.
  std::vector<std::uint32_t> file_place;
  std::vector<double> gain_se;        ///< by cell: standard error of its curve's size, or empty
  std::vector<std::string> held_out;  ///< markets of the hold-out
  std::vector<std::string> compared;  ///< their partners with money
  std::vector<std::string> notes;     ///< what was decided while reading, for people

  std::size_t market_of(std::size_t cell) const { return cell / (channels.size() * weeks); }
  std::size_t channel_of(std::size_t cell) const { return cell / weeks % channels.size(); }
  std::size_t week_of(std::size_t cell) const { return cell % weeks; }
};

struct AllocationOptions {
  std::filesystem::path race;         ///< instead of the race of the problem; empty: none
  std::filesystem::path correlation;  ///< a matrix for the race; empty: none
  bool repair_correlation = false;
  std::string objective;         ///< instead of the problem's; empty: that
  std::optional<double> budget;  ///< instead of the problem's
  bool ignore_limits = false;    ///< no limits on sums of cells
};

/// invalid: no such file, no JSON, unknown keys, lists of the wrong length, amounts that make no
/// sense; the sentence says which key.
Result<AllocationInput> read_allocation(const std::filesystem::path& file,
                                        const AllocationOptions& options);

}  // namespace hustings::cli
