#include "linkage/model.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "linkage/level_priors.h"
#include "linkage/weights.h"

namespace hustings::linkage {
namespace {

std::string level_name(Pattern pattern, std::size_t field) {
  switch (static_cast<Field>(std::min(field, kFixedFields))) {
    case Field::first:
      return std::string(to_string(pattern.first()));
    case Field::middle:
      return std::string(to_string(pattern.middle()));
    case Field::birth:
      return std::string(to_string(pattern.birth()));
    case Field::suffix:
      return std::string(to_string(pattern.suffix()));
    case Field::sex:
      return std::string(to_string(pattern.sex()));
    case Field::extra:
      break;
  }
  return std::string(to_string(pattern.extra(field - kFixedFields)));
}

std::string joint_name(Pattern pattern) {
  return fmt::format("last name {}, address {}, phone {}, e-mail {}", to_string(pattern.last()),
                     to_string(pattern.address()), to_string(pattern.phone()),
                     to_string(pattern.email()));
}

}  // namespace

double ratio_bits(double m, double u) {
  constexpr double kLeast = 1e-12;
  return std::log2(std::max(m, kLeast) / std::max(u, kLeast));
}

NameClass class_of(FirstLevel level) {
  switch (level) {
    case FirstLevel::exact:
    case FirstLevel::nickname:
    case FirstLevel::slip:
    case FirstLevel::swapped:
    case FirstLevel::initial_same:
      return NameClass::alike;
    case FirstLevel::typo:
    case FirstLevel::close:
    case FirstLevel::near:
    case FirstLevel::middle:
      return NameClass::similar;
    default:
      return NameClass::other;
  }
}

std::size_t levels_of(std::size_t field) {
  constexpr std::array<std::size_t, kFixedFields> kLevels = {
      kFirstLevels, kMiddleLevels, kBirthLevels, kSuffixLevels, kSexLevels};
  return field < kFixedFields ? kLevels[field] : kExtraLevels;
}

std::size_t level_of(Pattern pattern, std::size_t field) {
  switch (static_cast<Field>(std::min(field, kFixedFields))) {
    case Field::first:
      return static_cast<std::size_t>(pattern.first());
    case Field::middle:
      return static_cast<std::size_t>(pattern.middle());
    case Field::birth:
      return static_cast<std::size_t>(pattern.birth());
    case Field::suffix:
      return static_cast<std::size_t>(pattern.suffix());
    case Field::sex:
      return static_cast<std::size_t>(pattern.sex());
    case Field::extra:
      break;
  }
  return static_cast<std::size_t>(pattern.extra(field - kFixedFields));
}

int group_of(std::size_t field, std::size_t level) {
  const auto from = [&](auto first_of_group) {
    return level >= static_cast<std::size_t>(first_of_group);
  };
  if (field == static_cast<std::size_t>(Field::suffix)) return 1;  // none is an answer too
  if (level == 0) return 0;
  switch (static_cast<Field>(std::min(field, kFixedFields))) {
    case Field::first:
      return from(FirstLevel::initial_same) ? 2 : 1;
    case Field::middle:
      return from(MiddleLevel::initial_same) ? 2 : 1;
    case Field::birth:
      if (from(BirthLevel::year_same)) return 3;
      return from(BirthLevel::month_same) ? 2 : 1;
    default:
      return 1;
  }
}

void normalise_groups(std::size_t field, Levels& levels) {
  std::array<double, 4> sums{};
  for (std::size_t i = 0; i < levels.size(); ++i)
    sums[static_cast<std::size_t>(group_of(field, i))] += levels[i];
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const int group = group_of(field, i);
    const double sum = sums[static_cast<std::size_t>(group)];
    levels[i] = group == 0 ? 1 : (sum > 0 ? levels[i] / sum : levels[i]);
  }
}

int JointCell::address_base() const {
  if (address == AddressLevel::missing) return 0;
  return address >= AddressLevel::only_zip_same ? 1 : 2;
}

bool JointCell::is_household() const {
  return address == AddressLevel::same_unit || address == AddressLevel::same_house ||
         phone == PhoneLevel::same || email == EmailLevel::same ||
         (address == AddressLevel::partly && last != LastLevel::missing && last <= LastLevel::part);
}

