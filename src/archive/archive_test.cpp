#include "archive/archive.h"

#include <atomic>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/catalogue.h"
#include "archive/chunk_io.h"
#include "archive/manifest.h"
#include "archive/parallel.h"
#include "archive/readme_text.h"
#include "base/digest.h"
#include "base/text.h"
#include "objectstore/testing/memory_store.h"

namespace hustings::archive {
namespace {

using objectstore::testing::MemoryStore;
using ::testing::HasSubstr;

Manifest a_manifest() {
  Manifest manifest;
  manifest.product_version = "0.1.0";
  manifest.made_at = *from_iso("2026-11-04T02:00:00.000001Z");
  manifest.server_version = 150020;
  manifest.encoding = "UTF8";
  manifest.collation = "C.UTF-8";
  manifest.schema = "hustings";
  manifest.feed_position = 42;
  manifest.migrations = {{1, "0001_foundation", std::string(64, 'a')}};
  manifest.tables = {{.name = "person",
                      .columns = {{"person_id", "bigint"}, {"name", "text"}},
                      .rows = 2,
                      .row_digest = std::string(32, '1'),
                      .chunks = {{"data/person/0001.copy.zst", "", 2, {9, "ab"}, {18, "cd"}}}},
                     {.name = "voter",
                      .columns = {{"voter_id", "bigint"}},
                      .partitions = {{"voter_single", "FOR VALUES FROM ('1') TO ('9')"}},
                      .row_digest = std::string(32, '0')}};
  manifest.sequences = {{"person_person_id_seq", 2, true}};
  return manifest;
}

/// What a ChunkWriter makes of some rows.
struct Written {
  std::vector<Chunk> chunks;
  RowSetDigest digest;
};
Written write_rows(MemoryStore& store, int rows, std::uint64_t bytes_max) {
  ChunkWriter writer(store, {.folder = "data/t", .partition = "p", .bytes_max = bytes_max});
  for (int i = 0; i < rows; ++i)
    writer.add("row number " + std::to_string(i) + "\n");
  writer.finish();
  return {writer.take_chunks(), writer.digest()};
}

TEST(Manifest, IsReadAsItWasWritten) {
  const std::string json = to_json(a_manifest());
  EXPECT_EQ(manifest_from_json(json).value(), a_manifest());
  EXPECT_EQ(to_json(manifest_from_json(json).value()), json);
  EXPECT_THAT(json, HasSubstr("\n      \"name\": \"person\",\n"));
  EXPECT_THAT(json, HasSubstr(R"({"name":"voter_id","type":"bigint"})"));
  EXPECT_EQ(a_manifest().rows(), 2U);
  EXPECT_EQ(a_manifest().stored_bytes(), 18U);
}

TEST(Manifest, RefusesWhatIsNoneAndWhatIsNewer) {
  const std::string json = to_json(a_manifest());
  for (const std::string& bad : {std::string(""), std::string("{}"), std::string("[1,2"),
                                 json.substr(0, json.size() / 2), std::string("\xff\xfe")}) {
    EXPECT_EQ(manifest_from_json(bad).error().code, ErrorCode::invalid) << bad;
  }
  Manifest newer = a_manifest();
  newer.format_version = 2;
  const Error error = manifest_from_json(to_json(newer)).error();
  EXPECT_EQ(error.code, ErrorCode::conflict);
  EXPECT_THAT(error.sentence, HasSubstr("format 2"));
}

TEST(Sums, NameEveryOtherFile) {
  const std::string sums = sums_of(a_manifest(), "json", "readme");
  EXPECT_EQ(sums, to_hex(Sha256::of("readme")) + "  README.txt\n" + to_hex(Sha256::of("json")) +
                      "  manifest.json\ncd  data/person/0001.copy.zst\n");
}

TEST(Readme, SaysHowToReadTheArchive) {
  const std::string text = readme_text(a_manifest());
  for (const char* words : {"sha256sum --check SHA256SUMS", "zstd -dc", "2026-11-04", "15.20"}) {
    EXPECT_THAT(text, HasSubstr(words));
  }
}

TEST(Chunks, AreCutBetweenRowsAndReadBack) {
  MemoryStore store;
  const Written written = write_rows(store, 1000, 4000);
  ASSERT_GT(written.chunks.size(), 3U);
  EXPECT_EQ(written.chunks[1].file, "data/t/0002.copy.zst");
  RowSetDigest digest;
  std::string all;
  for (const Chunk& chunk : written.chunks) {
    EXPECT_LE(chunk.plain.bytes, 4000U);
    EXPECT_EQ(chunk.partition, "p");
    ASSERT_TRUE(read_chunk(store, chunk, digest, [&](std::string_view rows) { all += rows; }));
  }
  EXPECT_EQ(digest, written.digest);
  EXPECT_EQ(digest.rows(), 1000U);
  EXPECT_TRUE(all.starts_with("row number 0\nrow number 1\n"));
}

TEST(Chunks, RowsLargerThanAnyBufferSurvive) {
  MemoryStore store;
  ChunkWriter writer(store, {.folder = "data/t", .partition = "", .bytes_max = 1000});
  const std::string large = std::string(3 << 20, 'x') + "\n";
  for (const std::string& row : {std::string("a\n"), large, std::string("b\n")})
    writer.add(row);
  writer.finish();
  const auto chunks = writer.take_chunks();
  ASSERT_EQ(chunks.size(), 3U) << "a row larger than a chunk has one of its own";
  RowSetDigest digest;
  std::string all;
  for (const Chunk& chunk : chunks) {
    ASSERT_TRUE(read_chunk(store, chunk, digest, [&](std::string_view rows) { all += rows; }));
  }
  EXPECT_EQ(all, "a\n" + large + "b\n");
  EXPECT_EQ(digest, writer.digest());
}

TEST(Chunks, NoRowsMakeNoFile) {
  MemoryStore store;
  EXPECT_TRUE(write_rows(store, 0, 1000).chunks.empty());
  EXPECT_TRUE(store.objects()->empty());
}

TEST(Chunks, AnyFlippedByteIsFoundAndNamed) {
  MemoryStore store;
  const Chunk chunk = write_rows(store, 20, 1 << 20).chunks.at(0);
  const std::string whole = store.objects()->at(chunk.file);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const int bit : {0, 7}) {
      std::string flipped = whole;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
      (*store.objects())[chunk.file] = flipped;
      RowSetDigest digest;
      const Status read = read_chunk(store, chunk, digest, {});
      ASSERT_FALSE(read) << "byte " << at;
      EXPECT_EQ(read.error().where, chunk.file);
    }
  }
}

