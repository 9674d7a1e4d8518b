#include "base/temporary_file.h"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "base/error.h"

namespace hustings {
namespace {

TEST(TemporaryFile, HoldsWhatWasWrittenAndIsGoneWithItsObject) {
  const auto folder = std::filesystem::temp_directory_path() / "hustings_temporary_file_test";
  std::filesystem::path path;
  {
    TemporaryFile file(folder);
    path = file.path();
    TemporaryFile other(folder);
    EXPECT_NE(other.path(), path);
    file.append("one,");
    file.append("two");
    file.close();
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    EXPECT_EQ(text.str(), "one,two");
    EXPECT_EQ(std::filesystem::status(path).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }
  EXPECT_FALSE(std::filesystem::exists(path));
  std::filesystem::remove_all(folder);
}

TEST(TemporaryFile, SaysWhatCannotBeWritten) {
  EXPECT_THROW(TemporaryFile("/proc/no_such_folder"), Failure);
}

}  // namespace
}  // namespace hustings
