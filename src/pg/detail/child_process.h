#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

#include "base/error.h"

namespace hustings::pg::detail {

/// Whom a child runs as. PostgreSQL refuses root, so root hands its server to someone else.
struct RunAs {
  std::string name;
  uid_t uid = 0;
  gid_t gid = 0;
  bool change = false;  ///< we are root and must become `name`
};
/// This process's own user or, for root, "postgres", else "nobody".
Result<RunAs> choose_user();

struct Command {
  std::vector<std::string> argv;
  RunAs user;
  std::filesystem::path output;   ///< standard output and error are appended here
  bool dies_with_parent = false;  ///< SIGINT when the thread that started it ends
};
/// Starts it with a clean environment and no inherited descriptors. Call from a thread that lives
/// as long as the child must, if dies_with_parent.
Result<pid_t> start_child(const Command& command);
/// Waits for the child; its exit status, or 128 + the signal that ended it.
int wait_child(pid_t pid);

/// True if `pid` is a PostgreSQL process (not a zombie) with `folder` as its working directory: a
/// server of that cluster. PostgreSQL's processes all stand in their data directory.
bool is_server_of(pid_t pid, const std::filesystem::path& folder);
/// The first line of <folder>/postmaster.pid.
std::optional<pid_t> pid_in_lock_file(const std::filesystem::path& file);
/// Every PostgreSQL process that stands in `folder`.
std::vector<pid_t> servers_of(const std::filesystem::path& folder);

}  // namespace hustings::pg::detail
