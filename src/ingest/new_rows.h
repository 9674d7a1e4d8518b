#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hustings::ingest {

/// New rows of a dry run, to be compared with everybody who is known: all of a small file, of a
/// large one every second, fourth, … row, so that memory and time do not grow with the file. Which
/// ones depends on the file's order alone.
class NewRows {
 public:
  static constexpr std::size_t kRowsMax = 20'000;  // some 10 MB, a second or two
  struct Row {
    std::int64_t line = 0;
    std::string body;  ///< registry::decode_body() reads it
  };

  /// In the file's order.
  void offer(std::int64_t line, std::string_view body);
  const std::vector<Row>& rows() const { return rows_; }

 private:
  std::vector<Row> rows_;
  std::int64_t offered_ = 0;
  std::int64_t every_ = 1;
};

}  // namespace hustings::ingest
