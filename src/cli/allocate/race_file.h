#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "allocation/race.h"
#include "base/error.h"

namespace hustings::cli {

/// A race as a file has it, its contests sorted by name.
struct RaceInput {
  allocation::Race race;
  std::vector<double> votes;            ///< by contest, or empty
  std::vector<std::size_t> file_place;  ///< of our contest i in the file
  std::vector<std::string> notes;
};

struct CorrelationChoice {
  std::filesystem::path file;  ///< empty: the race's own, if any
  bool repair = false;
};

/// An object with names, weights, regions, means and errors (docs/formats/allocation-problem.md).
/// `folder` is where files that it names are looked for.
Result<RaceInput> read_race(const boost::json::object& object, const std::filesystem::path& folder,
                            const CorrelationChoice& correlation);

/// Sets and checks a race's correlation matrix; repairs it only if `repair`, and says so in a note.
Status set_correlation(RaceInput& input, const std::vector<double>& by_file_order, bool repair);

/// A matrix from a JSON list of lists, or from CSV without a header.
Result<std::vector<double>> read_matrix(const std::filesystem::path& file);

}  // namespace hustings::cli
