#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "access/access_service.h"
#include "feed/feed.h"
#include "pg/testing/database.h"

namespace hustings::access {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

constexpr std::string_view kPassword = "correct horse battery";
constexpr std::string_view kWrong = "wrong horse battery";

class Access : public ::testing::Test {
 protected:
  Person make(std::string email, Role role) {
    return access_
        .create_person({}, {.name = "Ada Lovelace",
                            .email = std::move(email),
                            .role = role,
                            .password = std::string(kPassword)})
        .value();
  }
  std::vector<feed::Entry> feed() {
    const auto connection = database_.connect();
    return feed::read(*connection, 0, 1000);
  }
  std::vector<std::string> kinds() {
    std::vector<std::string> out;
    for (const auto& entry : feed())
      out.emplace_back(to_string(entry.kind));
    return out;
  }
  JoinLink make_link(NewJoinLink link = {.phonebank = PhonebankId(7)}) {
    return access_.make_join_link(lead_, link).value();
  }

  pg::testing::Database database_;
  ManualClock clock_{*from_iso("2026-10-01T12:00:00Z")};
  Log log_ = Log::to_nowhere();
  AccessService access_{database_.pool(), clock_, log_};
  const Actor lead_{"person:1", Role::phonebank_lead};
};

TEST_F(Access, SignsInWithPasswordAndForgivesPastedBlanks) {
  const Person person = make("Ada@Example.org", Role::data_director);
  EXPECT_EQ(person.email, "ada@example.org");
  const SignedIn session = access_.sign_in(" ADA@example.org ", kPassword).value();
  EXPECT_EQ(session.identity.person, person.id);
  EXPECT_EQ(session.identity.role, Role::data_director);
  EXPECT_EQ(session.identity.expires, clock_.now() + 12h);
  EXPECT_TRUE(access_.sign_in("ada@example.org", std::string(kPassword) + " "));
  EXPECT_THAT(kinds(), ElementsAre("person_saved", "signed_in", "signed_in"));
  EXPECT_EQ(feed()[1].actor, feed::subject_of("person", person.id));
}

TEST_F(Access, NamesThoseWhoDidSomething) {
  const Person person = make("ada@example.org", Role::administrator);
  const std::string ada = feed::subject_of("person", person.id);
  const auto names = access_.names_of({ada, "system", ada, "person:99", "someone"});
  EXPECT_THAT(names,
              UnorderedElementsAre(Pair(ada, "Ada Lovelace"), Pair("person:99", "person:99"),
                                   Pair("someone", "someone"), Pair("system", "the program")));
  EXPECT_TRUE(access_.names_of({}).empty());
}

TEST_F(Access, SaysTheSameOfAWrongEmailAndAWrongPassword) {
  make("ada@example.org", Role::administrator);
  const Error wrong_password = access_.sign_in("ada@example.org", kWrong).error();
  const Error wrong_email = access_.sign_in("eve@example.org", kPassword).error();
  const Error no_email = access_.sign_in("ada", kPassword).error();
  EXPECT_EQ(wrong_password.code, ErrorCode::unauthenticated);
  EXPECT_EQ(wrong_password.text(), wrong_email.text());
  EXPECT_EQ(wrong_password.text(), no_email.text());
  EXPECT_THAT(kinds(),
              ElementsAre("person_saved", "sign_in_refused", "sign_in_refused", "sign_in_refused"));
  for (const auto& entry : feed())
    EXPECT_THAT(entry.payload, Not(HasSubstr("example")));
  EXPECT_EQ(feed()[2].subject, "nobody");
}

TEST_F(Access, LocksAfterTenFailuresForFiveMinutes) {
  make("ada@example.org", Role::administrator);
  for (const char* email : {"ada@example.org", "eve@example.org"}) {
    for (int i = 0; i < AccessService::kFailuresMax; ++i) {
      EXPECT_EQ(access_.sign_in(email, kWrong).error().code, ErrorCode::unauthenticated);
    }
    const Error error = access_.sign_in(email, kPassword).error();
    EXPECT_EQ(error.code, ErrorCode::overloaded);
    EXPECT_THAT(error.sentence, HasSubstr("after 12:05 UTC"));
    EXPECT_EQ(error.where, "email");
  }
  clock_.advance(5min);
  EXPECT_TRUE(access_.sign_in("ada@example.org", kPassword));
  EXPECT_EQ(access_.sign_in("eve@example.org", kPassword).error().code, ErrorCode::unauthenticated);
}

TEST_F(Access, AuthenticatesSlidesAndEnds) {
  make("ada@example.org", Role::administrator);
  const std::string token = access_.sign_in("ada@example.org", kPassword).value().token;
  EXPECT_EQ(access_.authenticate(token).value().name, "Ada Lovelace");
  EXPECT_EQ(access_.authenticate("").error().code, ErrorCode::unauthenticated);
  EXPECT_EQ(access_.authenticate(std::string(43, 'x')).error().code, ErrorCode::unauthenticated);

  clock_.advance(30s);  // too soon to write
  EXPECT_EQ(access_.authenticate(token).value().expires, clock_.now() + 12h - 30s);
  clock_.advance(11h);
  EXPECT_EQ(access_.authenticate(token).value().expires, clock_.now() + 12h);
  clock_.advance(11h);
  EXPECT_TRUE(access_.authenticate(token));
  clock_.advance(12h);
  EXPECT_EQ(access_.authenticate(token).error().code, ErrorCode::unauthenticated);
}

TEST_F(Access, ALookDoesNotKeepASessionAlive) {
  make("ada@example.org", Role::administrator);
  const std::string token = access_.sign_in("ada@example.org", kPassword).value().token;
  const Instant end = clock_.now() + 12h;
  clock_.advance(11h);
  EXPECT_EQ(access_.authenticate(token, AccessService::Counts::as_look).value().expires, end);
  clock_.advance(1h);
  EXPECT_FALSE(access_.authenticate(token, AccessService::Counts::as_look));
  EXPECT_FALSE(access_.authenticate(token));
}

TEST_F(Access, SignsOutAtOnce) {
  make("ada@example.org", Role::administrator);
  const std::string token = access_.sign_in("ada@example.org", kPassword).value().token;
  EXPECT_TRUE(access_.authenticate(token));
  access_.sign_out(token);
  EXPECT_FALSE(access_.authenticate(token));
  access_.sign_out(token);
}

TEST_F(Access, KeepsNoTokenAndNoPasswordInTheClear) {
  make("ada@example.org", Role::administrator);
  const SignedIn session = access_.sign_in("ada@example.org", kPassword).value();
  const auto connection = database_.connect();
  const auto rows = connection->run_text(
      "select (select string_agg(s::text, '') from session s) || "
      "(select string_agg(p::text, '') from person p)",
      "everything");
  const std::string all(rows.only().text(0));
  EXPECT_THAT(all, HasSubstr("$argon2id$"));
  EXPECT_THAT(all, Not(HasSubstr(session.token)));
  EXPECT_THAT(all, Not(HasSubstr(std::string(kPassword))));
}

TEST_F(Access, DisablingEndsSessionsAtOnceAndRefusesTheNext) {
  make("root@example.org", Role::administrator);
  const Person ada = make("ada@example.org", Role::data_director);
  const std::string token = access_.sign_in("ada@example.org", kPassword).value().token;
  EXPECT_TRUE(access_.authenticate(token));
  ASSERT_TRUE(access_.update_person({}, ada.id, {.disabled = true}));
  EXPECT_FALSE(access_.authenticate(token));
  EXPECT_EQ(access_.sign_in("ada@example.org", kPassword).error().code, ErrorCode::forbidden);
  EXPECT_EQ(access_.sign_in("ada@example.org", kWrong).error().code, ErrorCode::unauthenticated);
  EXPECT_EQ(access_.make_sign_in_link({}, ada.id).error().code, ErrorCode::conflict);
  ASSERT_TRUE(access_.update_person({}, ada.id, {.disabled = false}));
  EXPECT_TRUE(access_.sign_in("ada@example.org", kPassword));
}

TEST_F(Access, ARoleChangeEndsSessions) {
  const Person ada = make("ada@example.org", Role::data_director);
  const std::string token = access_.sign_in("ada@example.org", kPassword).value().token;
  EXPECT_EQ(access_.update_person({}, ada.id, {.role = Role::phonebank_lead}).value().role,
            Role::phonebank_lead);
  EXPECT_FALSE(access_.authenticate(token));
  const Person same = access_.update_person({}, ada.id, {}).value();
  EXPECT_EQ(same.role, Role::phonebank_lead);
}

TEST_F(Access, KeepsTheLastAdministrator) {
  const Person first = make("one@example.org", Role::administrator);
  for (const PersonChange& change :
       {PersonChange{.role = Role::data_director}, PersonChange{.disabled = true}}) {
    EXPECT_EQ(access_.update_person({}, first.id, change).error().code, ErrorCode::conflict);
  }
  const Person second = make("two@example.org", Role::administrator);
  EXPECT_TRUE(access_.update_person({}, first.id, {.disabled = true}));
  EXPECT_EQ(access_.update_person({}, second.id, {.disabled = true}).error().code,
            ErrorCode::conflict);
}

TEST_F(Access, TwoAdministratorsCannotRemoveEachOtherAtOnce) {
  const Person one = make("one@example.org", Role::administrator);
  const Person two = make("two@example.org", Role::administrator);
  bool first = false;
  bool second = false;
  {
    const std::jthread a(
        [&] { first = access_.update_person({}, one.id, {.disabled = true}).has_value(); });
    const std::jthread b(
        [&] { second = access_.update_person({}, two.id, {.disabled = true}).has_value(); });
  }
  EXPECT_NE(first, second);
  EXPECT_TRUE(access_.has_administrator());
}

TEST_F(Access, PeopleAreForAdministratorsAndChecked) {
  EXPECT_EQ(access_.create_person(lead_, {.name = "x", .email = "x@y.z"}).error().code,
            ErrorCode::forbidden);
  EXPECT_EQ(access_.list_people(lead_, {}, 10).error().code, ErrorCode::forbidden);
  EXPECT_EQ(access_.update_person(lead_, PersonId(1), {}).error().code, ErrorCode::forbidden);
  EXPECT_EQ(access_.make_sign_in_link(lead_, PersonId(1)).error().code, ErrorCode::forbidden);
  EXPECT_EQ(access_.update_person({}, PersonId(99), {}).error().code, ErrorCode::not_found);
  EXPECT_EQ(access_.make_sign_in_link({}, PersonId(99)).error().code, ErrorCode::not_found);
  EXPECT_EQ(access_.create_person({}, {.name = "x", .email = "x@y.z", .role = Role::caller})
                .error()
                .where,
            "role");
  EXPECT_EQ(
      access_.create_person({}, {.name = "x", .email = "x@y.z", .password = "short"}).error().where,
      "password");
  const Person ada = make("ada@example.org", Role::data_director);
  EXPECT_EQ(access_.create_person({}, {.name = "x", .email = "ADA@example.org"}).error().code,
            ErrorCode::conflict);
  EXPECT_EQ(access_.update_person({}, ada.id, {.role = Role::caller}).error().where, "role");
  EXPECT_EQ(access_.update_person({}, ada.id, {.password = "ada@example.org"}).error().where,
            "password");
  EXPECT_EQ(access_.find_person("Ada@example.org").value().id, ada.id);
  EXPECT_EQ(access_.find_person("eve@example.org").error().code, ErrorCode::not_found);
}

TEST_F(Access, ListsStaffInPages) {
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(
        access_.create_person({}, {.name = "x", .email = "p" + std::to_string(i) + "@y.z"}));
  }
  ASSERT_TRUE(access_.join(make_link().code, "A caller"));
  const PeoplePage first = access_.list_people({}, {}, 2).value();
  ASSERT_EQ(first.people.size(), 2U);
  const PeoplePage last = access_.list_people({}, first.next.value(), 2).value();
  ASSERT_EQ(last.people.size(), 1U);
  EXPECT_EQ(last.people[0].email, "p2@y.z");
  EXPECT_FALSE(last.people[0].has_password);
  EXPECT_FALSE(last.next);
}

