// Property: whatever was imported, joined, split, corrected and undone in whatever order, the
// registry is what a fresh one is in which only the remaining imports were done, then the joins
// that still stand, then the corrections of identities that are still there.
#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/rng.h"
#include "ingest/testing/history_file.h"
#include "ingest/testing/import_fixture.h"
#include "registry/digest.h"
#include "registry/persons.h"
#include "registry/profiles.h"

namespace hustings::ingest {
namespace {

using testing::history_file;
using testing::ImportTest;
using testing::nc_file;
using testing::NcRow;
using testing::Vote;

constexpr int kIds = 12;

std::string id_of(std::uint64_t number) { return "AA" + std::to_string(100 + number); }

/// A registry and what fills it.
struct World {
  World(const Clock& clock, Log& log)
      : registry(database.pool(), clock, log), importer(database.pool(), registry, clock, log) {}

  std::vector<std::string> rows() {
    std::vector<std::string> out;
    registry::each_visible_row(*database.connect(),
                               [&](std::string_view kind, std::string_view row) {
                                 out.push_back(std::string(kind) + ": " + std::string(row));
                               });
    std::ranges::sort(out);
    return out;
  }
  std::string digest() { return registry::digest(*database.connect()); }
  /// The identity's home, if it has a record.
  std::optional<VoterId> home(const std::string& id) {
    const auto connection = database.connect();
    const auto found = connection->run_text(
        "select voter_id from source_record where external_id = '" + id + "' limit 1", "test");
    if (found.empty()) return std::nullopt;
    return found[0].get<VoterId>(0);
  }
  std::string id_of(const std::string& home) {
    const auto connection = database.connect();
    return connection
        ->run_text("select external_id from source_record where voter_id = " + home + " limit 1",
                   "test")
        .only()
        .get<std::string>(0);
  }
  void join(VoterId stays, VoterId joins) {
    const auto connection = database.connect();
    pg::Transaction transaction(*connection);
    registry::lock_profiles(transaction);
    std::vector<feed::Change> changes;
    const registry::Joining one{
        .stays = stays, .joins = joins, .decided_by = "person:3", .probability = {}, .bits = ""};
    ASSERT_TRUE(registry::join_persons(transaction, {&one, 1}, nullptr, Instant{}, changes));
    if (!changes.empty()) feed::commit(transaction, changes);
  }
  void split(VoterId person, const std::vector<VoterId>& homes) {
    const auto connection = database.connect();
    pg::Transaction transaction(*connection);
    registry::lock_profiles(transaction);
    std::vector<feed::Change> changes;
    const auto made =
        registry::split_person(transaction, person, homes, "person:3", nullptr, changes);
    ASSERT_TRUE(made) << made.error().text();
    feed::commit(transaction, changes);
  }

  pg::testing::Database database;
  registry::Registry registry;
  Importer importer;
};

/// A file that was imported, and which of its ids still stand.
struct Done {
  ImportId import;
  LayoutKind kind{};
  std::filesystem::path file;
  std::vector<std::string> blank_keeps;
  std::vector<Vote> votes;
  std::vector<std::pair<std::string, std::string>> scores;  ///< id, line
  std::set<std::string> ids;
};

struct Correction {
  CorrectionId id;
  std::string voter;  ///< the identity that it was made for
  std::vector<std::pair<std::string, std::optional<std::string>>> fields;
  bool has_ended = false;
};

class UndoProperty : public ImportTest {
 protected:
  bool import(World& world, Done& done) {
    constexpr std::array<std::string_view, 3> kLayouts = {"nc", "nc-history", "scores"};
    const auto started = world.importer.start(
        {.file = done.file,
         .layout = std::string(kLayouts.at(static_cast<std::size_t>(done.kind))),
         .actor = "person:1",
         .absent_share_max = 1.0,
         .blank_keeps = done.blank_keeps});
    if (!started || started->is_repeat) return false;
    const Import ended = world.importer.wait(started->id).value();
    EXPECT_EQ(ended.state, ImportState::published) << ended.error.value_or("");
    done.import = started->id;
    return true;
  }

  std::string text_of(const Done& done) const {
    if (done.kind == LayoutKind::history) {
      std::vector<Vote> votes;
      std::ranges::copy_if(done.votes, std::back_inserter(votes),
                           [&](const Vote& vote) { return done.ids.contains(vote.ncid); });
      return votes.empty() ? "" : history_file(votes);
    }
    std::string lines;
    for (const auto& [id, line] : done.scores)
      if (done.ids.contains(id)) lines += line;
    return lines.empty() ? "" : "ncid,support_score,turnout_score,persuadability\n" + lines;
  }

