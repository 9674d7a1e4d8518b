#include "make_people/places.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "make_people/rng.h"

namespace hustings::people {
namespace {

constexpr double kPrecinctsInState = 2700;
constexpr std::size_t kCodeWidth = 6;  // of every _abbrv column

struct Town {
  std::string_view name;
  std::vector<std::string_view> zips;
};

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// "WEST JEFFERSON 28694;LANSING 28643"
std::vector<Town> towns_of(const CountyFacts& facts) {
  std::vector<Town> towns;
  for (std::string_view entry : split(facts.towns, ';')) {
    const std::size_t digits = entry.find_first_of("0123456789");
    towns.push_back({entry.substr(0, digits - 1), split(entry.substr(digits), ' ')});
  }
  return towns;
}

// The first town of a county is the largest, and more ZIPs mean more people.
std::size_t town_at(const std::vector<Town>& towns, double fraction) {
  double total = 0;
  const auto weight = [&](std::size_t i) {
    return static_cast<double>(towns[i].zips.size()) / std::sqrt(static_cast<double>(i) + 1);
  };
  for (std::size_t i = 0; i < towns.size(); ++i)
    total += weight(i);
  double at = fraction * total;
  for (std::size_t i = 0; i + 1 < towns.size(); ++i) {
    if (at < weight(i)) return i;
    at -= weight(i);
  }
  return towns.size() - 1;
}

double state_total() {
  return std::accumulate(kCountyFacts.begin(), kCountyFacts.end(), 0.0,
                         [](double sum, const CountyFacts& c) { return sum + c.voters_thousands; });
}

// Some columns are filled in some counties only. Takes counties in an order of their own until the
// share of voters is reached, so that the missing share of the column comes out right.
std::array<bool, kCounties> counties_with(double share, std::uint64_t salt) {
  std::array<int, kCounties> order;
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {}, [&](int i) { return mix(salt + static_cast<std::uint64_t>(i)); });
  std::array<bool, kCounties> chosen{};
  double room = share * state_total();
  for (int i : order) {
    const double voters = kCountyFacts[static_cast<std::size_t>(i)].voters_thousands;
    if (voters > room) continue;
    room -= voters;
    chosen[static_cast<std::size_t>(i)] = true;
  }
  return chosen;
}

std::string ordinal(int n) {
  const int tens = n % 100;
  const char* suffix = tens >= 11 && tens <= 13 ? "TH"
                       : n % 10 == 1            ? "ST"
                       : n % 10 == 2            ? "ND"
                       : n % 10 == 3            ? "RD"
                                                : "TH";
  return fmt::format("{}{}", n, suffix);
}

// Precinct codes look different in every county.
std::string precinct_code(std::size_t county, std::string_view town, std::uint32_t n) {
  switch (county % 4) {
    case 0:
      return fmt::format("{:02}", n + 1);
    case 1:
      return fmt::format("{}{}{:02}", town[0], town[1], n + 1);
    case 2:
      return fmt::format("{:03}", 100 + n);
    default:
      return fmt::format("{:02}{}", n / 2 + 1, n % 2 == 0 ? 'N' : 'S');
  }
}

std::string precinct_name(std::size_t county, std::string_view town, std::uint32_t n) {
  switch (county % 4) {
    case 1:
      return precinct_code(county, town, n);
    case 3:
      return fmt::format("{} {} {}", n % 2 == 0 ? "NORTH" : "SOUTH", town, n / 2 + 1);
    default:
      return fmt::format("{} {}", town, n + 1);
  }
}

std::string first_letters(std::string_view town) {
  std::string letters;
  for (char c : town) {
    if (c != ' ' && letters.size() < 3) letters += c;
  }
  return letters;
}

struct CodeAndName {
  std::string code, name;
};

using TailFields = std::array<std::string, kTailColumns>;

Tail join(const TailFields& fields, std::string_view separator, bool padded) {
  Tail tail;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) tail.text += separator;
    tail.text += fields[i];
    // Codes are CHAR columns, names are not; a code that is missing is missing in full.
    const bool is_code = !tail_column(i).ends_with("_desc");
    if (padded && is_code && !fields[i].empty() && fields[i].size() < kCodeWidth) {
      tail.text.append(kCodeWidth - fields[i].size(), ' ');
      ++tail.padded_fields;
    }
  }
  return tail;
}

