#include "pg/detail/child_process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/text.h"

namespace hustings::pg::detail {
namespace {

/// Runs in the child, between fork and exec: only calls that are safe there.
[[noreturn]] void become(const RunAs& user, int output, bool dies_with_parent, pid_t parent,
                         char* const* argv, char* const* environment) {
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  const int null = open("/dev/null", O_RDONLY);
  dup2(null, STDIN_FILENO);
  close_range(3, ~0U, 0);
  setsid();  // a Ctrl-C at the terminal is for Hustings, which then stops its server in order
  umask(077);
  if (user.change) {
    if (setgroups(0, nullptr) != 0 || setgid(user.gid) != 0 || setuid(user.uid) != 0) _exit(126);
  }
  if (dies_with_parent) {
    prctl(PR_SET_PDEATHSIG, SIGINT);  // after setuid, which clears it
    if (getppid() != parent) _exit(125);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  execve(argv[0], argv, environment);
  _exit(127);
}

}  // namespace

Result<RunAs> choose_user() {
  if (geteuid() != 0) {
    const passwd* self = getpwuid(geteuid());
    if (self == nullptr) {
      return refuse(
          ErrorCode::unavailable,
          fmt::format("The user with number {} has no entry in /etc/passwd, which PostgreSQL "
                      "needs. Add one, or set database.url to a server.",
                      geteuid()));
    }
    return RunAs{self->pw_name, self->pw_uid, self->pw_gid, false};
  }
  for (const char* name : {"postgres", "nobody"}) {
    if (const passwd* other = getpwnam(name)) {
      return RunAs{other->pw_name, other->pw_uid, other->pw_gid, true};
    }
  }
  return refuse(ErrorCode::unavailable,
                "PostgreSQL refuses to run as root, and there is neither a user 'postgres' nor "
                "'nobody'. Run Hustings as an ordinary user.");
}

Result<pid_t> start_child(const Command& command) {
  const int output = open(command.output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (output < 0) {
    return refuse(ErrorCode::unavailable,
                  fmt::format("The log {} cannot be written: {}.", command.output.string(),
                              std::strerror(errno)));
  }
  std::vector<char*> argv;
  for (const std::string& word : command.argv)
    argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  std::array<std::string, 4> words = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC", "PGTZ=UTC"};
  std::vector<char*> environment;
  for (std::string& word : words)
    environment.push_back(word.data());
  environment.push_back(nullptr);
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid == 0) {
    become(command.user, output, command.dies_with_parent, parent, argv.data(), environment.data());
  }
  const int error = errno;
  close(output);
  if (pid < 0) {
    return refuse(ErrorCode::unavailable,
                  fmt::format("A process cannot be started: {}.", std::strerror(error)));
  }
  return pid;
}

int wait_child(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool is_server_of(pid_t pid, const std::filesystem::path& folder) {
  std::error_code error;
  // Somebody's shell may stand there too.
  std::ifstream name(fmt::format("/proc/{}/comm", pid));
  std::string program;
  if (!std::getline(name, program) || program != "postgres") return false;
  // A zombie has no working directory to read.
  const auto stands = std::filesystem::read_symlink(fmt::format("/proc/{}/cwd", pid), error);
  return !error && stands == std::filesystem::weakly_canonical(folder, error);
}

std::optional<pid_t> pid_in_lock_file(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  if (!std::getline(in, line)) return std::nullopt;
  const auto pid = parse_int(trim(line));
  if (!pid || *pid <= 0) return std::nullopt;
  return static_cast<pid_t>(*pid);
}

std::vector<pid_t> servers_of(const std::filesystem::path& folder) {
  std::vector<pid_t> found;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
    const auto pid = parse_int(entry.path().filename().string());
    if (pid && is_server_of(static_cast<pid_t>(*pid), folder))
      found.push_back(static_cast<pid_t>(*pid));
  }
  return found;
}

}  // namespace hustings::pg::detail
