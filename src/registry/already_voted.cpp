#include "registry/already_voted.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "base/text.h"

namespace hustings::registry {
namespace {

/// What states and vendors call their voters' ids, surest first.
constexpr std::array<std::string_view, 16> kIdNames = {
    "ncid",       "sos_voterid", "statevoterid", "state_voter_id", "voter_identification_number",
    "lalvoterid", "voterid",     "voter_id",     "voter id",       "id_number",
    "id number",  "vuid",        "vanid",        "external_id",    "id",
    "voter"};
/// North Carolina lists every ballot that was asked for, with what became of it.
constexpr std::string_view kStatusName = "ballot_rtn_status";
constexpr std::string_view kAccepted = "ACCEPTED";
constexpr std::string_view kDelimiters = "\t,;|";
constexpr std::size_t kIdMax = 200;

/// Where a table has its ids.
struct Shape {
  char delimiter = '\0';  ///< none: a line is an id
  std::size_t id = 0;
  std::optional<std::size_t> status;
  bool has_header = false;
};

char delimiter_of(std::string_view line) {
  char best = '\0';
  std::ptrdiff_t most = 0;
  for (const char one : kDelimiters) {
    const auto count = std::ranges::count(line, one);
    if (count > most) {
      best = one;
      most = count;
    }
  }
  return best;
}

std::string_view unquoted(std::string_view field) {
  field = trim(field);
  if (field.size() >= 2 && field.front() == '"' && field.back() == '"') {
    field = trim(field.substr(1, field.size() - 2));
  }
  return field;
}

/// The field at a place; a quoted one may hold the delimiter. Empty if there is none.
std::string_view field_at(std::string_view line, char delimiter, std::size_t place) {
  if (delimiter == '\0') return unquoted(line);
  std::size_t begin = 0;
  for (bool quoted = false; std::size_t at : {std::size_t{0}}) {
    for (; at <= line.size(); ++at) {
      if (at < line.size() && line[at] == '"') quoted = !quoted;
      if (at < line.size() && (quoted || line[at] != delimiter)) continue;
      if (place-- == 0) return unquoted(line.substr(begin, at - begin));
      begin = at + 1;
    }
  }
  return {};
}

std::vector<std::string> names_of(std::string_view header, char delimiter) {
  std::vector<std::string> out;
  const auto count = static_cast<std::size_t>(std::ranges::count(header, delimiter)) + 1;
  for (std::size_t i = 0; i < count; ++i)
    out.push_back(to_lower(field_at(header, delimiter, i)));
  return out;
}

std::optional<std::size_t> place_of(const std::vector<std::string>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

Result<Shape> shape_of(std::string_view first, std::string_view column) {
  Shape shape{.delimiter = delimiter_of(first)};
  const auto names = names_of(first, shape.delimiter);
  std::optional<std::size_t> id;
  if (!column.empty()) {
    id = place_of(names, to_lower(trim(column)));
    if (!id) {
      return invalid(fmt::format("The file has no column '{}'; its columns are {}.", column,
                                 fmt::join(names, ", ")),
                     "column");
    }
  }
  for (const std::string_view name : kIdNames) {
    if (!id) id = place_of(names, name);
  }
  shape.has_header = id.has_value();
  if (id) {
    shape.id = *id;
    shape.status = place_of(names, kStatusName);
    return shape;
  }
  if (shape.delimiter != '\0') {
    return invalid(
        "No column of this file is known to hold voters' ids. Name it (--column in the "
        "shell, column in the API), or give a file with one id a line.",
        "column");
  }
  shape.has_header = first.find_first_of("0123456789") == std::string_view::npos;
  return shape;
}

Result<std::ifstream> open(const std::filesystem::path& file) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status)) {
    return refuse(ErrorCode::not_found, "There is no such file.", file.string());
  }
  if (std::filesystem::is_directory(status)) {
    return invalid("This is a folder. Name the file with the voters' ids.", file.string());
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) return invalid("The file cannot be opened. Check who may read it.", file.string());
  return in;
}

void take_line(std::string_view line, const Shape& shape, VotedIds& out) {
  ++out.lines;
  const std::string_view id = field_at(line, shape.delimiter, shape.id);
  if (id.empty() || id.size() > kIdMax || !is_utf8(id) || id.contains('\0')) return;
  if (shape.status) {
    const std::string status = to_upper(field_at(line, shape.delimiter, *shape.status));
    if (!status.starts_with(kAccepted)) {
      ++out.left_out;
      return;
    }
  }
  out.ids.emplace_back(id);
}

}  // namespace

Result<VotedIds> read_voted_ids(const std::filesystem::path& file, std::string_view column) {
  std::ifstream in = TRY(open(file));
  VotedIds out;
  std::optional<Shape> shape;
  std::string text;
  while (std::getline(in, text)) {
    std::string_view line = trim(text);
    if (!shape && line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
    if (line.empty()) continue;
    if (!shape) {
      shape = TRY(shape_of(line, column));
      if (shape->has_header) continue;
    }
    take_line(line, *shape, out);
    if (out.ids.size() > kAlreadyVotedIdsMax) {
      return refuse(ErrorCode::over_limit,
                    fmt::format("The file holds more than {} ids. Cut it into parts.",
                                with_thousands(kAlreadyVotedIdsMax)),
                    file.string());
    }
  }
  if (in.bad()) throw Failure("The file could not be read to its end: " + file.string());
  if (out.ids.empty()) {
    return invalid("There is no voter's id in this file whose ballot is in.", file.string());
  }
  std::ranges::sort(out.ids);
  const auto repeats = std::ranges::unique(out.ids);
  out.ids.erase(repeats.begin(), repeats.end());
  return out;
}

Result<AlreadyVotedResult> import_already_voted(Registry& registry,
                                                const AlreadyVotedRequest& request,
                                                Deadline deadline) {
  if (request.source.empty()) {
    return invalid("Name the source whose ids the file uses, such as nc.", "source");
  }
  const VotedIds ids = TRY(read_voted_ids(request.file, request.column));
  const auto barred = TRY(registry.suppress_ids(
      {.source = request.source, .ids = ids.ids},
      {.reason = SuppressionReason::already_voted, .source = request.from, .actor = request.actor},
      deadline));
  return AlreadyVotedResult{.lines = ids.lines,
                            .left_out = ids.left_out,
                            .ids = std::ssize(ids.ids),
                            .added = barred.added,
                            .before = barred.before,
                            .unknown = barred.unknown,
                            .unknown_first = barred.unknown_first};
}

}  // namespace hustings::registry