TEST_F(Access, TheFirstAdministratorComesByALink) {
  const SignInLink old = access_.make_first_administrator_link().value();
  const SignInLink link = access_.make_first_administrator_link().value();
  const LinkUse use{.name = "Ada", .email = "ada@example.org", .password = std::string(kPassword)};
  EXPECT_EQ(access_.use_sign_in_link(old.token, use).error().code, ErrorCode::not_found);
  EXPECT_EQ(access_.use_sign_in_link(link.token, {}).error().where, "name");
  const SignedIn session = access_.use_sign_in_link(link.token, use).value();
  EXPECT_EQ(access_.authenticate(session.token).value().role, Role::administrator);
  EXPECT_THAT(access_.use_sign_in_link(link.token, use).error().sentence,
              HasSubstr("has been used"));
  EXPECT_EQ(access_.make_first_administrator_link().error().code, ErrorCode::conflict);
  EXPECT_TRUE(access_.sign_in("ada@example.org", kPassword));
}

TEST_F(Access, ALinkSignsInOnceAndCanSetAPassword) {
  const Person ada = make("ada@example.org", Role::data_director);
  const SignInLink plain = access_.make_sign_in_link({}, ada.id).value();
  const SignedIn session = access_.use_sign_in_link(plain.token, {}).value();
  EXPECT_EQ(session.identity.person, ada.id);
  EXPECT_TRUE(access_.authenticate(session.token));

  const SignInLink lost = access_.make_sign_in_link({}, ada.id).value();
  EXPECT_EQ(access_.use_sign_in_link(lost.token, {.password = "short"}).error().where, "password");
  const std::string fresh = "another good password";
  const SignedIn next = access_.use_sign_in_link(lost.token, {.password = fresh}).value();
  EXPECT_FALSE(access_.authenticate(session.token)) << "a new password ends older sessions";
  EXPECT_TRUE(access_.authenticate(next.token));
  EXPECT_TRUE(access_.sign_in("ada@example.org", fresh));
  EXPECT_FALSE(access_.sign_in("ada@example.org", kPassword));
}

