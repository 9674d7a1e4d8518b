#include "archive/archive.h"

#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/catalogue.h"
#include "archive/snapshot.h"
#include "base/text.h"
#include "objectstore/testing/memory_store.h"
#include "pg/migrations.h"
#include "pg/testing/database.h"

namespace hustings::archive {
namespace {

using namespace std::chrono_literals;
using objectstore::testing::MemoryStore;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Rows of every kind that COPY has to carry: nulls, tabs, line ends, backslashes, bytes, arrays,
/// JSON, reals, moments, ranges; in an ordinary table, a partition and one that an import made.
constexpr const char* kRows = R"sql(
insert into person (name, email, role, created_at)
  values (E'Zoë\t"Tab"\n\\N', 'zoe@example.org', 'administrator', '2026-10-01 12:00:00.123456+02'),
         ('', null, 'caller', '-infinity');
insert into session (token_hash, person_id, csrf_token, phonebank_id, created_at, last_seen_at,
                     expires_at)
  values ('\x00ff', 1, 'csrf', null, now(), now(), now());
insert into voter (bucket, voter_id, import_id, source, external_id, status, protected, last_name,
                   first_name, state, county, birth_date, districts)
  select i % 4096, i, 1, 'nc', 'A' || i, 'active', false, 'Last ' || i, E'F\\irst', 'NC', 'WAKE',
         date '1950-01-01' + i, '{"fire": "12", "name": "\u00e9"}'
  from generate_series(1, 3000) i;
create table voter_import_7 partition of voter for values from (4294967296) to (4294968296);
insert into voter (bucket, voter_id, import_id, source, external_id, status, protected, last_name,
                   first_name, state, county)
  select 1, 4294967296 + i, 7, 'nc', 'B' || i, 'inactive', true, 'X', 'Y', 'NC', 'DURHAM'
  from generate_series(0, 499) i;
create table source_record_7 partition of source_record for values in (7);
insert into source_record (import_id, bucket, record_id, source, external_id, line, voter_id,
                           fingerprint)
  select 7, 1, i, 'nc', 'B' || i, i, i, -i from generate_series(1, 500) i;
insert into link (bucket, home_id, home_bucket, voter_id, decided_by, probability, bits, at)
  values (1, 7, 1, 1, 'person:1', 0.1, '{"last_name": 7.25}', now());
insert into import_run (layout, layout_version, kind, source, file_name, file_bytes, state,
                        started_by, started_at, blank_keeps, report)
  values ('nc', 1, 'voters', 'nc', 'f', 1, 'undone', 'system', now(), '{phone,"a b"}',
          '{"new": 1}');
insert into import_presence (import_id, part, source, counties, data)
  values (1, '', 'nc', '{WAKE,"NEW HANOVER"}', '\x00ff01');
insert into survivorship values ('email', 'official_first');
insert into zone_set values (1, '{America/New_York,"Odd, zone"}');
insert into change (position, kind, subject, actor, payload)
  values (nextval('change_position'), 'signed_in', 'person:1', 'person:1', '{"a": [1, null]}');
select nextval('voter_id_block') from generate_series(1, 5);
)sql";

std::uint64_t chunks_of(const Manifest& manifest, std::string_view table) {
  return std::ranges::find(manifest.tables, table, &Table::name)->chunks.size();
}

class Archive : public ::testing::Test {
 protected:
  Archive() : connection_(database_.connect()) {}

  void fill() { connection_->run_text(kRows, "fill"); }
  Result<ArchiveReport> write(const WriteOptions& options = {.product_version = "test",
                                                             .chunk_bytes_max = 64 * 1024}) {
    return write_archive(database_.options(), store_, clock_, options);
  }
  Result<RestoreReport> restore(const pg::ConnectOptions& target) {
    return restore_archive(store_, target, {});
  }
  std::int64_t count(pg::Connection& connection, const std::string& table) {
    return connection.run_text("select count(*) from " + table, "count")
        .only()
        .get<std::int64_t>(0);
  }

