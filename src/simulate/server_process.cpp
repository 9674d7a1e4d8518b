#include "simulate/server_process.h"

#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "pg/embedded_server.h"

extern char** environ;

namespace hustings::simulate {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kStartMax{120};
constexpr std::chrono::milliseconds kPoll{10};

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The numbers in the name of a folder of /proc; 0 for none.
pid_t pid_of(const fs::path& folder) {
  const std::string name = folder.filename().string();
  if (name.empty() || !std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; }))
    return 0;
  return static_cast<pid_t>(std::stol(name));
}

/// User and system time of a /proc/…/stat, in seconds.
double seconds_in(const fs::path& stat) {
  const std::string all = text_of(stat);
  std::size_t at = all.rfind(')');
  if (at == std::string::npos) return 0;
  at += 2;
  double ticks = 0;
  for (int field = 3; field <= 15 && at < all.size(); ++field) {
    const std::size_t end = std::min(all.find(' ', at), all.size());
    if (field >= 14) ticks += std::stod(all.substr(at, end - at));
    at = end + 1;
  }
  return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

fs::path proc(pid_t pid) { return fs::path("/proc") / std::to_string(pid); }

}  // namespace

std::uint16_t free_port() {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* any = reinterpret_cast<sockaddr*>(&address);
  const bool is_bound =
      bind(descriptor, any, size) == 0 && getsockname(descriptor, any, &size) == 0;
  close(descriptor);
  if (!is_bound) throw Failure("No free port could be found on 127.0.0.1.");
  return ntohs(address.sin_port);
}

Result<std::unique_ptr<ServerProcess>> ServerProcess::start(Options options) {
  std::unique_ptr<ServerProcess> server(new ServerProcess(std::move(options)));
  server->port_ = free_port();
  std::error_code error;
  fs::create_directories(server->options_.data_dir, error);
  std::ofstream(server->options_.data_dir / "simulate.toml") << server->options_.config;
  TRY(server->launch());
  return server;
}

ServerProcess::~ServerProcess() { stop(); }

Status ServerProcess::launch() {
  const fs::path& folder = options_.data_dir;
  std::vector<std::string> words = {options_.program.string(),
                                    "--config",
                                    (folder / "simulate.toml").string(),
                                    "--data",
                                    folder.string(),
                                    "--port",
                                    std::to_string(port_),
                                    "serve"};
  std::vector<char*> argv;
  for (std::string& word : words)
    argv.push_back(word.data());
  argv.push_back(nullptr);
  std::vector<std::string> variables;
  for (char** each = environ; *each != nullptr; ++each)
    variables.emplace_back(*each);
  if (!options_.preload.empty()) variables.push_back("LD_PRELOAD=" + options_.preload.string());
  std::vector<char*> envp;
  for (std::string& variable : variables)
    envp.push_back(variable.data());
  envp.push_back(nullptr);

  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  const std::string out = (folder / "serve.out").string();
  const std::string log = (folder / "serve.log").string();
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&files, 2, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  const int failed = posix_spawn(&pid_, argv[0], &files, nullptr, argv.data(), envp.data());
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0) {
    pid_ = 0;
    return refuse(ErrorCode::unavailable, "The server cannot be started.",
                  options_.program.string());
  }
  return wait_until_it_listens();
}

Status ServerProcess::wait_until_it_listens() {
  const auto end = std::chrono::steady_clock::now() + kStartMax;
  while (!text_of(options_.data_dir / "serve.out").contains("Ctrl-C")) {
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) == pid_) {
      pid_ = 0;
      return refuse(ErrorCode::unavailable, "The server has ended at its start; its log says why.",
                    (options_.data_dir / "serve.log").string());
    }
    if (std::chrono::steady_clock::now() > end) {
      return refuse(ErrorCode::unavailable, "The server does not start.");
    }
    std::this_thread::sleep_for(kPoll);
  }
  return {};
}

Result<std::string> ServerProcess::setup_token() const {
  const std::string out = text_of(options_.data_dir / "serve.out");
  constexpr std::string_view kMark = "/enter?token=";
  const std::size_t at = out.find(kMark);
  if (at == std::string::npos) {
    return refuse(ErrorCode::not_found, "The server has printed no link for an administrator.");
  }
  const std::size_t begin = at + kMark.size();
  return out.substr(begin, out.find_first_of(" \n", begin) - begin);
}

Result<std::string> ServerProcess::database_url() const {
  auto url = pg::url_of_running_server(options_.data_dir);
  if (!url) return refuse(ErrorCode::unavailable, "The database does not answer.");
  return *std::move(url);
}

std::vector<pid_t> ServerProcess::database_pids() const {
  std::vector<pid_t> pids;
  std::error_code error;
  const fs::path cluster = fs::weakly_canonical(options_.data_dir / "postgres", error);
  for (const auto& entry : fs::directory_iterator("/proc", error)) {
    const pid_t pid = pid_of(entry.path());
    if (pid != 0 && fs::read_symlink(entry.path() / "cwd", error) == cluster) pids.push_back(pid);
  }
  return pids;
}

std::optional<pid_t> ServerProcess::database_main_pid() const {
  std::ifstream in(options_.data_dir / "postgres" / "postmaster.pid");
  pid_t pid = 0;
  return in >> pid ? std::optional(pid) : std::nullopt;
}

void ServerProcess::signal(int number) {
  if (pid_ != 0) kill(pid_, number);
}

Status ServerProcess::restart() {
  int status = 0;
  if (pid_ != 0) waitpid(pid_, &status, 0);
  pid_ = 0;
  return launch();
}

void ServerProcess::stop() {
  if (pid_ == 0) return;
  kill(pid_, SIGCONT);
  kill(pid_, SIGTERM);
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = 0;
}

std::map<std::string, double> ServerProcess::cpu_seconds() const {
  std::map<std::string, double> seconds;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(proc(pid_) / "task", error)) {
    std::string name = text_of(entry.path() / "comm");
    name.resize(name.find('\n') == std::string::npos ? name.size() : name.find('\n'));
    seconds[name] += seconds_in(entry.path() / "stat");
  }
  for (const pid_t pid : database_pids())
    seconds["postgres"] += seconds_in(proc(pid) / "stat");
  return seconds;
}

std::int64_t ServerProcess::resident_kib() const {
  std::ifstream status(proc(pid_) / "status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stoll(line.substr(6));
  }
  return 0;
}

}  // namespace hustings::simulate
