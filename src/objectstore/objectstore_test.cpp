#include <array>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/rng.h"
#include "base/text.h"
#include "objectstore/folder_store.h"
#include "objectstore/testing/memory_store.h"
#include "objectstore/zstd_stream.h"

namespace hustings::objectstore {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A folder of its own, gone at the end.
class FolderStoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "hustings-store-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::unique_ptr<FolderStore> store() { return FolderStore::open(folder_).value(); }
  fs::path folder_;
};

std::string some_text(std::size_t bytes) {
  Rng rng(7);
  std::string out;
  while (out.size() < bytes)
    out += std::to_string(rng.below(1000)) + '\t';
  return out;
}

Result<std::string> read_zstd(Store& store, std::string_view name, ZstdExtents* extents = nullptr) {
  ZstdReader reader(TRY(store.get(name)), std::string(name));
  std::string out;
  std::array<char, 5000> room;
  while (const std::size_t got = TRY(reader.read(room)))
    out.append(room.data(), got);
  if (extents != nullptr) *extents = reader.extents();
  return out;
}

TEST(ObjectName, StaysInItsFolder) {
  for (const char* good : {"manifest.json", "data/voter/0001.copy.zst", "a-b_c%20.D"}) {
    EXPECT_TRUE(check_name(good)) << good;
  }
  for (const char* bad : {"", "/etc/passwd", "../x", "a/../b", "a//b", "a/", ".hidden", "a/.part",
                          "a b", "a\\b", "a\nb"}) {
    EXPECT_FALSE(check_name(bad)) << bad;
  }
  EXPECT_FALSE(check_name(std::string(513, 'a')));
}

TEST_F(FolderStoreTest, KeepsWhatWasCommittedAndNothingElse) {
  const auto store = this->store();
  ASSERT_TRUE(write_all(*store, "data/one", "first"));
  {
    const auto writer = store->put("data/two").value();
    writer->write("never committed");
    EXPECT_EQ(store->list().value().size(), 1U);
  }
  EXPECT_EQ(read_all(*store, "data/one", 100).value(), "first");
  EXPECT_EQ(read_all(*store, "data/one", 4).error().code, ErrorCode::over_limit);
  EXPECT_EQ(store->get("data/two").error().code, ErrorCode::not_found);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "data"), fs::directory_iterator()), 1);
}

TEST_F(FolderStoreTest, NeverWritesOverAnObject) {
  const auto store = this->store();
  const auto early = store->put("x").value();
  ASSERT_TRUE(write_all(*store, "x", "first"));
  EXPECT_EQ(store->put("x").error().code, ErrorCode::conflict);
  early->write("second");
  EXPECT_EQ(early->commit().error().code, ErrorCode::conflict);
  EXPECT_EQ(read_all(*store, "x", 100).value(), "first");
}

TEST_F(FolderStoreTest, ListsInOrderAndRemoves) {
  const auto store = this->store();
  for (const char* name : {"b/2", "a", "b/1"})
    ASSERT_TRUE(write_all(*store, name, name));
  std::vector<std::string> names;
  for (const Object& object : store->list().value())
    names.push_back(object.name);
  EXPECT_THAT(names, ElementsAre("a", "b/1", "b/2"));
  EXPECT_TRUE(store->remove("b/1"));
  EXPECT_EQ(store->remove("b/1").error().code, ErrorCode::not_found);
  EXPECT_FALSE(store->exists("b/1").value());
  EXPECT_TRUE(store->exists("b/2").value());
}

TEST_F(FolderStoreTest, ClearsAwayWhatAKilledWriterLeft) {
  const auto store = this->store();
  std::ofstream(folder_ / ".manifest.json.abcd-efgh.part") << "half";
  EXPECT_TRUE(store->list().value().empty());
  EXPECT_EQ(store->remove_unfinished().value(), 1);
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(FolderStoreTest, RefusesAFileInPlaceOfAFolder) {
  std::ofstream(folder_ / "file") << "x";
  EXPECT_THAT(FolderStore::open(folder_ / "file").error().sentence, HasSubstr("not a folder"));
  EXPECT_EQ(FolderStore::create(folder_ / "file" / "below").error().code, ErrorCode::unavailable);
  EXPECT_EQ(FolderStore::open(folder_ / "nothing").error().code, ErrorCode::not_found);
  EXPECT_TRUE(FolderStore::create(folder_ / "new" / "below"));
}

TEST_F(FolderStoreTest, FollowsNoLinkAndReadsNoFolder) {
  const auto store = this->store();
  fs::create_symlink("/etc/hostname", folder_ / "link");
  fs::create_directory(folder_ / "folder");
  EXPECT_EQ(store->get("link").error().code, ErrorCode::unavailable);
  EXPECT_EQ(store->get("folder").error().code, ErrorCode::unavailable);
}

TEST(FullDisk, IsAFailureWithASentence) {
  testing::MemoryStore store;
  store.set_room(10);
  ZstdWriter writer(store.put("x").value(), 3);
  writer.write(some_text(100'000));
  EXPECT_THROW((void)writer.commit(), Failure);
  EXPECT_FALSE(store.exists("x").value());
}

TEST(Zstd, GivesBackWhatWentInWithBothDigests) {
  testing::MemoryStore store;
  const std::string text = some_text(700'000);
  ZstdWriter writer(store.put("x").value(), 3);
  for (std::size_t at = 0; at < text.size(); at += 777)
    writer.write(text.substr(at, 777));
  const ZstdExtents written = writer.commit().value();
  EXPECT_EQ(written.plain, (Extent{text.size(), to_hex(Sha256::of(text))}));
  EXPECT_EQ(written.stored.sha256, to_hex(Sha256::of(store.objects()->at("x"))));
  EXPECT_LT(written.stored.bytes, text.size() / 2);
  ZstdExtents read;
  EXPECT_EQ(read_zstd(store, "x", &read).value(), text);
  EXPECT_EQ(read, written);
}

TEST(Zstd, AnEmptyObjectIsOneFrame) {
  testing::MemoryStore store;
  ZstdWriter writer(store.put("x").value(), 3);
  const ZstdExtents written = writer.commit().value();
  EXPECT_EQ(written.plain.bytes, 0U);
  EXPECT_GT(written.stored.bytes, 0U);
  EXPECT_EQ(read_zstd(store, "x").value(), "");
}

TEST(Zstd, SaysWhenAFileIsCutShortDamagedOrTooLong) {
  testing::MemoryStore store;
  ZstdWriter writer(store.put("x").value(), 3);
  writer.write(some_text(300'000));
  ASSERT_TRUE(writer.commit());
  const std::string whole = store.objects()->at("x");

  (*store.objects())["x"] = whole.substr(0, whole.size() - 1);
  EXPECT_THAT(read_zstd(store, "x").error().text(), HasSubstr("x: The file is cut short"));
  (*store.objects())["x"] = "";
  EXPECT_THAT(read_zstd(store, "x").error().sentence, HasSubstr("cut short"));
  (*store.objects())["x"] = "not compressed at all";
  EXPECT_THAT(read_zstd(store, "x").error().sentence, HasSubstr("no zstd file"));
  (*store.objects())["x"] = whole + "more";
  EXPECT_FALSE(read_zstd(store, "x"));
  std::string flipped = whole;
  flipped[whole.size() / 2] ^= 1;
  (*store.objects())["x"] = flipped;
  EXPECT_FALSE(read_zstd(store, "x"));
}

}  // namespace
}  // namespace hustings::objectstore
