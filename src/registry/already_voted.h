#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "registry/registry.h"

/// Who has voted already, as the states publish it while early voting goes on: those voters are
/// taken out of every phone bank, calls under way included.
namespace hustings::registry {

struct AlreadyVotedRequest {
  std::filesystem::path file;
  std::string source;  ///< whose ids the file uses: "nc"
  std::string column;  ///< the header's name for them; empty: found by the names that states use
  std::string from;    ///< in words, kept with each bar: "NC absentee file of 21 October"
  std::string actor;
};

struct AlreadyVotedResult {
  std::int64_t lines = 0;     ///< that hold something, without the header
  std::int64_t left_out = 0;  ///< lines whose ballot was not accepted, where the file says so
  std::int64_t ids = 0;       ///< different ones
  std::int64_t added = 0;     ///< voters who were not known to have voted
  std::int64_t before = 0;    ///< voters who were
  std::int64_t unknown = 0;   ///< ids that no voter has
  std::vector<std::string> unknown_first;  ///< the first of them, in order
};

/// Bars every voter of the file, all in one transaction; it holds everywhere when this returns. A
/// file is a list of ids, one a line, or a table with a header (comma, tab, semicolon or pipe); an
/// id is one of the source's files or ours ("vtr_…"). Of North Carolina's absentee file only
/// accepted ballots count. Refused as a whole: no such file, no id column, no id that is known.
Result<AlreadyVotedResult> import_already_voted(Registry& registry,
                                                const AlreadyVotedRequest& request,
                                                Deadline deadline = Deadline::never());

inline constexpr std::size_t kAlreadyVotedIdsMax = 20'000'000;

/// The ids of a file, sorted, none twice.
struct VotedIds {
  std::vector<std::string> ids;
  std::int64_t lines = 0;
  std::int64_t left_out = 0;
};
Result<VotedIds> read_voted_ids(const std::filesystem::path& file, std::string_view column);

}  // namespace hustings::registry
