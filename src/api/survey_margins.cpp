#include "api/survey_margins.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include <fmt/format.h>

namespace hustings::api {
namespace {

using segments::Rule;
using statistics::Margin;
using surveys::Respondent;

constexpr double kSmallShare = 0.02;  ///< of the people: a category below is put with others
constexpr std::string_view kOther = "other";
constexpr std::string_view kUnknown = "unknown";

struct AgeBand {
  int least;
  int most;
  std::string_view name;
};
constexpr std::array<AgeBand, 5> kAges = {{{0, 29, "under 30"},
                                           {30, 44, "30 to 44"},
                                           {45, 59, "45 to 59"},
                                           {60, 74, "60 to 74"},
                                           {75, 150, "75 and over"}}};

std::string age_band(const std::optional<int>& age) {
  for (const AgeBand& band : kAges) {
    if (age && *age >= band.least && *age <= band.most) return std::string(band.name);
  }
  return std::string(kUnknown);
}

Rule on_the_roll() {
  return Rule{segments::ValueIn{
      .field = segments::Field::status, .values = {"removed", "denied"}, .is_not = true}};
}

/// The number of people by category.
using People = std::map<std::string, double>;

Result<People> people_by_age(const segments::SegmentService& segments) {
  People people;
  double known = 0;
  for (const AgeBand& band : kAges) {
    const Rule rule{segments::AllOf{
        {on_the_roll(), Rule{segments::NumberIs{.field = segments::Field::age,
                                                .least = band.least,
                                                .most = std::min(band.most, 120)}}}}};
    const auto count = TRY(segments.count(rule));
    people[std::string(band.name)] = static_cast<double>(count.totals.voters);
    known += static_cast<double>(count.totals.voters);
  }
  const auto all = TRY(segments.count(on_the_roll()));
  const double unknown = static_cast<double>(all.totals.voters) - known;
  if (unknown > 0) people[std::string(kUnknown)] = unknown;
  return people;
}

Result<People> people_by(const segments::SegmentService& segments, segments::Field field) {
  const auto count = TRY(segments.count(on_the_roll(), field));
  People people;
  for (const segments::Group& group : count.groups) {
    people[group.value.empty() ? std::string(kUnknown) : group.value] +=
        static_cast<double>(group.count);
  }
  return people;
}

std::string category_of(const Respondent& respondent, const std::string& name) {
  if (name == "age") return age_band(respondent.age);
  const std::string& value = name == "gender"  ? respondent.gender
                             : name == "party" ? respondent.party
                             : name == "state" ? respondent.state
                                               : respondent.county;
  return value.empty() ? std::string(kUnknown) : value;
}

/// Categories in the order of ages, or the largest first.
std::vector<std::string> ordered(const std::string& name, const People& people) {
  std::vector<std::string> names;
  for (const auto& [category, count] : people)
    names.push_back(category);
  if (name == "age") {
    const auto place = [](const std::string& category) {
      return std::ranges::find(kAges, category, &AgeBand::name) - kAges.begin();
    };
    std::ranges::sort(names, {}, place);
  } else {
    std::ranges::sort(names, [&](const std::string& a, const std::string& b) {
      const double of_a = people.at(a);
      const double of_b = people.at(b);
      return of_a != of_b ? of_a > of_b : a < b;
    });
  }
  return names;
}

/// Where respondents of small categories go: among the others, or with the largest where the others
/// together are small too.
std::uint32_t place_of_rest(Margin& margin, double rest, double all) {
  if (margin.totals.empty() || rest >= kSmallShare * all) {
    margin.categories.emplace_back(kOther);
    margin.totals.push_back(rest);
    return static_cast<std::uint32_t>(margin.totals.size() - 1);
  }
  const auto largest = std::ranges::max_element(margin.totals) - margin.totals.begin();
  const auto place = static_cast<std::size_t>(largest);
  margin.totals[place] += rest;
  margin.categories[place] += " and others";
  return static_cast<std::uint32_t>(place);
}

Margin margin_of(const std::string& name, const People& people,
                 const std::vector<Respondent>& respondents, std::vector<std::string>& merged) {
  double all = 0;
  for (const auto& [category, count] : people)
    all += count;
  Margin margin{.name = name};
  std::map<std::string, std::uint32_t> places;
  double rest = 0;
  std::size_t small = 0;
  for (const std::string& category : ordered(name, people)) {
    const double count = people.at(category);
    if (count < kSmallShare * all) {
      rest += count;
      ++small;
      continue;
    }
    places[category] = static_cast<std::uint32_t>(margin.categories.size());
    margin.categories.push_back(category);
    margin.totals.push_back(count);
  }
  std::optional<std::uint32_t> of_rest;
  if (rest > 0) of_rest = place_of_rest(margin, rest, all);
  for (const Respondent& respondent : respondents) {
    const auto place = places.find(category_of(respondent, name));
    if (place == places.end() && !of_rest) of_rest = place_of_rest(margin, 0, all);
    margin.category.push_back(place == places.end() ? *of_rest : place->second);
  }
  if (small > 0) merged.push_back(fmt::format("{}: {}", name, small));
  return margin;
}

}  // namespace

Result<RegistryMargins> registry_margins(const segments::SegmentService& segments,
                                         const std::vector<std::string>& names,
                                         const std::vector<Respondent>& respondents) {
  RegistryMargins out;
  for (const std::string& name : names) {
    const auto field = segments::field_from(name);
    const bool is_margin =
        name == "age" || name == "gender" || name == "party" || name == "county" || name == "state";
    if (!is_margin || !field) {
      return invalid(fmt::format("\"{}\" is no margin; there are {}.", name, kMarginNames),
                     "margins");
    }
    const People people =
        name == "age" ? TRY(people_by_age(segments)) : TRY(people_by(segments, *field));
    out.margins.push_back(margin_of(name, people, respondents, out.merged));
  }
  out.fresh = segments.freshness();
  return out;
}

}  // namespace hustings::api