TEST_F(Access, ALinkExpires) {
  const Person ada = make("ada@example.org", Role::data_director);
  const SignInLink link = access_.make_sign_in_link({}, ada.id).value();
  clock_.advance(24h);
  const Error error = access_.use_sign_in_link(link.token, {}).error();
  EXPECT_EQ(error.code, ErrorCode::expired);
  EXPECT_THAT(error.sentence, HasSubstr("24 hours"));
  EXPECT_EQ(access_.use_sign_in_link("nonsense", {}).error().code, ErrorCode::not_found);
}

TEST_F(Access, CallersJoinByCode) {
  const JoinLink link = make_link();
  std::string typed = link.code;
  std::erase(typed, '-');
  const SignedIn session = access_.join(typed, "  Grace ").value();
  EXPECT_EQ(session.identity.role, Role::caller);
  EXPECT_EQ(session.identity.name, "Grace");
  EXPECT_EQ(session.identity.phonebank, PhonebankId(7));
  EXPECT_EQ(session.identity.expires, clock_.now() + 16h);
  EXPECT_EQ(access_.authenticate(session.token).value().phonebank, PhonebankId(7));
  EXPECT_EQ(access_.look_up_join_link(link.code).value().uses, 1);
  EXPECT_EQ(access_.join(link.code, " ").error().where, "name");
  EXPECT_THAT(kinds(), ElementsAre("join_link_saved", "caller_joined"));
  EXPECT_EQ(feed()[1].payload, R"({"phonebank": 7})");
}