// Where a precinct lies, as fractions of the state from west to east.
struct Position {
  double precinct;
  double county;
};

}  // namespace

// Puts into words what a precinct's rows end with.
class TailMaker {
 public:
  explicit TailMaker(Layout layout) : layout_(layout) {}

  TailFields make(const Precinct& precinct, std::uint32_t n, Position at) const {
    const CodeAndName self{precinct_code(precinct.county, precinct.town, n),
                           precinct_name(precinct.county, precinct.town, n)};
    CodeAndName municipality, ward;
    if (precinct.in_municipality) {
      municipality = {municipality_code(precinct), std::string(precinct.town)};
      if (hash_of(precinct) % 1000 < 540) {
        ward = {fmt::format("W{}", n % 6 + 1), fmt::format("WARD {}", n % 6 + 1)};
      }
    }
    const auto district = [](double fraction, int count) {
      return static_cast<int>(fraction * count) + 1;
    };
    const int court = district(at.county, 43);
    const std::string court_code =
        fmt::format("{:02}{}", court, precinct.county % 3 == 0 ? "A" : "");

    TailFields fields;
    std::size_t next = 0;
    const auto put = [&](const CodeAndName& pair) {
      fields[next++] = pair.code;
      fields[next++] = pair.name;
    };
    put(self);
    put(municipality);
    put(ward);
    fields[next++] = fmt::format("{:02}", district(at.precinct, 14));
    fields[next++] = court_code;
    fields[next++] = court_code;
    fields[next++] = fmt::format("{:02}", district(at.precinct, 50));
    fields[next++] = fmt::format("{:03}", district(at.precinct, 120));
    for (const CodeAndName& local : local_districts(precinct, n))
      put(local);
    put(municipality);
    put({fmt::format("{}", court), fmt::format("{} PROSECUTORIAL", ordinal(court))});
    put({vtd_code(precinct, self.code), self.code});
    return fields;
  }

 private:
  static std::uint64_t hash_of(const Precinct& precinct) { return mix(0x7a11 + precinct.number); }

  // From county_commiss to rescue_dist.
  std::array<CodeAndName, 8> local_districts(const Precinct& precinct, std::uint32_t n) const {
    const auto sometimes = [&](bool yes, std::string_view prefix, std::string_view words) {
      if (!yes) return CodeAndName{};
      return CodeAndName{fmt::format("{}{}", prefix, n % 5 + 1),
                         fmt::format("{} {}", words, n % 5 + 1)};
    };
    const auto rarely = [&](std::uint64_t per_mille, std::uint64_t column) {
      return mix(hash_of(precinct) + column) % 1000 < per_mille;
    };
    return {sometimes(commissioners_[precinct.county], "", "COMMISSIONERS DIST"),
            sometimes(townships_[precinct.county], "T", "TOWNSHIP"),
            sometimes(schools_[precinct.county], "SB", "SCHOOL BOARD DIST"),
            sometimes(rarely(46, 1), "FD", "FIRE DIST"),
            sometimes(rarely(18, 2), "WD", "WATER DIST"),
            sometimes(rarely(3, 3), "SD", "SEWER DIST"),
            sometimes(rarely(15, 4), "SN", "SANITARY DIST"),
            sometimes(rarely(8, 5), "RS", "RESCUE DIST")};
  }

  std::string municipality_code(const Precinct& precinct) const {
    if (layout_ == Layout::nc_2022_02) return first_letters(precinct.town);
    return fmt::format("M{:02}{}", precinct.county + 1, first_letters(precinct.town).substr(0, 1));
  }
  std::string vtd_code(const Precinct& precinct, const std::string& code) const {
    if (layout_ == Layout::nc_2022_02) return code;
    return fmt::format("{:02}{:04}", precinct.county, precinct.number);
  }

  Layout layout_;
  std::array<bool, kCounties> commissioners_ = counties_with(0.645, 11);
  std::array<bool, kCounties> townships_ = counties_with(0.129, 12);
  std::array<bool, kCounties> schools_ = counties_with(0.79, 13);
};

