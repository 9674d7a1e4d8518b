#include "pg/embedded_server.h"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <mutex>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>
#include <libpq-fe.h>

#include "base/digest.h"
#include "base/text.h"
#include "pg/detail/child_process.h"

namespace hustings::pg {
namespace {

namespace fs = std::filesystem;
using detail::RunAs;

constexpr int kVersionLeast = 15;
constexpr std::size_t kSocketPathMax = 107;        // sun_path, less its terminating zero
constexpr std::chrono::seconds kStartWaitMax{60};  // without any answer
constexpr int kStartsMax = 50;
constexpr std::chrono::seconds kStopWaitMax{60};
constexpr std::chrono::milliseconds kPoll{20};

/// One Hustings a data directory, held by the kernel for as long as the process lives.
class FolderLock {
 public:
  static Result<FolderLock> take(const fs::path& data_dir) {
    const fs::path file = data_dir / "hustings.lock";
    const int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
      return refuse(
          ErrorCode::unavailable,
          fmt::format("The data directory {} cannot be used: {}. Give one that you may write "
                      "to with --data.",
                      data_dir.string(), std::strerror(errno)));
    }
    FolderLock lock(descriptor);
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
      return refuse(ErrorCode::conflict,
                    fmt::format("Another Hustings is using the data directory {}. Stop it, or give "
                                "another directory with --data.",
                                data_dir.string()));
    }
    return lock;
  }
  FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  ~FolderLock() {
    if (descriptor_ >= 0) close(descriptor_);
  }

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

fs::path absolute_folder(const fs::path& data_dir) {
  std::error_code error;
  return fs::weakly_canonical(fs::absolute(data_dir), error);
}

/// Inside the data directory, unless that makes the socket's name longer than the system allows.
fs::path socket_folder(const fs::path& data_dir) {
  fs::path folder = data_dir / "run";
  if ((folder / ".s.PGSQL.5432").string().size() <= kSocketPathMax) return folder;
  return fs::path("/tmp") / ("hustings-" + to_hex(Sha256::of(folder.string())).substr(0, 16));
}

std::string url_of(const fs::path& sockets, std::string_view database) {
  std::string folder;
  for (const char c : sockets.string()) {
    if (c == '\'' || c == '\\') folder += '\\';
    folder += c;
  }
  return fmt::format("host='{}' port=5432 user=hustings dbname={}", folder, database);
}

Result<int> version_of_program(const fs::path& bin_dir) {
  const std::string command =
      fmt::format("'{}' --version 2>/dev/null", (bin_dir / "postgres").string());
  FILE* pipe = popen(command.c_str(), "re");
  std::array<char, 128> line{};
  const bool read = pipe != nullptr && std::fgets(line.data(), line.size(), pipe) != nullptr;
  if (pipe != nullptr) pclose(pipe);
  const std::string_view text = read ? line.data() : "";
  const auto at = text.find(") ");  // "postgres (PostgreSQL) 15.20 (Debian …)"
  const auto major = at == std::string_view::npos
                         ? std::nullopt
                         : parse_int(text.substr(at + 2, text.find('.', at) - at - 2));
  if (!major) {
    return refuse(ErrorCode::unavailable,
                  fmt::format("{} is not a PostgreSQL program.", (bin_dir / "postgres").string()));
  }
  return static_cast<int>(*major);
}

Status make_folder(const fs::path& folder, const RunAs& user, mode_t mode) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error || chmod(folder.c_str(), mode) != 0 ||
      (user.change && chown(folder.c_str(), user.uid, user.gid) != 0)) {
    return refuse(ErrorCode::unavailable,
                  fmt::format("The folder {} cannot be made: {}.", folder.string(),
                              error ? error.message() : std::strerror(errno)));
  }
  return {};
}

/// Root's own folders are often closed to everybody else; the server could then not reach its data.
Status check_reachable(const fs::path& folder, const RunAs& user) {
  if (!user.change) return {};
  for (fs::path part = folder; part.has_relative_path(); part = part.parent_path()) {
    struct stat info{};
    if (stat(part.c_str(), &info) != 0) continue;
    const bool enters = info.st_uid == user.uid   ? (info.st_mode & S_IXUSR) != 0
                        : info.st_gid == user.gid ? (info.st_mode & S_IXGRP) != 0
                                                  : (info.st_mode & S_IXOTH) != 0;
    if (!enters) {
      return refuse(
          ErrorCode::forbidden,
          fmt::format("PostgreSQL refuses to run as root and so runs as '{}', who may not "
                      "enter {}. Give a data directory elsewhere, e.g. --data "
                      "/var/lib/hustings, or run Hustings as an ordinary user.",
                      user.name, part.string()));
    }
  }
  return {};
}

