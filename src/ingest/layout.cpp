#include "ingest/layout.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/built_in_layouts.h"

namespace hustings::ingest {
namespace {

constexpr std::array<std::string_view, kTargets> kTargetNames = {"external_id",
                                                                 "last_name",
                                                                 "first_name",
                                                                 "middle_name",
                                                                 "suffix",
                                                                 "status",
                                                                 "status_reason",
                                                                 "protected",
                                                                 "street",
                                                                 "city",
                                                                 "zip",
                                                                 "mail_lines",
                                                                 "mail_city",
                                                                 "mail_state",
                                                                 "mail_zip",
                                                                 "phone",
                                                                 "registered_on",
                                                                 "birth_date",
                                                                 "race",
                                                                 "ethnicity",
                                                                 "party",
                                                                 "gender",
                                                                 "birth_year",
                                                                 "age",
                                                                 "birth_place",
                                                                 "county",
                                                                 "precinct",
                                                                 "municipality",
                                                                 "ward",
                                                                 "congressional_district",
                                                                 "state_senate_district",
                                                                 "state_house_district",
                                                                 "school_district",
                                                                 "county_commission_district",
                                                                 "state",
                                                                 "email",
                                                                 "election_date",
                                                                 "election_name",
                                                                 "method",
                                                                 "support",
                                                                 "turnout",
                                                                 "persuadability"};

constexpr std::array<std::string_view, 8> kTakeNames = {
    "whole",     "before_comma",   "after_comma", "first_word",
    "last_word", "without_digits", "digits",      "without_leading_zeros"};

constexpr std::size_t kLayoutBytesMax = 1 << 20;

std::vector<Layout> read_built_in() {
  std::vector<Layout> out;
  for (const BuiltInLayout& file : built_in_layout_files()) {
    auto layout = parse_layout(file.text, file.name);
    if (!layout) throw Failure(layout.error().text());  // a mistake of ours; a test reads them all
    out.push_back(*std::move(layout));
  }
  return out;
}

}  // namespace

std::string_view to_string(LayoutKind kind) {
  constexpr std::array<std::string_view, 3> kNames = {"voters", "history", "scores"};
  return kNames.at(static_cast<std::size_t>(kind));
}

std::string_view to_string(Encoding encoding) {
  constexpr std::array<std::string_view, 4> kNames = {"auto", "utf-8", "windows-1252", "utf-16le"};
  return kNames.at(static_cast<std::size_t>(encoding));
}

bool is_target_of(Target target, LayoutKind kind) {
  if (target == Target::external_id) return true;
  const bool shared = target == Target::party || target == Target::county;
  const auto place = static_cast<int>(target);
  const bool of_history = shared || (place >= static_cast<int>(Target::election_date) &&
                                     place <= static_cast<int>(Target::method));
  const bool of_scores = place >= static_cast<int>(Target::support);
  switch (kind) {
    case LayoutKind::voters:
      return shared || (!of_history && !of_scores);
    case LayoutKind::history:
      return of_history;
    case LayoutKind::scores:
      return of_scores;
  }
  return false;
}

std::string_view to_string(Take take) { return kTakeNames.at(static_cast<std::size_t>(take)); }

std::optional<Take> take_named(std::string_view name) {
  const auto found = std::find(kTakeNames.begin(), kTakeNames.end(), name);
  if (found == kTakeNames.end()) return std::nullopt;
  return static_cast<Take>(found - kTakeNames.begin());
}

std::string_view to_string(Target target) {
  return kTargetNames.at(static_cast<std::size_t>(target));
}

std::string delimiter_name(char delimiter) {
  switch (delimiter) {
    case '\t':
      return "tab";
    case ',':
      return "comma";
    case '|':
      return "pipe";
    case ';':
      return "semicolon";
    case 0:
      return "fixed width";
    default:
      return std::string(1, delimiter);
  }
}

const std::string* CodeTable::find(std::string_view code) const {
  for (const auto& [from, to] : codes) {
    if (from == code) return &to;
  }
  return otherwise ? &*otherwise : nullptr;
}

const LayoutColumn* Layout::column(Target target) const {
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const LayoutColumn& column) {
    return column.target == target;
  });
  return found == columns.end() ? nullptr : &*found;
}

const LayoutCodeMap* Layout::code_map(std::string_view of_name) const {
  const auto found = std::find_if(maps.begin(), maps.end(),
                                  [&](const LayoutCodeMap& map) { return map.name == of_name; });
  return found == maps.end() ? nullptr : &*found;
}

const std::vector<Layout>& built_in_layouts() {
  static const std::vector<Layout> kLayouts = read_built_in();
  return kLayouts;
}

Result<Layout> find_layout(std::string_view name_or_path) {
  if (name_or_path.ends_with(".toml")) {
    std::ifstream file{std::filesystem::path(name_or_path)};
    std::stringstream text;
    text << file.rdbuf();
    if (!file) {
      return refuse(ErrorCode::not_found, "This layout file cannot be read.",
                    std::string(name_or_path));
    }
    if (text.view().size() > kLayoutBytesMax) {
      return refuse(ErrorCode::over_limit, "A layout has at most 1 MiB.",
                    std::string(name_or_path));
    }
    return parse_layout(text.view(), name_or_path);
  }
  std::vector<std::string_view> names;
  for (const Layout& layout : built_in_layouts()) {
    if (layout.name == name_or_path) return layout;
    names.emplace_back(layout.name);
  }
  const std::string_view near = nearest(name_or_path, names);
  std::string sentence = fmt::format("There is no layout '{}'.", name_or_path);
  if (!near.empty()) sentence += fmt::format(" Did you mean '{}'?", near);
  return refuse(ErrorCode::not_found,
                fmt::format("{} Known: {}. A file of your own may end in .toml.", sentence,
                            fmt::join(names, ", ")),
                "layout");
}

}  // namespace hustings::ingest
