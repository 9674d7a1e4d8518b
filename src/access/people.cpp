#include <array>

#include <fmt/format.h>

#include "access/access_service.h"
#include "access/account.h"
#include "access/sql.h"
#include "base/text.h"

namespace hustings::access {

Role stored_role(std::string_view text) {
  const auto role = role_from(text);
  CHECK(role.has_value());
  return *role;
}

Person person_from(const pg::Row& row) {
  return {.id = row.get<PersonId>(0),
          .name = row.get<std::string>(1),
          .email = row.get<std::string>(2),
          .role = stored_role(row.text(3)),
          .has_password = row.get<bool>(4),
          .created_at = row.get<Instant>(5),
          .disabled_at = row.get<std::optional<Instant>>(6)};
}

std::optional<Person> get_person(pg::Connection& connection, PersonId person) {
  const pg::Rows rows = connection.run(sql::kGetPerson, person);
  return rows.empty() ? std::nullopt : std::optional(person_from(rows[0]));
}

std::string role_payload(Role role) { return fmt::format(R"({{"role":"{}"}})", to_string(role)); }

Status require_administrator(const Actor& actor) {
  if (actor.role == Role::administrator) return {};
  return refuse(ErrorCode::forbidden, "Only an administrator may do this.");
}

Result<Person> AccessService::create_person(const Actor& actor, const NewPerson& person) {
  TRY(require_administrator(actor));
  if (!is_staff(person.role)) {
    return invalid("Callers come by a join link. Choose another role, or make a join link.",
                   "role");
  }
  const std::string name = TRY(clean_name(person.name));
  const std::string email = TRY(clean_email(person.email));
  std::optional<std::string> password_hash;
  if (person.password) {
    TRY(check_password(*person.password, email));
    password_hash = TRY(passwords_.hash(*person.password));
  }
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  const pg::Rows made = transaction.run(sql::kMakePerson, name, email, to_string(person.role),
                                        password_hash, clock_.now());
  if (made.empty()) {
    return refuse(ErrorCode::conflict, "Someone with this e-mail address exists already.", "email");
  }
  const auto id = made[0].get<PersonId>(0);
  Person out = get_person(*connection, id).value();
  const std::array changes = {feed::Change{.kind = ChangeKind::person_saved,
                                           .subject = feed::subject_of("person", id),
                                           .actor = actor.text,
                                           .payload = role_payload(person.role)}};
  feed::commit(transaction, changes);
  return out;
}

Result<PeoplePage> AccessService::list_people(const Actor& actor, PersonId after, int limit) {
  TRY(require_administrator(actor));
  CHECK(limit > 0);
  PeoplePage page;
  // One more than asked for tells whether there is a next page.
  for (const pg::Row row : pool_.acquire()->run(sql::kListPeople, after, limit + 1)) {
    if (std::ssize(page.people) == limit) {
      page.next = page.people.back().id;
      break;
    }
    page.people.push_back(person_from(row));
  }
  return page;
}

Result<Person> AccessService::find_person(std::string_view email) {
  const std::string clean = TRY(clean_email(email));
  const pg::Rows rows = pool_.acquire()->run(sql::kPersonByEmail, clean);
  if (rows.empty()) {
    return refuse(ErrorCode::not_found, "There is nobody with this e-mail address.", "email");
  }
  return person_from(rows[0]);
}

namespace {

/// "person:3" -> 3
std::optional<PersonId> person_of(std::string_view actor) {
  constexpr std::string_view kPrefix = "person:";
  if (!actor.starts_with(kPrefix)) return std::nullopt;
  const auto number = parse_int(actor.substr(kPrefix.size()));
  return number ? std::optional(PersonId(*number)) : std::nullopt;
}

}  // namespace

std::map<std::string, std::string> AccessService::names_of(const std::vector<std::string>& actors,
                                                           Deadline deadline) {
  std::map<std::string, std::string> names;
  std::vector<PersonId> people;
  for (const std::string& actor : actors) {
    if (!names.emplace(actor, actor == "system" ? "the program" : actor).second) continue;
    if (const auto person = person_of(actor)) people.push_back(*person);
  }
  if (people.empty()) return names;
  for (const pg::Row row : pool_.acquire(deadline)->run(sql::kNamesOfPeople, people)) {
    names[feed::subject_of("person", row.get<PersonId>(0))] = row.get<std::string>(1);
  }
  return names;
}

Status AccessService::check_administrators_left(pg::Transaction& transaction, PersonId without) {
  bool is_administrator = false;
  bool is_another = false;
  for (const pg::Row row : transaction.run(sql::kAdministrators)) {
    (row.get<PersonId>(0) == without ? is_administrator : is_another) = true;
  }
  if (!is_administrator || is_another) return {};
  return refuse(ErrorCode::conflict,
                "This is the last administrator. Make another person administrator first.");
}

namespace {

/// A role must fit the way the person signs in.
Status check_role_change(const Person& person, Role role) {
  if (role == person.role) return {};
  if (!is_staff(role)) {
    return invalid("Nobody becomes a caller this way; callers come by a join link.", "role");
  }
  if (person.email.empty()) {
    return invalid(
        "This person came by a join link and has no e-mail address. Add them as a new "
        "person.",
        "role");
  }
  return {};
}

}  // namespace

Result<Person> AccessService::update_person(const Actor& actor, PersonId id,
                                            const PersonChange& change) {
  TRY(require_administrator(actor));
  const auto before = get_person(*pool_.acquire(), id);
  if (!before) return refuse(ErrorCode::not_found, "There is no such person.");
  if (!change.role && !change.disabled && !change.password) return *before;
  std::optional<std::string> password_hash;
  if (change.password) {
    if (before->email.empty()) {
      return invalid("This person came by a join link and has no password.", "password");
    }
    TRY(check_password(*change.password, before->email));
    password_hash = TRY(passwords_.hash(*change.password));
  }
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  const bool loses_role = change.role && *change.role != Role::administrator;
  if (loses_role || change.disabled.value_or(false)) {
    TRY(check_administrators_left(transaction, id));
  }
  transaction.run(sql::kLockPerson, id);
  const Person person = get_person(*connection, id).value();
  if (change.role) TRY(check_role_change(person, *change.role));
  const auto role = change.role ? std::optional(to_string(*change.role)) : std::nullopt;
  transaction.run(sql::kUpdatePerson, id, role, change.disabled, password_hash, clock_.now());
  transaction.run(sql::kEndSessionsOf, id);
  Person after = get_person(*connection, id).value();
  const std::array changes = {feed::Change{.kind = ChangeKind::person_saved,
                                           .subject = feed::subject_of("person", id),
                                           .actor = actor.text,
                                           .payload = role_payload(after.role)}};
  feed::commit(transaction, changes);
  sessions_.forget_person(id);
  return after;
}

}  // namespace hustings::access