void write_file(const fs::path& file, const std::string& text, const RunAs& user) {
  std::ofstream out(file, std::ios::trunc);
  if (!(out << text) || !out.flush()) throw Failure(file.string() + " cannot be written.");
  out.close();
  chmod(file.c_str(), 0600);
  if (user.change && chown(file.c_str(), user.uid, user.gid) != 0) {
    throw Failure(file.string() + " cannot be given to the server's user.");
  }
}

std::string last_line_of(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::string last;
  while (std::getline(in, line)) {
    if (!trim(line).empty()) last = line;
  }
  return last;
}

std::int64_t shared_buffers_mib() {
  struct sysinfo info{};
  sysinfo(&info);
  const std::int64_t mib = static_cast<std::int64_t>(info.totalram * info.mem_unit / (1 << 20));
  return std::clamp<std::int64_t>(mib / 8, 128, 4096);
}

}  // namespace

struct EmbeddedServer::State {
  State(Options o, Log& l, FolderLock folder_lock)
      : options(std::move(o)), log(l), lock(std::move(folder_lock)) {}

  Options options;
  Log& log;
  FolderLock lock;
  RunAs user;
  fs::path bin_dir;
  fs::path cluster;
  fs::path sockets;
  fs::path log_file;

  // The keeper is the thread that forks the server and waits for it: the kernel sends the child
  // SIGINT when that thread ends, so it must live as long as the program does.
  std::thread keeper;
  std::mutex mutex;
  std::condition_variable changed;
  int pid = 0;  // 0: no child
  bool start_failed = false;

  Status prepare();
  Status make_cluster();
  Status clear_leftovers();
  Status launch();
  bool wait_until_ready();
  Status make_database();
  void run_child();
  void stop();
  std::vector<std::string> command_line() const;
};

Status EmbeddedServer::State::prepare() {
  user = TRY(detail::choose_user());
  bin_dir = TRY(find_postgres(options.bin_dir));
  options.data_dir = absolute_folder(options.data_dir);
  cluster = options.data_dir / "postgres";
  log_file = options.data_dir / "postgres.log";
  sockets = socket_folder(options.data_dir);
  TRY(check_reachable(options.data_dir, user));
  TRY(make_folder(sockets, user, 0700));
  if (!fs::exists(cluster / "PG_VERSION")) return make_cluster();

  std::ifstream in(cluster / "PG_VERSION");
  int made_by = 0;
  in >> made_by;
  const int have = TRY(version_of_program(bin_dir));
  if (made_by != have) {
    return refuse(
        ErrorCode::conflict,
        fmt::format("The data directory {} was made by PostgreSQL {}, and {} is version {}. "
                    "Install postgresql-{}, or restore an archive into a new data directory.",
                    options.data_dir.string(), made_by, bin_dir.string(), have, made_by));
  }
  return {};
}

Status EmbeddedServer::State::make_cluster() {
  // Made under another name first: a half-made cluster is never taken for a whole one.
  const fs::path fresh = options.data_dir / "postgres.new";
  std::error_code error;
  fs::remove_all(fresh, error);
  TRY(make_folder(fresh, user, 0700));
  const detail::Command initdb{
      .argv = {(bin_dir / "initdb").string(), "-D", fresh.string(), "-U", "hustings",
               "--encoding=UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8", "--lc-messages=C",
               "--auth=peer", options.durable ? "--data-checksums" : "-N"},
      .user = user,
      .output = log_file};
  const int status = detail::wait_child(TRY(detail::start_child(initdb)));
  if (status != 0) {
    return refuse(
        ErrorCode::unavailable,
        fmt::format("The database could not be made in {} (initdb ended with {}: {}). More in {}.",
                    options.data_dir.string(), status, last_line_of(log_file), log_file.string()));
  }
  std::string map = fmt::format("own {} hustings\n", user.name);
  if (user.change) map += "own root hustings\n";
  write_file(fresh / "pg_ident.conf", map, user);
  write_file(fresh / "pg_hba.conf", "local all hustings peer map=own\n", user);
  fs::rename(fresh, cluster, error);
  if (error) {
    return refuse(ErrorCode::unavailable,
                  fmt::format("{} cannot be renamed: {}.", fresh.string(), error.message()));
  }
  log.info("postgres_made", {{"version", TRY(version_of_program(bin_dir))}});
  return {};
}