  Done voters() {
    Done done{.kind = LayoutKind::voters};
    std::vector<NcRow> rows;
    const bool one_county = rng_.chance(0.3);
    for (std::uint64_t i = 0; i < kIds; ++i) {
      const std::string county = i % 3 == 0 ? "DURHAM" : "WAKE";
      if ((one_county && county != "WAKE") || rng_.chance(0.25)) continue;
      const bool blank = rng_.chance(0.3);
      rows.push_back({{"ncid", id_of(i)},
                      {"last_name", rng_.chance(0.8) ? "SMITH" : "JONES"},
                      {"county_desc", rng_.chance(0.95) ? county : "WAKE"},
                      {"confidential_ind", rng_.chance(0.05) ? "Y" : "N"},
                      {"party_cd", rng_.chance(0.8) ? "UNA" : "DEM"},
                      {"res_street_address", blank              ? ""
                                             : rng_.chance(0.8) ? "1 OAK"
                                                                : "2 ELM"},
                      {"full_phone_number",
                       rng_.chance(0.3) ? "" : "919555010" + std::to_string(rng_.below(3))}});
      done.ids.insert(id_of(i));
    }
    if (rng_.chance(0.3)) done.blank_keeps = {"phone", "street"};
    done.file = write(nc_file(rows), "voters" + std::to_string(++files_));
    return done;
  }
  Done history() {
    Done done{.kind = LayoutKind::history};
    for (std::uint64_t i = 0; i < kIds; ++i) {
      for (const char* date : {"11/08/2022", "05/17/2022"}) {
        if (rng_.chance(0.5)) continue;
        done.votes.push_back({.ncid = id_of(i),
                              .method = rng_.chance(0.7) ? "IN-PERSON" : "ABSENTEE BY MAIL",
                              .date = date,
                              .name = std::string(date) + " GENERAL"});
        done.ids.insert(id_of(i));
      }
    }
    return done;
  }
  Done scores() {
    Done done{.kind = LayoutKind::scores};
    const auto score = [&] { return rng_.chance(0.3) ? "" : std::to_string(rng_.below(5)); };
    for (std::uint64_t i = 0; i < kIds; ++i) {
      if (rng_.chance(0.5)) continue;
      const std::string support = score();
      done.scores.emplace_back(id_of(i),
                               id_of(i) + ',' + support + ',' + score() + ',' + score() + '\n');
      done.ids.insert(id_of(i));
    }
    return done;
  }

  std::set<std::string> known() const {
    std::set<std::string> ids;
    for (const Done& done : done_)
      if (done.kind == LayoutKind::voters) ids.insert(done.ids.begin(), done.ids.end());
    return ids;
  }
  void drop_orphans() {
    const auto ids = known();
    for (Done& done : done_)
      std::erase_if(done.ids, [&](const auto& id) { return !ids.contains(id); });
  }

  void do_import(World& world, Done done) {
    if (done.kind != LayoutKind::voters) {
      const auto ids = known();
      done.file = write(text_of(done), "rows" + std::to_string(++files_));
      std::erase_if(done.ids, [&](const auto& id) { return !ids.contains(id); });
    }
    const std::string before = world.digest();
    if (!import(world, done)) return;
    if (rng_.chance(0.2)) {  // import and undo at once
      undo(world, done.import);
      EXPECT_EQ(world.digest(), before);
      return;
    }
    done_.push_back(std::move(done));
  }
  static void undo(World& world, ImportId id) {
    const Status asked = world.importer.undo(id, "person:2");
    ASSERT_TRUE(asked) << asked.error().text();
    const Import import = world.importer.wait(id).value();
    ASSERT_EQ(import.state, ImportState::undone) << import.error.value_or("");
  }
  void do_undo(World& world) {
    if (done_.empty()) return;
    const auto at = done_.begin() + static_cast<long>(rng_.below(done_.size()));
    undo(world, at->import);
    done_.erase(at);
    drop_orphans();
  }
  void do_correct(World& world) {
    Correction correction{.voter = id_of(rng_.below(kIds))};
    const auto home = world.home(correction.voter);
    if (!home) return;
    // On the person's page: for the identity whose home is the person's id, if it has a record.
    const bool by_person = rng_.chance(0.5);
    const VoterId voter = by_person ? registry::person_of(*world.database.connect(), *home) : *home;
    if (rng_.chance(0.5)) correction.fields.emplace_back("party", "GRE");
    if (rng_.chance(0.3)) correction.fields.emplace_back("phone", std::nullopt);
    if (rng_.chance(0.3)) correction.fields.emplace_back("street", "9 ASH");
    correction.fields.emplace_back("city", rng_.chance(0.5) ? "CARY" : "APEX");
    correction.id = world.registry.correct({voter, correction.fields, "person:3"}).value();
    const auto connection = world.database.connect();
    correction.voter =
        world.id_of(connection
                        ->run_text("select home_id from correction where correction_id = " +
                                       std::to_string(correction.id.value()),
                                   "test")
                        .only()
                        .get<std::string>(0));
    corrections_.push_back(std::move(correction));
  }
  void do_end_correction(World& world) {
    for (Correction& correction : corrections_) {
      if (correction.has_ended) continue;
      ASSERT_TRUE(world.registry.end_correction(correction.id, "person:3"));
      correction.has_ended = true;
      return;
    }
  }

