#include "api/upload_store.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/secret.h"

namespace hustings::api {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Uploads : public ::testing::Test {
 protected:
  Uploads() { fs::create_directories(folder_); }
  ~Uploads() override { fs::remove_all(folder_); }

  fs::path stream(const std::string& name) {
    std::ofstream(folder_ / name) << "voters";
    return folder_ / name;
  }
  std::string keep() {
    return store_.keep({.path = stream("upload-x"), .sha256 = std::string(64, 'a')}, "../v.txt");
  }
  static void make_old(const fs::path& path) {
    fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(25));
  }

  fs::path folder_ = fs::temp_directory_path() / ("hustings-uploads-" + random_code(3));
  UploadStore store_{folder_};
};

TEST_F(Uploads, AreFoundUntilTheyAreRemoved) {
  const std::string token = keep();
  const auto kept = store_.find(token);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->path.filename(), "v.txt");
  store_.remove(token);
  EXPECT_EQ(store_.find(token).error().code, ErrorCode::not_found);
}

TEST_F(Uploads, AreRemovedAfterADayWhateverTheirState) {
  const std::string fresh = keep();
  const std::string stale = keep();
  make_old(folder_ / ("upload-" + stale));
  const fs::path half_done = stream("upload-y");
  make_old(half_done);
  const fs::path foreign = stream("notes.txt");
  make_old(foreign);
  store_.remove_stale();
  EXPECT_TRUE(store_.find(fresh));
  EXPECT_FALSE(store_.find(stale));
  EXPECT_FALSE(fs::exists(half_done));
  EXPECT_TRUE(fs::exists(foreign));
  UploadStore(folder_ / "none").remove_stale();
}

TEST_F(Uploads, HaveALimit) {
  EXPECT_TRUE(UploadStore(folder_ / "none").check_room());
  for (int i = 0; i < UploadStore::kFilesMax - 1; ++i)
    keep();
  EXPECT_TRUE(store_.check_room());
  stream("upload-under-way");
  const Status full = store_.check_room();
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, ErrorCode::over_limit);
  EXPECT_THAT(full.error().sentence, HasSubstr("20 uploaded files"));
}

}  // namespace
}  // namespace hustings::api