/// What a killed predecessor left. We hold the folder's lock, so whatever server still runs here is
/// an orphan, and whatever lock file names another process is stale.
Status EmbeddedServer::State::clear_leftovers() {
  const fs::path pid_file = cluster / "postmaster.pid";
  const auto begin = std::chrono::steady_clock::now();
  for (bool asked = false;;) {
    const std::vector<pid_t> left = detail::servers_of(cluster);
    if (left.empty()) break;
    if (const auto postmaster = detail::pid_in_lock_file(pid_file);
        !asked && postmaster && detail::is_server_of(*postmaster, cluster)) {
      kill(*postmaster, SIGINT);
      asked = true;
    }
    if (std::chrono::steady_clock::now() - begin > kStopWaitMax) {
      return refuse(
          ErrorCode::conflict,
          fmt::format("A PostgreSQL server that an earlier Hustings left in {} does not end "
                      "(process {}). End it with 'kill -QUIT {}' and start again.",
                      options.data_dir.string(), left.front(), left.front()));
    }
    std::this_thread::sleep_for(kPoll);
  }
  std::error_code error;
  if (fs::remove(pid_file, error))
    log.info("postgres_leftover_removed", {{"file", "postmaster.pid"}});
  fs::remove(sockets / ".s.PGSQL.5432", error);
  fs::remove(sockets / ".s.PGSQL.5432.lock", error);
  return {};
}

std::vector<std::string> EmbeddedServer::State::command_line() const {
  std::vector<std::string> argv = {(bin_dir / "postgres").string(), "-D", cluster.string()};
  const auto set = [&](std::string_view key, std::string_view value) {
    argv.push_back("-c");
    argv.push_back(fmt::format("{}={}", key, value));
  };
  set("listen_addresses", "");
  set("unix_socket_directories", sockets.string());
  set("unix_socket_permissions", "0700");
  set("max_connections", "200");
  set("shared_buffers", fmt::format("{}MB", options.durable ? shared_buffers_mib() : 64));
  set("maintenance_work_mem", "256MB");
  set("work_mem", "32MB");
  set("max_wal_size", "8GB");
  set("checkpoint_timeout", "15min");
  // Nobody replicates a private server. With the least level, what an import loads into a table of
  // its own is synced once with its files and not written to the log as well.
  set("wal_level", "minimal");
  set("max_wal_senders", "0");
  set("wal_compression", "lz4");
  set("jit", "off");  // our statements are short; compiling them costs more than it saves
  set("timezone", "UTC");
  // A statement or a row in the server's log would be personal data.
  set("log_min_error_statement", "panic");
  set("log_error_verbosity", "terse");
  set("log_min_messages", "warning");
  if (!options.durable) {
    set("fsync", "off");
    set("synchronous_commit", "off");
    set("full_page_writes", "off");
  }
  return argv;
}

void EmbeddedServer::State::run_child() {
  const auto child = detail::start_child(
      {.argv = command_line(), .user = user, .output = log_file, .dies_with_parent = true});
  {
    const std::lock_guard guard(mutex);
    pid = child ? *child : 0;
    start_failed = !child;
  }
  changed.notify_all();
  if (!child) return;
  const int status = detail::wait_child(*child);
  if (status != 0) log.warning("postgres_ended", {{"status", status}});
  {
    const std::lock_guard guard(mutex);
    pid = 0;
  }
  changed.notify_all();
}

/// Waits until the child takes connections; false if it ended first, or does not answer at all. A
/// server that replays its log after a crash is waited for, however long that takes.
bool EmbeddedServer::State::wait_until_ready() {
  auto give_up = std::chrono::steady_clock::now() + kStartWaitMax;
  for (;;) {
    {
      const std::lock_guard guard(mutex);
      if (pid == 0) return false;
    }
    const PGPing answer = PQping(url_of(sockets, "postgres").c_str());
    if (answer == PQPING_OK) return true;
    const auto now = std::chrono::steady_clock::now();
    if (answer == PQPING_REJECT) give_up = now + kStartWaitMax;
    if (now > give_up) return false;
    std::this_thread::sleep_for(kPoll);
  }
}

