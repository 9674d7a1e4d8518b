#include "ingest/wide_columns.h"

#include <algorithm>
#include <chrono>
#include <regex>

#include <fmt/format.h>

#include "base/text.h"
#include "ingest/transforms.h"

namespace hustings::ingest {
namespace {

/// The month that stands for a kind of election whose day nobody says: kinds of one year stay
/// apart.
int month_of(std::string_view kind) {
  if (kind == "PRESIDENTIALPRIMARY") return 3;
  if (kind == "PRIMARY") return 6;
  return kind == "OTHERELECTION" ? 1 : 2;
}

std::string kind_words(std::string_view kind) {
  if (kind == "PRESIDENTIALPRIMARY") return "PRESIDENTIAL PRIMARY";
  if (kind == "OTHERELECTION") return "OTHER ELECTION";
  return kind == "ANYELECTION" ? "ANY ELECTION" : std::string(kind);
}

/// "2022" or "2022_06_07"; of a general election the year is enough.
std::optional<FileElection> election_of_year(std::string_view kind, std::string date) {
  constexpr std::size_t kYear = 4;
  const auto year = parse_int(date.substr(0, kYear));
  if (!year) return std::nullopt;
  const std::string name = fmt::format("{} {}", *year, kind_words(kind));
  if (date.size() > kYear) {
    std::ranges::replace(date, '_', '-');
    const auto held_on = parse_date(date, "YYYY-MM-DD");
    if (!held_on) return std::nullopt;
    return FileElection{*held_on, name};
  }
  if (kind == "GENERAL") return FileElection{general_election_day(static_cast<int>(*year)), name};
  const auto first = parse_date(fmt::format("{}-{:02}-01", *year, month_of(kind)), "YYYY-MM-DD");
  if (!first) return std::nullopt;
  return FileElection{*first, name + " (day not known)"};
}

Result<FileElection> election_of(const LayoutWide& wide, const std::smatch& found) {
  const std::string kind = to_upper(found[1].str());
  const std::string date = found.size() > 2 ? found[2].str() : "";
  if (wide.format == "YYYY kind") {
    if (auto election = election_of_year(kind, date)) return *std::move(election);
  } else if (const auto held_on = parse_date(date, wide.format)) {
    return FileElection{*held_on, fmt::format("{} {}", date, kind)};
  }
  return invalid(fmt::format("The column '{}' stands for an election, but '{}' is no date.",
                             found[0].str(), date),
                 "line 1");
}

}  // namespace

std::int32_t general_election_day(int year) {
  using namespace std::chrono;
  const sys_days first_monday{std::chrono::year(year) / November / Monday[1]};
  return static_cast<std::int32_t>((first_monday + days(1)).time_since_epoch().count());
}

bool is_general_election_day(std::int32_t day) {
  const std::chrono::sys_days date{std::chrono::days(day)};
  const std::chrono::year_month_day of(date);
  return general_election_day(static_cast<int>(of.year())) == day;
}

struct WidePattern::Compiled {
  std::regex regex;
};

WidePattern::WidePattern(const Layout& layout) {
  if (!layout.wide) return;
  compiled_ = std::make_unique<Compiled>(std::regex(layout.wide->pattern, std::regex::icase));
}
WidePattern::~WidePattern() = default;

bool WidePattern::matches(const std::string& name) const {
  return compiled_ && std::regex_match(name, compiled_->regex);
}

Status add_wide_columns(const Layout& layout, ColumnMap& map) {
  if (!layout.wide || !layout.wide->map.empty()) return {};
  const std::regex regex(layout.wide->pattern, std::regex::icase);
  for (std::size_t i = 0; i < map.names.size(); ++i) {
    std::smatch found;
    if (!std::regex_match(map.names[i], found, regex)) continue;
    map.wide.push_back({.place = static_cast<std::int16_t>(i),
                        .party_place = ColumnMap::kAbsent,
                        .election = static_cast<std::int16_t>(map.elections.size())});
    map.elections.push_back(TRY(election_of(*layout.wide, found)));
  }
  return {};
}

}  // namespace hustings::ingest
