#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "access/join_code.h"
#include "access/password_gate.h"
#include "access/role.h"
#include "access/session_cache.h"
#include "access/unknown_emails.h"
#include "base/secret.h"

namespace hustings::access {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

const Instant kNow = *from_iso("2026-10-01T12:00:00Z");

Identity identity_of(std::int64_t person) {
  return {.person = PersonId(person), .name = "Ada", .expires = kNow + 1h};
}

TEST(Role, HasOneNameEach) {
  for (const Role role :
       {Role::administrator, Role::data_director, Role::phonebank_lead, Role::caller}) {
    EXPECT_EQ(role_from(to_string(role)), role);
  }
  EXPECT_FALSE(role_from("root"));
  EXPECT_FALSE(is_staff(Role::caller));
}

TEST(JoinCode, IsReadAsPeopleTypeIt) {
  for (const char* typed :
       {"k7mq-2hpd-9xwt", "K7MQ-2HPD-9XWT", " k7mq 2hpd 9xwt ", "k7mq2hpd9xwt", "K7mq-2hpd9xwt."}) {
    EXPECT_EQ(clean_join_code(typed), "k7mq-2hpd-9xwt") << typed;
  }
  for (const char* typed : {"", "k7mq-2hpd", "k7mq-2hpd-9xwt-aaaa", "k7mq-2hpd-9xw'", "ключ"}) {
    EXPECT_FALSE(clean_join_code(typed)) << typed;
  }
  const std::string code = make_join_code();
  EXPECT_EQ(clean_join_code(code), code);
}

TEST(Credentials, AreCleanedOrRefused) {
  EXPECT_EQ(clean_email("  Ada@Example.ORG\n").value(), "ada@example.org");
  for (const char* bad :
       {"", "ada", "@x", "ada@", "a@b@c", "ada @x.org", "a,b@x.org", "<a@x.org>"}) {
    EXPECT_EQ(clean_email(bad).error().where, "email") << bad;
  }
  EXPECT_EQ(clean_name("  Ada Lovelace ").value(), "Ada Lovelace");
  EXPECT_TRUE(clean_name(std::string(100, 'x')));
  for (const std::string& bad : {std::string("  "), std::string("a\0b", 3), std::string("a\nb"),
                                 std::string(101, 'x'), std::string("\xff")}) {
    EXPECT_EQ(clean_name(bad).error().where, "name");
  }
  EXPECT_TRUE(check_password("ten letter", "ada@x.org"));
  EXPECT_THAT(check_password("nine char", "").error().sentence, HasSubstr("at least 10"));
  EXPECT_FALSE(check_password("äöüäöüäöü", ""));  // 9 characters in 18 bytes
  EXPECT_FALSE(check_password("ADA@example.org", "ada@example.org"));
  EXPECT_FALSE(check_password(std::string(1001, 'x'), ""));
}

TEST(PasswordGate, ForgivesPastedBlanksOnly) {
  PasswordGate gate;
  const std::string plain = gate.hash("correct horse").value();
  EXPECT_TRUE(gate.matches(plain, "correct horse").value());
  EXPECT_TRUE(gate.matches(plain, " correct horse \n").value());
  EXPECT_FALSE(gate.matches(plain, "correct  horse").value());
  const std::string blank = gate.hash(" starts with a blank").value();
  EXPECT_TRUE(gate.matches(blank, " starts with a blank").value());
  EXPECT_FALSE(gate.matches(blank, "starts with a blank").value());
  EXPECT_FALSE(gate.matches(plain, std::string(2000, 'x')).value());
  EXPECT_TRUE(gate.match_nobody("anything"));
}

TEST(SessionCache, KeepsForAShortTime) {
  SessionCache cache(5s);
  cache.put("hash", identity_of(1), kNow, cache.generation());
  EXPECT_EQ(cache.find("hash", kNow + 4s)->person, PersonId(1));
  EXPECT_FALSE(cache.find("hash", kNow + 5s));
  EXPECT_FALSE(cache.find("other", kNow));
}

TEST(SessionCache, NeverGivesASessionThatHasEnded) {
  SessionCache cache(2h);
  cache.put("hash", identity_of(1), kNow, cache.generation());
  EXPECT_TRUE(cache.find("hash", kNow + 59min));
  EXPECT_FALSE(cache.find("hash", kNow + 1h));
}

TEST(SessionCache, ForgetsASessionAndAPerson) {
  SessionCache cache(5s);
  for (const char* hash : {"a", "b"})
    cache.put(hash, identity_of(1), kNow, cache.generation());
  cache.put("c", identity_of(2), kNow, cache.generation());
  cache.forget("a");
  EXPECT_FALSE(cache.find("a", kNow));
  EXPECT_TRUE(cache.find("b", kNow));
  cache.forget_person(PersonId(1));
  EXPECT_FALSE(cache.find("b", kNow));
  EXPECT_TRUE(cache.find("c", kNow));
}

TEST(SessionCache, DoesNotKeepWhatWasReadBeforeSomethingWasForgotten) {
  SessionCache cache(5s);
  const auto generation = cache.generation();
  cache.forget_person(PersonId(1));  // between the reading and the keeping
  cache.put("hash", identity_of(1), kNow, generation);
  EXPECT_FALSE(cache.find("hash", kNow));
}

TEST(SessionCache, StaysWithinItsLimit) {
  SessionCache cache(5s);
  for (std::size_t i = 0; i <= SessionCache::kSessionsMax; ++i) {
    cache.put(std::to_string(i), identity_of(1), kNow, cache.generation());
  }
  EXPECT_LE(cache.size(), SessionCache::kSessionsMax);
}

TEST(UnknownEmails, AreLockedLikeKnownOnes) {
  UnknownEmails emails({.failures_max = 3, .lock_time = 5min});
  for (int i = 0; i < 2; ++i)
    emails.count("eve@example.org", kNow);
  EXPECT_FALSE(emails.locked_until("eve@example.org", kNow));
  emails.count("eve@example.org", kNow);
  EXPECT_EQ(emails.locked_until("eve@example.org", kNow), kNow + 5min);
  EXPECT_FALSE(emails.locked_until("ada@example.org", kNow));
  EXPECT_FALSE(emails.locked_until("eve@example.org", kNow + 5min));
}

}  // namespace
}  // namespace hustings::access