TEST_F(Access, EachEndOfAJoinLinkHasItsSentence) {
  const JoinLink expired = make_link({.phonebank = PhonebankId(7), .valid = 1h});
  const JoinLink revoked = make_link();
  const JoinLink used_up = make_link({.phonebank = PhonebankId(7), .uses_max = 1});
  ASSERT_TRUE(access_.revoke_join_link(lead_, revoked.id));
  ASSERT_TRUE(access_.join(used_up.code, "Grace"));
  clock_.advance(1h);
  const std::pair<std::string, const char*> cases[] = {
      {expired.code, "has expired"}, {revoked.code, "revoked"}, {used_up.code, "used up: 1"}};
  for (const auto& [code, words] : cases) {
    for (const Error& error :
         {access_.look_up_join_link(code).error(), access_.join(code, "Grace").error()}) {
      EXPECT_EQ(error.code, ErrorCode::expired);
      EXPECT_THAT(error.sentence, HasSubstr(words));
    }
  }
  EXPECT_EQ(access_.look_up_join_link("k7mq-2hpd-9xwt").error().code, ErrorCode::not_found);
  EXPECT_EQ(access_.join("hello", "Grace").error().code, ErrorCode::not_found);
}

TEST_F(Access, OpeningTheLinkAgainInOneBrowserKeepsTheCaller) {
  const JoinLink link = make_link();
  const SignedIn first = access_.join(link.code, "Grace").value();
  const SignedIn again = access_.join(link.code, "Grace H", first.token).value();
  EXPECT_EQ(again.identity.person, first.identity.person);
  EXPECT_NE(access_.join(link.code, "Grace").value().identity.person, first.identity.person);
  const SignedIn unknown = access_.join(link.code, "Grace", "no such token").value();
  EXPECT_NE(unknown.identity.person, first.identity.person);
}

TEST_F(Access, ACallerMovesToAnotherPhoneBank) {
  const SignedIn caller = access_.join(make_link().code, "Grace").value();
  const PersonId id = caller.identity.person;
  ASSERT_TRUE(access_.move_caller(id, PhonebankId(77), "person:1").has_value());
  EXPECT_EQ(access_.authenticate(caller.token)->phonebank, PhonebankId(77)) << "at once";
  EXPECT_EQ(access_.move_caller(PersonId(999), PhonebankId(77), "person:1").error().code,
            ErrorCode::not_found);
  access_.sign_out(caller.token);
  EXPECT_EQ(access_.move_caller(id, PhonebankId(7), "person:1").error().code, ErrorCode::not_found);
}

