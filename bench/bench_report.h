// What every benchmark prints beside its own figures.
#pragma once

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

namespace hustings::bench {

inline std::string first_line_of(const char* command) {
  FILE* pipe = popen(command, "r");
  if (pipe == nullptr) return "unknown";
  char line[200] = {};
  const bool got = fgets(line, sizeof line, pipe) != nullptr;
  pclose(pipe);
  std::string text = got ? line : "unknown";
  while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
    text.pop_back();
  return text;
}

inline std::string cpu_model() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "unknown";
}

/// `"bench":"…","quick":…,"cores":…,"cpu_model":"…","commit":"…"`
inline std::string common_keys(const std::string& bench, bool quick) {
  return fmt::format(R"("bench":"{}","quick":{},"cores":{},"cpu_model":"{}","commit":"{}")", bench,
                     quick, std::thread::hardware_concurrency(), cpu_model(),
                     first_line_of("git rev-parse --short HEAD 2>/dev/null"));
}

inline double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/// Begins a new measurement of peak_mb().
inline void reset_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }
/// The most memory that this process has held since reset_peak(), in MB.
inline double peak_mb() {
  std::ifstream file("/proc/self/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

/// Processor seconds of a process and of its children that have ended.
inline double cpu_seconds(int pid) {
  std::ifstream file(fmt::format("/proc/{}/stat", pid));
  std::string all;
  std::getline(file, all);
  double ticks = 0;
  std::size_t at = all.rfind(')') + 2;
  for (int field = 3; field <= 17 && at < all.size(); ++field) {
    const std::size_t end = std::min(all.find(' ', at), all.size());
    if (field >= 14) ticks += std::stod(all.substr(at, end - at));
    at = end + 1;
  }
  return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace hustings::bench
