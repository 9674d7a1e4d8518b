#include "access/access_service.h"

#include <array>

#include "access/account.h"
#include "access/sql.h"
#include "base/secret.h"

namespace hustings::access {
namespace {

/// Of the hours that a session lasts, a small part: each touch is a write of its own.
constexpr std::chrono::minutes kTouchEvery{10};
constexpr std::chrono::days kKeepEndedSessions{1};
constexpr std::chrono::days kKeepEndedLinks{30};
constexpr std::size_t kTokenBytes = 43;

std::unexpected<Error> nobody() {
  return refuse(ErrorCode::unauthenticated,
                "You are not signed in, or your session has ended. "
                "Sign in again.");
}

}  // namespace

AccessService::AccessService(pg::Pool& pool, const Clock& clock, Log& log)
    : pool_(pool),
      clock_(clock),
      log_(log),
      sessions_(kCacheTime),
      unknown_emails_({.failures_max = kFailuresMax, .lock_time = kLockTime}) {}

Instant AccessService::session_end(Role role) const {
  return clock_.now() + (is_staff(role) ? kStaffSessionTime : kCallerSessionTime);
}

SignedIn AccessService::make_session(pg::Transaction& transaction, Identity identity) {
  const std::string token = random_token();
  identity.csrf = random_token();
  identity.expires = session_end(identity.role);
  transaction.run(sql::kMakeSession, pg::Bytes{token_hash(token)}, identity.person, identity.csrf,
                  identity.phonebank, clock_.now(), identity.expires);
  return {std::move(identity), token};
}

Result<Identity> AccessService::authenticate(std::string_view token, Counts counts) {
  if (token.size() != kTokenBytes) return nobody();
  const std::string hash = token_hash(token);
  if (auto identity = sessions_.find(hash, clock_.now())) return *std::move(identity);

  const std::uint64_t generation = sessions_.generation();
  const auto connection = pool_.acquire();
  const pg::Rows rows = connection->run(sql::kSessionIdentity, pg::Bytes{hash}, clock_.now());
  if (rows.empty()) return nobody();
  const pg::Row row = rows[0];
  Identity identity{.person = row.get<PersonId>(0),
                    .name = row.get<std::string>(1),
                    .email = row.get<std::string>(2),
                    .role = stored_role(row.text(3)),
                    .phonebank = row.get<std::optional<PhonebankId>>(4),
                    .csrf = row.get<std::string>(5),
                    .expires = row.get<Instant>(6)};
  const Instant now = clock_.now();
  if (counts == Counts::as_use && row.get<Instant>(7) + kTouchEvery <= now) {
    identity.expires = session_end(identity.role);
    connection->run(sql::kTouchSession, pg::Bytes{hash}, now, identity.expires, now - kTouchEvery);
  }
  sessions_.put(hash, identity, now, generation);
  return identity;
}

void AccessService::sign_out(std::string_view token) {
  const std::string hash = token_hash(token);
  pool_.acquire()->run(sql::kEndSession, pg::Bytes{hash});
  sessions_.forget(hash);
}

std::int64_t AccessService::remove_ended() {
  const auto connection = pool_.acquire();
  const Instant now = clock_.now();
  return connection->run(sql::kRemoveEndedSessions, now - kKeepEndedSessions).affected() +
         connection->run(sql::kRemoveEndedSignInLinks, now - kKeepEndedLinks).affected();
}

}  // namespace hustings::access
