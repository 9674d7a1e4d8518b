#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "linkage/comparison.h"

/// The model of Fellegi and Sunter (1969): how likely each level is among pairs of one person (m)
/// and among pairs of two (u), and how many pairs are of one person (lambda).
namespace hustings::linkage {

/// The fields that are compared one by one; other columns follow them. Last name, address, phone
/// and e-mail are the joint comparison.
enum class Field : std::uint8_t { first, middle, birth, suffix, sex, extra };
constexpr std::size_t kFixedFields = 5;

/// How alike the first names of two people are, on which all else that is shared inside a household
/// hangs: twins share the birth date and not the name, a junior the name and not the birth date;
/// and strangers of one first name mostly are of one sex and of an age.
enum class NameClass : std::uint8_t { alike, similar, other };
constexpr std::size_t kNameClasses = 3;
NameClass class_of(FirstLevel level);

/// Probabilities by level. Levels that can only be reached with the same parts known (a full date,
/// a year alone, an initial) form a group and sum to 1 in it.
using Levels = std::vector<double>;

struct FieldTable {
  Levels m;
  std::array<Levels, kNameClasses> u;  ///< among strangers
  /// Among two people who share a house, a telephone or an e-mail address.
  std::array<Levels, kNameClasses> u_household;
};

/// Why a pair is taken for one person, or not: bits > 0 speak for it.
struct Evidence {
  std::string field;  ///< "first name", "household", "other 1", …
  std::string level;  ///< "exact", "one edit apart", …
  double bits = 0;
};

class Model {
 public:
  /// As one would guess before any data, with so many other columns.
  explicit Model(std::size_t extras = 0);

  double lambda = 1e-6;  ///< share of all pairs that are of one person
  std::vector<FieldTable> fields;
  Levels joint_m;  ///< kJointLevels
  Levels joint_u;
  bool term_frequencies = true;  ///< rare names weigh more

  std::size_t extras() const { return fields.size() - kFixedFields; }
  /// log2 of the odds that a pair is of one person, lambda included, frequencies of names not.
  double log_odds(Pattern pattern) const { return prior_bits() + bits(pattern); }
  double bits(Pattern pattern) const;
  double prior_bits() const;
  /// The parts that bits() sums up. `extra_names` may be shorter than there are other columns.
  std::vector<Evidence> explain(Pattern pattern, const std::vector<std::string>& extra_names) const;

  std::string to_json() const;
  /// invalid if it is no model.
  static Result<Model> from_json(std::string_view text);

 private:
  double field_bits(Pattern pattern, std::size_t field) const;
};

/// log2(m / u).
double ratio_bits(double m, double u);
/// 0 to 1 from log2 odds.
double probability_of(double log_odds);

/// A pair's level in a field of Model::fields.
std::size_t level_of(Pattern pattern, std::size_t field);
/// Levels of one group are alternatives; group 0 is "missing" and says nothing.
int group_of(std::size_t field, std::size_t level);
std::size_t levels_of(std::size_t field);
/// Scales each group to the sum 1.
void normalise_groups(std::size_t field, Levels& levels);

/// The joint comparison's parts, and which of its cells are alternatives.
struct JointCell {
  LastLevel last;
  AddressLevel address;
  PhoneLevel phone;
  EmailLevel email;
  int address_base() const;  ///< 0 missing, 1 the ZIP alone, 2 a full address
  bool is_household() const;
  /// 0 to kJointGroups - 1: which of the four are known.
  std::size_t group() const;
};
constexpr std::size_t kJointGroups = 24;
JointCell joint_cell(std::size_t index);

}  // namespace hustings::linkage