TEST(Chunks, AMissingShortenedOrLyingFileIsNamed) {
  MemoryStore store;
  const Chunk chunk = write_rows(store, 20, 1 << 20).chunks.at(0);
  const std::string whole = store.objects()->at(chunk.file);
  RowSetDigest digest;
  (*store.objects())[chunk.file] = whole.substr(0, whole.size() - 5);
  EXPECT_THAT(read_chunk(store, chunk, digest, {}).error().text(), HasSubstr("cut short"));
  store.objects()->clear();
  EXPECT_THAT(read_chunk(store, chunk, digest, {}).error().text(),
              HasSubstr("data/t/0001.copy.zst is missing"));
  (*store.objects())[chunk.file] = whole;
  Chunk lying = chunk;
  lying.rows = 21;
  EXPECT_THAT(read_chunk(store, lying, digest, {}).error().sentence, HasSubstr("rows"));
  lying = chunk;
  lying.plain.bytes = 10;
  EXPECT_THAT(read_chunk(store, lying, digest, {}).error().sentence, HasSubstr("more than"));
}

TEST(Chunks, FoldersHaveNamesThatEveryStoreTakes) {
  EXPECT_EQ(chunk_folder("voter", "voter_single"), "data/voter/voter_single");
  EXPECT_EQ(chunk_folder("Straße/.x", ""), "data/Stra%C3%9Fe%2F%2Ex");
  EXPECT_TRUE(objectstore::check_name(chunk_folder("..", "a b")));
}

TEST(PartitionBounds, AreNothingElse) {
  for (const char* good :
       {"FOR VALUES FROM ('1') TO ('4294967296')", "FOR VALUES IN ('17')",
        "FOR VALUES FROM (MINVALUE) TO ('2026-01-01 00:00:00+00')", "DEFAULT",
        "FOR VALUES WITH (modulus 4, remainder 0)", "FOR VALUES IN (NULL, -3)"}) {
    EXPECT_TRUE(is_partition_bounds(good)) << good;
  }
  for (const char* bad :
       {"", "FOR VALUES IN ('1'); drop table voter", "FOR VALUES IN (now())", "FOR VALUES IN ('1",
        "FOR VALUES IN (1) --", "with (x)", "FOR VALUES IN (\"a\")", "DEFAULT; select 1"}) {
    EXPECT_FALSE(is_partition_bounds(bad)) << bad;
  }
}

TEST(Parallel, RunsEachJobOnceAndThrowsTheFirstFailure) {
  std::vector<std::atomic<int>> runs(100);
  in_parallel(4, runs.size(), [&](std::size_t worker, std::size_t job) {
    EXPECT_LT(worker, 4U);
    ++runs[job];
  });
  for (const auto& count : runs)
    EXPECT_EQ(count, 1);
  std::atomic<int> begun = 0;
  EXPECT_THROW(in_parallel(1, 100,
                           [&](std::size_t, std::size_t job) {
                             ++begun;
                             if (job == 3) throw Failure("three");
                           }),
               Failure);
  EXPECT_EQ(begun, 4);
}

TEST(Verify, SaysWhatIsNoArchive) {
  MemoryStore store;
  EXPECT_THAT(verify_archive(store, {}).error().sentence, HasSubstr("is empty"));
  ASSERT_TRUE(objectstore::write_all(store, "data/person/0001.copy.zst", "x"));
  const Error error = verify_archive(store, {}).error();
  EXPECT_EQ(error.code, ErrorCode::not_found);
  EXPECT_THAT(error.sentence, HasSubstr("manifest.json is missing"));
  ASSERT_TRUE(objectstore::write_all(store, "manifest.json", "hello"));
  EXPECT_THAT(verify_archive(store, {}).error().text(), HasSubstr("manifest.json: The manifest"));
}

}  // namespace
}  // namespace hustings::archive
