// The same people as other states would print them: out of North Carolina's roll, so that every
// layout has the electorate of one seed. Ohio with its wide history, Florida as a file for each
// county.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace hustings::people {

struct StateFiles {
  std::filesystem::path folder;  // holds the delivery and nothing else
  std::vector<std::filesystem::path> files;
  std::uint64_t rows = 0;
  std::uint64_t votes = 0;  // Ohio: filled history columns
  std::uint64_t bytes = 0;
};

// SWVF_1_22.txt to SWVF_67_88.txt: commas, quotes, 46 columns and one for each of 74 elections
// since March 2000. Nobody's history is that of ncvhis.txt: it is drawn from the voter's number.
StateFiles write_ohio(const std::filesystem::path& roll, const std::filesystem::path& folder);

// ALA_20260201.txt and 66 more: tabs, no header, 38 columns. The protected have stars.
StateFiles write_florida(const std::filesystem::path& roll, const std::filesystem::path& folder);

}  // namespace hustings::people
