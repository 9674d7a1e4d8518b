#include "linkage/level_priors.h"

#include <algorithm>

namespace hustings::linkage {
namespace {

// In the order of the levels' enums; a missing value says nothing (1).
constexpr std::array<double, kFirstLevels> kFirstM = {1,    0.86,  0.03, 0.035, 0.01, 0.01,
                                                      0.01, 0.005, 0.01, 0.015, 0.95, 0.05};
constexpr std::array<double, kFirstLevels> kFirstU = {1,    0.005,  0.005, 0.001, 0.004, 0.004,
                                                      0.01, 0.0001, 0.005, 0.96,  0.07,  0.93};
constexpr std::array<double, kMiddleLevels> kMiddleM = {1, 0.85, 0.08, 0.07, 0.93, 0.07};
constexpr std::array<double, kMiddleLevels> kMiddleU = {1, 0.01, 0.02, 0.97, 0.08, 0.92};
constexpr std::array<double, kBirthLevels> kBirthM = {
    1, 0.90, 0.05, 0.01, 0.01, 0.01, 0.005, 0.01, 0.002, 0.93, 0.03, 0.04, 0.93, 0.04, 0.03};
constexpr std::array<double, kBirthLevels> kBirthU = {1,      4e-5,   6e-4,  2e-5, 2e-3,
                                                      1.5e-3, 1.5e-2, 0.38,  0.60, 1.4e-3,
                                                      1.5e-2, 0.984,  0.016, 0.08, 0.904};
constexpr std::array<double, kSuffixLevels> kSuffixM = {0.95, 0.03, 0.018, 0.002};
constexpr std::array<double, kSuffixLevels> kSuffixU = {0.94, 0.001, 0.055, 0.004};
constexpr std::array<double, kSexLevels> kSexM = {1, 0.98, 0.02};
constexpr std::array<double, kSexLevels> kSexU = {1, 0.5, 0.5};
constexpr std::array<double, kExtraLevels> kExtraM = {1, 0.80, 0.10, 0.04, 0.06};
constexpr std::array<double, kExtraLevels> kExtraU = {1, 0.01, 0.01, 0.03, 0.95};

template <std::size_t Count>
Levels grouped(std::size_t field, const std::array<double, Count>& values) {
  Levels levels(values.begin(), values.end());
  normalise_groups(field, levels);
  return levels;
}

}  // namespace

Levels prior_m(std::size_t field) {
  switch (static_cast<Field>(std::min(field, kFixedFields))) {
    case Field::first:
      return grouped(field, kFirstM);
    case Field::middle:
      return grouped(field, kMiddleM);
    case Field::birth:
      return grouped(field, kBirthM);
    case Field::suffix:
      return grouped(field, kSuffixM);
    case Field::sex:
      return grouped(field, kSexM);
    case Field::extra:
      break;
  }
  return grouped(field, kExtraM);
}

Levels prior_u(std::size_t field) {
  switch (static_cast<Field>(std::min(field, kFixedFields))) {
    case Field::first:
      return grouped(field, kFirstU);
    case Field::middle:
      return grouped(field, kMiddleU);
    case Field::birth:
      return grouped(field, kBirthU);
    case Field::suffix:
      return grouped(field, kSuffixU);
    case Field::sex:
      return grouped(field, kSexU);
    case Field::extra:
      break;
  }
  return grouped(field, kExtraU);
}

double highest_m(std::size_t field, std::size_t level, bool families) {
  constexpr double kMostlySame = 0.4;
  const auto is = [&](auto what) { return level == static_cast<std::size_t>(what); };
  switch (static_cast<Field>(std::min(field, kFixedFields))) {
    case Field::first:
      if (is(FirstLevel::different)) return families ? 0.02 : kMostlySame;
      return is(FirstLevel::initial_differs) ? kMostlySame : 1;
    case Field::birth:
      if (is(BirthLevel::generation_apart)) return families ? 0.003 : 0.2;
      if (is(BirthLevel::different)) return families ? 0.02 : 0.2;
      return is(BirthLevel::year_differs) ? (families ? 0.01 : 0.2) : 1;
    case Field::suffix:
      return is(SuffixLevel::conflict) ? 0.001 : 1;  // never a reason for one person
    case Field::sex:
      return is(SexLevel::different) ? 0.1 : 1;
    default:
      return 1;
  }
}

JointMarginals prior_joint_m() {
  return {.last = {1, 0.90, 0.03, 0.01, 0.01, 0.01, 0.01, 0.03},
          .address = {1, 0.72, 0.05, 0.08, 0.05, 0.10, 0.90, 0.10},
          .phone = {1, 0.80, 0.20},
          .email = {1, 0.80, 0.20}};
}

JointMarginals prior_joint_u() {
  return {.last = {1, 0.002, 0.0005, 0.002, 0.002, 0.001, 0.01, 0.9825},
          .address = {1, 1e-6, 1e-6, 1e-5, 2e-3, 0.997988, 2e-3, 0.998},
          .phone = {1, 1e-6, 0.999999},
          .email = {1, 1e-6, 0.999999}};
}

}  // namespace hustings::linkage
