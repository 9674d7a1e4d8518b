#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "access/access_service.h"
#include "access/role.h"
#include "api/context.h"
#include "api/spec.h"
#include "base/clock.h"
#include "model/ids.h"

namespace hustings::api {

template <>
struct ChoiceNames<access::Role> {
  static constexpr std::array<std::string_view, 5> kNames = {"administrator", "data_director",
                                                             "phonebank_lead", "caller", "analyst"};
};

/// Who is signed in, as every way of signing in answers.
struct SessionShape {
  static constexpr std::string_view kName = "Session";
  struct Who {
    static constexpr std::string_view kName = "SessionPerson";
    PersonId id;
    std::string name;
    std::optional<std::string> email;
    access::Role role = access::Role::caller;
    static Fields fields() {
      return {field("id", &Who::id, "The person."), field("name", &Who::name, "Their name."),
              field("email", &Who::email, "Null for callers who came by a join link."),
              field("role", &Who::role, "What they may do.")};
    }
  };
  Who person;
  std::string csrf;
  std::optional<PhonebankId> phonebank;
  Instant expires_at;
  static Fields fields() {
    return {field("person", &SessionShape::person, "Who is signed in."),
            field("csrf", &SessionShape::csrf, "What each write carries in X-Hustings-CSRF."),
            field("phonebank", &SessionShape::phonebank, "The phone bank that a caller joined."),
            field("expires_at", &SessionShape::expires_at,
                  "When the session ends unless it is used before.")};
  }
};

SessionShape shown(const access::Identity& identity);
/// Sends the new session's cookie with the answer.
SessionShape begin_session(Context& context, const access::SignedIn& session);

}  // namespace hustings::api
