#pragma once

#include <array>

#include "linkage/model.h"

/// What one would expect of a level before any data. Pseudo-counts of training: with thousands of
/// matches they vanish, with a handful they keep the model from collapsing.
namespace hustings::linkage {

Levels prior_m(std::size_t field);
Levels prior_u(std::size_t field);

/// The most that training may believe of a level among matches. A father and a son of one name and
/// address fit both the class of matches and that of two people; data alone cannot tell, so what
/// hardly ever happens to one person is known beforehand. Where there are no families only the
/// rule of reason holds: a field that mostly differs among matches tells nothing.
double highest_m(std::size_t field, std::size_t level, bool families);

/// The parts of the joint comparison as if they were independent.
struct JointMarginals {
  std::array<double, kLastLevels> last;
  std::array<double, kAddressLevels> address;  ///< full addresses and ZIPs alone sum to 1 each
  std::array<double, kPhoneLevels> phone;
  std::array<double, kEmailLevels> email;

  double product(const JointCell& cell) const {
    return last[static_cast<std::size_t>(cell.last)] *
           address[static_cast<std::size_t>(cell.address)] *
           phone[static_cast<std::size_t>(cell.phone)] *
           email[static_cast<std::size_t>(cell.email)];
  }
};
JointMarginals prior_joint_m();
JointMarginals prior_joint_u();

}  // namespace hustings::linkage
