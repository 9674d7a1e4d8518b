#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "access/access_service.h"
#include "access/identity.h"
#include "base/clock.h"
#include "pg/connection.h"

namespace hustings::access {

/// What a sign-in must know of a person.
struct AccessService::Account {
  PersonId person;
  std::string name;
  std::string email;
  Role role = Role::caller;
  std::optional<std::string> password_hash;
  bool is_disabled = false;
  std::optional<Instant> locked_until;
};

/// A role as the database holds it; its check constraint lets no other in.
Role stored_role(std::string_view text);
/// A row of get_person, list_people or person_by_email.
Person person_from(const pg::Row& row);
/// Nothing if there is no such person.
std::optional<Person> get_person(pg::Connection& connection, PersonId person);
Status require_administrator(const Actor& actor);
/// {"role":"…"}, the payload of person_saved.
std::string role_payload(Role role);

}  // namespace hustings::access
