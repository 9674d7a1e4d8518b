#include <cstdio>
#include <exception>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "make_people/electorate.h"

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

int run(int argc, char** argv) {
  ElectorateSpec spec;
  std::string folder;
  bool unquoted = false;
  bool no_history = false;
  std::string layout = "nc-2026-02";

  CLI::App app("Writes a synthetic electorate in the layout of North Carolina's voter file.");
  app.add_option("--voters", spec.voters, "rows of the roll")->required();
  app.add_option("--out", folder, "folder to write to, made if missing")->required();
  app.add_option("--seed", spec.seed, "the same seed gives the same files")->capture_default_str();
  app.add_option("--layout", layout, "of 70 columns, or of 67")
      ->capture_default_str()
      ->check(CLI::IsMember({"nc-2026-02", "nc-2022-02"}));
  app.add_option("--threads", spec.threads, "0: one for each core")->capture_default_str();
  app.add_option("--broken", spec.broken, "rows to add that no importer should take")
      ->capture_default_str();
  app.add_option("--quirk-scale", spec.quirk_scale, "multiplies the rates of rare quirks")
      ->capture_default_str();
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
  spec.history = !no_history;
  spec.quoted = !unquoted;
  print_summary(hustings::people::write_electorate(spec));
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
