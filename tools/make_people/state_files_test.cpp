#include "make_people/state_files.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <unistd.h>

#include <gtest/gtest.h>

#include "make_people/electorate.h"

namespace hustings::people {
namespace {

namespace fs = std::filesystem;

class StateFilesTest : public ::testing::Test {
 protected:
  StateFilesTest() {
    files_ =
        write_electorate({.voters = 2000, .seed = 5, .folder = folder_ / "nc", .history = false});
  }
  ~StateFilesTest() override {
    std::error_code error;
    fs::remove_all(folder_, error);
  }
  static std::vector<std::string> lines_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::vector<std::string> out;
    for (std::string line; std::getline(file, line);)
      out.push_back(line);
    return out;
  }
  static std::size_t fields_of(const std::string& line, char delimiter) {
    return 1 + static_cast<std::size_t>(std::count(line.begin(), line.end(), delimiter));
  }
  const fs::path folder_ =
      fs::temp_directory_path() / ("hustings-states-" + std::to_string(getpid()));
  ElectorateFiles files_;
};

TEST_F(StateFilesTest, OhioHasFourFilesOf120ColumnsAndNineVotesAVoter) {
  const StateFiles ohio = write_ohio(files_.roll, folder_ / "oh");
  EXPECT_EQ(ohio.files.size(), 4U);
  EXPECT_EQ(ohio.rows, files_.roll_rows);
  EXPECT_NEAR(static_cast<double>(ohio.votes) / static_cast<double>(ohio.rows), 9, 1.5);
  std::set<std::string> ids;
  std::size_t rows = 0;
  for (const fs::path& file : ohio.files) {
    const auto lines = lines_of(file);
    EXPECT_EQ(fields_of(lines.front(), ','), 120U);
    for (std::size_t i = 1; i < lines.size(); ++i) {
      ids.insert(lines[i].substr(0, lines[i].find(',')));
      ++rows;
    }
  }
  EXPECT_EQ(ids.size(), rows) << "an id is one voter's";
}

TEST_F(StateFilesTest, FloridaHas67FilesOf38ColumnsWithoutHeader) {
  const StateFiles florida = write_florida(files_.roll, folder_ / "fl");
  EXPECT_EQ(florida.files.size(), 67U);
  EXPECT_EQ(florida.rows, files_.roll_rows);
  std::set<std::string> ids;
  for (const fs::path& file : florida.files) {
    for (const std::string& line : lines_of(file)) {
      EXPECT_EQ(fields_of(line, '\t'), 38U);
      EXPECT_EQ(line.substr(0, 3), file.filename().string().substr(0, 3));
      ids.insert(line.substr(4, line.find('\t', 4) - 4));
    }
  }
  EXPECT_EQ(ids.size(), florida.rows);
}

}  // namespace
}  // namespace hustings::people
