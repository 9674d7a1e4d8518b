#include "simulate/disturber.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <fstream>
#include <utility>

#include <fmt/format.h>

namespace hustings::simulate {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kRecoveryMax{120};
constexpr seconds kBetween{2};
constexpr seconds kFullFor{3};
constexpr milliseconds kPoll{5};
constexpr seconds kSteadyFor{5};
constexpr milliseconds kSilence{2000};
/// A larger file system is somebody's own.
constexpr std::uintmax_t kDiskMax = std::uintmax_t{4} << 30;

constexpr std::array<std::string_view, 8> kNames{"kill_program", "kill_database", "kill_backends",
                                                 "freeze",       "cut",           "reconnect",
                                                 "clock",        "full_disk"};

void wait(std::chrono::nanoseconds time) { std::this_thread::sleep_for(time); }

}  // namespace

std::string_view to_string(Disturbance what) { return kNames.at(static_cast<std::size_t>(what)); }

std::optional<Disturbance> disturbance_from(std::string_view word) {
  const auto found = std::ranges::find(kNames, word);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Disturbance>(found - kNames.begin());
}

Disturber::Disturber(ServerProcess& server, Callers& callers, Options options)
    : server_(server), callers_(callers), options_(std::move(options)) {
  callers_.on_tick([this] { on_tick(); });
  thread_ = std::jthread([this] { work(); });
}

Disturber::~Disturber() {
  if (thread_.joinable()) thread_.join();
  callers_.on_tick(nullptr);
}

/// On the callers' thread.
void Disturber::on_tick() {
  const Moment success = callers_.last_success();
  const Moment before = last_success_.exchange(success);
  if (before != Moment{}) {
    longest_silence_ =
        std::max(longest_silence_.load(), std::chrono::duration<double>(success - before).count());
  }
  if (cuts_all_.exchange(false)) {
    for (std::size_t caller = 0; caller < callers_.size(); ++caller)
      callers_.cut(caller);
    is_cut_ = true;
  } else if (is_cut_ && callers_.open() == callers_.size()) {
    is_cut_ = false;
    whole_ = Clock::now();
  }
  if (!cuts_.exchange(false)) return;
  for (std::size_t caller = 0; caller < callers_.size(); caller += 2)
    callers_.cut(caller);
}

void Disturber::work() {
  for (const Disturbance what : options_.plan) {
    Status went = wait_for_success_after(Clock::now());
    if (went) {
      wait(kBetween);
      longest_silence_ = 0;
      went = disturb(what);
      if (went) went = what == Disturbance::reconnect ? watch_reconnect() : watch(what);
    }
    if (went) continue;
    trouble_ = fmt::format("{}: {}", to_string(what), went.error().text());
    break;
  }
  is_done_ = true;
}

Status Disturber::wait_for_success_after(Moment moment) {
  const auto end = Clock::now() + kRecoveryMax;
  while (last_success_.load() <= moment) {
    if (Clock::now() > end) {
      return refuse(ErrorCode::unavailable,
                    fmt::format("No call went on within {} s.", kRecoveryMax.count()));
    }
    wait(kPoll);
  }
  return {};
}

/// Successes may still come for a moment after the blow (backends outlive their killed postmaster):
/// so the longest silence is taken, until they have come again for some seconds.
Status Disturber::watch(Disturbance what) {
  const auto end = Clock::now() + kRecoveryMax;
  auto steady_since = Clock::now();
  while (Clock::now() - steady_since < kSteadyFor) {
    const auto now = Clock::now();
    if (now > end) {
      return refuse(ErrorCode::unavailable,
                    fmt::format("No call went on within {} s.", kRecoveryMax.count()));
    }
    if (now - last_success_.load() > kSilence) steady_since = now;
    wait(kPoll);
  }
  recoveries_.push_back({what, longest_silence_});
  return {};
}

Status Disturber::watch_reconnect() {
  const auto cut = Clock::now();
  while (whole_.load() <= cut) {
    if (Clock::now() > cut + kRecoveryMax) {
      return refuse(
          ErrorCode::unavailable,
          fmt::format("Not every caller was connected again within {} s.", kRecoveryMax.count()));
    }
    wait(kPoll);
  }
  const std::chrono::duration<double> took = whole_.load() - cut;
  recoveries_.push_back({Disturbance::reconnect, took.count()});
  return wait_for_success_after(Clock::now());
}

Status Disturber::disturb(Disturbance what) {
  switch (what) {
    case Disturbance::kill_program:
      server_.signal(SIGKILL);
      return server_.restart();
    case Disturbance::kill_database: {
      const auto postmaster = server_.database_main_pid();
      if (postmaster) kill(*postmaster, SIGKILL);
      return {};
    }
    case Disturbance::kill_backends:
      for (const pid_t pid : server_.database_pids())
        kill(pid, SIGKILL);
      return {};
    case Disturbance::freeze:
      return freeze();
    case Disturbance::cut:
      cuts_ = true;
      return {};
    case Disturbance::reconnect:
      cuts_all_ = true;
      return {};
    case Disturbance::clock:
      return step_clock();
    case Disturbance::full_disk:
      return fill_disk();
  }
  return {};
}

Status Disturber::freeze() {
  server_.signal(SIGSTOP);
  wait(options_.lease + seconds(3));
  server_.signal(SIGCONT);
  return {};
}

Status Disturber::step_clock() {
  for (const int hours : {1, -1, 0}) {
    std::ofstream(options_.clock_file) << hours * 3600 << '\n';
    wait(kBetween);
  }
  return {};
}

Status Disturber::fill_disk() {
  std::error_code error;
  const fs::space_info space = fs::space(options_.data_dir, error);
  if (error || space.capacity > kDiskMax) {
    return refuse(ErrorCode::conflict,
                  "Only a file system of less than 4 GiB is filled: mount a small one for --data.");
  }
  const fs::path ballast = options_.data_dir / "ballast";
  {
    std::ofstream file(ballast, std::ios::binary);
    const std::string piece(1 << 20, 'x');
    while (file.write(piece.data(), std::ssize(piece)).flush()) {
    }
  }
  wait(kFullFor);
  fs::remove(ballast, error);
  return {};
}

}  // namespace hustings::simulate
