#include "api/permission.h"

#include <array>
#include <cstddef>

namespace hustings::api {
namespace {

struct Row {
  std::string_view name;
  bool data_director;
  bool phonebank_lead;
  bool caller;
  bool analyst;
};

/// The administrator may do everything.
constexpr std::array<Row, 17> kTable = {{
    {"anybody", true, true, true, true},
    {"signed_in", true, true, true, true},
    {"caller", false, true, true, false},
    {"registry_read", true, true, false, false},
    {"registry_write", true, false, false, false},
    {"suppress", true, true, false, false},
    {"segments_read", true, true, false, false},
    {"segments_write", true, false, false, false},
    {"numbers_read", true, true, false, true},
    {"voters_export", true, false, false, false},
    {"scripts_write", true, true, false, false},
    {"phonebank_read", true, true, false, false},
    {"phonebank_write", false, true, false, false},
    {"spending_read", true, false, false, false},
    {"spending_write", true, false, false, false},
    {"spending_approve", false, false, false, false},
    {"administer", false, false, false, false},
}};
static_assert(kTable.size() == static_cast<std::size_t>(Permission::administer) + 1);

const Row& row_of(Permission permission) { return kTable.at(static_cast<std::size_t>(permission)); }

}  // namespace

std::string_view to_string(Permission permission) { return row_of(permission).name; }

bool may(access::Role role, Permission permission) {
  const Row& row = row_of(permission);
  switch (role) {
    case access::Role::administrator:
      return true;
    case access::Role::data_director:
      return row.data_director;
    case access::Role::phonebank_lead:
      return row.phonebank_lead;
    case access::Role::caller:
      return row.caller;
    case access::Role::analyst:
      return row.analyst;
  }
  return false;
}

}  // namespace hustings::api
