#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/config.h"
#include "base/error.h"
#include "cli/link/link_files.h"

/// The subcommands. Each returns the process's exit code: 0 done, 1 it ran and a check failed, 2 it
/// could not be done (one sentence on standard error), 130 stopped by Ctrl-C.
namespace hustings::cli {

struct ImportArguments {
  std::filesystem::path file;
  std::vector<std::filesystem::path> parts;
  std::string layout;
  std::vector<std::string> mapping;  ///< target=COLUMN, or target==TEXT
  bool parts_may_be_missing = false;
  bool dry_run = false;
  double absent_share_max = 0.1;
  std::vector<std::string> blank_keeps;
  bool preview = false;
  std::string country = "us";  ///< of a preview: key of calling rules
  std::string mends;           ///< "imp_…"
  std::string run_name;        ///< of scores
};
struct RejectsArguments {
  std::string import;  ///< "imp_…"
  std::filesystem::path out;
};
struct UndoArguments {
  std::string import;  ///< "imp_…"
};
struct ArchiveArguments {
  std::filesystem::path folder;
  std::filesystem::path erased_in;  ///< restore: whose tombstones are obeyed; empty: its own
};
struct RightsArguments {
  std::string voter;          ///< "vtr_…"
  std::filesystem::path out;  ///< a file that is not there yet
  std::string reason = "person_asked";
  bool is_sure = false;
  std::filesystem::path again;  ///< an archive, or a file of tombstones
};
struct PersonArguments {
  std::string name;
  std::string email;
  std::string role;
};
struct SuppressArguments {
  std::filesystem::path file;
  std::string reason = "do_not_call";
  std::string source;
  std::string column;                       ///< of an already-voted file: where the ids are
  std::string from = "already-voted file";  ///< in words
};
struct ResolveArguments {
  bool only_new = false;
  int threads = 0;  ///< 0: one for each core
};
struct DemoArguments {
  std::filesystem::path folder;  ///< empty: one of its own among the temporary files
  std::int64_t voters = 200000;
  int callers = 40;
  int seconds = 25;  ///< how long the callers work before the summary
  std::uint64_t seed = 2012;
  bool exit_after = false;  ///< end with the summary; 0 only if every check held
  bool keep = false;        ///< keep the data directory
};

struct SimulateArguments {
  std::filesystem::path folder;  ///< empty: one of its own among the temporary files
  std::int64_t lines = 100'000;
  int callers = 200;
  int seconds = 20;
  std::int64_t calls = 0;     ///< 0: as many as there is time for
  std::int64_t think_ms = 0;  ///< mean time on a call; 0: as fast as possible
  int lease_seconds = 300;
  std::uint64_t seed = 1;
  std::vector<std::string> disturb;     ///< simulate/disturber.h
  std::filesystem::path clock_library;  ///< for LD_PRELOAD: turns the server's clock
  bool keep = false;
};

int serve(const Config& config);
int distribute_database(const Config& config, int shards);
int import_file(const Config& config, const ImportArguments& arguments);
int preview_file(const ImportArguments& arguments);
int write_rejects(const Config& config, const RejectsArguments& arguments);
int list_imports(const Config& config);
int undo_import(const Config& config, const UndoArguments& arguments);
int import_suppressions(const Config& config, const SuppressArguments& arguments);
int import_already_voted(const Config& config, const SuppressArguments& arguments);
int export_suppressions(const Config& config, const SuppressArguments& arguments);
int person_data(const Config& config, const RightsArguments& arguments);
int erase_person(const Config& config, const RightsArguments& arguments);
/// Finds out which records of the registry are of one person.
int resolve(const Config& config, const ResolveArguments& arguments);
int write_archive(const Config& config, const ArchiveArguments& arguments);
int verify_archive(const ArchiveArguments& arguments);
int restore_archive(const Config& config, const ArchiveArguments& arguments);
int add_person(const Config& config, const PersonArguments& arguments);
int make_sign_in_link(const Config& config, const std::string& email);
/// Links two CSV files, or finds duplicates in one; needs no database.
int link_csv(const LinkArguments& arguments);
int demo(Config config, const DemoArguments& arguments);
int simulate_callers(const SimulateArguments& arguments);

}  // namespace hustings::cli
