// A person who is erased is gone from every table, stays away, and leaves undo as it was.
#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/kept_rows.h"
#include "ingest/raw_load.h"
#include "ingest/testing/history_file.h"
#include "ingest/testing/import_fixture.h"
#include "registry/digest.h"
#include "registry/persons.h"
#include "registry/profiles.h"
#include "rights/rights_service.h"

namespace hustings::ingest {
namespace {

using ::testing::HasSubstr;
using testing::history_file;
using testing::ImportTest;
using ::testing::IsEmpty;
using testing::nc_file;
using testing::NcRow;
using ::testing::Not;

NcRow wanda() {
  return {{"ncid", "QQ4711"},          {"last_name", "ZYXWOMAN"},
          {"first_name", "QUINTESSA"}, {"res_street_address", "987 UNIQUE RD"},
          {"zip_code", "27699"},       {"full_phone_number", "9195550198"},
          {"birth_year", "1951"}};
}

std::vector<NcRow> roll(int others, const NcRow& person) {
  std::vector<NcRow> rows;
  for (int i = 0; i < others; ++i)
    rows.push_back({{"ncid", "AA" + std::to_string(1000 + i)}});
  rows.insert(rows.begin() + others / 2, person);
  return rows;
}

class ErasureTest : public ImportTest {
 protected:
  Import undo(ImportId id) {
    EXPECT_TRUE(importer_.undo(id, "person:2"));
    return importer_.wait(id).value();
  }
  VoterId voter(const std::string& ncid) {
    return VoterId(
        std::stoll(query("select voter_id from voter where external_id = '" + ncid + "'")));
  }
  rights::Erasure erase(VoterId id) {
    auto erased = rights_.erase({.voter = id, .actor = "person:1"});
    EXPECT_TRUE(erased) << erased.error().text();
    return erased.value_or(rights::Erasure{});
  }
  void try_out(const std::string& text) {
    const auto started =
        importer_.start({.file = write(text, "tried"), .layout = "nc", .dry_run = true});
    ASSERT_TRUE(started);
    EXPECT_EQ(importer_.wait(started->id)->state, ImportState::tried);
  }
  std::string digest() { return registry::digest(*database_.connect()); }
  void join(VoterId stays, VoterId joins) {
    const auto connection = database_.connect();
    pg::Transaction transaction(*connection);
    registry::lock_profiles(transaction);
    std::vector<feed::Change> changes;
    const registry::Joining one{.stays = stays,
                                .joins = joins,
                                .decided_by = "person:1",
                                .probability = std::nullopt,
                                .bits = ""};
    EXPECT_TRUE(registry::join_persons(transaction, {&one, 1}, nullptr, clock_.now(), changes));
    feed::commit(transaction, changes);
  }
  /// Every table, and rows as received, that still holds the text.
  std::vector<std::string> leaks(const std::string& text) {
    const auto connection = database_.connect();
    std::vector<std::string> out;
    const auto tables = connection->run_text(
        "select relname from pg_class where relnamespace = current_schema()::regnamespace "
        "and relkind = 'r'",
        "tables");
    for (const pg::Row row : tables) {
      const auto table = row.get<std::string>(0);
      const std::string found = query(
          fmt::format("select count(*) from {} t where upper(t::text) like '%{}%'", table, text));
      if (found != "0") {
        out.push_back(table);
      }
    }
    for (const pg::Row row : connection->run_text("select data from import_raw", "raw")) {
      if (raw_lines(row.get<pg::Bytes>(0).bytes).contains(text)) out.emplace_back("import_raw");
    }
    return out;
  }
  /// What campaigns do to a voter: calls, lists, words on consent, a correction, bars.
  void live(VoterId of) {
    const std::string id = std::to_string(of.value());
    const std::string bucket = std::to_string(bucket_of(of));
    run("insert into script (name, version, body, created_by, created_at, saved_at) values "
        "('s', 1, '{}', 'person:1', now(), now())");
    run("insert into question (key, kind, text, choices) values ('q', 'text', 'Why?', '[]')");
    run("insert into list (name, rule, feed_position, seed, size, households, with_phone, "
        "holdout_percent, holdout, created_by, created_at) "
        "values ('l', '{}', 0, 1, 7, 7, 7, 0, 0, 'person:1', now())");
    run("insert into list_member values (1, " + bucket + ", " + id + ", 1, 1)");
    run("insert into phonebank (name, list_id, script_id, state, retry_seconds, lease_seconds, "
        "attempts_max, opens_minute, closes_minute, created_by, created_at) "
        "values ('b', 1, 1, 'open', 60, 60, 3, 540, 1200, 'person:1', now())");
    run("insert into zone_set values (1, '{America/New_York}')");
    run("insert into call_target (phonebank_id, number, bucket, voter_id, state, home_id, "
        "home_bucket) values (1, 19195550198, " +
        bucket + ", " + id + ", 'open', " + id + ", " + bucket + ")");
    run("insert into queue_line (phonebank_id, number, ordinal, state, zone_set_id, not_before, "
        "epoch, lease_id, held_by, lease_until) "
        "values (1, 19195550198, 1, 'held', 1, now(), 1, 5, 9, now() + interval '1 min')");
    run("insert into line_attempt values (5, 19195550198, 1, 9, 1, 1, now(), '[now,infinity)')");
    run("insert into contact_attempt (bucket, attempt_id, voter_id, phonebank_id, lease_id, "
        "caller_id, number, channel, disposition, started_at, ended_at, note) values (" +
        bucket + ", 1, " + id +
        ", 1, 5, 9, 19195550198, 'phone', 'reached', now(), now(), 'Quintessa is nice')");
    run("insert into answer (bucket, answer_id, voter_id, question_id, script_version, text, "
        "attempt_id, actor, at) values (" +
        bucket + ", 1, " + id + ", 1, 1, 'ask Zyxwoman', 1, 'person:9', now())");
    run("insert into call_result values (gen_random_uuid(), 5, 1, 9, true, '{\"late\": false}', "
        "now())");
    EXPECT_TRUE(registry_.record_consent(of, {.purpose = ConsentPurpose::campaign,
                                              .channel = ConsentChannel::email,
                                              .state = ConsentState::given,
                                              .source = "form of zyxwoman",
                                              .evidence = "form 17",
                                              .at = clock_.now(),
                                              .actor = "person:1"}));
    EXPECT_TRUE(registry_.correct(
        {.voter = of, .fields = {{"email", "quintessa@zyxwoman.org"}}, .actor = "person:1"}));
    EXPECT_TRUE(registry_.suppress({.voter = of,
                                    .reason = registry::SuppressionReason::moved,
                                    .source = "letter of zyxwoman",
                                    .actor = "person:1"}));
    EXPECT_TRUE(registry_.suppress({.number = 19195550198,
                                    .reason = registry::SuppressionReason::do_not_call,
                                    .source = "call",
                                    .actor = "person:1"}));
  }
  void run(const std::string& sql) { database_.connect()->run_text(sql, "test"); }

