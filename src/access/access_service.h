#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/identity.h"
#include "access/password_gate.h"
#include "access/role.h"
#include "access/session_cache.h"
#include "access/unknown_emails.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "feed/feed.h"
#include "model/ids.h"
#include "pg/pool.h"

namespace hustings::access {

/// A new session. The token goes into the cookie and is kept nowhere else.
struct SignedIn {
  Identity identity;
  std::string token;
};

struct Person {
  PersonId id;
  std::string name;
  std::string email;  ///< empty for callers who came by a join link
  Role role = Role::caller;
  bool has_password = false;
  Instant created_at;
  std::optional<Instant> disabled_at;
};
struct NewPerson {
  std::string name;
  std::string email;
  Role role = Role::phonebank_lead;
  std::optional<std::string> password;  ///< none: they first sign in with a sign-in link
};
/// What is absent stays as it is.
struct PersonChange {
  std::optional<Role> role;
  std::optional<bool> disabled;
  std::optional<std::string> password;
};
struct PeoplePage {
  std::vector<Person> people;
  std::optional<PersonId> next;  ///< give it as `after` for the next page
};

/// A secret that signs in once. It is shown once and kept as a hash.
struct SignInLink {
  std::string token;
  Instant expires_at;
};
/// The first administrator needs all three; for a lost password only the new one counts, and
/// without one the link merely signs in.
struct LinkUse {
  std::optional<std::string> name;
  std::optional<std::string> email;
  std::optional<std::string> password;
};

struct JoinLink {
  JoinLinkId id;
  std::string code;
  PhonebankId phonebank;
  Instant created_at;
  Instant expires_at;
  int uses = 0;
  int uses_max = 0;
  bool revoked = false;
};
struct NewJoinLink {
  PhonebankId phonebank;
  std::chrono::hours valid{24};
  int uses_max = 200;
};

/// Who may come in: people, sessions, sign-in links, join links. Calls may come from several
/// threads. Whatever names an `actor` checks that role and writes it to the feed.
class AccessService {
 public:
  AccessService(pg::Pool& pool, const Clock& clock, Log& log);

  // Sessions.
  /// One sentence for a wrong e-mail and a wrong password alike, in about the same time. After
  /// kFailuresMax in a row nobody gets in for kLockTime. overloaded when too many sign in at once.
  Result<SignedIn> sign_in(std::string_view email, std::string_view password);
  /// Who a cookie belongs to; unauthenticated for a wrong, ended or disabled one. Asks the
  /// database at most every kCacheTime for each session, so that it may be called for each request;
  /// what another process ended is noticed within that time, what this one ended at once. Each use
  /// moves the end of the session on, but a mere look.
  enum class Counts : std::uint8_t { as_use, as_look };
  Result<Identity> authenticate(std::string_view token, Counts counts = Counts::as_use);
  void sign_out(std::string_view token);
  /// Removes sessions and links that have long ended; how many. To be called now and then.
  std::int64_t remove_ended();

  // Sign-in links.
  /// For a new installation; conflict once there is an administrator. An earlier link ends.
  Result<SignInLink> make_first_administrator_link();
  Result<SignInLink> make_sign_in_link(const Actor& actor, PersonId person);
  Result<SignedIn> use_sign_in_link(std::string_view token, const LinkUse& use);

  // People. For administrators only.
  Result<Person> create_person(const Actor& actor, const NewPerson& person);
  /// Staff first met first; callers are not listed here but with their phone bank.
  Result<PeoplePage> list_people(const Actor& actor, PersonId after, int limit);
  /// A new role, password or disabling ends the person's sessions. conflict for the last
  /// administrator.
  Result<Person> update_person(const Actor& actor, PersonId id, const PersonChange& change);
  /// For the shell, which has e-mail addresses and no ids.
  Result<Person> find_person(std::string_view email);
  bool has_administrator();
  /// What a page calls those who did something: for "person:3" the person's name, for "system"
  /// "the program", anything else as it is. An entry for each actor given.
  std::map<std::string, std::string> names_of(const std::vector<std::string>& actors,
                                              Deadline deadline = Deadline::never());

  // Join links. For administrators and phone bank leads.
  Result<JoinLink> make_join_link(const Actor& actor, const NewJoinLink& link);
  Result<std::vector<JoinLink>> list_join_links(const Actor& actor, PhonebankId phonebank);
  Status revoke_join_link(const Actor& actor, JoinLinkId link);
  /// As typed: any case, blanks or no dashes. not_found, or expired with the reason. A used-up link
  /// is still good for somebody who has joined (`earlier_token` is their cookie, or empty).
  Result<JoinLink> look_up_join_link(std::string_view code, std::string_view earlier_token = {});
  /// Makes a caller and a session bound to the link's phone bank. Whether that phone bank is open
  /// is not known here. Somebody who opens the link again in the same browser (`earlier_token` is
  /// the cookie they have, or empty) stays the same caller, with the line they hold, and takes no
  /// further place; their earlier session ends.
  Result<SignedIn> join(std::string_view code, std::string_view name,
                        std::string_view earlier_token = {});

  /// A caller's visit goes on at another phone bank; what they hold must have been handed back.
  /// Refuses: not_found (nobody who calls now has this id).
  Status move_caller(PersonId caller, PhonebankId phonebank, const std::string& actor);

  static constexpr int kFailuresMax = 10;
  static constexpr std::chrono::minutes kLockTime{5};
  static constexpr std::chrono::seconds kCacheTime{5};
  static constexpr std::chrono::hours kStaffSessionTime{12};
  static constexpr std::chrono::hours kCallerSessionTime{16};
  static constexpr std::chrono::hours kSignInLinkTime{24};

 private:
  struct Account;
  struct Refusal {
    const Account* account = nullptr;  ///< null: nobody has the e-mail address
    std::string_view reason;
    bool is_counted = false;  ///< towards the lock
  };
  std::optional<Account> find_account(std::string_view email);
  Result<SignedIn> sign_in_to(const Account& account, std::string_view password);
  void note_refusal(const Refusal& refusal);
  Result<SignedIn> become_first_administrator(pg::Transaction& transaction, const LinkUse& use);
  Result<SignedIn> sign_in_by_link(pg::Transaction& transaction, PersonId id, const LinkUse& use);
  Status check_administrators_left(pg::Transaction& transaction, PersonId without);
  /// The caller who has joined the same phone bank before, if there is one; ends that session.
  std::optional<PersonId> rejoin(pg::Transaction& transaction, const Identity& identity,
                                 std::string_view earlier_token);
  /// A new caller, counted towards the link.
  Result<PersonId> take_place(pg::Transaction& transaction, const JoinLink& link,
                              const Identity& identity);
  SignedIn make_session(pg::Transaction& transaction, Identity identity);
  Instant session_end(Role role) const;

  pg::Pool& pool_;
  const Clock& clock_;
  Log& log_;
  PasswordGate passwords_;
  SessionCache sessions_;
  UnknownEmails unknown_emails_;
};

}  // namespace hustings::access
