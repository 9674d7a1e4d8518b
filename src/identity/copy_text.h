#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hustings::identity {

/// Reads rows of PostgreSQL's text COPY, one after the other. Null reads as empty. The views stay
/// good until the next row, as long as the row's own bytes do.
class CopyTextRow {
 public:
  explicit CopyTextRow(std::size_t columns) : fields_(columns) {}

  /// False if the row has another number of columns.
  bool read(std::string_view row);
  std::string_view text(std::size_t column) const { return fields_[column]; }
  /// 0 for null.
  std::int64_t number(std::size_t column) const;
  bool flag(std::size_t column) const { return fields_[column] == "t"; }

 private:
  std::string_view unescaped(std::string_view field);

  std::vector<std::string_view> fields_;
  std::string buffer_;
};

}  // namespace hustings::identity
