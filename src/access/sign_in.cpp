#include <array>

#include <fmt/format.h>

#include "access/access_service.h"
#include "access/account.h"
#include "access/sql.h"
#include "base/text.h"

namespace hustings::access {
namespace {

std::unexpected<Error> wrong() {
  return refuse(ErrorCode::unauthenticated,
                "The e-mail address or the password is wrong. Try again, or ask an administrator "
                "for a sign-in link.");
}

std::unexpected<Error> locked(Instant until) {
  const std::string iso = to_iso(until);
  return refuse(
      ErrorCode::overloaded,
      fmt::format("There were too many wrong passwords for this e-mail address. Try again "
                  "after {} UTC.",
                  iso.substr(11, 5)),
      "email");
}

}  // namespace

std::optional<AccessService::Account> AccessService::find_account(std::string_view email) {
  const pg::Rows rows = pool_.acquire()->run(sql::kAccountByEmail, email);
  if (rows.empty()) return std::nullopt;
  const pg::Row row = rows[0];
  return Account{.person = row.get<PersonId>(0),
                 .name = row.get<std::string>(1),
                 .email = row.get<std::string>(2),
                 .role = stored_role(row.text(3)),
                 .password_hash = row.get<std::optional<std::string>>(4),
                 .is_disabled = row.get<bool>(5),
                 .locked_until = row.get<std::optional<Instant>>(6)};
}

Result<SignedIn> AccessService::sign_in(std::string_view email, std::string_view password) {
  const auto clean = clean_email(email);
  const auto account = clean ? find_account(*clean) : std::nullopt;
  if (account) return sign_in_to(*account, password);

  const std::string name = to_lower(trim(email));
  if (const auto until = unknown_emails_.locked_until(name, clock_.now())) return locked(*until);
  TRY(passwords_.match_nobody(password));
  unknown_emails_.count(name, clock_.now());
  note_refusal({.reason = "unknown"});
  return wrong();
}

Result<SignedIn> AccessService::sign_in_to(const Account& account, std::string_view password) {
  if (account.locked_until && *account.locked_until > clock_.now()) {
    return locked(*account.locked_until);
  }
  bool is_right = false;
  if (account.password_hash)
    is_right = TRY(passwords_.matches(*account.password_hash, password));
  else
    TRY(passwords_.match_nobody(password));
  if (!is_right) {
    note_refusal({.account = &account, .reason = "password", .is_counted = true});
    return wrong();
  }
  if (account.is_disabled) {
    note_refusal({.account = &account, .reason = "disabled"});
    return refuse(ErrorCode::forbidden, "This account has been disabled. Ask an administrator.");
  }
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  transaction.run(sql::kClearSignInFailures, account.person);
  SignedIn session = make_session(transaction, {.person = account.person,
                                                .name = account.name,
                                                .email = account.email,
                                                .role = account.role});
  const std::array changes = {feed::Change{.kind = ChangeKind::signed_in,
                                           .subject = feed::subject_of("person", account.person),
                                           .actor = session.identity.actor().text,
                                           .payload = R"({"by":"password"})"}};
  feed::commit(transaction, changes);
  return session;
}

void AccessService::note_refusal(const Refusal& refusal) {
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  if (refusal.is_counted) {
    transaction.run(sql::kNoteSignInFailure, refusal.account->person, kFailuresMax,
                    clock_.now() + kLockTime);
  }
  const std::array changes = {feed::Change{
      .kind = ChangeKind::sign_in_refused,
      .subject = refusal.account == nullptr ? "nobody"
                                            : feed::subject_of("person", refusal.account->person),
      .actor = "system",
      .payload = fmt::format(R"({{"reason":"{}"}})", refusal.reason)}};
  feed::commit(transaction, changes);
  log_.warning("sign_in_refused", {{"reason", refusal.reason}});
}

}  // namespace hustings::access
