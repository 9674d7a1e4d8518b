#include "cli/link/csv_table.h"

#include <algorithm>
#include <array>
#include <fstream>

#include <fmt/format.h>
#include <unicode/unistr.h>

#include "base/text.h"

namespace hustings::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSniffedBytes = 1U << 16;
constexpr std::size_t kSniffedLines = 20;

Result<std::string> read_bytes(const fs::path& file) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (!fs::exists(status)) return invalid("There is no such file.", file.string());
  if (fs::is_directory(status)) return invalid("This is a folder; name a file.", file.string());
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return invalid("The file cannot be opened; may you read it?", file.string());
  const auto size = fs::is_regular_file(status) ? fs::file_size(file, error) : 0;
  if (size > CsvTable::kBytesMax) {
    return refuse(ErrorCode::over_limit, "The file is larger than 2 GB; divide it.", file.string());
  }
  std::string bytes;
  bytes.reserve(size);
  std::array<char, 1U << 16> piece;
  while (stream.read(piece.data(), piece.size()) || stream.gcount() > 0)
    bytes.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
  return bytes;
}

std::string converted(std::string_view bytes, const char* encoding) {
  std::string text;
  const icu::UnicodeString letters(bytes.data(), static_cast<std::int32_t>(bytes.size()), encoding);
  letters.toUTF8String(text);
  return text;
}

std::string utf8_of(std::string bytes) {
  const std::string_view all = bytes;
  if (all.starts_with("\xff\xfe")) return converted(all.substr(2), "UTF-16LE");
  if (all.starts_with("\xfe\xff")) return converted(all.substr(2), "UTF-16BE");
  if (all.starts_with("\xef\xbb\xbf")) bytes.erase(0, 3);
  if (is_utf8(bytes)) return bytes;
  return converted(bytes, "windows-1252");
}

/// How many delimiters stand outside quotes in each of the first lines.
std::vector<std::size_t> counts_of(std::string_view text, char delimiter) {
  std::vector<std::size_t> counts(1);
  bool quoted = false;
  for (const char c : text.substr(0, kSniffedBytes)) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n') {
      if (counts.size() == kSniffedLines) break;
      counts.push_back(0);
    }
    if (c == delimiter) ++counts.back();
  }
  if (counts.size() > 1) counts.pop_back();  // the last may be cut
  return counts;
}

/// The delimiter that stands equally often in most lines, and often.
char delimiter_of(std::string_view text) {
  char best = ',';
  std::size_t best_score = 0;
  for (const char delimiter : {',', '\t', ';', '|'}) {
    const auto counts = counts_of(text, delimiter);
    if (counts.front() == 0) continue;
    const auto alike =
        static_cast<std::size_t>(std::count(counts.begin(), counts.end(), counts[0]));
    const std::size_t score =
        (alike * 1000 / counts.size()) * 10 + std::min<std::size_t>(counts[0], 9);
    if (score > best_score) {
      best_score = score;
      best = delimiter;
    }
  }
  return best;
}

/// Cuts a text into cells, in place.
class Cutter {
 public:
  Cutter(std::string& text, char delimiter) : text_(text), delimiter_(delimiter) {}

  bool at_end() const { return at_ >= text_.size(); }

  /// The next line's cells; quotes may hold line ends.
  void next_row(std::vector<std::string_view>& cells) {
    cells.clear();
    for (;;) {
      cells.push_back(next_cell());
      if (at_end()) return;
      const char ended = text_[at_++];
      if (ended == delimiter_) {
        if (at_end()) cells.emplace_back();
        continue;
      }
      return;
    }
  }

 private:
  std::string_view next_cell() {
    while (!at_end() && text_[at_] == ' ')
      ++at_;
    if (!at_end() && text_[at_] == '"') {
      const std::size_t begin = at_;
      const std::string_view cell = quoted_cell();
      if (ended_well_) return trim(cell);
      at_ = begin;  // a quote is left open or followed by letters: it is text
    }
    const std::size_t end = end_of_cell();
    const std::string_view cell(text_.data() + at_, end - at_);
    at_ = end;
    return trim(cell);
  }

  std::size_t end_of_cell() const {
    std::size_t end = at_;
    while (end < text_.size() && text_[end] != delimiter_ && text_[end] != '\n')
      ++end;
    return end;
  }

  /// Leaves at_ at the delimiter or line end behind the quotes.
  std::string_view quoted_cell() {
    const std::size_t begin = at_ + 1;
    std::size_t close = begin;
    bool doubled = false;
    for (;;) {
      close = text_.find('"', close);
      if (close == std::string::npos) {
        ended_well_ = false;
        return {};
      }
      if (close + 1 >= text_.size() || text_[close + 1] != '"') break;
      doubled = true;
      close += 2;
    }
    std::size_t after = close + 1;
    while (after < text_.size() && (text_[after] == ' ' || text_[after] == '\r'))
      ++after;
    ended_well_ = after >= text_.size() || text_[after] == delimiter_ || text_[after] == '\n';
    if (!ended_well_) return {};
    at_ = after;
    return doubled ? without_doubles(begin, close)
                   : std::string_view(text_.data() + begin, close - begin);
  }

  std::string_view without_doubles(std::size_t begin, std::size_t end) {
    std::size_t to = begin;
    for (std::size_t from = begin; from < end; ++from) {
      text_[to++] = text_[from];
      if (text_[from] == '"') ++from;
    }
    return {text_.data() + begin, to - begin};
  }

  std::string& text_;
  const char delimiter_;
  std::size_t at_ = 0;
  bool ended_well_ = true;
};

bool is_blank(const std::vector<std::string_view>& cells) {
  return std::all_of(cells.begin(), cells.end(), [](std::string_view c) { return c.empty(); });
}

}  // namespace

Result<CsvTable> CsvTable::read(const fs::path& file) {
  return of_text(utf8_of(TRY(read_bytes(file))), file.string());
}

Result<CsvTable> CsvTable::of_text(std::string text, const std::string& where) {
  CsvTable table;
  table.text_ = std::move(text);
  if (trim(table.text_).empty()) return invalid("The file is empty.", where);
  // Old Macs end lines with CR alone.
  if (table.text_.find('\n') == std::string::npos) {
    std::replace(table.text_.begin(), table.text_.end(), '\r', '\n');
  }
  table.delimiter_ = delimiter_of(table.text_);
  TRY(table.parse(where));
  return table;
}

Result<void> CsvTable::parse(const std::string& where) {
  Cutter cutter(text_, delimiter_);
  std::vector<std::string_view> cells;
  while (!cutter.at_end() && (cells.empty() || is_blank(cells)))
    cutter.next_row(cells);
  if (cells.size() > kColumnsMax) {
    return refuse(
        ErrorCode::over_limit,
        fmt::format("The header has {} columns; {} is the limit.", cells.size(), kColumnsMax),
        where);
  }
  for (const std::string_view name : cells)
    columns_.emplace_back(name);
  while (!cutter.at_end()) {
    cutter.next_row(cells);
    if (is_blank(cells)) continue;
    if (cells.size() != columns_.size()) ++uneven_rows_;
    cells.resize(columns_.size());
    cells_.insert(cells_.end(), cells.begin(), cells.end());
  }
  if (rows() == 0) return invalid("The file has a header but no rows.", where);
  return {};
}

}  // namespace hustings::cli
