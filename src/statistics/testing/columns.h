#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace hustings::statistics::testing {

/// A file of the tests: cells by column name. NA and empty are missing.
class Columns {
 public:
  /// `name` as it stands in src/statistics/testing; .zst is unpacked.
  static Columns read(const std::string& name);

  std::size_t rows() const { return rows_; }
  std::vector<double> numbers(const std::string& column) const;
  const std::vector<std::string>& texts(const std::string& column) const;
  /// Numbers from 0 for the texts, in the order of the alphabet (of numbers: by size).
  std::vector<std::uint32_t> codes(const std::string& column) const;
  std::vector<std::string> levels(const std::string& column) const;

 private:
  std::map<std::string, std::vector<std::string>> cells_;
  std::size_t rows_ = 0;
};

}  // namespace hustings::statistics::testing
