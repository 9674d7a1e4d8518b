#include "cli/terminal.h"

#include <cstdio>
#include <unistd.h>

#include <fmt/format.h>

namespace hustings::cli {
namespace {

constexpr int kTitleWidth = 14;

}  // namespace

ProgressLine::ProgressLine(std::string title)
    : title_(std::move(title)), terminal_(isatty(STDOUT_FILENO) == 1) {
  update("");
}

void ProgressLine::update(std::string_view text) {
  if (!terminal_) return;
  fmt::print("\r\033[K  {:<{}}{}", title_, kTitleWidth, text);
  std::fflush(stdout);
}

void ProgressLine::done(std::string_view text) { finish("✓", text); }
void ProgressLine::failed(std::string_view text) { finish("✗", text); }

void ProgressLine::finish(std::string_view mark, std::string_view text) {
  fmt::print("{}{} {:<{}}{}\n", terminal_ ? "\r\033[K" : "", mark, title_, kTitleWidth, text);
  std::fflush(stdout);
}

std::string duration_text(double seconds) {
  if (seconds < 60) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<long>(seconds);
  return fmt::format("{} min {} s", whole / 60, whole % 60);
}

std::string bytes_text(std::int64_t bytes) {
  if (bytes < 1'000'000) return fmt::format("{:.0f} kB", static_cast<double>(bytes) / 1e3);
  if (bytes < 1'000'000'000) return fmt::format("{:.0f} MB", static_cast<double>(bytes) / 1e6);
  return fmt::format("{:.1f} GB", static_cast<double>(bytes) / 1e9);
}

}  // namespace hustings::cli