  pg::testing::Database database_;
  std::unique_ptr<pg::Connection> connection_;
  ManualClock clock_{*from_iso("2026-11-04T02:00:00Z")};
  MemoryStore store_;
};

TEST_F(Archive, ComesBackDigestForDigest) {
  fill();
  const ArchiveReport report = write().value();
  const Manifest manifest = read_manifest(store_).value();
  EXPECT_EQ(report.rows, manifest.rows());
  EXPECT_EQ(report.attempts, 1);
  EXPECT_EQ(report.feed_position, 1);
  EXPECT_GT(chunks_of(manifest, "voter"), 2U) << "several files, of two partitions";
  const VerifyReport verified = verify_archive(store_, {}).value();
  EXPECT_EQ(verified.rows, report.rows);
  EXPECT_EQ(verified.manifest_sha256, report.manifest_sha256);

  const pg::testing::Database target(false);
  const RestoreReport restored = restore(target.options()).value();
  EXPECT_EQ(restored.rows, report.rows);
  EXPECT_THAT(restored.remarks, IsEmpty());
  const auto there = target.connect();
  EXPECT_EQ(count(*there, "voter"), 3500);
  EXPECT_EQ(count(*there, "voter_import_7"), 500);
  EXPECT_EQ(there->run_text("select nextval('voter_id_block')", "x").only().get<std::int64_t>(0),
            4294967296 + 5);
  there->run_text("insert into person (name, role, created_at) values ('n', 'caller', now())", "x");
  EXPECT_EQ(there->run_text("select max(person_id) from person", "x").only().get<int>(0), 3);

  // An archive of the restored database has the same rows in every table but archive_run.
  MemoryStore second;
  there->run_text("delete from person where person_id = 3", "x");
  ASSERT_TRUE(write_archive(target.options(), second, clock_, {.product_version = "test"}));
  const Manifest again = read_manifest(second).value();
  ASSERT_EQ(again.tables.size(), manifest.tables.size());
  for (std::size_t i = 0; i < again.tables.size(); ++i) {
    EXPECT_EQ(again.tables[i].row_digest, manifest.tables[i].row_digest) << again.tables[i].name;
    EXPECT_EQ(again.tables[i].partitions, manifest.tables[i].partitions);
  }
}

TEST_F(Archive, CoversEveryTableOfTheSchema) {
  ASSERT_TRUE(write());
  const Manifest manifest = read_manifest(store_).value();
  std::size_t with_partitions = 0;
  for (const Table& table : manifest.tables)
    with_partitions += 1 + table.partitions.size();
  EXPECT_EQ(
      static_cast<std::int64_t>(with_partitions),
      connection_
          ->run_text("select count(*) from pg_tables where schemaname = current_schema()", "count")
          .only()
          .get<std::int64_t>(0));
}

TEST_F(Archive, RemembersItself) {
  EXPECT_FALSE(last_archive(*connection_));
  const ArchiveReport report = write().value();
  ArchiveRun run = last_archive(*connection_).value();
  EXPECT_EQ(run.archive, report.archive);
  EXPECT_EQ(run.folder, "memory");
  EXPECT_EQ(run.bytes, static_cast<std::int64_t>(report.stored_bytes));
  EXPECT_FALSE(run.verified_at);
  note_verified(*connection_, report.archive, clock_.now());
  EXPECT_EQ(last_archive(*connection_)->verified_at, clock_.now());
}

TEST_F(Archive, AnyFlippedByteOfAnyFileIsFoundAndNothingIsRestored) {
  fill();
  ASSERT_TRUE(write());
  const MemoryStore::Objects whole = *store_.objects();
  for (const auto& [name, bytes] : whole) {
    for (const std::size_t at : {std::size_t{0}, bytes.size() / 2, bytes.size() - 1}) {
      *store_.objects() = whole;
      (*store_.objects())[name][at] ^= 4;
      const auto verified = verify_archive(store_, {});
      ASSERT_FALSE(verified) << name << " at " << at;
      EXPECT_THAT(verified.error().text(), HasSubstr(name));
    }
  }
  *store_.objects() = whole;
  (*store_.objects())["data/voter/voter_single/0001.copy.zst"][200] ^= 4;
  const pg::testing::Database target(false);
  EXPECT_EQ(restore(target.options()).error().where, "data/voter/voter_single/0001.copy.zst");
  EXPECT_EQ(count(*target.connect(), "person"), 0);
  *store_.objects() = whole;
  EXPECT_TRUE(restore(target.options())) << "the same target can be used when the file is mended";
}

TEST_F(Archive, AMissingAStrangeAndAnAddedFileAreNamed) {
  fill();
  ASSERT_TRUE(write());
  ASSERT_TRUE(store_.remove("data/person/0001.copy.zst"));
  EXPECT_THAT(verify_archive(store_, {}).error().text(),
              HasSubstr("data/person/0001.copy.zst is missing"));
  ASSERT_TRUE(objectstore::write_all(store_, "data/extra", "x"));
  const Error error = verify_archive(store_, {}).error();
  EXPECT_THAT(error.text(), HasSubstr("data/extra: The manifest does not name this file"));
  EXPECT_THAT(error.text(), HasSubstr("1 more file"));
}

TEST_F(Archive, ConcurrentWritesGiveOneMoment) {
  // Each transaction writes one row into two tables: an archive must hold as many of the one as of
  // the other, and no half.
  std::atomic<bool> stop = false;
  std::jthread writer([&] {
    const auto connection = database_.connect();
    while (!stop) {
      connection->run_text(
          "begin; insert into zone_set select coalesce(max(zone_set_id), 0) + 1, "
          "array['zone ' || coalesce(max(zone_set_id), 0) + 1] from zone_set; "
          "insert into change select nextval('change_position'), now(), 'k', 's', 'a', '{}'; "
          "commit",
          "write");
    }
  });
  while (count(*connection_, "change") < 20)
    std::this_thread::yield();
  const auto rows_of = [](const Manifest& manifest, std::string_view table) {
    return std::ranges::find(manifest.tables, table, &Table::name)->rows;
  };
  for (int i = 0; i < 3; ++i) {
    store_.objects()->clear();
    ASSERT_TRUE(write());
    const Manifest manifest = read_manifest(store_).value();
    EXPECT_EQ(rows_of(manifest, "zone_set"), rows_of(manifest, "change"));
    EXPECT_EQ(static_cast<std::int64_t>(rows_of(manifest, "change")), manifest.feed_position);
  }
  stop = true;
}

TEST_F(Archive, ATableMadeBetweenListingAndSnapshotIsNoticed) {
  std::atomic<int> listings = 0;
  WriteOptions options{.product_version = "test"};
  options.on_progress = [&](const Progress& progress) {
    if (progress.stage != Progress::Stage::listed || ++listings > 1) return;
    connection_->run_text("create table late (a int); insert into late values (1)", "late");
  };
  EXPECT_EQ(write(options).value().attempts, 2);
  EXPECT_EQ(chunks_of(read_manifest(store_).value(), "late"), 1U);
}

TEST_F(Archive, ATableDroppedOrAlteredBetweenListingAndSnapshotIsNoticed) {
  connection_->run_text("create table soon_gone (a int)", "soon");
  std::atomic<int> listings = 0;
  WriteOptions options{.product_version = "test"};
  options.on_progress = [&](const Progress& progress) {
    if (progress.stage != Progress::Stage::listed) return;
    const int number = ++listings;
    if (number == 1) connection_->run_text("drop table soon_gone", "drop");
    if (number == 2) connection_->run_text("alter table person add column more int", "alter");
  };
  EXPECT_EQ(write(options).value().attempts, 3);
}

TEST_F(Archive, GivesUpWhenTablesChangeEveryTime) {
  int listings = 0;
  WriteOptions options{.product_version = "test"};
  options.on_progress = [&](const Progress& progress) {
    if (progress.stage != Progress::Stage::listed) return;
    connection_->run_text("create table late_" + std::to_string(++listings) + " (a int)", "late");
  };
  EXPECT_EQ(write(options).error().code, ErrorCode::conflict);
  EXPECT_EQ(listings, Snapshot::kAttemptsMax);
  EXPECT_TRUE(store_.objects()->empty());
}

TEST_F(Archive, HoldsATruncateOffUntilItIsDone) {
  fill();
  std::atomic<bool> is_truncated = false;
  std::atomic<bool> was_early = false;
  std::jthread other;  // after what it writes to: it is joined first
  WriteOptions options{.product_version = "test", .workers = 1};
  options.on_progress = [&](const Progress& progress) {
    if (progress.stage == Progress::Stage::finishing) was_early = is_truncated.load();
    if (progress.stage != Progress::Stage::table || other.joinable()) return;
    other = std::jthread([&] {
      database_.connect()->run_text("truncate link", "truncate");
      is_truncated = true;
    });
    std::this_thread::sleep_for(50ms);  // only makes a wrong archive more likely to be caught
  };
  ASSERT_TRUE(write(options));
  EXPECT_FALSE(was_early);
  EXPECT_EQ(chunks_of(read_manifest(store_).value(), "link"), 1U);
}

TEST_F(Archive, RefusesAPlaceThatIsNotEmpty) {
  ASSERT_TRUE(write());
  EXPECT_THAT(write().error().sentence, HasSubstr("holds an archive already"));
  ASSERT_TRUE(store_.remove(kManifestFile));
  EXPECT_THAT(write().error().sentence, HasSubstr("not empty"));
  EXPECT_FALSE(store_.objects()->empty()) << "what was there before stays";
}

TEST_F(Archive, AFullDiskLeavesNothing) {
  fill();
  for (const std::uint64_t room : {0, 1000, 20'000}) {
    store_.set_room(room);
    EXPECT_THROW((void)write(), Failure);
    EXPECT_TRUE(store_.objects()->empty());
  }
  store_.set_room(1 << 30);
  EXPECT_TRUE(write());
}

TEST_F(Archive, CanBeStopped) {
  fill();
  std::stop_source stop;
  WriteOptions options{.product_version = "test", .stop = stop.get_token()};
  options.on_progress = [&](const Progress& progress) {
    if (progress.stage == Progress::Stage::table) stop.request_stop();
  };
  EXPECT_EQ(write(options).error().code, ErrorCode::cancelled);
  EXPECT_TRUE(store_.objects()->empty());
  ASSERT_TRUE(write());
  ReadOptions reading{.stop = stop.get_token()};
  EXPECT_EQ(verify_archive(store_, reading).error().code, ErrorCode::cancelled);
  const pg::testing::Database target(false);
  EXPECT_EQ(restore_archive(store_, target.options(), reading).error().code, ErrorCode::cancelled);
  EXPECT_EQ(count(*target.connect(), "person"), 0);
}

TEST_F(Archive, OneAtATime) {
  std::optional<ErrorCode> second;
  WriteOptions options{.product_version = "test"};
  options.on_progress = [&](const Progress& progress) {
    if (progress.stage != Progress::Stage::finishing) return;
    MemoryStore other;
    second = write_archive(database_.options(), other, clock_, {}).error().code;
  };
  ASSERT_TRUE(write(options));
  EXPECT_EQ(second, ErrorCode::conflict);
}

TEST_F(Archive, NothingToArchive) {
  const pg::testing::Database empty(false);
  EXPECT_EQ(write_archive(empty.options(), store_, clock_, {}).error().code, ErrorCode::not_found);
}

TEST_F(Archive, RestoresOnlyIntoAnEmptyDatabase) {
  fill();
  ASSERT_TRUE(write());
  const Error error = restore(database_.options()).error();
  EXPECT_EQ(error.code, ErrorCode::conflict);
  EXPECT_THAT(error.sentence, HasSubstr("has rows"));
  EXPECT_EQ(count(*connection_, "voter"), 3500);
  const pg::testing::Database migrated;
  EXPECT_TRUE(restore(migrated.options()));
}

TEST_F(Archive, RefusesMigrationsThatThisProgramDoesNotKnow) {
  connection_->run_text("insert into migration values (999, '0999_later', 'x')", "later");
  ASSERT_TRUE(write());
  const pg::testing::Database target(false);
  const Error newer = restore(target.options()).error();
  EXPECT_EQ(newer.code, ErrorCode::conflict);
  EXPECT_THAT(newer.sentence, HasSubstr("newer program (test)"));
  connection_->run_text(
      "delete from migration where number = 999; "
      "update migration set checksum = 'other' where number = 1",
      "other");
  store_.objects()->clear();
  ASSERT_TRUE(write());
  EXPECT_THAT(restore(target.options()).error().sentence, HasSubstr("differs"));
}

TEST_F(Archive, RefusesAnOlderArchiveForANewerDatabase) {
  ASSERT_TRUE(write());
  const pg::testing::Database target;
  target.connect()->run_text("insert into migration values (999, '0999_later', 'x')", "later");
  EXPECT_THAT(restore(target.options()).error().sentence,
              HasSubstr("newer program than the archive"));
}

TEST_F(Archive, SomebodysOwnTableComesBackAsPlainRows) {
  connection_->run_text(
      "create table \"Own things\" (id serial primary key, note varchar(9), at "
      "timestamptz[]); insert into \"Own things\" (note) values ('a'), (null)",
      "own");
  ASSERT_TRUE(write());
  const pg::testing::Database target(false);
  const RestoreReport report = restore(target.options()).value();
  EXPECT_THAT(report.remarks, ElementsAre(HasSubstr("Own things is not a table of Hustings"),
                                          HasSubstr("Own things_id_seq is not a sequence")));
  EXPECT_EQ(count(*target.connect(), "\"Own things\""), 2);
}

TEST_F(Archive, EveryKindOfValueSurvives) {
  connection_->run_text(R"sql(
      create table kinds (r real, d double precision, n numeric, b bytea, u uuid, j jsonb, t text[],
                          i interval, s tstzrange, day date, at timestamptz, c "char");
      insert into kinds values
        (0.1, 0.1::float8 + 0.2, 12345678901234567890.123456789, '\x0001ff5c0a', gen_random_uuid(),
         '{"a": "\\u00fc\\n"}', array[E'\t', null, '', '"'], '1 mon -2 days 03:04:05.6',
         '[2026-10-01 10:00+00, 2026-10-01 12:00+00)', 'infinity', '2026-10-25 02:30 Europe/Berlin',
         'x'),
        ('nan', '-infinity', 'nan', '', null, 'null', '{}', '0', 'empty', '0044-03-15 BC', null,
         null)
      )sql",
                        "kinds");
  ASSERT_TRUE(write());
  const pg::testing::Database target(false);
  ASSERT_TRUE(restore(target.options()));
  const auto text = [](pg::Connection& connection) {
    return std::string(
        connection.run_text("select string_agg(k::text, ';') from kinds k", "all").only().text(0));
  };
  EXPECT_EQ(text(*connection_), text(*target.connect()));
}

TEST_F(Archive, ReadsOneLevelOfPartitionsOnly) {
  connection_->run_text(
      "create table twice partition of voter for values from (4294967296) to "
      "(4294967299) partition by range (voter_id)",
      "twice");
  EXPECT_THAT(write().error().sentence,
              HasSubstr("twice is a partition that is partitioned again"));
}

TEST_F(Archive, ForeignKeysGiveTheOrderOfLoading) {
  const Catalogue catalogue = read_catalogue(*connection_).value();
  const auto order = load_order(*connection_, catalogue).value();
  EXPECT_EQ(order.size(), catalogue.tables.size());
  const auto at = [&](std::string_view name) { return std::ranges::find(order, name); };
  EXPECT_LT(at("person"), at("session"));
  EXPECT_LT(at("list"), at("phonebank"));
  connection_->run_text("alter table person add column round bytea references session", "round");
  EXPECT_THAT(load_order(*connection_, catalogue).error().sentence, HasSubstr("in a circle"));
}

}  // namespace
}  // namespace hustings::archive
