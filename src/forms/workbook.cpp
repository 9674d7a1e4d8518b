#include "forms/workbook.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "base/text.h"
#include "forms/xml_reader.h"

namespace hustings::forms {
namespace {

using Kind = XmlReader::Kind;

std::unexpected<Error> no_workbook() {
  return invalid("This is no .xlsx workbook. Save the form as \"Excel workbook (.xlsx)\".", "file");
}

std::unexpected<Error> too_large() {
  return refuse(ErrorCode::over_limit, "The workbook is too large for a form.", "file");
}

struct CloseArchive {
  void operator()(archive* reader) const { archive_read_free(reader); }
};

/// The parts of the package by their names.
Result<std::map<std::string, std::string>> unpack(std::string_view bytes) {
  const std::unique_ptr<archive, CloseArchive> reader(archive_read_new());
  archive_read_support_format_zip(reader.get());
  if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
    return no_workbook();
  }
  std::map<std::string, std::string> parts;
  std::size_t total = 0;
  archive_entry* entry = nullptr;
  int status = archive_read_next_header(reader.get(), &entry);
  for (; status == ARCHIVE_OK; status = archive_read_next_header(reader.get(), &entry)) {
    const char* path = archive_entry_pathname(entry);
    const std::string name = path == nullptr ? "" : path;
    if (!name.ends_with(".xml") && !name.ends_with(".rels")) continue;
    std::string& text = parts[name];
    char piece[16 * 1024];
    for (;;) {
      const auto got = archive_read_data(reader.get(), piece, sizeof(piece));
      if (got < 0) return no_workbook();
      if (got == 0) break;
      total += static_cast<std::size_t>(got);
      if (total > kWorkbookBytesMax) return too_large();
      text.append(piece, static_cast<std::size_t>(got));
    }
    // XML has no zero byte; what is no UTF-8 could neither be shown nor kept.
    if (!is_utf8(text) || text.contains('\0')) return no_workbook();
  }
  if (status != ARCHIVE_EOF || !parts.contains("xl/workbook.xml")) return no_workbook();
  return parts;
}

std::string attribute(const XmlReader::Piece& piece, const std::string& name) {
  const auto found = piece.attributes.find(name);
  return found == piece.attributes.end() ? std::string() : found->second;
}

/// Strings that cells point at by their number.
Result<std::vector<std::string>> shared_strings(const std::string& xml) {
  std::vector<std::string> strings;
  XmlReader reader(xml);
  bool in_words = false;
  bool in_reading_aid = false;  // rPh: how a word is pronounced
  for (;;) {
    const auto piece = TRY(reader.next());
    if (piece.kind == Kind::done) return strings;
    if (piece.kind == Kind::start && piece.name == "si") strings.emplace_back();
    if (piece.name == "rPh") in_reading_aid = piece.kind == Kind::start;
    if (piece.name == "t") in_words = piece.kind == Kind::start;
    if (piece.kind == Kind::text && in_words && !in_reading_aid && !strings.empty()) {
      strings.back() += piece.text;
    }
  }
}

/// "AB12" -> 27
std::size_t column_of(std::string_view reference) {
  std::size_t column = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
    if (column > kSheetColumnsMax + 1) break;
  }
  return column == 0 ? kSheetColumnsMax : column - 1;
}

class SheetReader {
 public:
  /// `budget`: of bytes, shared by all sheets. A small file can name one long string often.
  SheetReader(const std::string& xml, const std::vector<std::string>& strings, std::size_t& budget)
      : reader_(xml), strings_(strings), budget_(budget) {}

  Result<std::vector<SheetRow>> read() {
    for (;;) {
      const auto piece = TRY(reader_.next());
      if (piece.kind == Kind::done) return std::move(rows_);
      if (piece.kind == Kind::text) {
        if (in_value_) value_ += piece.text;
      } else if (piece.kind == Kind::start) {
        TRY(start(piece));
      } else {
        TRY(end(piece.name));
      }
    }
  }

 private:
  Status start(const XmlReader::Piece& piece) {
    if (piece.name == "row") {
      const auto number = parse_int(attribute(piece, "r"));
      const std::int64_t before = rows_.empty() ? 0 : rows_.back().row;
      if (rows_.size() == kSheetRowsMax) {
        return refuse(ErrorCode::over_limit,
                      fmt::format("A sheet of a form has at most {} rows.", kSheetRowsMax), "file");
      }
      rows_.push_back({.row = number.value_or(before + 1), .cells = {}});
    } else if (piece.name == "c") {
      column_ = column_of(attribute(piece, "r"));
      type_ = attribute(piece, "t");
      value_.clear();
    } else if (piece.name == "v" || piece.name == "t") {
      in_value_ = true;
    }
    return {};
  }

  Status end(const std::string& name) {
    if (name == "v" || name == "t") in_value_ = false;
    if (name != "c" || rows_.empty() || column_ >= kSheetColumnsMax) return {};
    std::string text = value_;
    if (type_ == "s") {
      const auto place = parse_int(trim(value_));
      const bool is_there = place && *place >= 0 && *place < std::ssize(strings_);
      text = is_there ? strings_[static_cast<std::size_t>(*place)] : std::string();
    }
    auto& cells = rows_.back().cells;
    const std::size_t more = column_ + 1 - std::min(column_ + 1, cells.size());
    const std::size_t cost = text.size() + more * sizeof(std::string);
    if (cost > budget_) return too_large();
    budget_ -= cost;
    cells.resize(cells.size() + more);
    cells[column_] = std::string(trim(text));
    return {};
  }

  XmlReader reader_;
  const std::vector<std::string>& strings_;
  std::size_t& budget_;
  std::vector<SheetRow> rows_;
  std::size_t column_ = 0;
  std::string type_;
  std::string value_;
  bool in_value_ = false;
};

/// The file of each relation's id.
Result<std::map<std::string, std::string>> relations(const std::string& xml) {
  std::map<std::string, std::string> targets;
  XmlReader reader(xml);
  for (;;) {
    const auto piece = TRY(reader.next());
    if (piece.kind == Kind::done) return targets;
    if (piece.kind != Kind::start || piece.name != "Relationship") continue;
    std::string target = attribute(piece, "Target");
    if (target.starts_with('/')) {
      target.erase(0, 1);
    } else {
      target.insert(0, "xl/");
    }
    targets[attribute(piece, "Id")] = std::move(target);
  }
}

}  // namespace

Result<Workbook> read_workbook(std::string_view bytes) {
  const auto parts = TRY(unpack(bytes));
  const auto part = [&parts](const std::string& name) -> const std::string& {
    static const std::string kNone;
    const auto found = parts.find(name);
    return found == parts.end() ? kNone : found->second;
  };
  const auto strings = TRY(shared_strings(part("xl/sharedStrings.xml")));
  const auto files = TRY(relations(part("xl/_rels/workbook.xml.rels")));
  Workbook workbook;
  std::size_t budget = kCellBytesMax;
  std::size_t sheets = 0;
  XmlReader reader(part("xl/workbook.xml"));
  for (;;) {
    const auto piece = TRY(reader.next());
    if (piece.kind == Kind::done) break;
    if (piece.kind != Kind::start || piece.name != "sheet") continue;
    const auto file = files.find(attribute(piece, "id"));
    if (file == files.end()) continue;
    if (++sheets > kSheetsMax) return too_large();
    workbook[to_lower(attribute(piece, "name"))] =
        TRY(SheetReader(part(file->second), strings, budget).read());
  }
  return workbook;
}

}  // namespace hustings::forms
