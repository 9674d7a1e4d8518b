#pragma once

#include <string>
#include <string_view>

namespace hustings::cli {

/// A line that is written over itself while something goes on, and stays when it is done. Where
/// standard output is no terminal (a pipe, CI) only the finished lines are printed.
class ProgressLine {
 public:
  explicit ProgressLine(std::string title);
  void update(std::string_view text);
  /// "✓ title   text"
  void done(std::string_view text);
  /// "✗ title   text"
  void failed(std::string_view text);

 private:
  void finish(std::string_view mark, std::string_view text);
  const std::string title_;
  const bool terminal_;
};

/// "1.2 s", "3 min 20 s"
std::string duration_text(double seconds);
/// "85 MB"
std::string bytes_text(std::int64_t bytes);

}  // namespace hustings::cli