TEST_F(Access, JoiningAgainTakesNoPlaceAndEndsTheOldSession) {
  const JoinLink link = make_link({.phonebank = PhonebankId(7), .uses_max = 1});
  const SignedIn first = access_.join(link.code, "Grace").value();
  EXPECT_TRUE(access_.authenticate(first.token));
  EXPECT_EQ(access_.look_up_join_link(link.code).error().code, ErrorCode::expired);
  EXPECT_EQ(access_.look_up_join_link(link.code, first.token).value().uses, 1);
  const SignedIn again = access_.join(link.code, "Grace", first.token).value();
  EXPECT_EQ(again.identity.person, first.identity.person);
  EXPECT_FALSE(access_.authenticate(first.token));
  EXPECT_TRUE(access_.authenticate(again.token));
  const SignedIn third = access_.join(link.code, "Grace", again.token).value();
  EXPECT_EQ(access_.look_up_join_link(link.code, third.token).value().uses, 1);
  EXPECT_EQ(access_.join(link.code, "Eve", first.token).error().code, ErrorCode::expired);
}

TEST_F(Access, AnEndedSessionOrAnotherPhoneBankIsNoWayBackIn) {
  const JoinLink link = make_link();
  const JoinLink other = make_link({.phonebank = PhonebankId(8), .uses_max = 1});
  const SignedIn first = access_.join(link.code, "Grace").value();
  EXPECT_NE(access_.join(other.code, "Grace", first.token).value().identity.person,
            first.identity.person);
  EXPECT_EQ(access_.look_up_join_link(other.code, first.token).error().code, ErrorCode::expired);
  clock_.advance(16h);
  EXPECT_NE(access_.join(link.code, "Grace", first.token).value().identity.person,
            first.identity.person);
  EXPECT_EQ(access_.look_up_join_link(link.code).value().uses, 2);
}

TEST_F(Access, NeverLetsInMoreThanTheLinkSays) {
  const JoinLink link = make_link({.phonebank = PhonebankId(7), .uses_max = 5});
  std::atomic<int> joined = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int k = 0; k < 4; ++k)
          joined += access_.join(link.code, "Grace").has_value() ? 1 : 0;
      });
    }
  }
  EXPECT_EQ(joined, 5);
}

TEST_F(Access, JoinLinksAreForLeadsAndHaveLimits) {
  const Actor director{"person:2", Role::data_director};
  EXPECT_EQ(access_.make_join_link(director, {.phonebank = PhonebankId(7)}).error().code,
            ErrorCode::forbidden);
  EXPECT_EQ(access_.list_join_links(director, PhonebankId(7)).error().code, ErrorCode::forbidden);
  EXPECT_EQ(access_.revoke_join_link(director, JoinLinkId(1)).error().code, ErrorCode::forbidden);
  EXPECT_EQ(access_.revoke_join_link(lead_, JoinLinkId(99)).error().code, ErrorCode::not_found);
  EXPECT_EQ(access_.make_join_link(lead_, {.phonebank = PhonebankId(7), .valid = 0h}).error().where,
            "hours_valid");
  EXPECT_EQ(
      access_.make_join_link(lead_, {.phonebank = PhonebankId(7), .uses_max = 0}).error().where,
      "uses_max");
  make_link();
  const JoinLink newest = make_link();
  make_link({.phonebank = PhonebankId(8)});
  const auto links = access_.list_join_links(lead_, PhonebankId(7)).value();
  ASSERT_EQ(links.size(), 2U);
  EXPECT_EQ(links[0].id, newest.id);
}

TEST_F(Access, ClearsAwayWhatHasLongEnded) {
  const Person ada = make("ada@example.org", Role::data_director);
  ASSERT_TRUE(access_.make_sign_in_link({}, ada.id));
  ASSERT_TRUE(access_.sign_in("ada@example.org", kPassword));
  clock_.advance(13h);
  EXPECT_EQ(access_.remove_ended(), 0);
  clock_.advance(24h);
  EXPECT_EQ(access_.remove_ended(), 1);
  clock_.advance(24h * 31);
  EXPECT_EQ(access_.remove_ended(), 1);
}

}  // namespace
}  // namespace hustings::access