Places::Places(std::uint64_t voters, const Format& format) : format_(format) {
  counties_.resize(kCounties);
  share_rows(voters);
  const TailMaker tails(format.layout);
  // Districts are cut from west to east, so that most of them hold whole counties.
  std::array<std::size_t, kCounties> order;
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [](std::size_t i) { return std::pair(kCountyFacts[i].region, i); });
  std::array<double, kCounties> from{};
  double before = 0;
  for (std::size_t i : order) {
    from[i] = before / state_total();
    before += kCountyFacts[i].voters_thousands;
  }
  for (std::size_t i = 0; i < kCounties; ++i) {
    add_precincts(tails, i, from[i], from[i] + kCountyFacts[i].voters_thousands / state_total());
  }
  const TailFields nothing;
  empty_tail_ = join(nothing, format_.separator, false);
}

// Largest remainder: the rows of the counties sum exactly to the rows of the roll.
void Places::share_rows(std::uint64_t voters) {
  std::array<double, kCounties> remainder;
  std::uint64_t given = 0;
  for (std::size_t i = 0; i < kCounties; ++i) {
    const CountyFacts& facts = kCountyFacts[i];
    const double exact = static_cast<double>(voters) * facts.voters_thousands / state_total();
    counties_[i].facts = &facts;
    counties_[i].rows = static_cast<std::uint64_t>(exact);
    remainder[i] = exact - std::floor(exact);
    given += counties_[i].rows;
  }
  std::array<std::size_t, kCounties> order;
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(-remainder[i], i); });
  for (std::size_t i = 0; given < voters; i = (i + 1) % kCounties, ++given) {
    ++counties_[order[i]].rows;
  }
  std::uint64_t row = 0;
  std::array<std::uint64_t, kRegions> region_rows{};
  for (std::size_t i = 0; i < kCounties; ++i) {
    County& county = counties_[i];
    auto& rows_of_region = region_rows[static_cast<std::size_t>(county.facts->region)];
    county.first_row = row;
    county.region_rows_before = rows_of_region;
    row += county.rows;
    rows_of_region += county.rows;
  }
}

void Places::add_precincts(const TailMaker& tails, std::size_t county_index, double from,
                           double to) {
  const CountyFacts& facts = kCountyFacts[county_index];
  County& county = counties_[county_index];
  const double share = facts.voters_thousands / state_total();
  county.id = fmt::format("{}", county_index + 1);
  // One letter or two, as in the state's file; a two-letter prefix never starts with R, S or T.
  county.ncid_prefix = county_index % 33 == 32
                           ? std::string(1, static_cast<char>('R' + county_index / 33))
                           : std::string{static_cast<char>('A' + county_index / 26),
                                         static_cast<char>('A' + county_index % 26)};
  const double democratic = facts.democratic_percent / 100.0;
  county.lean = std::log(democratic / (1 - democratic));
  county.first_precinct = static_cast<std::uint32_t>(precincts_.size());
  county.precincts = static_cast<std::uint32_t>(std::max(4.0, kPrecinctsInState * share));

  const std::vector<Town> towns = towns_of(facts);
  const double urban = std::clamp(0.09 + 0.11 * std::log2(facts.voters_thousands / 5), 0.2, 0.95);
  for (std::uint32_t n = 0; n < county.precincts; ++n) {
    Rng rng(0x9ec1, precincts_.size());
    const double fraction = (n + 0.5) / county.precincts;
    const std::size_t town = town_at(towns, fraction);
    Precinct precinct;
    precinct.number = static_cast<std::uint32_t>(precincts_.size());
    precinct.county = static_cast<std::uint32_t>(county_index);
    precinct.town = towns[town].name;
    precinct.zip = towns[town].zips[n % towns[town].zips.size()];
    precinct.in_municipality = rng.chance(urban);
    precinct.has_apartments = precinct.in_municipality && facts.voters_thousands > 25;
    precinct.lean = 0.35 * rng.normal() + (precinct.in_municipality ? 0.15 : -0.2);
    precinct.street = rng.next();
    const TailFields fields = tails.make(
        precinct, n, {.precinct = from + (to - from) * fraction, .county = (from + to) / 2});
    precinct.tail = join(fields, format_.separator, false);
    precinct.padded_tail = join(fields, format_.separator, true);
    precinct.history_pct = fields[0] + std::string(format_.separator) + fields[1];
    precinct.history_vtd = fields[31] + std::string(format_.separator) + fields[32];
    precincts_.push_back(std::move(precinct));
  }
}

std::uint64_t Places::region_rows(Region region) const {
  std::uint64_t rows = 0;
  for (const County& county : counties_) {
    if (county.facts->region == region) rows += county.rows;
  }
  return rows;
}

}  // namespace hustings::people