Status EmbeddedServer::State::launch() {
  TRY(clear_leftovers());
  for (int attempt = 0; attempt < kStartsMax; ++attempt) {
    if (keeper.joinable()) keeper.join();
    {
      const std::lock_guard guard(mutex);
      pid = -1;
      start_failed = false;
    }
    keeper = std::thread([this] { run_child(); });
    {
      std::unique_lock guard(mutex);
      changed.wait(guard, [this] { return pid != -1; });
    }
    if (wait_until_ready()) return {};
    // It ended at once. Backends of a killed server may still hold its shared memory for a moment.
    const std::string why = last_line_of(log_file);
    const bool passes = why.find("shared memory") != std::string::npos ||
                        why.find("lock file") != std::string::npos;
    if (start_failed || !passes) break;
    std::this_thread::sleep_for(kPoll * 10);
    TRY(clear_leftovers());
  }
  stop();
  return refuse(ErrorCode::unavailable,
                fmt::format("PostgreSQL does not start in {}: {} (more in {}).",
                            options.data_dir.string(), last_line_of(log_file), log_file.string()));
}

Status EmbeddedServer::State::make_database() {
  Connection connection({.url = url_of(sockets, "postgres")});
  const Rows rows =
      connection.run_text("select 1 from pg_database where datname = 'hustings'", "database_there");
  if (rows.empty()) connection.run_text("create database hustings", "database_make");
  return {};
}

void EmbeddedServer::State::stop() {
  {
    std::unique_lock guard(mutex);
    if (pid > 0) {
      kill(pid, SIGINT);  // fast shutdown: ends the connections, writes a checkpoint
      if (!changed.wait_for(guard, kStopWaitMax, [this] { return pid == 0; })) kill(pid, SIGQUIT);
    }
  }
  if (keeper.joinable()) keeper.join();
}

Result<std::unique_ptr<EmbeddedServer>> EmbeddedServer::start(const Options& options, Log& log) {
  std::error_code error;
  fs::create_directories(options.data_dir, error);
  if (error || !fs::is_directory(options.data_dir)) {
    return refuse(ErrorCode::unavailable,
                  fmt::format("The data directory {} cannot be made: {}. Give another with --data.",
                              options.data_dir.string(), error ? error.message() : "it is a file"));
  }
  auto state = std::make_unique<State>(options, log, TRY(FolderLock::take(options.data_dir)));
  TRY(state->prepare());
  TRY(state->launch());
  std::unique_ptr<EmbeddedServer> server(new EmbeddedServer(std::move(state)));
  TRY(server->state_->make_database());
  return server;
}

EmbeddedServer::EmbeddedServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
EmbeddedServer::~EmbeddedServer() { state_->stop(); }

std::string EmbeddedServer::url() const { return url_of(state_->sockets, "hustings"); }

int EmbeddedServer::pid() const {
  const std::lock_guard guard(state_->mutex);
  return state_->pid;
}

bool EmbeddedServer::is_running() {
  const std::lock_guard guard(state_->mutex);
  return state_->pid > 0;
}

Status EmbeddedServer::restart() {
  state_->stop();
  return state_->launch();
}

std::optional<std::string> url_of_running_server(const fs::path& data_dir) {
  std::string url = url_of(socket_folder(absolute_folder(data_dir)), "hustings");
  if (PQping(url.c_str()) != PQPING_OK) return std::nullopt;
  return url;
}

Result<fs::path> find_postgres(const fs::path& configured) {
  std::vector<fs::path> candidates;
  if (!configured.empty()) {
    candidates.push_back(configured);
  } else {
    std::vector<std::pair<std::int64_t, fs::path>> versions;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", error)) {
      const auto version = parse_int(entry.path().filename().string());
      if (version && *version >= kVersionLeast)
        versions.emplace_back(*version, entry.path() / "bin");
    }
    std::sort(versions.rbegin(), versions.rend());
    for (auto& [version, folder] : versions)
      candidates.push_back(folder);
    const char* path = std::getenv("PATH");
    for (const std::string_view folder : split(path == nullptr ? "" : path, ':'))
      candidates.emplace_back(folder);
  }
  for (const fs::path& folder : candidates) {
    if (access((folder / "postgres").c_str(), X_OK) != 0 ||
        access((folder / "initdb").c_str(), X_OK) != 0) {
      continue;
    }
    const auto version = version_of_program(folder);
    if (version && *version >= kVersionLeast) return folder;
  }
  return refuse(
      ErrorCode::unavailable,
      configured.empty()
          ? "PostgreSQL 15 or newer is not on this machine. Install it (Debian: apt-get install "
            "postgresql-15), or set database.url to a server."
          : fmt::format("There is no PostgreSQL 15 or newer in {} (database.postgres_bin_dir).",
                        configured.string()));
}

}  // namespace hustings::pg
