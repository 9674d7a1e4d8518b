#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/config.h"
#include "base/error.h"

/// The subcommands. Each returns the process's exit code: 0 done, 1 it ran and a check failed, 2 it
/// could not be done (one sentence on standard error), 130 stopped by Ctrl-C.
namespace hustings::cli {

struct ImportArguments {
  std::filesystem::path file;
  std::string layout;
};
struct ArchiveArguments {
  std::filesystem::path folder;
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

int serve(const Config& config);
int import_file(const Config& config, const ImportArguments& arguments);
int import_suppressions(const Config& config, const SuppressArguments& arguments);
int export_suppressions(const Config& config, const SuppressArguments& arguments);
int write_archive(const Config& config, const ArchiveArguments& arguments);
int verify_archive(const ArchiveArguments& arguments);
int restore_archive(const Config& config, const ArchiveArguments& arguments);
int add_person(const Config& config, const PersonArguments& arguments);
int make_sign_in_link(const Config& config, const std::string& email);
int demo(Config config, const DemoArguments& arguments);

}  // namespace hustings::cli
