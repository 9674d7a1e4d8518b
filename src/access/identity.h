#pragma once

#include <optional>
#include <string>

#include "access/role.h"
#include "base/clock.h"
#include "model/ids.h"

namespace hustings::access {

/// On whose behalf something is done, as tables and the feed write it.
struct Actor {
  std::string text = "system";  ///< "person:3", or "system" for the shell and the program itself
  Role role = Role::administrator;
};

/// Who is signed in, through one session.
struct Identity {
  PersonId person;
  std::string name;
  std::string email;  ///< empty for callers who came by a join link
  Role role = Role::caller;
  std::optional<PhonebankId> phonebank;  ///< the phone bank a caller has joined
  std::string csrf;                      ///< what a write must carry beside the cookie
  Instant expires;

  Actor actor() const { return {"person:" + std::to_string(person.value()), role}; }
};

}  // namespace hustings::access