std::size_t JointCell::group() const {
  const std::size_t last_known = last == LastLevel::missing ? 0 : 1;
  const std::size_t phone_known = phone == PhoneLevel::missing ? 0 : 1;
  const std::size_t email_known = email == EmailLevel::missing ? 0 : 1;
  return ((last_known * 3 + static_cast<std::size_t>(address_base())) * 2 + phone_known) * 2 +
         email_known;
}

JointCell joint_cell(std::size_t index) {
  JointCell cell{};
  cell.email = static_cast<EmailLevel>(index % kEmailLevels);
  index /= kEmailLevels;
  cell.phone = static_cast<PhoneLevel>(index % kPhoneLevels);
  index /= kPhoneLevels;
  cell.address = static_cast<AddressLevel>(index % kAddressLevels);
  cell.last = static_cast<LastLevel>(index / kAddressLevels);
  return cell;
}

Model::Model(std::size_t extras)
    : fields(kFixedFields + extras), joint_m(kJointLevels), joint_u(kJointLevels) {
  for (std::size_t f = 0; f < fields.size(); ++f) {
    fields[f].m = prior_m(f);
    fields[f].u.fill(prior_u(f));
    fields[f].u_household = fields[f].u;
  }
  const JointMarginals m = prior_joint_m();
  const JointMarginals u = prior_joint_u();
  for (std::size_t i = 0; i < kJointLevels; ++i) {
    joint_m[i] = m.product(joint_cell(i));
    joint_u[i] = u.product(joint_cell(i));
  }
}

double Model::field_bits(Pattern pattern, std::size_t field) const {
  const std::size_t level = level_of(pattern, field);
  const FieldTable& table = fields[field];
  const auto name = static_cast<std::size_t>(class_of(pattern.first()));
  const auto& u = pattern.is_household() ? table.u_household : table.u;
  return ratio_bits(table.m[level], u[name][level]);
}

double Model::bits(Pattern pattern) const {
  double sum = ratio_bits(joint_m[pattern.joint()], joint_u[pattern.joint()]);
  for (std::size_t f = 0; f < fields.size(); ++f)
    sum += field_bits(pattern, f);
  return sum;
}

double Model::prior_bits() const {
  const double share = std::clamp(lambda, 1e-18, 1 - 1e-9);
  return std::log2(share / (1 - share));
}

std::vector<Evidence> Model::explain(Pattern pattern,
                                     const std::vector<std::string>& extra_names) const {
  constexpr std::array<std::string_view, kFixedFields> kNames = {"first name", "middle name",
                                                                 "birth date", "suffix", "sex"};
  std::vector<Evidence> evidence;
  evidence.push_back({.field = "household",
                      .level = joint_name(pattern),
                      .bits = ratio_bits(joint_m[pattern.joint()], joint_u[pattern.joint()])});
  for (std::size_t f = 0; f < fields.size(); ++f) {
    std::string name;
    if (f < kFixedFields) {
      name = kNames[f];
    } else {
      const std::size_t extra = f - kFixedFields;
      name = extra < extra_names.size() ? extra_names[extra] : fmt::format("other {}", extra + 1);
    }
    evidence.push_back({.field = std::move(name),
                        .level = level_name(pattern, f),
                        .bits = field_bits(pattern, f)});
  }
  return evidence;
}

Weights::Weights(const Model& model) : prior_(model.prior_bits()), joint_(kJointLevels) {
  for (std::size_t i = 0; i < kJointLevels; ++i)
    joint_[i] = ratio_bits(model.joint_m[i], model.joint_u[i]);
  for (auto& tables : fields_)
    tables.resize(model.fields.size());
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    const FieldTable& table = model.fields[f];
    for (std::size_t level = 0; level < table.m.size(); ++level) {
      for (std::size_t name = 0; name < kNameClasses; ++name) {
        fields_[name][f][level] = ratio_bits(table.m[level], table.u[name][level]);
        fields_[kNameClasses + name][f][level] =
            ratio_bits(table.m[level], table.u_household[name][level]);
      }
    }
  }
}

double probability_of(double log_odds) { return 1 / (1 + std::exp2(-log_odds)); }

}  // namespace hustings::linkage
