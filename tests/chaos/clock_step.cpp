// LD_PRELOAD: the machine's clock is wrong by the seconds that stand in the file that
// HUSTINGS_CLOCK_FILE names, for this program alone; read anew every tenth of a second.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <dlfcn.h>
#include <sys/time.h>

namespace {

using GetTime = int (*)(clockid_t, timespec*);

GetTime real_get_time() {
  static const auto kReal = reinterpret_cast<GetTime>(dlsym(RTLD_NEXT, "clock_gettime"));
  return kReal;
}

long seconds_wrong() {
  static std::atomic<long> wrong{0};
  static std::atomic<long> read_at{0};
  timespec now{};
  real_get_time()(CLOCK_MONOTONIC, &now);
  const long tenths = now.tv_sec * 10 + now.tv_nsec / 100'000'000;
  if (read_at.exchange(tenths) != tenths) {
    const char* file = std::getenv("HUSTINGS_CLOCK_FILE");
    FILE* in = file == nullptr ? nullptr : std::fopen(file, "re");
    if (in != nullptr) {
      long seconds = 0;
      if (std::fscanf(in, "%ld", &seconds) == 1) wrong = seconds;
      std::fclose(in);
    }
  }
  return wrong;
}

}  // namespace

// The C library's own names of the parameters are reserved ones.
// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name)
extern "C" int clock_gettime(clockid_t clock, timespec* out) noexcept {
  const int done = real_get_time()(clock, out);
  if (clock == CLOCK_REALTIME && done == 0) out->tv_sec += seconds_wrong();
  return done;
}

extern "C" int gettimeofday(timeval* out, void*) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  out->tv_sec = now.tv_sec;
  out->tv_usec = now.tv_nsec / 1000;
  return 0;
}

extern "C" time_t time(time_t* out) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (out != nullptr) *out = now.tv_sec;
  return now.tv_sec;
}
// NOLINTEND(readability-inconsistent-declaration-parameter-name)
