#include "phonebank/testing/bank.h"

#include <fmt/format.h>

#include "base/secret.h"

namespace hustings::phonebank::testing {

using std::chrono::hours;
using std::chrono::minutes;

Bank::Bank() : connection_(database_.connect()) {
  surveys::ScriptDraft draft;
  draft.name = "Autumn";
  draft.questions = {{{}, "support", surveys::QuestionKind::choice, "Whom?", {"Ours", "Theirs"}},
                     {{}, "issue", surveys::QuestionKind::text, "What matters?", {}}};
  script_ = surveys_.save_script(draft, std::nullopt, "person:1").value();
}

ListId Bank::list_of(const std::vector<TestVoter>& voters) {
  const ListId list(
      count("insert into list (name, rule, feed_position, seed, size, households, with_phone,"
            " holdout_percent, holdout, created_by, created_at)"
            " values ('List', '{}', 1, 7, 0, 0, 0, 0, 0, 'person:1', now()) returning list_id"));
  int ordinal = 0;
  for (const TestVoter& voter : voters) {
    const VoterId id(voter.id);
    run(fmt::format(
        "insert into voter (bucket, voter_id, import_id, source, external_id, status, protected,"
        " last_name, first_name, party, gender, birth_year, state, county, city, phone)"
        " values ({0}, {1}, 1, 'nc', 'X{1}', 'active', {2}, 'DOE', 'JO{1}', 'UNA', 'F', 1980,"
        " '{3}', '{4}', 'RALEIGH', {5}) on conflict do nothing",
        bucket_of(id), voter.id, voter.is_protected, voter.state, voter.county, voter.number));
    run(
        fmt::format("insert into phone (bucket, voter_id, number, import_id)"
                    " values ({}, {}, {}, 1) on conflict do nothing",
                    bucket_of(id), voter.id, voter.number));
    run(
        fmt::format("insert into list_member (list_id, bucket, voter_id, ordinal, arm)"
                    " values ({}, {}, {}, {}, {})",
                    list.value(), bucket_of(id), voter.id, ++ordinal, voter.held_out ? 0 : 1));
  }
  return list;
}

ListId Bank::list_of(int count) {
  std::vector<TestVoter> voters;
  for (int n = 1; n <= count; ++n)
    voters.push_back({.id = n, .number = number(n)});
  return list_of(voters);
}

Rules Bank::rules() {
  Rules rules;
  rules.retry = hours(4);
  rules.lease = minutes(10);
  return rules;
}

PhonebankId Bank::open_bank(ListId list, const Rules& rules) {
  const auto made = service_.create({"Bank", list, script_.id, rules}, "person:1");
  EXPECT_TRUE(made.has_value());
  EXPECT_TRUE(service_.set_state(made->id, PhonebankState::open, "person:1").has_value());
  return made->id;
}

Lease Bank::claim(const Caller& caller) {
  auto claim = service_.claim(caller).value();
  EXPECT_TRUE(claim.lease.has_value())
      << (claim.nothing ? to_string(claim.nothing->reason) : "neither");
  return claim.lease.value_or(Lease{});
}

NothingReady Bank::claim_nothing(const Caller& caller) {
  auto claim = service_.claim(caller).value();
  EXPECT_FALSE(claim.lease.has_value());
  return claim.nothing.value_or(NothingReady{});
}

std::string Bank::new_key() {
  const std::string hex = fmt::format("{:016x}{:016x}", random_u64(), random_u64());
  return hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' +
         hex.substr(16, 4) + '-' + hex.substr(20, 12);
}

CallResult Bank::result(const Caller& caller, const Lease& lease, Disposition disposition) const {
  CallResult result;
  result.key = new_key();
  result.caller = caller.person;
  result.lease = lease.id;
  result.epoch = lease.epoch;
  for (const LeaseVoter& voter : lease.voters) {
    result.voters.push_back({.voter = voter.id, .disposition = disposition});
  }
  return result;
}

Stored Bank::record(const CallResult& result) {
  const auto stored = service_.record(result);
  EXPECT_TRUE(stored.has_value()) << (stored ? "" : stored.error().text());
  return stored.value_or(Stored{});
}

void Bank::suppress_number(std::int64_t number) {
  registry::Suppression suppression;
  suppression.number = number;
  suppression.source = "test";
  suppression.actor = "person:1";
  EXPECT_TRUE(registry_.suppress(suppression).has_value());
}

std::string Bank::value(const std::string& sql) {
  const auto rows = connection_->run_text(sql, "test");
  return rows.empty() ? "" : std::string(rows[0].text(0));
}

void Bank::run(const std::string& sql) { connection_->run_text(sql, "test"); }

std::string Bank::line_state(PhonebankId phonebank, std::int64_t number) {
  return value(fmt::format("select state from queue_line where phonebank_id = {} and number = {}",
                           phonebank.value(), number));
}

std::string Bank::line_reason(PhonebankId phonebank, std::int64_t number) {
  return value(fmt::format("select reason from queue_line where phonebank_id = {} and number = {}",
                           phonebank.value(), number));
}

}  // namespace hustings::phonebank::testing
