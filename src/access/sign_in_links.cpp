#include <array>

#include "access/access_service.h"
#include "access/account.h"
#include "access/sql.h"
#include "base/secret.h"

namespace hustings::access {
namespace {

feed::Change signed_in_change(PersonId person) {
  return {.kind = ChangeKind::signed_in,
          .subject = feed::subject_of("person", person),
          .actor = feed::subject_of("person", person),
          .payload = R"({"by":"link"})"};
}

/// Why the link was not there to be used.
std::unexpected<Error> refuse_link(pg::Transaction& transaction, const std::string& hash) {
  const pg::Rows rows = transaction.run(sql::kSignInLinkState, pg::Bytes{hash});
  if (rows.empty()) {
    return refuse(
        ErrorCode::not_found,
        "This sign-in link is not known, or a newer one has replaced it. Check that all of "
        "it was copied, or ask an administrator for a new one.");
  }
  const bool is_used = rows[0].get<bool>(0);
  return refuse(ErrorCode::expired,
                is_used
                    ? "This sign-in link has been used; each signs in once. Ask an administrator "
                      "for a new one."
                    : "This sign-in link has expired; each is good for 24 hours. Ask an "
                      "administrator for a new one.");
}

}  // namespace

bool AccessService::has_administrator() {
  return pool_.acquire()->run(sql::kHasAdministrator).only().get<bool>(0);
}

Result<SignInLink> AccessService::make_first_administrator_link() {
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  if (transaction.run(sql::kHasAdministrator).only().get<bool>(0)) {
    return refuse(ErrorCode::conflict,
                  "There is an administrator already; ask them for a sign-in link.");
  }
  SignInLink link{.token = random_token(), .expires_at = clock_.now() + kSignInLinkTime};
  const std::optional<PersonId> nobody;
  transaction.run(sql::kDropUnusedSignInLinks, nobody);
  transaction.run(sql::kMakeSignInLink, pg::Bytes{token_hash(link.token)}, nobody, clock_.now(),
                  link.expires_at);
  transaction.commit();
  return link;
}

Result<SignInLink> AccessService::make_sign_in_link(const Actor& actor, PersonId person) {
  TRY(require_administrator(actor));
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  const auto found = get_person(*connection, person);
  if (!found) return refuse(ErrorCode::not_found, "There is no such person.");
  if (found->disabled_at) {
    return refuse(ErrorCode::conflict, "This person is disabled. Enable them first.");
  }
  SignInLink link{.token = random_token(), .expires_at = clock_.now() + kSignInLinkTime};
  transaction.run(sql::kDropUnusedSignInLinks, person);
  transaction.run(sql::kMakeSignInLink, pg::Bytes{token_hash(link.token)}, person, clock_.now(),
                  link.expires_at);
  const std::array changes = {feed::Change{.kind = ChangeKind::person_saved,
                                           .subject = feed::subject_of("person", person),
                                           .actor = actor.text,
                                           .payload = R"({"sign_in_link":"made"})"}};
  feed::commit(transaction, changes);
  return link;
}

Result<SignedIn> AccessService::use_sign_in_link(std::string_view token, const LinkUse& use) {
  // The new password is hashed (64 MiB, a tenth of a second) with the link's row locked, so only
  // for a link that is known: strangers cannot cause it.
  const std::string hash = token_hash(token);
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  const pg::Rows rows = transaction.run(sql::kUseSignInLink, pg::Bytes{hash}, clock_.now());
  if (rows.empty()) return refuse_link(transaction, hash);
  const auto person = rows[0].get<std::optional<PersonId>>(0);
  auto session = person ? sign_in_by_link(transaction, *person, use)
                        : become_first_administrator(transaction, use);
  if (session && person) sessions_.forget_person(*person);
  return session;
}

Result<SignedIn> AccessService::become_first_administrator(pg::Transaction& transaction,
                                                           const LinkUse& use) {
  if (!transaction.run(sql::kAdministrators).empty()) {
    return refuse(ErrorCode::conflict,
                  "There is an administrator already; ask them for a sign-in link.");
  }
  Identity identity{.role = Role::administrator};
  identity.name = TRY(clean_name(use.name.value_or("")));
  identity.email = TRY(clean_email(use.email.value_or("")));
  TRY(check_password(use.password.value_or(""), identity.email));
  const std::string password_hash = TRY(passwords_.hash(*use.password));
  const pg::Rows made = transaction.run(sql::kMakePerson, identity.name, identity.email,
                                        to_string(identity.role), password_hash, clock_.now());
  if (made.empty()) {
    return refuse(ErrorCode::conflict, "Someone with this e-mail address exists already.", "email");
  }
  identity.person = made[0].get<PersonId>(0);
  SignedIn session = make_session(transaction, identity);
  const std::array changes = {feed::Change{.kind = ChangeKind::person_saved,
                                           .subject = feed::subject_of("person", identity.person),
                                           .actor = identity.actor().text,
                                           .payload = role_payload(identity.role)},
                              signed_in_change(identity.person)};
  feed::commit(transaction, changes);
  return session;
}

Result<SignedIn> AccessService::sign_in_by_link(pg::Transaction& transaction, PersonId id,
                                                const LinkUse& use) {
  transaction.run(sql::kLockPerson, id);
  const Person person = get_person(transaction.connection(), id).value();
  if (person.disabled_at) {
    return refuse(ErrorCode::forbidden, "This account has been disabled. Ask an administrator.");
  }
  if (use.password) {
    TRY(check_password(*use.password, person.email));
    const std::string password_hash = TRY(passwords_.hash(*use.password));
    transaction.run(sql::kUpdatePerson, id, std::nullopt, std::nullopt, password_hash,
                    clock_.now());
    transaction.run(sql::kEndSessionsOf, id);
  }
  transaction.run(sql::kClearSignInFailures, id);
  SignedIn session = make_session(
      transaction, {.person = id, .name = person.name, .email = person.email, .role = person.role});
  std::vector<feed::Change> changes = {signed_in_change(id)};
  if (use.password) {
    changes.push_back({.kind = ChangeKind::person_saved,
                       .subject = feed::subject_of("person", id),
                       .actor = session.identity.actor().text,
                       .payload = role_payload(person.role)});
  }
  feed::commit(transaction, changes);
  return session;
}

}  // namespace hustings::access
