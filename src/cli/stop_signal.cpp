#include "cli/stop_signal.h"

#include <csignal>
#include <ctime>

namespace hustings::cli {
namespace {

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGHUP);
  return signals;
}

}  // namespace

StopSignal::StopSignal() {
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
}

bool StopSignal::wait_for(std::chrono::milliseconds wait) {
  if (came_) return true;
  const sigset_t signals = stop_signals();
  const timespec time{.tv_sec = wait.count() / 1000, .tv_nsec = wait.count() % 1000 * 1'000'000};
  came_ = sigtimedwait(&signals, nullptr, &time) > 0;
  return came_;
}

void StopSignal::wait() {
  while (!wait_for(std::chrono::hours(1))) {
  }
}

}  // namespace hustings::cli