  KeptRows kept_;
  rights::RightsService rights_{database_.pool(), kept_, clock_, log_};
};

TEST_F(ErasureTest, TakesEveryRowFromEveryTable) {
  import_text(nc_file(roll(8, wanda())));
  auto changed = wanda();
  changed["party_cd"] = "DEM";
  import_text(nc_file(roll(8, changed)));
  import_text(nc_file(roll(9, changed)));  // the same again, in a piece that is kept
  import_file(write(history_file({{"QQ4711"}, {"AA1001"}}), "history"), "nc-history");
  import_file(write("ncid,support_score\nQQ4711,7\nAA1001,9\n", "scores"), "scores");
  auto married = changed;
  married["last_name"] = "ZYXWOMAN-DOE";
  try_out(nc_file(roll(9, married)));
  const VoterId id = voter("QQ4711");
  live(id);
  EXPECT_THAT(leaks("ZYXWOMAN"), ::testing::Contains("import_run")) << "what a dry run showed";
  run("update import_run set report = jsonb_set(report, '{duplicates,alike}', '{\"samples\": "
      "[{\"voter\": \"" +
      id.text() + "\"}]}') where report is not null");
  const auto outlook = rights_.outlook(id);
  ASSERT_TRUE(outlook);
  EXPECT_EQ(outlook->raw_rows, 3);

  const auto erased = erase(id);
  EXPECT_EQ(erased.identities, 1);
  EXPECT_EQ(erased.raw_rows, 3);
  for (const std::string& text :
       {std::string("ZYXWOMAN"), std::string("QUINTESSA"), std::string("987 UNIQUE"),
        std::string("QQ4711"), to_upper(id.text())}) {
    EXPECT_THAT(leaks(text), IsEmpty()) << text;
  }
  EXPECT_THAT(leaks("19195550198"), ::testing::Each(::testing::AnyOf("suppression", "change")))
      << "a do-not-call of the number goes on";
  EXPECT_EQ(query("select voter_id from suppression where number = 19195550198"), "");
  const auto rows = database_.connect()->run_text(
      "select distinct c.table_name, c.column_name from information_schema.columns c "
      "where c.table_schema = current_schema() and c.column_name in ('voter_id', 'home_id')",
      "columns");
  for (const pg::Row row : rows) {
    EXPECT_EQ(query("select count(*) from " + row.get<std::string>(0) + " where " +
                    row.get<std::string>(1) + " = " + std::to_string(id.value())),
              "0")
        << row.text(0);
  }
  EXPECT_EQ(query("select subject || ' ' || actor || ' ' || (payload ->> 'reason') from change "
                  "where kind = 'voter_erased'"),
            "voter:" + std::to_string(id.value()) + " person:1 person_asked");
  EXPECT_EQ(query("select erased || ' of ' || size from list"), "1 of 7");
  EXPECT_EQ(query("select count(*) from call_result"), "1") << "a call is counted";
  EXPECT_EQ(query("select lease_id || ' ' || caller_id from erased_lease"), "5 9");
  EXPECT_EQ(query("select count(*) from voter"), "9");
  EXPECT_EQ(importer_.raw_line(ImportId(1), 2).value_or("").substr(0, 4), "\"92\"")
      << "other lines keep their numbers";
  EXPECT_EQ(rights_.erase({.voter = id, .actor = "person:1"}).error().code, ErrorCode::not_found);
}

TEST_F(ErasureTest, ALineWithSomebodyElseBehindItGoesOn) {
  auto son = wanda();
  son["ncid"] = "QQ4712";
  son["first_name"] = "BARNABY";
  son["birth_year"] = "1980";
  auto rows = roll(4, wanda());
  rows.push_back(son);
  import_text(nc_file(rows));
  live(voter("QQ4711"));
  run("insert into call_target (phonebank_id, number, bucket, voter_id, state, home_id, "
      "home_bucket) "
      "select 1, 19195550198, bucket, voter_id, 'open', voter_id, bucket from voter "
      "where external_id = 'QQ4712'");
  erase(voter("QQ4711"));
  EXPECT_EQ(
      query("select state || ' ' || coalesce(lease_id, 0) || ' ' || attempts from queue_line"),
      "waiting 0 0")
      << "the call under way has ended";
  EXPECT_EQ(query("select count(*) from call_target"), "1");
  EXPECT_EQ(query("select count(*) from line_attempt"), "1")
      << "the number was shown, and is not shown again too soon";
  EXPECT_EQ(query("select lease_id from erased_lease"), "5");
  EXPECT_EQ(query("select count(*) from search_word where word = 'ZYXWOMAN'"), "1")
      << "somebody else has the name";
  erase(voter("QQ4712"));
  EXPECT_EQ(query("select count(*) from queue_line"), "0");
  EXPECT_EQ(query("select count(*) from line_attempt"), "0");
  EXPECT_EQ(query("select count(*) from search_word where word = 'ZYXWOMAN'"), "0");
}

TEST_F(ErasureTest, SaysEverythingThatIsKnown) {
  import_text(nc_file(roll(4, wanda())));
  auto changed = wanda();
  changed["party_cd"] = "DEM";
  import_text(nc_file(roll(4, changed)));
  import_file(write(history_file({{"QQ4711"}}), "history"), "nc-history");
  const VoterId id = voter("QQ4711");
  live(id);
  const auto report = rights_.everything(id, "person:1");
  ASSERT_TRUE(report) << report.error().text();
  for (const char* text :
       {"\"ZYXWOMAN\"", "987 UNIQUE RD", "19195550198", "\"external_id\":\"QQ4711\"",
        "quintessa@zyxwoman.org", "ask Zyxwoman", "Quintessa is nice", "form of zyxwoman",
        "letter of zyxwoman", "2022-11-08", "\"rows_as_received\":[{\"import\":\"imp_",
        "\"list\": \"l\"", "\"phonebank\": \"b\"", "voter_corrected"}) {
    EXPECT_THAT(*report, HasSubstr(text));
  }
  EXPECT_THAT(*report, Not(HasSubstr("AA1001"))) << "of nobody else";
  EXPECT_EQ(query("select actor from change where kind = 'person_data_given'"), "person:1");
  // It is one JSON document, with every table.
  EXPECT_EQ(query("select count(*) from jsonb_object_keys(('" +
                  [&] {
                    std::string out = *report;
                    for (auto at = out.find('\''); at != out.npos; at = out.find('\'', at + 2))
                      out.insert(at, "'");
                    return out;
                  }() +
                  "'::jsonb) -> 'tables')"),
            std::to_string(std::ranges::count_if(
                rights::person_tables(), [](const auto& one) { return one.report != nullptr; })));
}

TEST_F(ErasureTest, OfAProtectedPersonNothingLeadsToTheDoor) {
  auto hidden = wanda();
  hidden["confidential_ind"] = "Y";
  import_text(nc_file(roll(4, wanda())));
  import_text(nc_file(roll(4, hidden)));
  const auto report = rights_.everything(voter("QQ4711"), "person:1");
  ASSERT_TRUE(report);
  EXPECT_THAT(*report, HasSubstr("\"protected\":true"));
  for (const char* text : {"UNIQUE", "27699", "5550198", "01-01", "WAKE", "RALEIGH"})
    EXPECT_THAT(*report, Not(HasSubstr(text)));
}

TEST_F(ErasureTest, NoFileBringsThePersonBack) {
  import_text(nc_file(roll(4, wanda())));
  erase(voter("QQ4711"));
  auto changed = wanda();
  changed["party_cd"] = "DEM";
  const Import again = import_text(nc_file(roll(6, changed)));
  EXPECT_EQ(again.error.value_or(""), "");
  EXPECT_EQ(counts(again), "2 0 4 0");
  EXPECT_EQ(warned(again, "erased"), 1);
  EXPECT_EQ(again.counts.rows_read, 7);
  EXPECT_THAT(leaks("ZYXWOMAN"), IsEmpty()) << "and the row as received is not kept";

  // Another source with another id, by name, year and address; and with a row that is broken.
  const std::string generic =
      "id,last_name,first_name,birth_year,street,city,state,county,zip\n"
      "77,Zyxwoman,Quintessa,1951,987 Unique Road,Raleigh,NC,WAKE,27699\n"
      "78,Zyxwoman,Quintessa,1987,987 Unique Road,Raleigh,NC,WAKE,27699\n";
  const Import other = import_file(write(generic, "generic"), "generic");
  EXPECT_EQ(other.error.value_or(""), "");
  EXPECT_EQ(warned(other, "erased"), 1);
  EXPECT_EQ(query("select external_id from voter where last_name = 'ZYXWOMAN'"), "78")
      << "a granddaughter of the same name is somebody else";
}

TEST_F(ErasureTest, ABrokenRowOfThePersonIsNotKeptAsReject) {
  import_text(nc_file(roll(4, wanda())));
  erase(voter("QQ4711"));
  auto broken = wanda();
  broken["registr_dt"] = "99/99/20";
  const Import again = import_text(nc_file(roll(60, broken)));
  EXPECT_EQ(again.error.value_or(""), "");
  EXPECT_EQ(again.counts.rows_rejected, 0);
  EXPECT_EQ(warned(again, "erased"), 1);
  EXPECT_THAT(leaks("ZYXWOMAN"), IsEmpty());
}

TEST_F(ErasureTest, ARejectFromBeforeGoesToo) {
  import_text(nc_file(roll(4, wanda())));
  auto broken = wanda();
  broken["registr_dt"] = "99/99/20";
  const Import second = import_text(nc_file(roll(60, broken)));
  ASSERT_EQ(second.counts.rows_rejected, 1);
  erase(voter("QQ4711"));
  EXPECT_THAT(leaks("ZYXWOMAN"), IsEmpty());
  EXPECT_EQ(query("select count(*) from import_reject"), "0");
}

TEST_F(ErasureTest, RowsAsReceivedGoHoweverTheyWriteTheName) {
  auto person = wanda();
  person["last_name"] = "Núñez  Ortega";
  import_text(nc_file(roll(4, person)));
  import_text(nc_file(roll(5, person)));  // says nothing new of her, in a piece that is kept
  const auto erased = erase(voter("QQ4711"));
  EXPECT_EQ(erased.raw_rows, 2);
  EXPECT_THAT(leaks("QQ4711"), IsEmpty());
}

TEST_F(ErasureTest, ARejectThatHasNoNameGoesByTheId) {
  import_text(nc_file(roll(4, wanda())));
  auto nameless = wanda();
  nameless["last_name"] = "";
  nameless["registr_dt"] = "99/99/20";
  ASSERT_EQ(import_text(nc_file(roll(60, nameless))).counts.rows_rejected, 1);
  std::vector<testing::Vote> votes(60, {"AA1001"});
  votes.push_back({.ncid = "QQ4711", .date = "99/99/20"});
  const auto history = import_file(write(history_file(votes), "history"), "nc-history");
  ASSERT_EQ(history.counts.rows_rejected, 1) << history.error.value_or("");
  erase(voter("QQ4711"));
  EXPECT_EQ(query("select count(*) from import_reject"), "0");
  EXPECT_THAT(leaks("QQ4711"), IsEmpty());

  votes.pop_back();
  votes.push_back({.ncid = "QQ4711", .date = "99/99/21"});
  const auto again = import_file(write(history_file(votes), "history"), "nc-history");
  EXPECT_EQ(again.counts.rows_rejected, 0) << "nor does the next file bring it";
  EXPECT_EQ(warned(again, "orphans"), 1);
  EXPECT_THAT(leaks("QQ4711"), IsEmpty());
}

TEST_F(ErasureTest, UndoWorksAsIfThePersonHadNeverBeen) {
  auto changed = wanda();
  changed["last_name"] = "ZYXWOMAN-SMITH";
  const auto votes = write(history_file({{"QQ4711"}, {"AA1001"}}), "history");
  const Import first = import_text(nc_file(roll(6, wanda())));
  const Import history = import_file(votes, "nc-history");
  const std::string before = [&] {
    import_text(nc_file(roll(6, changed)));
    erase(voter("QQ4711"));
    return digest();
  }();
  auto rows = roll(5, changed);
  rows[2]["party_cd"] = "REP";
  const Import third = import_text(nc_file(rows));
  EXPECT_EQ(third.error.value_or(""), "");
  EXPECT_EQ(undo(third.id).error.value_or(""), "");
  EXPECT_EQ(digest(), before);
  EXPECT_EQ(undo(history.id).error.value_or(""), "");
  EXPECT_EQ(query("select count(*) from vote"), "0");
  EXPECT_EQ(undo(first.id).error.value_or(""), "");
  EXPECT_EQ(query("select count(*) from voter"), "6") << "the second file still says them";
  EXPECT_THAT(leaks("ZYXWOMAN"), IsEmpty());
  EXPECT_EQ(query("select count(*) from identity_kept"), "0");
}

TEST_F(ErasureTest, AllIdentitiesOfAPersonGo) {
  import_text(nc_file(roll(4, wanda())));
  import_file(write("id,last_name,first_name,email,state,county\n"
                    "77,Zyxwoman,Quintessa,q@zyxwoman.org,NC,WAKE\n",
                    "generic"),
              "generic");
  const VoterId old_id = voter("77");
  const VoterId person = voter("QQ4711");
  join(person, old_id);
  EXPECT_TRUE(rights_.everything(old_id, "person:1")) << "as a letter names it";
  EXPECT_EQ(rights_.outlook(old_id).value().voter, person);
  const auto erased = erase(old_id);
  EXPECT_EQ(erased.voter, person);
  EXPECT_EQ(erased.identities, 2);
  EXPECT_THAT(leaks("ZYXWOMAN"), IsEmpty());
  EXPECT_EQ(query("select count(*) from link"), "0");
  const Import again = import_file(write("id,last_name,first_name,state,county\n"
                                         "77,Miller,Anna,NC,WAKE\n79,Miller,Bo,NC,WAKE\n",
                                         "generic"),
                                   "generic");
  EXPECT_EQ(warned(again, "erased"), 1) << "by the id alone";
}

TEST_F(ErasureTest, WaitsForNoImport) {
  import_text(nc_file(roll(4, wanda())));
  const auto importing = database_.connect();
  importing->run_text("select pg_advisory_lock(7236514, hashtext(current_schema()::text))", "lock");
  const auto refused = rights_.erase({.voter = voter("QQ4711"), .actor = "person:1"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_EQ(query("select count(*) from erasure_tombstone"), "0");
  importing->run_text(
      "select pg_advisory_unlock_all(); "
      "select pg_advisory_lock_shared(7236520, hashtext(current_schema()::text))",
      "lock");
  EXPECT_FALSE(rights_.erase({.voter = voter("QQ4711"), .actor = "person:1"}))
      << "a phone bank is filled";
  importing->run_text("select pg_advisory_unlock_all()", "unlock");
  erase(voter("QQ4711"));
}

TEST_F(ErasureTest, AnOlderDatabaseIsErasedAgainByTheTombstones) {
  const std::string file = nc_file(roll(4, wanda()));
  import_text(file);
  const rights::TombstoneSet none = rights_.tombstones();
  EXPECT_TRUE(none.tombstones.empty());
  erase(voter("QQ4711"));
  const auto set = rights::tombstones_from(rights::to_text(rights_.tombstones()));
  ASSERT_TRUE(set);
  EXPECT_GE(set->tombstones.size(), 2U);

  const pg::testing::Database older;  // as it was before the erasure
  {
    pg::Pool pool(older.options(), 4);
    registry::Registry registry(pool, clock_, log_);
    Importer importer(pool, registry, clock_, log_);
    const auto started = importer.start({.file = write(file), .layout = "nc"});
    ASSERT_TRUE(started);
    ASSERT_EQ(importer.wait(started->id)->error.value_or(""), "");
  }
  const auto connection = older.connect();
  pg::Transaction transaction(*connection);
  EXPECT_EQ(rights::erase_again(transaction, *set, kept_, clock_.now()).value_or(-1), 1);
  EXPECT_EQ(connection->run_text("select count(*) from voter", "test").only().get<int>(0), 4);
  EXPECT_EQ(rights::to_text(rights::read_tombstones(*connection)), rights::to_text(*set));
  pg::Transaction second(*connection);
  EXPECT_EQ(rights::erase_again(second, *set, kept_, clock_.now()).value_or(-1), 0);
}

}  // namespace
}  // namespace hustings::ingest