  /// Whoever is one person with the identity, with records or without.
  std::set<std::string>& person(const std::string& id) {
    for (std::set<std::string>& ids : persons_)
      if (ids.contains(id)) return ids;
    return persons_.emplace_back(std::set{id});
  }
  void do_join(World& world) {
    const std::string one = id_of(rng_.below(kIds));
    const std::string other = id_of(rng_.below(kIds));
    const auto stays = world.home(one);
    const auto joins = world.home(other);
    if (!stays || !joins || one == other) return;
    world.join(*stays, *joins);
    std::set<std::string> joined = person(one);
    joined.merge(std::set(person(other)));
    std::erase_if(persons_, [&](const auto& ids) { return joined.contains(*ids.begin()); });
    persons_.push_back(std::move(joined));
  }
  void do_split(World& world) {
    for (std::set<std::string>& ids : persons_) {
      std::vector<VoterId> homes;
      std::set<std::string> out;
      bool stays = false;
      for (const std::string& id : ids) {
        const auto home = world.home(id);
        if (!home) continue;
        if (rng_.chance(0.5)) {
          homes.push_back(*home);
          out.insert(id);
        } else {
          stays = true;
        }
      }
      if (homes.empty() || !stays) continue;
      world.split(registry::person_of(*world.database.connect(), homes.front()), homes);
      std::erase_if(ids, [&](const auto& id) { return out.contains(id); });
      persons_.push_back(std::move(out));
      return;
    }
  }

  void step(World& world) {
    const auto dice = rng_.below(120);
    if (dice < 35) return do_import(world, voters());
    if (dice < 48) return do_import(world, history());
    if (dice < 61) return do_import(world, scores());
    if (dice < 72) return do_correct(world);
    if (dice < 76) return do_end_correction(world);
    if (dice < 91) return do_join(world);
    if (dice < 96) return do_split(world);
    do_undo(world);
  }

  /// A fresh registry with what is left: the voters, then what hangs on them.
  void expect_as_if_never(World& world) {
    World fresh(clock_, log_);
    for (Done done : done_)
      if (done.kind == LayoutKind::voters) import(fresh, done);
    for (Done done : done_) {
      if (done.kind == LayoutKind::voters) continue;
      const std::string text = text_of(done);
      if (text.empty()) continue;
      done.file = write(text, "oracle" + std::to_string(++files_));
      import(fresh, done);
    }
    for (const std::set<std::string>& person : persons_) {
      std::vector<VoterId> homes;
      for (const std::string& id : person)
        if (const auto home = fresh.home(id)) homes.push_back(*home);
      for (std::size_t i = 1; i < homes.size(); ++i)
        fresh.join(homes[0], homes[i]);
    }
    for (const Correction& correction : corrections_) {
      const auto home = fresh.home(correction.voter);
      if (correction.has_ended || !home) continue;
      ASSERT_TRUE(fresh.registry.correct({*home, correction.fields, "person:3"}));
    }
    EXPECT_EQ(world.rows(), fresh.rows());
    EXPECT_EQ(world.digest(), fresh.digest());
  }

  Rng rng_{1};
  std::vector<Done> done_;
  std::vector<Correction> corrections_;
  std::vector<std::set<std::string>> persons_;  ///< identities that were joined
  int files_ = 0;
};

TEST_F(UndoProperty, WhatIsUndoneHasNeverBeen) {
  for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    rng_ = Rng(seed);
    done_.clear();
    corrections_.clear();
    persons_.clear();
    World world(clock_, log_);
    for (int i = 0; i < 20; ++i)
      step(world);
    expect_as_if_never(world);
    for (int i = 0; i < 3; ++i)
      do_undo(world);
    expect_as_if_never(world);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace hustings::ingest
