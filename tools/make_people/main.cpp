#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "make_people/electorate.h"
#include "make_people/matching_files.h"
#include "make_people/state_files.h"

namespace {

using hustings::people::ElectorateFiles;
using hustings::people::ElectorateSpec;
using hustings::people::Layout;

void print_summary(const ElectorateFiles& files) {
  const double rows = static_cast<double>(files.roll_rows);
  fmt::print("{} rows in {:.2f} s: {:.0f} rows/s, {:.1f} MB\n", files.roll_rows, files.seconds,
             rows / files.seconds, static_cast<double>(files.bytes) / 1e6);
  fmt::print("{} households, {} history rows, {} scored, {} broken\n", files.households,
             files.history_rows, files.score_rows, files.broken_rows);
  for (int i = 0; i < hustings::people::kQuirks; ++i) {
    const auto quirk = static_cast<hustings::people::Quirk>(i);
    fmt::print("  {:<24} {}\n", hustings::people::quirk_name(quirk), files.quirks[quirk]);
  }
}

/// left.csv and right.csv: two files of partly the same people, the truth in their column `person`.
void write_pair(const ElectorateSpec& spec, const std::string& scenario) {
  namespace people = hustings::people;
  static const std::map<std::string, people::Scenario> kScenarios = {
      {"full-date", people::Scenario::full_date},
      {"birth-year", people::Scenario::birth_year},
      {"signup", people::Scenario::signup}};
  const people::MatchingFiles files(
      {.rows = spec.voters, .seed = spec.seed, .scenario = kScenarios.at(scenario)});
  std::filesystem::create_directories(spec.folder);
  const auto write = [&](const char* name, const auto& each) {
    std::ofstream file(spec.folder / name, std::ios::binary | std::ios::trunc);
    file << people::MatchingFiles::csv_header();
    std::string line;
    std::uint64_t rows = 0;
    each([&](const people::MatchingRow& row) {
      line.clear();
      people::MatchingFiles::append_csv(row, line);
      file << line;
      ++rows;
    });
    file.close();
    if (!file) throw std::runtime_error(fmt::format("Cannot write {}.", name));
    fmt::print("{} rows in {}\n", rows, (spec.folder / name).string());
  };
  write("left.csv", [&](const auto& visit) { files.each_left(visit); });
  write("right.csv", [&](const auto& visit) { files.each_right(visit); });
}

int run(int argc, char** argv) {
  ElectorateSpec spec;
  std::string folder;
  bool unquoted = false;
  bool no_history = false;
  std::string layout = "nc-2026-02";
  std::string pair;

  CLI::App app("Writes a synthetic electorate in the layout of North Carolina's voter file.");
  app.add_option("--voters", spec.voters, "rows of the roll")->required();
  app.add_option("--out", folder, "folder to write to, made if missing")->required();
  app.add_option("--seed", spec.seed, "the same seed gives the same files")->capture_default_str();
  app.add_option("--layout", layout,
                 "North Carolina's of 70 columns, or of 67; Ohio's or Florida's beside it")
      ->capture_default_str()
      ->check(CLI::IsMember({"nc-2026-02", "nc-2022-02", "oh", "fl"}));
  app.add_option("--threads", spec.threads, "0: one for each core")->capture_default_str();
  app.add_option("--broken", spec.broken, "rows to add that no importer should take")
      ->capture_default_str();
  app.add_option("--quirk-scale", spec.quirk_scale, "multiplies the rates of rare quirks")
      ->capture_default_str();
  app.add_option("--pair", pair, "instead: two files of partly the same people, for linkage")
      ->check(CLI::IsMember({"full-date", "birth-year", "signup"}));
  app.add_flag("--no-history", no_history, "leave out ncvhis.txt");
  app.add_flag("--unquoted", unquoted, "write fields without quotes");
  app.add_flag("--crlf", spec.crlf, "end lines in CR LF");
  app.failure_message([](const CLI::App*, const CLI::Error& error) {
    return fmt::format("make_people: {}\n", error.what());
  });
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  spec.layout = layout == "nc-2022-02" ? Layout::nc_2022_02 : Layout::nc_2026_02;
  spec.folder = folder;
  if (!pair.empty()) {
    write_pair(spec, pair);
    return 0;
  }
  spec.history = !no_history;
  spec.quoted = !unquoted;
  const ElectorateFiles files = hustings::people::write_electorate(spec);
  print_summary(files);
  if (layout == "oh" || layout == "fl") {
    const auto states = layout == "oh"
                            ? hustings::people::write_ohio(files.roll, spec.folder / "oh")
                            : hustings::people::write_florida(files.roll, spec.folder / "fl");
    fmt::print("{} rows in {} files of {}\n", states.rows, states.files.size(),
               states.folder.string());
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "make_people: {}\n", error.what());
    return 2;
  }
}
